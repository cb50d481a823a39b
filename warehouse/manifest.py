"""What an export holds, and the file in it that says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.connection import first_row
from warehouse.migrate import read_scripts
from warehouse.relations import Column

Format = Literal["parquet", "csv", "jsonld"]
MANIFEST = "manifest.json"
KIND = "claimwire export"
FORMAT_VERSION = 1  # of the manifest and the layout of the files

_LAST_RUN = """SELECT run_id, finished_at, versions FROM runs
    ORDER BY finished_at DESC, run_id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Order:
    """What to export, from `since` to `until` inclusive; no `tables` are the usual ones."""

    format: Format
    tables: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    with_text: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the export: its query takes `$first` and `$last` days if it has a day."""

    name: str
    meaning: str
    warnings: tuple[str, ...]
    day: str | None
    query: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the export, by its path in the folder."""

    path: str
    row_count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Written:
    """A table of the export and its files."""

    source: Source
    files: tuple[File, ...]

    @property
    def row_count(self) -> int:
        """Rows in all its files."""
        return sum(file.row_count for file in self.files)


def is_export(folder: Path) -> bool:
    """Tell whether all that `folder` holds is listed by the manifest of an export there."""
    try:
        manifest = json.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))
        listed = {file["path"] for table in manifest["tables"] for file in table["files"]}
        is_ours = manifest["kind"] == KIND
    except (OSError, ValueError, KeyError, TypeError):
        return False
    held = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    return is_ours and held <= {MANIFEST, *listed}


def write_manifest(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    order: Order,
    tables: Sequence[Written],
    made_by: str,
) -> None:
    """Write into `folder` what the export of the open warehouse holds."""
    run_id, finished_at, versions = first_row(con, _LAST_RUN) or (None, None, "{}")
    run = {"run_id": run_id, "finished_at": finished_at, "versions": json.loads(versions)}
    content = {
        "kind": KIND,
        "format_version": FORMAT_VERSION,
        "made_by": made_by,
        "schema": len(read_scripts("migrations")),
        "last_run": run,
        **{name: value for name, value in asdict(order).items() if name != "tables"},
        "tables": [_described(one) for one in tables],
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, default=str)
    folder.joinpath(MANIFEST).write_text(text + "\n", encoding="utf-8")


def _described(one: Written) -> dict[str, object]:
    files = [asdict(file) for file in one.files]
    return {**asdict(one.source), "row_count": one.row_count, "files": files}
