"""Whether a figure is the whole that a claim tells, a part of it, or the one that it replaces."""

from __future__ import annotations

import re

from extractors.parse import Token
from extractors.quantities.counted import lemma_of
from extractors.quantities.measures import LOSSES
from extractors.quantities.numbers import lexicon
from extractors.records import Aspect, Measure
from extractors.times.tense import governing_verb

_WORDS = lexicon("measures")["aspects"]
_BODIES, _VICTIMS = frozenset(_WORDS["bodies"]), frozenset(_WORDS["victims"])
_FINDING, _HANDLING = frozenset(_WORDS["finding"]), frozenset(_WORDS["handling"])
_REPLACED = re.compile(
    r"(?<!\w)(?:(?:up|down)\s+from|compared\s+(?:with|to)|instead\s+of|rather\s+than"
    r"|(?:higher|lower)\s+than)\s+(?:the\s+|its\s+|an?\s+)?"
    r"(?:(?:previous|earlier|initial)\s+)?$",
    re.I,
)
_FROM = re.compile(r"(?<!\w)from\s+(?:the\s+|an?\s+)?(?:(?:previous|earlier|initial)\s+)?$", re.I)
_NUMBER = (
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)(?!\w))"
)
_TO = re.compile(rf"[^.;,]{{0,40}}?(?<!\w)to\s+(?:[a-z]+\s+){{0,2}}?{_NUMBER}", re.I)
_ALONE = re.compile(r"[^.;,]{0,60}(?<!\w)alone(?!\w)", re.I)
_OWN_PLACE = re.compile(r"\s+in\s+(?:his|her|their|its)\s+(?:own\s+)?\w+", re.I)
_AT_A_PLACE = re.compile(
    r"[^.;,]{0,60}?(?<!\w)(?:from|in|at|under|beneath|near|inside|outside)\s+(?:the|an?|his|her)\s",
    re.I,
)
_OF_THEM = re.compile(r"(?<!\w)of\s+(?:the|them|those|whom|which)(?!\w)", re.I)
_DIFFERENCE = re.compile(r"\s+(?:more|fewer|less|higher|lower)\s+than(?!\w)", re.I)
_REACH = 48


def aspect_of(text: str, start: int, end: int, noun: Token, measure: Measure) -> Aspect:
    """Return what the figure at `[start, end)` is to the claim; `noun` is what it counts.

    "Corrected the number of deaths from 29 down to 24": 29 is `previous`. "Three in his town
    alone", "two of them", "twelve bodies recovered from the bus" are each a `part`.
    """
    before = text[max(0, start - _REACH) : start]
    if _REPLACED.search(before) or (_FROM.search(before) and _TO.match(text, end)):
        return "previous"
    if measure not in LOSSES:
        return "whole"
    is_told_apart = (
        _DIFFERENCE.match(text, end)
        or _OF_THEM.search(text, start, end)
        or _ALONE.match(text, end)
        or _OWN_PLACE.match(text, end)
        or _is_find(text, end, noun)
    )
    return "part" if is_told_apart else "whole"


def _is_find(text: str, end: int, noun: Token) -> bool:
    """Whether bodies were found at one place, or victims handled: no count of the dead."""
    verb = governing_verb(noun)
    lemma, what = verb.lemma_.lower() if verb is not None else "", lemma_of(noun)
    if what in _BODIES and lemma in _FINDING:
        return lemma in ("have", "see") or _AT_A_PLACE.match(text, end) is not None
    return what in _VICTIMS and lemma in _HANDLING and noun.dep_ == "nsubjpass"
