"""How tables leave the program: drawn on a terminal, as TSV in a pipe, or as JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TextIO

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
        from flows.drawing import draw

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


def plain(value: object) -> str:
    """Return a value as text: no trailing `.0`, times to the second, nothing for None."""
    return next(write(value) for kind, write in _WRITERS if isinstance(value, kind))


def one_line(value: object) -> str:
    """Return a value as text without breaks and control characters.

    Texts come from the web: an escape sequence in a headline must not reach the terminal.
    """
    text = " ".join(plain(value).split())
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))


def counted(number: int, noun: str) -> str:
    """Return `1 feed`, `2 feeds`, `1,000 feeds`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


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


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:g}"


def _list(value: Sequence[object]) -> str:
    return ", ".join(plain(item) for item in value)


# A datetime is a date and a bool is an int: the narrower kind comes first.
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda value: "true" if value else "false"),
    (float, lambda value: _number(value) if value - value == 0 else str(value)),
    (Decimal, lambda value: _number(float(value))),
    (datetime, lambda value: value.isoformat(sep=" ", timespec="seconds")),
    (date, lambda value: value.isoformat()),
    (list, _list),
    (object, str),
)


def numeric(table: Table) -> list[bool]:
    """Tell which columns hold numbers only."""
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns)
    return [_is_numeric([value for value in column if value is not None]) for column in columns]


def _is_numeric(values: Sequence[object]) -> bool:
    numbers = [isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in values]
    return bool(numbers) and all(numbers)
