from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from extractors.errors import WarehouseBusyError, WarehouseError
from tests.warehouse.conftest import Home
from warehouse.connection import STORAGE_VERSION, open_reader, open_writer

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
con.close()
print("free", flush=True)
sys.stdin.readline()
"""


class Clock:
    """Time passes only in sleep; `on_sleep` is called at each."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []
        self.on_sleep: Callable[[], None] = lambda: None

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        self.on_sleep()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes to w.duckdb until it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "w.duckdb")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "held\n"
    yield process
    process.communicate("\n\n")


def test_a_writer_gives_up_at_its_deadline(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    clock = Clock()
    with (
        pytest.raises(WarehouseBusyError, match="Another process is writing"),
        open_writer(tmp_path / "w.duckdb", wait_s=20, clock=clock, sleep=clock.sleep),
    ):
        pass
    assert 20 <= clock.now < 23
    assert max(clock.naps) <= 2.0 < sum(clock.naps)


def test_a_writer_gets_its_turn(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    clock = Clock()

    def release() -> None:
        if len(clock.naps) == 3:
            assert holder.stdin and holder.stdout
            holder.stdin.write("\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == "free\n"

    clock.on_sleep = release
    with open_writer(tmp_path / "w.duckdb", clock=clock, sleep=clock.sleep) as con:
        assert con.execute("SELECT 1").fetchall() == [(1,)]
    assert len(clock.naps) == 3


def test_files_are_written_for_old_and_new_readers(tmp_path: Path) -> None:
    with open_writer(tmp_path / "w.duckdb") as con:
        setting = con.execute("SELECT current_setting('storage_compatibility_version')").fetchall()
    assert setting == [(STORAGE_VERSION,)]


def test_a_missing_warehouse_is_said_so(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="There is no warehouse at"),
        open_reader(tmp_path / "x"),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"no database at all, just words" * 400])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(content)
    with (
        pytest.raises(WarehouseError, match=r"not a readable warehouse|cannot be opened"),
        open_reader(path),
    ):
        pass


def test_a_damaged_file_is_refused(home: Home) -> None:
    home.load("run-1")
    whole = home.published.read_bytes()
    home.published.write_bytes(whole[:4096] + bytes(4096) + whole[8192:])
    with (
        pytest.raises(WarehouseError, match="not a readable warehouse"),
        open_reader(home.published),
    ):
        pass


def test_a_writer_refuses_a_foreign_file(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(b"no database at all, just words" * 400)
    with pytest.raises(WarehouseError, match="not a readable warehouse"), open_writer(path):
        pass


def test_an_unwritable_folder_is_said_so(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="cannot be opened"),
        open_writer(tmp_path / "nowhere" / "w.duckdb"),
    ):
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "SET threads = 1",
        "SET enable_external_access = true",
        "FROM read_text('/etc/hostname')",
        "CREATE TABLE t (a INTEGER)",
        "ATTACH '/tmp/other.duckdb' AS other",
    ],
)
def test_a_reader_is_locked_down(home: Home, statement: str) -> None:
    home.load("run-1")
    with open_reader(home.published) as con, pytest.raises(duckdb.Error):
        con.execute(statement)


def test_a_reader_sees_no_python_variables(home: Home) -> None:
    home.load("run-1")
    secret = [1]  # noqa: F841  (the query must not find it)
    with open_reader(home.published) as con, pytest.raises(duckdb.CatalogException):
        con.execute("FROM secret")
