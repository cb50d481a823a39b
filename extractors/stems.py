"""Words by their stems, to see whether two texts speak of the same."""

from __future__ import annotations

import re

from extractors.gazetteer import plain

_WORD = re.compile(r"[^\W_]+(?:['’-]\w+)*")
_SMALL = frozenset(
    "a an the of to in on at by for from with and or but that this these those it its he she they"
    " his her their is are was were be been being has have had will would could may might not no as"
    " who which there said than more about into over after before up out so if any all some we you"
    " i our your my do does did also had him them".split()
)
_OWNED = re.compile(r"['’]s?$")


def stem(word: str) -> str:
    """Return a crude stem: plural and verb endings off."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)]
    return word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry content."""
    words = (_OWNED.sub("", plain(word)) for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in _SMALL)


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the smaller set's stems that both have."""
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0
