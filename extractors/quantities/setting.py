"""What a text is about, as far as its figures depend on it: states, war, outbreak, a company."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractors.gazetteer import country_of
from extractors.parse import Doc
from extractors.quantities.numbers import lexicon
from extractors.quantities.page import Page

_LEXICON = lexicon("measures")
_WAR_WORDS = frozenset(_LEXICON["war"]["words"])
_OUTBREAK_WORDS = frozenset(_LEXICON["scope"]["outbreak"])
_BUSINESS_WORDS = ("profit", "revenue", "turnover", "dividend", "earnings")
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w&-]+(?: (?:[A-Z][\w&-]+|&))*")
_NO_NAMES = frozenset(_LEXICON["grammar"]["no_names"])
_NAME_WORDS = 3
_MIN_WAR_WORDS = 3
_LEAD, _LEAD_WEIGHT = 400, 3


@dataclass(frozen=True, slots=True)
class Setting:
    """Background of a text. `states` are alpha-2 codes, the most named first."""

    states: tuple[str, ...]
    is_war: bool
    belligerents: tuple[str, ...]
    is_outbreak: bool
    company: str | None

    def opponent(self, side: str | None) -> str | None:
        """Return the other side of a war between two states."""
        if side not in self.belligerents or len(self.belligerents) != 2:
            return None
        return self.belligerents[1 - self.belligerents.index(side)]

    @property
    def is_between_states(self) -> bool:
        """Whether there is a war, and two states fight it."""
        return len(self.belligerents) == 2


def read_setting(page: Page) -> Setting:
    """Read the setting of a parsed text."""
    doc = page.doc
    lemmas = Counter(token.lemma_.lower() for token in doc)
    states = _states(doc)
    is_war = sum(lemmas[word] for word in _WAR_WORDS) >= _MIN_WAR_WORDS
    return Setting(
        tuple(states),
        is_war,
        tuple(state for state, count in states.items() if count > _LEAD_WEIGHT)[:2]
        if is_war
        else (),
        _is_outbreak(lemmas),
        _company(page.text, lemmas),
    )


def _is_outbreak(lemmas: Counter[str]) -> bool:
    named = sum(lemmas[word] for word in _OUTBREAK_WORDS)
    return named >= 2 or (named == 1 and lemmas["case"] + lemmas["infection"] > 0)


def _states(doc: Doc) -> dict[str, int]:
    """Count the states named; the lead counts more, for it says what the text is about."""
    counts: Counter[str] = Counter()
    codes: dict[str, str | None] = {}
    for token in doc:
        if token.text[:1].isupper():
            pair = doc[token.i : token.i + 2].text
            if pair not in codes:
                codes[pair] = country_of(pair) or country_of(token.text)
            if code := codes[pair]:
                counts[code] += _LEAD_WEIGHT if token.idx < _LEAD else 1
    return dict(counts.most_common())


def _company(text: str, lemmas: Counter[str]) -> str | None:
    """Return the company that a business story is about: the name said most, at its longest.

    Entity labels of small models are too often wrong here, so capitals decide.
    """
    if sum(lemmas[word] for word in _BUSINESS_WORDS) < 2:
        return None
    runs = [match[0] for match in _NAME.finditer(text)]
    words = Counter(run.split()[0] for run in runs)
    for stop in _NO_NAMES:
        del words[stop]
    if not words or words.most_common(1)[0][1] < 2:
        return None
    first = words.most_common(1)[0][0]
    longest = Counter(run for run in runs if run.split()[0] == first)
    return max(longest, key=lambda run: (len(run.split()) <= _NAME_WORDS, len(run), run))
