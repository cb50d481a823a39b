"""The figures of extractors as a table: for a terminal, or for a page of documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.judging import figure_at

_COLUMNS = {
    "P": "text.p", "R": "text.r", "F1": "text.f1", "exact": "text.exact_match",
    "segments": "segments.accuracy", "segments F1": "segments.f1", "title": "title.accuracy",
    "date": "date.accuracy", "authors": "authors.equal", "pages/CPU-s": "pages_per_cpu_second",
    "speed": "speed", "raised": "raised",
}  # fmt: skip
_DIGITS = {"pages/CPU-s": 1, "speed": 2, "raised": 0}


def table(scores: Mapping[str, Any], *, markdown: bool = False) -> str:
    """Return a table: a line for each extractor, the figures that any of them has as columns.

    `scores` holds by the name of an extractor what `extraction_peers` measured of it.
    """
    columns = {
        head: path
        for head, path in _COLUMNS.items()
        if any(_figure(score, path) is not None for score in scores.values())
    }
    rows = [["", *columns]]
    for name, score in scores.items():
        cells = [_cell(head, _figure(score, path)) for head, path in columns.items()]
        rows.append([name, *cells])
    return (_markdown if markdown else _plain)(rows)


def _figure(score: Any, path: str) -> float | None:
    """Return a figure; none of what an extractor never gives."""
    never = figure_at(score, f"{path.split('.')[0]}.predicted") == 0
    return None if never else figure_at(score, path)


def _cell(head: str, value: float | None) -> str:
    return "-" if value is None else f"{value:.{_DIGITS.get(head, 3)}f}"


def _plain(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        _align(index)(cell, width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip()


def _align(index: int) -> Callable[[str, int], str]:
    return str.rjust if index else str.ljust


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    rule = f"| --- |{' ---: |' * (len(rows[0]) - 1)}"
    return "\n".join([head, rule, *body])
