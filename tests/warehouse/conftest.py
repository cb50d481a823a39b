"""Fixtures of the warehouse's tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.empty import lay_empty
from tests.warehouse.build import run, stage
from warehouse.connection import open_reader
from warehouse.load import LoadReport, load_run
from warehouse.publish import publish
from warehouse.staging import StageRow


@dataclass(frozen=True)
class Home:
    """A work file, a published file and the stages of runs, in one folder."""

    folder: Path

    @property
    def work(self) -> Path:
        return self.folder / "warehouse.work.duckdb"

    @property
    def published(self) -> Path:
        return self.folder / "warehouse.duckdb"

    def load(self, run_id: str, *rows: Sequence[StageRow]) -> LoadReport:
        """Stage `rows` as the run `run_id`, load and publish it."""
        folder = stage(self.folder / "staging" / run_id, *rows)
        report = load_run(self.work, folder, run(run_id))
        publish(self.work, self.published)
        return report

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of `query` on the published file."""
        with open_reader(self.published) as con:
            return con.execute(query).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    lay_empty(Home(tmp_path).work)
    return Home(tmp_path)


Everything = dict[str, list[tuple[Any, ...]]]


def read_everything(home: Home) -> Everything:
    """Return the rows of all base tables of the published file, sorted."""
    names = "SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY 1"
    with open_reader(home.published) as con:
        return {
            name: con.execute(f"FROM {name} ORDER BY ALL").fetchall()
            for (name,) in con.execute(names).fetchall()
        }
