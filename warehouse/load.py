"""Loads a run's staged files: one transaction, exactly once by run id.

The steps are `loads/*.sql` in order; they read the staged tables as views `stage_<table>`. Steps,
statements of them and checks can say that they are wanted only where a table of an earlier one has
rows. Then every query of `checks/*.sql` must return no row. Killed at any moment, the work file
holds either all of a run or nothing of it. A lake where another load was committed meanwhile
refuses this one, which is then done again from the start.
"""

from __future__ import annotations

import dataclasses
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.connection import first_row, open_writer, settle
from warehouse.lake import is_conflict, is_lake, turn
from warehouse.migrate import Script, migrate, read_scripts
from warehouse.place import Place
from warehouse.rows import RunRow
from warehouse.staging import TABLES, Stage, arrow_schema, arrow_table
from warehouse.state import run_exists

_ONLY_WHERE = re.compile(r"^-- Only where (\w+) has rows\.$", re.MULTILINE)
_LARGE_BYTES = 8_000_000  # of staged files
_LARGE_CLAIMS = 2_000_000  # of a warehouse
_TIDY_LOADS = 16  # one load in so many merges what all of them left behind each other in the file
_PAUSES_S = (0.2, 0.4, 0.8, 1.6, 3.2)  # before a load that was overtaken is tried again
_COUNTS = """SELECT (SELECT count(*) FROM new_revisions), (SELECT count(*) FROM new_claims),
    (SELECT count(*) FROM new_failures), (SELECT count(*) FROM touched_days)"""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load added: revisions, claims, failures kept, and the days whose counts changed."""

    run_id: str
    already_loaded: bool
    revisions: int = 0
    claims: int = 0
    failures: int = 0
    days: int = 0


class _OvertakenError(Exception):
    """Another load was committed to the lake while this one was being made."""


def load_run(
    place: Place,
    stage_dir: Path,
    run: RunRow,
    *,
    wait_s: float = 60.0,
    memory_limit: str = "2GB",
    sleep: Callable[[float], None] = time.sleep,
) -> LoadReport:
    """Load what `stage_dir` holds into the work file as the run `run`; a second call does nothing.

    The run's row gets the counts of what was really added. Raises WarehouseBusyError while
    another process writes, WarehouseError when a check fails or the files do not fit: then the
    warehouse is as it was, and the batch lies in `rejected/` beside `stage_dir`.
    """
    for pause_s in _PAUSES_S:
        try:
            return _load_run(place, stage_dir, run, wait_s, memory_limit)
        except _OvertakenError:
            sleep(pause_s * random.uniform(0.5, 1.0))
    raise WarehouseBusyError(
        f"Run {run.run_id} was overtaken by others {len(_PAUSES_S)} times.", "Try again later."
    )


def _load_run(
    place: Place, stage_dir: Path, run: RunRow, wait_s: float, memory_limit: str
) -> LoadReport:
    with open_writer(place, wait_s=wait_s, memory_limit=memory_limit) as con, turn(con, wait_s):
        migrate(con)
        stage = Stage(stage_dir)
        # What is committed goes into the file at once, not first into the log beside it.
        con.execute("SET checkpoint_threshold = '1KB'")
        con.execute("RESET max_vacuum_tasks" if _tidies(con) else "SET max_vacuum_tasks = 0")
        con.execute(f"SET threads = {2 if _is_large(con, stage) else 1}")
        try:
            report = _load(con, stage, run)
        except WarehouseError as error:
            raise WarehouseError(error.problem, _set_aside(stage_dir)) from error
        settle(con)
        return report


def _load(con: duckdb.DuckDBPyConnection, stage: Stage, run: RunRow) -> LoadReport:
    con.execute("BEGIN")
    try:
        if run_exists(con, run.run_id):
            con.execute("ROLLBACK")
            return LoadReport(run.run_id, already_loaded=True)
        _open_stage(con, stage)
        is_wanted = _asker(con)
        for step in read_scripts("loads"):
            for statement in _take(step, is_wanted):
                con.execute(statement)
        report = LoadReport(run.run_id, False, *_counts(con))
        _insert_run(con, run, report)
        _check(con)
        con.execute("COMMIT")
    except duckdb.Error as error:
        if is_conflict(error):
            raise _OvertakenError from error
        raise WarehouseError(
            f"Run {run.run_id} cannot be loaded ({_first_line(error)})."
        ) from error
    return report


def _tidies(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the next load merges row groups: at each commit that costs more than the load."""
    loads = first_row(con, "SELECT count(*) FROM ops.runs")
    return loads is not None and (loads[0] + 1) % _TIDY_LOADS == 0


def _is_large(con: duckdb.DuckDBPyConnection, stage: Stage) -> bool:
    """Whether a second thread brings more than it costs: much to be loaded, or much to be read."""
    claims = first_row(con, "SELECT count(*) FROM core.claims")
    return stage.size > _LARGE_BYTES or (claims is not None and claims[0] > _LARGE_CLAIMS)


def _take(step: Script, is_wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield the statements of a step, which blank lines part from its head and from each other."""
    head, *statements = step.text.split("\n\n")
    if is_wanted(head):
        yield from filter(is_wanted, statements)


def _asker(con: duckdb.DuckDBPyConnection) -> Callable[[str], bool]:
    """Return what tells whether a text is wanted: most loads of a quiet hour touch no article.

    A table is asked for rows once, when the first text that depends on it comes up.
    """

    @cache
    def has_rows(table: str) -> bool:
        return first_row(con, f"FROM {table} LIMIT 1") is not None

    def is_wanted(text: str) -> bool:
        found = _ONLY_WHERE.search(text)
        return found is None or has_rows(found[1])

    return is_wanted


def _open_stage(con: duckdb.DuckDBPyConnection, stage: Stage) -> None:
    # A file is opened anew by each statement that reads it; small ones are read once.
    shape = "TABLE" if is_lake(con) or stage.size <= _LARGE_BYTES else "VIEW"
    for kind, table in TABLES.items():
        if files := stage.files(table):
            listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
            con.execute(f"CREATE TEMP {shape} stage_{table} AS FROM read_parquet([{listed}])")
        else:
            con.register(f"stage_{table}", arrow_schema(kind).empty_table())


def _counts(con: duckdb.DuckDBPyConnection) -> tuple[int, int, int, int]:
    row = first_row(con, _COUNTS)
    assert row is not None
    return row[0], row[1], row[2], row[3]


def _insert_run(con: duckdb.DuckDBPyConnection, run: RunRow, report: LoadReport) -> None:
    counted = dataclasses.replace(
        run,
        revisions_loaded=report.revisions,
        claims_loaded=report.claims,
        quarantined=report.failures,
    )
    con.register("stage_run", arrow_table(RunRow, [counted]))
    con.execute("INSERT INTO ops.runs BY NAME FROM stage_run")


def _check(con: duckdb.DuckDBPyConnection) -> None:
    is_wanted = _asker(con)
    for check in read_scripts("checks"):
        if is_wanted(check.text) and (row := first_row(con, check.text)):
            found = ", ".join(str(value) for value in row)
            raise WarehouseError(f"The check {check.name} failed ({found}).")


def _set_aside(stage_dir: Path) -> str:
    if not stage_dir.is_dir():
        return "The warehouse is as it was."
    rejected = stage_dir.parent / "rejected" / stage_dir.name
    rejected.parent.mkdir(exist_ok=True)
    number = sum(1 for _ in rejected.parent.glob(f"{stage_dir.name}*"))
    rejected = rejected.with_name(f"{stage_dir.name}.{number}" if number else stage_dir.name)
    stage_dir.rename(rejected)
    return f"The warehouse is as it was; the run's files were set aside in {rejected}."


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
