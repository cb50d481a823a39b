"""The command `compare`: totals as claimed and as verified, thing by thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from flows.charts import sparkline
from flows.drawing import compact
from flows.panels import Panel, Panels, Track
from flows.trends import By
from warehouse.queries import run_query
from warehouse.table import Table

_MOST_PANELS, _MOST_TRACKS, _SPARK_WIDTH = 9, 4, 24
_VERIFIED = "confirmed"

Row = dict[str, Any]
Thing = tuple[str | None, str | None, str | None]  # whose, what, in which unit


@dataclass(frozen=True, slots=True)
class Totals:
    """An answer: the rows, the pictures they make, and their summary for a terminal."""

    table: Table
    panels: Panels
    summary: Table


def compare_totals(
    con: duckdb.DuckDBPyConnection,
    measure: str,
    *,
    party: str | None = None,
    counted: str | None = None,
    claimant: str | None = None,
    since: date | None = None,
    until: date | None = None,
    by: By = "month",
) -> Totals:
    """Ask an open reader for the totals of `measure`; raises QueryError for unusable values."""
    table = run_query(
        con, "claimed_and_verified", measure=measure, party=party, counted=counted,
        claimant=claimant, since=since, until=until, by=by,
    )  # fmt: skip
    groups = _by_thing(table.records())
    title = f"Totals {measure.replace('_', ' ')}" + (f", {party}" if party else "")
    return Totals(table, _panels(groups, title, party), _summary(groups))


def _by_thing(rows: list[Row]) -> dict[Thing, dict[str, list[Row]]]:
    """Group rows by thing, then claimant: what was claimed and verified first, much given first."""
    groups: dict[Thing, dict[str, list[Row]]] = {}
    for row in rows:
        thing = row["party"], row["counted"], row["unit"]
        groups.setdefault(thing, {}).setdefault(row["claimant"], []).append(row)

    def place(item: tuple[Thing, dict[str, list[Row]]]) -> tuple[bool, int, str]:
        thing, lines = item
        return not _is_both(lines), -sum(map(len, lines.values())), str(thing)

    return dict(sorted(groups.items(), key=place))


def _is_both(lines: dict[str, list[Row]]) -> bool:
    """Tell whether a thing has totals that are verified, and others."""
    return len({_is_verified(rows) for rows in lines.values()}) == 2


def _is_verified(rows: list[Row]) -> bool:
    return bool(rows[-1]["verification_status"] == _VERIFIED)


def _panels(groups: dict[Thing, dict[str, list[Row]]], title: str, party: str | None) -> Panels:
    """Draw the things that can be compared, or all where none can."""
    both = {thing: lines for thing, lines in groups.items() if _is_both(lines)} or groups
    drawn = dict(list(both.items())[:_MOST_PANELS])
    periods = sorted(
        {r["period"] for lines in drawn.values() for rows in lines.values() for r in rows}
    )
    panels = tuple(
        Panel(_name(thing, party), tuple(_tracks(lines, periods))) for thing, lines in drawn.items()
    )
    return Panels(title, tuple(periods), panels)


def _tracks(lines: dict[str, list[Row]], periods: list[date]) -> Iterator[Track]:
    largest = sorted(
        lines.items(), key=lambda line: (_is_verified(line[1]), -len(line[1]), line[0])
    )
    for claimant, rows in largest[:_MOST_TRACKS]:
        amounts = {row["period"]: row["amount"] for row in rows}
        falls = {row["period"]: row["fall_amount"] or 0.0 for row in rows}
        yield Track(
            f"{claimant} (verified)" if _is_verified(rows) else claimant,
            tuple(amounts.get(period) for period in periods),
            tuple(falls.get(period, 0.0) for period in periods),
        )


def _name(thing: Thing, party: str | None = None) -> str:
    whose, what, unit = thing
    words = what, None if whose == party else whose, None if unit in ("item", "person") else unit
    return ", ".join(word for word in words if word) or "all"


def _summary(groups: dict[Thing, dict[str, list[Row]]]) -> Table:
    rows = []
    for thing, lines in groups.items():
        for claimant, given in lines.items():
            last = given[-1]
            falls = [row for row in given if row["fall_amount"]]
            rows.append(
                (
                    _name(thing), claimant, _spark([row["amount"] for row in given]),
                    last["amount"], last["period"],
                    *_share(given),
                    sum(row["fall_amount"] for row in falls) or None,
                    max((row["last_fall_date"] for row in falls), default=None),
                )
            )  # fmt: skip
    columns = (
        "counted", "claimant", "trend", "last", "in", "verified %", "by then", "taken back",
        "last on",
    )  # fmt: skip
    return compact(Table(columns, tuple(rows)))


def _share(rows: list[Row]) -> tuple[float | None, date | None]:
    """Return which share of the total was verified when that could last be told, and when."""
    told = [row for row in rows if row["verified_pct"] is not None]
    return (told[-1]["verified_pct"], told[-1]["period"]) if told else (None, None)


def _spark(values: list[float]) -> str:
    size = -(-len(values) // _SPARK_WIDTH) or 1
    return sparkline([max(values[at : at + size]) for at in range(0, len(values), size)])
