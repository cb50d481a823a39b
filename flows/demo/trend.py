"""What the demo shows of its warehouse: the story's figures, by claimant and day."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flows.output import Output, show
from warehouse.connection import open_reader
from warehouse.queries import run_query
from warehouse.table import Table

STORY = "Skarn Ridge"
MEASURE = "killed"


def print_trend(warehouse: Path, output: Output) -> None:
    """Print to standard output how many were killed, by each claimant over time."""
    with open_reader(warehouse) as connection:
        figures = run_query(connection, "figures_over_time", measure=MEASURE)
    if output == "auto":
        sys.stdout.writelines(f"{line}\n" for line in grid(figures))
    else:
        show(figures, output)


def grid(figures: Table) -> Iterator[str]:
    """Yield a line a claimant with more than one figure, a column a day, those with most first."""
    days: list[date] = sorted({row["claim_date"] for row in figures.records()})
    given: dict[str, dict[date, float]] = {}
    for row in figures.records():
        if row["party"] is None and row["change"] == "level":
            given.setdefault(row["claimant"], {})[row["claim_date"]] = row["amount"]
    several = {name: counts for name, counts in given.items() if len(counts) > 1}
    width = max(map(len, several), default=0)
    yield f"{STORY}: how many were killed, by whose count, {days[0]} to {days[-1]}"
    yield "day".ljust(width) + "".join(f"{day.day:>4}" for day in days)
    for name, counts in sorted(several.items(), key=lambda item: (-len(item[1]), item[0])):
        cells = (f"{counts[day]:>4,.0f}" if day in counts else " " * 4 for day in days)
        yield (name.ljust(width) + "".join(cells)).rstrip()
