"""Counts as claims: "raised the toll to 19", "counts 1,240 cases".

The scorer was trained on political news, where verbs of counting seldom attribute. Where what is
counted is a toll or its victims, or a number is forecast, the construction is evidence enough.
"""

from __future__ import annotations

from extractors.attribution.candidates import Candidate
from extractors.attribution.counts import SHAPE
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.page import Page

# Set by hand, not by training; low enough to sort below what the model is sure of.
FLOOR = 0.6
_FORECASTS = frozenset({"predict", "forecast", "expect", "estimate", "project"})
_SHAPES = frozenset({"object", "preposition", "relative"})


def floor_of(page: Page, candidate: Candidate) -> float:
    """The least score of a candidate: `FLOOR` for a toll or a forecast with a number, else 0."""
    lexicon = load_lexicon()
    verb = page.doc[candidate.head].lemma_
    if candidate.shape == SHAPE:
        return FLOOR
    if candidate.shape not in _SHAPES or candidate.source is None:
        return 0.0
    words = page.doc[candidate.start : candidate.end]
    if verb in _FORECASTS:
        return FLOOR if any(token.like_num for token in words) else 0.0
    if verb not in lexicon.counting:
        return 0.0
    counted = lexicon.tolls if verb in lexicon.revising else lexicon.tolls | lexicon.victims
    return FLOOR if any(token.lemma_.lower() in counted for token in words) else 0.0
