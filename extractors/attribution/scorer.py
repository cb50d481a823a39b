"""The logistic model that says how sure a candidate is; `docs/models.md` is its card."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights by feature name; unknown features weigh nothing."""

    version: str
    threshold: float
    weights: Mapping[str, float]

    def probability(self, names: Iterable[str]) -> float:
        """Return the probability that a candidate with these features is an attribution."""
        total = math.fsum(self.weights.get(name, 0.0) for name in names)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_scorer() -> Scorer:
    """Read the packaged model."""
    raw = json.loads(files("extractors.attribution").joinpath("scorer.json").read_text("utf-8"))
    return Scorer(raw["version"], raw["threshold"], raw["weights"])
