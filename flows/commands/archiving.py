"""Commands about the archive: check."""

from __future__ import annotations

import sys
from dataclasses import astuple
from typing import TYPE_CHECKING

from flows.context import Ctx
from flows.output import show
from flows.progress import meter
from warehouse.table import Table

if TYPE_CHECKING:
    from flows.archive.checking import FileReport

COLUMNS = ("file", "offset", "finding", "detail")


def check(*, context: Ctx) -> int:
    """Read the archive from end to end and compare it with the index in the warehouse.

    Lists what is missing, different, damaged or without a row. Ends with exit code 1 when something
    that the index lists cannot be had; a torn tail, or answers that a killed run left behind, are
    no loss.
    """
    from flows.archive.checking import check_file
    from warehouse import state
    from warehouse.connection import open_reader

    folder, reports = context.settings.archive_dir, []
    with open_reader(context.settings.published) as con, meter() as bars:
        there = {path.name for path in folder.glob("*.warc.gz")}
        names = sorted(there | set(state.archive_files(con)))
        bars.expect("files", len(names))
        for name in names:
            reports.append(check_file(folder / name, state.archived_fetches(con, name)))
            bars.step("files")
    rows = tuple(astuple(finding) for report in reports for finding in report.findings)
    show(Table(COLUMNS, rows), context.output)
    lost = any(finding.is_loss for report in reports for finding in report.findings)
    print(_summary(reports, lost), file=sys.stderr)
    return int(lost)


def _summary(reports: list[FileReport], lost: bool) -> str:
    from flows.cells import counted

    held, listed = sum(one.exchanges for one in reports), sum(one.listed for one in reports)
    said = "Some cannot be had; restore the files from a copy." if lost else "All are there."
    return (
        f"Read {counted(len(reports), 'file')} with {counted(held, 'exchange')}; "
        f"the index lists {listed:,}. {said}"
    )
