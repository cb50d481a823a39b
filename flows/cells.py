"""A value as a person reads it: one way to write numbers, times, lists and hostile text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from warehouse.table import Table


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
