"""The warehouse's figures as OpenMetrics 1.0 text, for Prometheus and its kin.

https://prometheus.io/docs/specs/om/open_metrics_spec/
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from warehouse.migrate import open_current
from warehouse.place import Place
from warehouse.queries import run_query
from warehouse.rows import Fate, IncidentKind
from warehouse.table import Table

ARCHIVE = "claimwire_archive_bytes"
STATES = (
    "new", "fine", "failing", "resting", "offline", "gone", "retired", "quiet", "possible_gap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """A metric: its name and meaning; `values` of its label are given even when there are none."""

    name: str
    help: str
    type: Literal["gauge", "counter"] = "gauge"
    unit: str | None = None
    label: str | None = None
    values: tuple[str, ...] = ()


FAMILIES = (
    Family("claimwire_feeds", "Feeds by state.", label="state", values=STATES),
    Family(
        "claimwire_incidents_open",
        "Incidents that go on, by kind.",
        label="kind",
        values=get_args(IncidentKind),
    ),
    Family("claimwire_urls", "Discovered URLs by fate.", label="fate", values=get_args(Fate)),
    Family("claimwire_possible_gaps", "Polls that may have missed entries.", "counter"),
    Family("claimwire_quarantined", "Failures that were kept."),
    Family("claimwire_articles", "Articles held."),
    Family("claimwire_claims", "Current claims held."),
    Family("claimwire_entries", "Feed entries seen.", "counter"),
    Family("claimwire_runs", "Runs loaded.", "counter"),
    Family("claimwire_last_run_timestamp_seconds", "End of the last run.", unit="seconds"),
    Family("claimwire_last_run_duration_seconds", "Length of the last run.", unit="seconds"),
    Family(ARCHIVE, "Size of the archive.", unit="bytes"),
)


def read_metrics(warehouse: Place, archive_dir: Path) -> str:
    """Return the figures of a warehouse and an archive; raises as `open_current` does."""
    with open_current(warehouse) as con:
        figures = run_query(con, "metrics")
    return exposition(figures, _size(archive_dir))


def exposition(figures: Table, archive_bytes: int) -> str:
    """Return the rows of the query `metrics` as text; what is not known yet is left out."""
    rows = [*figures.rows, (ARCHIVE, None, archive_bytes)]
    lines = [line for family in FAMILIES for line in _family(family, rows)]
    return "\n".join([*lines, "# EOF", ""])


def write_metrics(path: Path, text: str) -> None:
    """Replace the file at `path`, whole; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _family(family: Family, rows: Sequence[tuple[str, str | None, float | None]]) -> Iterator[str]:
    known = {label: value for name, label, value in rows if name == family.name}
    yield f"# TYPE {family.name} {family.type}"
    if family.unit:
        yield f"# UNIT {family.name} {family.unit}"
    yield f"# HELP {family.name} {family.help}"
    sample = family.name + ("_total" if family.type == "counter" else "")
    for label in sorted({*family.values, *known}, key=str):
        value = known.get(label, 0)
        if value is not None:
            braces = f'{{{family.label}="{label}"}}' if family.label else ""
            yield f"{sample}{braces} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
