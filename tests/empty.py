"""An empty warehouse for tests that are not about making one: that takes a second, a copy none."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.connection import open_writer
from warehouse.migrate import migrate


def lay_empty(work_path: Path) -> None:
    """Put an empty warehouse at `work_path`, unless there is one."""
    if not work_path.exists():
        work_path.parent.mkdir(parents=True, exist_ok=True)
        work_path.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with open_writer(path) as con:
            migrate(con)
        return path.read_bytes()
