"""Loads a run's staged files: one transaction, exactly once by run id.

The steps are `loads/*.sql` in order; they read the staged tables as views `stage_<table>`. Then
every query of `checks/*.sql` must return no row. Killed at any moment, the work file holds either
all of a run or nothing of it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import first_row, open_writer
from warehouse.migrate import migrate, read_scripts
from warehouse.rows import RunRow
from warehouse.staging import TABLES, Stage, arrow_schema, arrow_table
from warehouse.state import run_exists

_LARGE_BYTES = 8_000_000  # of staged files; a smaller load is faster with one thread
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


def load_run(
    work_path: Path,
    stage_dir: Path,
    run: RunRow,
    *,
    wait_s: float = 60.0,
    memory_limit: str = "2GB",
) -> LoadReport:
    """Load what `stage_dir` holds into the work file as the run `run`; a second call does nothing.

    The run's row gets the counts of what was really added. Raises WarehouseBusyError while
    another process writes, WarehouseError when a check fails or the files do not fit: then the
    warehouse is as it was, and the batch lies in `rejected/` beside `stage_dir`.
    """
    with open_writer(work_path, wait_s=wait_s, memory_limit=memory_limit) as con:
        migrate(con)
        if run_exists(con, run.run_id):
            return LoadReport(run.run_id, already_loaded=True)
        stage = Stage(stage_dir)
        # What is committed goes into the file at once, not first into the log beside it.
        con.execute("SET checkpoint_threshold = '1KB'")
        if stage.size > _LARGE_BYTES:
            con.execute("SET threads = 2")
        try:
            report = _load(con, stage, run)
        except WarehouseError as error:
            raise WarehouseError(error.problem, _set_aside(stage_dir)) from error
        con.execute("CHECKPOINT")
        return report


def _load(con: duckdb.DuckDBPyConnection, stage: Stage, run: RunRow) -> LoadReport:
    con.execute("BEGIN")
    try:
        _open_stage(con, stage)
        for script in read_scripts("loads"):
            con.execute(script.text)
        report = LoadReport(run.run_id, False, *_counts(con))
        _insert_run(con, run, report)
        _check(con)
        con.execute("COMMIT")
    except duckdb.Error as error:
        raise WarehouseError(
            f"Run {run.run_id} cannot be loaded ({_first_line(error)})."
        ) from error
    return report


def _open_stage(con: duckdb.DuckDBPyConnection, stage: Stage) -> None:
    for kind, table in TABLES.items():
        if files := stage.files(table):
            listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
            con.execute(f"CREATE TEMP VIEW stage_{table} AS FROM read_parquet([{listed}])")
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
    for check in read_scripts("checks"):
        if row := first_row(con, check.text):
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
