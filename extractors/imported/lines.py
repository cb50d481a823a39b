"""A CSV file as its lines: each a figure, or why it is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from extractors.errors import TextError
from extractors.imported.fields import COLUMNS, REQUIRED, StatedFigure, figure_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line that states a figure; `number` counts from 1, the header included."""

    number: int
    raw: str
    figure: StatedFigure


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that states none, and why, in a sentence."""

    number: int
    raw: str
    problem: str


def read_lines(body: bytes, latest: date) -> Iterator[Line | BadLine]:
    """Yield the lines of a file below its header, empty ones left out.

    No figure may be dated after `latest`. A figure that an earlier line gives already, in the same
    or in other words, is a bad line.

    Raises:
        TextError: the file is empty, is not UTF-8, or its header is not as it should be.
    """
    records = _records(_decoded(body))
    header = _header(next(records, None))
    seen: dict[tuple[str, ...], int] = {}
    for number, raw, fields in records:
        try:
            figure = figure_of(_named(header, fields), latest)
            first = seen.setdefault(figure.key, number)
            if first != number:
                raise TextError(f"It gives the figure of line {first} again.", "Leave one of them.")
            yield Line(number, raw, figure)
        except TextError as error:
            yield BadLine(number, raw, str(error))


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(
            f"It is not UTF-8 (byte {error.start}).", "Convert it, for example with iconv."
        ) from error
    if not text.strip():
        raise TextError("It is empty.", f"Give a header and lines of {', '.join(REQUIRED)}.")
    return text


Record = tuple[int, str, Sequence[str] | str]


def _records(text: str) -> Iterator[Record]:
    """Yield each record that is not empty: its first line's number, itself, and its fields.

    In place of the fields stands what is wrong with its quotation marks, if something is.
    """
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in StringIO(text, ""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), strict=True)
    start = 1
    while True:
        try:
            fields: Sequence[str] | str | None = next(reader, None)
        except csv.Error as error:
            fields = str(error)
        if fields is None:
            return
        if any(map(str.strip, fields)):
            yield start, "".join(taken).rstrip("\r\n"), fields
        start += len(taken)
        taken.clear()


def _header(record: Record | None) -> tuple[str, ...]:
    fields = record[2] if record else ()
    names = tuple(name.strip().lower() for name in fields) if not isinstance(fields, str) else ()
    lacking = [name for name in REQUIRED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    known = f"Columns, separated by commas: {', '.join(COLUMNS)}."
    if lacking:
        raise TextError(f"Its first line names no column {', '.join(lacking)}.", known)
    if unknown:
        raise TextError(f"It has a column {unknown[0]!r}, which means nothing here.", known)
    if twice:
        raise TextError(f"It has the column {twice[0]} twice.", "Leave one of them.")
    return names


def _named(header: Sequence[str], fields: Sequence[str] | str) -> dict[str, str]:
    if isinstance(fields, str):
        raise TextError(f"Its quotation marks are not in order: {fields}.")
    if len(fields) != len(header):
        raise TextError(
            f"It has {len(fields)} fields where the header has {len(header)}.",
            "Put a field that holds a comma in quotation marks.",
        )
    return dict(zip(header, fields, strict=True))
