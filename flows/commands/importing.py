"""The command `import`: figures that somebody else took down."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from extractors.errors import SettingsError
from flows.context import Ctx
from flows.importing import FigureFile, import_file, read_file
from flows.output import show
from flows.report import PARTLY
from warehouse.load import LoadReport
from warehouse.table import Table

COLUMNS = ("file", "state", "lines", "versions_loaded", "claims_loaded", "bad_lines", "run_id")
_MOST_TOLD = 10


def import_(*files: Path, context: Ctx) -> int:
    """Load figures from CSV files: a line for each figure that a claimant gave on a day.

    A file that was loaded before changes nothing; a corrected line makes a new version of the same
    figure. Ends with exit code 3 when some lines could not be read: they are kept in quarantine.

    Args:
        files: CSV files in UTF-8. The first line names the columns: date, outlet, claimant,
            measure, value, and any of counted, party, unit, bound, change, scope, place, side,
            claimant_type, wikidata_id, status, verified_by, quote, url (docs/importing.md).
    """
    if not files:
        raise SettingsError("There is no file to import.", "Name a CSV file.")
    read = [read_file(path, context.now()) for path in files]
    rows = [_row(file, import_file(context.settings, file, context.now())) for file in read]
    show(Table(COLUMNS, tuple(rows)), context.output)
    for file in read:
        _tell_bad_lines(file)
    return PARTLY if any(file.bad for file in read) else 0


def _row(file: FigureFile, loaded: LoadReport) -> tuple[object, ...]:
    state = "was loaded before" if loaded.already_loaded else "loaded"
    return (
        file.name, state, len(file.lines), loaded.revisions, loaded.claims, len(file.bad),
        loaded.run_id,
    )  # fmt: skip


def _tell_bad_lines(file: FigureFile) -> None:
    for bad in islice(file.bad, _MOST_TOLD):
        print(f"{file.name}, line {bad.number}: {bad.problem}", file=sys.stderr)
    if (more := len(file.bad) - _MOST_TOLD) > 0:
        print(f"{more} more lines are bad; `claimwire sql quarantine` has them.", file=sys.stderr)
