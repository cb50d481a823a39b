"""Words by their stems, to see whether two texts speak of the same."""

from __future__ import annotations

import re
from functools import cache

from extractors.gazetteer import lexicon, plain

_WORD = re.compile(r"[^\W_]+(?:['’-]\w+)*")
_OWNED = re.compile(r"['’]s?$")


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon("stance")["stems"]["small"])


def stem(word: str) -> str:
    """Return a crude stem: plural and verb endings off."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)]
    return word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry content."""
    words = (_OWNED.sub("", plain(word)) for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in _small())


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the smaller set's stems that both have."""
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0
