"""What a query gives back: column names and rows, free of DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Table:
    """A result: rows in the order of `columns`; `is_cut` when there may be more than asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def fetch_table(
    con: duckdb.DuckDBPyConnection,
    query: str,
    params: Mapping[str, object],
    max_rows: int | None = None,
) -> Table:
    """Run `query` and return its rows, `max_rows` at most."""
    cursor = con.execute(query, dict(params)) if params else con.execute(query)
    columns = tuple(column[0] for column in cursor.description or ())
    rows = cursor.fetchall() if max_rows is None else cursor.fetchmany(max_rows + 1)
    kept = rows[:max_rows]
    return Table(columns, tuple(kept), len(rows) > len(kept))


def sentence(error: duckdb.Error) -> str:
    """Return what DuckDB complains of, as one sentence."""
    first = str(error).splitlines()[0]
    _, _, said = first.partition(": ")
    return (said or first).rstrip(".!") + "."
