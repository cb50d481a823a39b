"""Tables and texts on a terminal, whatever its width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from flows.cells import numeric, one_line
from warehouse.table import Table

if TYPE_CHECKING:
    from rich.console import RenderableType

_GAP = 2  # blanks between columns
_NARROWEST = 10  # a text column is not made narrower than this,
_LONGEST_WORD = 24  # nor than its longest word, up to this
_SECTIONS, _PARTS = 11, 25  # how far the lines of an explanation hang


def draw(table: Table, out: TextIO) -> None:
    """Draw `table`: numbers to the right, texts folded at words.

    Where the columns do not fit side by side, each row is drawn as a list of its values.
    """
    from rich.console import Console

    console = Console(file=out, highlight=False)
    cells = [[one_line(value) for value in row] for row in table.rows]
    right = numeric(table)
    widths = _widths(table.columns, cells, right, console.width)
    for part in _grid(table.columns, cells, right, widths) if widths else _lists(table, cells):
        console.print(part)


def compact(table: Table) -> Table:
    """Return `table` without the columns that hold nothing."""
    kept = [
        index
        for index, _ in enumerate(table.columns)
        if any(row[index] not in (None, "") for row in table.rows)
    ]
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return Table(tuple(table.columns[index] for index in kept), rows, table.is_cut)


def fold(lines: Iterable[str], out: TextIO) -> None:
    """Write `lines`, long ones folded at words and hung below what comes after their title."""
    from rich.console import Console

    width = Console(file=out).width
    for line in lines:
        _, gap, _ = line.strip().partition("  ")
        hanging = " " * (_PARTS if line.startswith(" ") else _SECTIONS if gap else 0)
        folded = textwrap.wrap(line, width, subsequent_indent=hanging, break_on_hyphens=False)
        print("\n".join(folded), file=out)


def _widths(
    columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], room: int
) -> list[int] | None:
    """Return a width for each column, None where they do not fit in `room`."""
    texts = [[row[index] for row in cells] for index, _ in enumerate(columns)]
    least, wanted = [], []
    for column, lines, is_right in zip(columns, texts, right, strict=True):
        widest = max(map(_length, lines), default=0)
        narrow = widest if is_right else min(widest, _narrowest(lines))
        wanted.append(max(widest, _length(column)))
        least.append(max(narrow, _longest_word([column])))
    for most in range(max(wanted, default=0), 0, -1):
        widths = [max(low, min(want, most)) for low, want in zip(least, wanted, strict=True)]
        if sum(widths) + _GAP * (len(widths) - 1) <= room:
            return widths
    return None


def _narrowest(texts: Sequence[str]) -> int:
    return max(_NARROWEST, min(_longest_word(texts), _LONGEST_WORD))


def _longest_word(texts: Sequence[str]) -> int:
    return max((_length(word) for text in texts for word in text.split()), default=0)


def _length(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _grid(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    right: Sequence[bool],
    widths: Sequence[int],
) -> Iterator[RenderableType]:
    from rich.table import Table as Drawing
    from rich.text import Text

    drawing = Drawing(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    for column, is_right, width in zip(columns, right, widths, strict=True):
        drawing.add_column(
            Text(column), justify="right" if is_right else "left", overflow="fold", width=width
        )
    for row in cells:
        drawing.add_row(*map(Text, row))
    yield drawing


def _lists(table: Table, cells: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    from rich.table import Table as Drawing
    from rich.text import Text

    width = max(map(_length, table.columns), default=0)
    for row in cells:
        drawing = Drawing.grid(padding=(0, _GAP, 0, 0))
        drawing.add_column(style="bold", width=width)
        drawing.add_column(overflow="fold")
        for column, cell in zip(table.columns, row, strict=True):
            if cell:
                drawing.add_row(Text(column), Text(cell))
        yield drawing
        yield ""
