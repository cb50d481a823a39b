"""How likely a claim is read rightly: the attribution's score, calibrated on annotated articles.

The weights lie in `extractors/lexicons/confidence.toml`; `python -m benchmarks.calibrate` fits
them (Platt scaling: J. Platt, Probabilistic outputs for support vector machines, 1999).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from extractors.gazetteer import lexicon
from extractors.records import Method

_LIMIT = 1e-3


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic curve over the score's log odds, shifted by how the claimant was found."""

    intercept: float
    slope: float
    methods: dict[Method, float]


@cache
def load_weights() -> Weights:
    """Read the fitted weights."""
    raw = lexicon("confidence")
    return Weights(raw["intercept"], raw["slope"], raw["methods"])


def log_odds(score: float) -> float:
    """Return the log odds of a probability, kept within those of 0.001 and 0.999."""
    inside = min(max(score, _LIMIT), 1 - _LIMIT)
    return math.log(inside / (1 - inside))


def confidence(score: float, method: Method, weights: Weights | None = None) -> float:
    """Return the probability, 0 to 1 in thousandths, that claimant and content are right.

    It never falls when `score` (0 to 1) rises.
    """
    fitted = weights or load_weights()
    shift = fitted.methods.get(method, 0.0)
    odds = fitted.intercept + fitted.slope * log_odds(score) + shift
    return round(1 / (1 + math.exp(-odds)), 3)
