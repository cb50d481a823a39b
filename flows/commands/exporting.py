"""Commands that give the warehouse away: export."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows import __version__
from flows.context import Ctx
from flows.output import show
from warehouse.export import export as write
from warehouse.manifest import Format, Order
from warehouse.table import Table

FLAG = Parameter(negative="")
COLUMNS = ("table", "row_count", "file_count", "bytes")


def export(
    format: Format,
    folder: Path,
    *,
    since: date | None = None,
    until: date | None = None,
    table: Annotated[list[str] | None, FLAG] = None,
    with_text: Annotated[bool, FLAG] = False,
    replace: Annotated[bool, FLAG] = False,
    context: Ctx,
) -> None:
    """Write tables as Parquet or CSV, or the claims as JSON-LD, into a folder, for other programs.

    Parquet and JSON-LD have a file a month. manifest.json in the folder says what each table and
    column means, and how many rows there are.

    Args:
        format: Parquet, CSV, or JSON-LD in the words of schema.org, one document a line.
        folder: A new or an empty folder.
        since: First day, as 2026-01-31; tables without a day are written whole.
        until: Last day.
        table: A view that `docs tables` lists; may be given again. Without it: articles, claims,
            figures, claimants, outlets and coverage.
        with_text: Write the texts of the articles, too.
        replace: Put it in the place of an earlier export, which is deleted.
    """
    order = Order(format, tuple(table or ()), since, until, with_text)
    written = write(
        context.settings.published, folder, order,
        made_by=f"claimwire {__version__}", replace=replace,
    )  # fmt: skip
    rows = tuple(
        (one.source.name, one.row_count, len(one.files), sum(file.bytes for file in one.files))
        for one in written
    )
    show(Table(COLUMNS, rows), context.output)
    print(f"Exported to {folder}.", file=sys.stderr)
