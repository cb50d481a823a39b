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
    filters = {
        "text": wanted.text, "claimant": wanted.claimant, "measure": wanted.measure,
        "party": wanted.party, "since": wanted.since, "until": wanted.until,
    }  # fmt: skip
    table = run_query(con, "figures_over_time", **filters)
    disputes = run_query(
        con, "disputed_figures", measure=wanted.measure, since=wanted.since, until=wanted.until
    )
    return Contrast(table, _figures(table, disputes), _ranges(con, table, filters))


def _figures(table: Table, disputes: Table) -> Table:
    by: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in disputes.records():
        by[row["claim_date"], row["against"], row["measure"]].add(row["disputed_by"])
    rows = tuple(
        (
            row["said_date"], row["claimant"], row["party"], row["measure"], row["thing"],
            _amount(row), _status(row), row["report_count"], row["origin_count"],
            ", ".join(sorted(by[row["said_date"], row["claimant"], row["measure"]])) or None,
        )
        for row in table.records()
    )  # fmt: skip
    columns = (
        "day", "claimant", "of", "measure", "counted", "figure", "status", "reports", "origins",
        "disputed by",
    )  # fmt: skip
    return compact(Table(columns, rows))


def _amount(row: dict[str, Any]) -> str:
    if row["bound"] == "range":
        return f"{row['low_value']:,.12g} to {row['high_value']:,.12g}"
    return f"{_BOUNDS.get(row['bound'], '')}{row['amount']:,.12g}"


def _status(row: dict[str, Any]) -> str | None:
    if row["status"] == "corrected":
        return f"corrected to {row['corrected_amount']:,.12g}"
    return None if row["status"] == "standing" else str(row["status"])


def _ranges(con: duckdb.DuckDBPyConnection, table: Table, filters: dict[str, Any]) -> Table:
    """The range by day of every measure that is compared, in the order of the table."""
    columns = (
        "day", "of", "measure", "counted", "low", "given by", "high", "given by ", "contested",
    )  # fmt: skip
    compared = list(dict.fromkeys(row["measure"] for row in table.records()))
    ranges = [
        row
        for row in run_query(con, "figure_range", **filters).records()
        if row["measure"] in compared
    ]
    rows = tuple(
        (
            row["said_date"], row["party"], row["measure"], row["thing"], row["low_amount"],
            row["low_claimant"], row["high_amount"], row["high_claimant"],
            "yes" if row["is_contested"] else None,
        )
        for row in sorted(ranges, key=lambda row: compared.index(row["measure"]))
    )  # fmt: skip
    return compact(Table(columns, rows))
