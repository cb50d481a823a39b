"""Whether a home's articles and claims follow from its archive alone.

    python -m benchmarks.rebuild HOME [--json]

Reads the bytes of every revision again, superseded ones too, loads them run by run into an empty
warehouse, and compares all tables of `core` row by row. Only what the runs did (`ops`) is taken
from the home, and it is left alone. Holds for homes that were read with today's versions.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from benchmarks.contents import Contents, differences
from flows.ingest.world import World
from flows.progress import Silent
from flows.reparse import revisions
from flows.rereading import Reread, read_again, read_shelf
from flows.settings import Settings, resolve
from warehouse.connection import open_writer
from warehouse.load import load_run
from warehouse.migrate import migrate
from warehouse.rows import ArticleCheckRow, FetchRow, RunRow
from warehouse.staging import TABLES, Stage


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if the tables are equal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", help="folder of a warehouse and its archive")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    settings = resolve({"home": options.home}).settings
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rebuilt = asyncio.run(rebuild(settings, Path(folder)))
        different = differences(core_tables(settings.published_path), core_tables(rebuilt))
    seconds = time.monotonic() - began
    revision_count = len(core_tables(settings.published_path)["core.article_revisions"])
    figures = {
        "revisions": revision_count, "seconds": round(seconds, 2), "different": different,
    }  # fmt: skip
    print(json.dumps(figures) if options.json else _told(figures))
    return int(bool(different))


async def rebuild(settings: Settings, folder: Path, world: World | None = None) -> Path:
    """Build the warehouse of a home anew in `folder`, from its archive, and return its file."""
    staged: dict[str, Stage] = {}

    def take(number: int, batch: Sequence[Reread]) -> None:
        for run_id in {one.source.run_id for one in batch}:
            mine = [one for one in batch if one.source.run_id == run_id]
            staged[run_id].write(list(revisions(mine, run_id)), f"{number:05d}")

    work_path = folder / "rebuilt.duckdb"
    with duckdb.connect(settings.published_path, read_only=True) as con:
        runs = [_run(row) for row in _records(con, "FROM ops.runs ORDER BY rowid")]
        staged = {run.run_id: Stage(folder / run.run_id) for run in runs}
        for run in runs:
            _stage_ops(con, staged[run.run_id], run.run_id)
        shelf = read_shelf(con, superseded=True)
        await read_again(settings, shelf, world or World(), Silent(), take)
    with open_writer(work_path) as con:
        migrate(con)
        con.execute(f"ATTACH '{settings.published_path}' AS home (READ_ONLY)")
        con.execute("INSERT INTO ops.feeds BY NAME FROM home.ops.feeds")
    for run in runs:
        load_run(work_path, staged[run.run_id].folder, run)
    return work_path


def core_tables(path: Path) -> Contents:
    """Return the rows of all tables of `core`, sorted."""
    with duckdb.connect(path, read_only=True) as con:
        names = con.sql(
            "SELECT 'core.' || table_name FROM duckdb_tables() WHERE schema_name = 'core'"
        ).fetchall()
        return {name: sorted(con.table(name).fetchall(), key=repr) for (name,) in names}


def _stage_ops(con: duckdb.DuckDBPyConnection, stage: Stage, run_id: str) -> None:
    """Stage what a run fetched and checked, as it did."""
    stage.folder.mkdir()
    for kind in (FetchRow, ArticleCheckRow):
        columns = ", ".join(field.name for field in dataclasses.fields(kind))
        rows = f"SELECT {columns} FROM ops.{TABLES[kind]} WHERE run_id = $run_id"
        con.execute(
            f"COPY ({rows}) TO '{stage.folder / f'{TABLES[kind]}-ops.parquet'}' (FORMAT parquet)",
            {"run_id": run_id},
        )


def _records(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _run(row: dict[str, Any]) -> RunRow:
    times = {name: at.replace(tzinfo=UTC) for name, at in row.items() if isinstance(at, datetime)}
    return RunRow(**row | times)


def _told(figures: dict[str, Any]) -> str:
    said = ", ".join(figures["different"]) or "no table differs"
    return f"{figures['revisions']:,} revisions in {figures['seconds']:.2f} s: {said}"


if __name__ == "__main__":
    sys.exit(main())
