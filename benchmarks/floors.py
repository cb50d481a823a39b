"""Floors and ceilings of the measured figures: read, compared, and never loosened.

`floors.toml` names a figure by its path in the benchmarks' JSON, such as
`quality.dates/TimeBank.day.value.f1`.
"""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Floors:
    """Least and greatest allowed value of each pinned figure."""

    floors: Mapping[str, float]
    ceilings: Mapping[str, float]

    @classmethod
    def parse(cls, text: str) -> Floors:
        """Read the TOML tables `floors` and `ceilings`."""
        tables = tomllib.loads(text)
        return cls(tables.get("floors", {}), tables.get("ceilings", {}))


@dataclass(frozen=True, slots=True)
class Check:
    """One pinned figure against what was measured; None: not measured here."""

    figure: str
    measured: float | None
    limit: float
    is_ceiling: bool

    @property
    def holds(self) -> bool:
        """Whether the limit is kept, or nothing was measured that could break it."""
        if self.measured is None:
            return True
        return self.measured <= self.limit if self.is_ceiling else self.measured >= self.limit


def check(pinned: Floors, figures: Mapping[str, Any]) -> Iterator[Check]:
    """Compare every pinned figure with `figures`, the benchmarks' results by name."""
    for limits, is_ceiling in ((pinned.floors, False), (pinned.ceilings, True)):
        for figure, limit in limits.items():
            yield Check(figure, _at(figures, figure), limit, is_ceiling)


def loosened(pinned: Floors, before: Floors) -> list[str]:
    """Return the figures whose limit is laxer than it was, or gone."""
    lower = [name for name, limit in before.floors.items() if pinned.floors.get(name, -1) < limit]
    higher = [
        name
        for name, limit in before.ceilings.items()
        if pinned.ceilings.get(name, float("inf")) > limit
    ]
    return lower + higher


def committed() -> Floors:
    """Return the floors of the last commit; empty where there is no repository or no such file."""
    command = ["git", "show", f"HEAD:./{FILE.name}"]
    try:
        done = subprocess.run(command, cwd=FILE.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return Floors({}, {})
    return Floors.parse(done.stdout)


def _at(figures: Any, path: str) -> float | None:
    for key in path.split("."):
        figures = figures.get(key) if isinstance(figures, Mapping) else None
    return None if figures is None else float(figures)
