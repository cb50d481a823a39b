"""How tables leave the program: drawn on a terminal, as TSV in a pipe, or as JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from decimal import Decimal
from typing import Literal, TextIO

from flows.cells import one_line, plain
from flows.drawing import draw
from warehouse.table import Table

Output = Literal["auto", "json", "csv"]


def show(table: Table, output: Output = "auto", stream: TextIO | None = None) -> None:
    """Write `table` to `stream` (standard output without one) in the way that fits it."""
    out = stream or sys.stdout
    if output == "json":
        write_json(table, out)
    elif output == "csv":
        write_csv(table, out)
    elif out.isatty():
        draw(table, out)
    else:
        write_tsv(table, out)


def write_json(table: Table, out: TextIO) -> None:
    """Write the rows as one JSON array, an object a line; times are ISO 8601, UTC."""
    out.write("[" + ",\n ".join(to_json(row) for row in table.records()) + "]\n")


def write_csv(table: Table, out: TextIO) -> None:
    """Write the rows as CSV with a header; an absent value is empty."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([plain(value) for value in row] for row in table.rows)


def write_tsv(table: Table, out: TextIO) -> None:
    """Write the rows as tab-separated lines with a header; tabs and breaks in values are spaces."""
    out.write("\t".join(table.columns) + "\n")
    for row in table.rows:
        out.write("\t".join(one_line(value) for value in row) + "\n")


def to_json(value: object) -> str:
    """Return rows, or one row, as JSON on one line; ids as strings.

    Ids have 63 bits, and readers that keep numbers as doubles would round them.
    """
    return json.dumps(_with_text_ids(value), default=_json_value, ensure_ascii=False)


def _json_value(value: object) -> object:
    """Return what JSON has no kind for: times as ISO 8601 in UTC, decimals as numbers."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + ("" if value.tzinfo else "Z")
    return float(value) if isinstance(value, Decimal) else str(value)


def _with_text_ids(value: object) -> object:
    if isinstance(value, list):
        return [_with_text_ids(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: str(item) if key.endswith("_id") and isinstance(item, int) else _with_text_ids(item)
        for key, item in value.items()
    }
