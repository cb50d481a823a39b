"""What the demo shows of its warehouse: the story's figures, by claimant and day."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from flows.output import Output, show
from warehouse.connection import open_reader
from warehouse.place import Place
from warehouse.queries import run_query
from warehouse.table import Table

STORY = "Skarn Ridge"
MEASURE = "killed"
_KIND = (None, "level", "person")  # of the figures that are shown: nobody's own loss, a level


def print_trend(warehouse: Place, output: Output) -> None:
    """Print to standard output how many were killed, by each claimant over time."""
    with open_reader(warehouse) as connection:
        figures = run_query(connection, "figures_over_time", measure=MEASURE)
    if output == "auto":
        sys.stdout.writelines(f"{line}\n" for line in grid(figures))
    else:
        show(figures, output)


def grid(figures: Table) -> Iterator[str]:
    """Yield a line a claimant with more than one figure, a column a day, those with most first."""
    given: dict[str, dict[date, str]] = {}
    for row in figures.records():
        if row["is_new"] and (row["party"], row["change"], row["unit"]) == _KIND:
            given.setdefault(row["claimant"], {})[row["said_date"]] = f"{row['amount']:,.0f}"
    several = {name: counts for name, counts in given.items() if len(counts) > 1}
    days = sorted({day for counts in several.values() for day in counts})
    first = max(map(len, several), default=0)
    cell = 2 + max(
        (len(text) for counts in several.values() for text in counts.values()), default=2
    )
    yield (
        f"{STORY}: how many were killed, by whose count; day of {days[0]:%B %Y}" if days else STORY
    )
    yield " " * first + "".join(f"{day.day:>{cell}}" for day in days)
    for name, counts in sorted(several.items(), key=lambda item: (-len(item[1]), item[0])):
        cells = "".join(f"{counts.get(day, ''):>{cell}}" for day in days)
        yield f"{name.ljust(first)}{cells}".rstrip()
