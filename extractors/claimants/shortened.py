"""Which full names a short form can stand for: "Clinton", "IMF"."""

from __future__ import annotations

import re
from collections import defaultdict

from extractors.gazetteer import country_of

_LONGEST = 30  # words of a short form; a run of capitals without end is no name


class FullNames:
    """Full names by what they can be shortened to: their first or last words, their initials."""

    def __init__(self) -> None:
        self._order: dict[str, int] = {}
        self._by_words: defaultdict[str, set[str]] = defaultdict(set)
        self._by_initials: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, key: str, text: str) -> None:
        """Take in a name by its key (lower case, words by single spaces) and as it is written."""
        self._order[key] = len(self._order)
        words = key.split()
        for count in range(1, min(len(words), _LONGEST)):
            self._by_words[" ".join(words[:count])].add(key)
            self._by_words[" ".join(words[-count:])].add(key)
        self._by_initials[_initials(text)].add(key)

    def of(self, key: str, text: str) -> list[str]:
        """Return the keys of the names that a form may stand for, in the order they came.

        A country is no short form of what is named after it.
        """
        by_words = self._by_words.get(" ".join(key.split()), set())
        is_acronym = len(key) > 1 and " " not in key and text.isupper()
        initials = self._by_initials.get(key.replace(".", ""), set()) if is_acronym else set()
        named = by_words if country_of(text) is None else set()
        return sorted(named | (initials - by_words), key=self._order.__getitem__)


def _initials(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"[^\W\d_][\w'-]*", name) if w[0].isupper()).lower()
