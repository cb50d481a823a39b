"""The command `compare`: who gives which figure, whether it still stands, and who disputes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from flows.drawing import compact
from warehouse.queries import run_query
from warehouse.table import Table

_BOUNDS = {
    "at_least": "at least ", "more_than": "more than ", "at_most": "at most ",
    "less_than": "less than ", "approx": "about ", "vague": "some ",
}  # fmt: skip

_COUNTED_UNITS = (None, "person", "item")
MOST_FIGURES = 200  # a screen or two; the newest
_ALL = 1_000_000  # disputes: a warehouse of ten million claims has some thousands


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures to compare."""

    text: str | None = None
    claimant: str | None = None
    measure: str | None = None
    party: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """An answer: the rows, and in words the figures and their range by day."""

    table: Table
    figures: Table
    ranges: Table


def contrast(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Contrast:
    """Answer from an open reader; raises QueryError for values it cannot use."""
    filters: dict[str, Any] = {
        "text": wanted.text, "claimant": wanted.claimant, "measure": wanted.measure,
        "party": wanted.party, "since": wanted.since, "until": wanted.until,
    }  # fmt: skip
    table = run_query(con, "figures_over_time", **filters, row_limit=MOST_FIGURES)
    disputes = run_query(
        con, "disputed_figures", measure=wanted.measure, since=wanted.since, row_limit=_ALL
    )
    if table.is_cut:
        filters["since"] = min(row["said_date"] for row in table.records())
    return Contrast(table, _figures(table, disputes), _ranges(con, table, filters))


def _figures(table: Table, disputes: Table) -> Table:
    by: defaultdict[int, set[str]] = defaultdict(set)
    for row in disputes.records():
        for figure in row["figure_ids"]:
            by[figure].add(row["disputed_by"])
    rows = tuple(
        (
            row["said_date"], row["claimant"], row["party"], row["measure"], counted(row),
            amount(row), kind(row), _status(row), row["report_count"], row["origin_count"],
            ", ".join(sorted(by[row["figure_id"]])) or None,
        )
        for row in table.records()
    )  # fmt: skip
    columns = (
        "day", "claimant", "of", "measure", "counted", "figure", "kind", "status", "reports",
        "origins", "disputed by",
    )  # fmt: skip
    return compact(Table(columns, rows))


def amount(row: dict[str, Any]) -> str:
    """Return a figure with its bound and its unit."""
    if row["bound"] == "range":
        return _measured(f"{row['low_value']:,.15g} to {row['high_value']:,.15g}", row)
    return _measured(f"{_BOUNDS.get(row['bound'], '')}{row['amount']:,.15g}", row)


def _measured(amount: str, row: dict[str, Any]) -> str:
    """Give an amount its unit; persons and things are counted without one."""
    return amount if row["unit"] in _COUNTED_UNITS else f"{amount} {row['unit']}"


def counted(row: dict[str, Any]) -> str | None:
    """Return what is counted, where the measure does not: of people killed they are people."""
    return row["thing"] or (row["counted"] if row["unit"] == "item" else None)


def kind(row: dict[str, Any]) -> str | None:
    """Say whether it is a change, of one event or a total, or planned; None for a plain level."""
    words = (
        None if row["change"] == "level" else row["change"], row["scope"],
        "planned" if row["is_projected"] else None,
    )  # fmt: skip
    return ", ".join(filter(None, words)) or None


def _status(row: dict[str, Any]) -> str | None:
    if row["status"] == "corrected":
        return f"corrected to {row['corrected_amount']:,.15g}"
    return None if row["status"] == "standing" else str(row["status"])


def _ranges(con: duckdb.DuckDBPyConnection, table: Table, filters: dict[str, Any]) -> Table:
    """The range by day of every measure that is compared, in the order of the table."""
    columns = (
        "day", "of", "measure", "counted", "unit", "scope", "low", "given by", "high",
        "given by ", "contested",
    )  # fmt: skip
    compared = list(dict.fromkeys(row["measure"] for row in table.records()))
    ranges = [
        row
        for row in run_query(con, "figure_range", **filters).records()
        if row["measure"] in compared
    ]
    rows = tuple(
        (
            row["said_date"], row["party"], row["measure"], row["thing"],
            None if row["unit"] in _COUNTED_UNITS else row["unit"], row["scope"],
            row["low_amount"], row["low_claimant"], row["high_amount"], row["high_claimant"],
            "yes" if row["is_contested"] else None,
        )
        for row in sorted(ranges, key=lambda row: compared.index(row["measure"]))
    )  # fmt: skip
    return compact(Table(columns, rows))
