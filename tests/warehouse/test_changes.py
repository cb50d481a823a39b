"""Of a large work file only the blocks that were written since are read for the published copy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.build import NOW, claim, revision, run, stage
from tests.warehouse.conftest import Home
from warehouse import changes
from warehouse import publish as publishing
from warehouse.connection import open_writer
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.upkeep import maintain

pytestmark = pytest.mark.area("Crash and concurrency")

TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."

Reads = Callable[[], int]


def _load(home: Home, number: int) -> None:
    said = [claim(TEXT, "Ann Lee", "12 people died", figure="12 people")]
    rows = revision(TEXT, said, slug=f"story-{number}", run_id=f"run-{number}")
    load_run(home.work, stage(home.folder / f"s{number}", rows), run(f"run-{number}"))


def _publish(home: Home) -> None:
    publish(home.work, home.published, large_bytes=0)
    assert home.published.read_bytes() == home.work.read_bytes()


@pytest.fixture
def turns(home: Home) -> Home:
    """A home whose two published files are up to date."""
    for number in range(3):
        _load(home, number)
        _publish(home)
    return home


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """What tells how many bytes of the work file and its copy a publish has compared."""
    sizes: list[int] = []
    pread = os.pread

    def count(descriptor: int, size: int, at: int) -> bytes:
        sizes.append(len(data := pread(descriptor, size, at)))
        return data

    monkeypatch.setattr("warehouse.publish.os.pread", count)
    return lambda: sum(sizes)


def _whole(home: Home) -> int:
    return 2 * home.work.stat().st_size


@pytest.mark.rule(
    "Publishing reads and writes only what changed, whatever the size of the file",
    source="changed block tracking",
)
def test_only_blocks_written_since_are_read(turns: Home, read: Reads) -> None:
    with open_writer(turns.work) as con:
        con.execute("CREATE TABLE large AS SELECT md5(range::VARCHAR) AS x FROM range(500_000)")
    for _ in range(2):
        _publish(turns)
    before = read()
    for number in range(3, 5):
        _load(turns, number)
        _publish(turns)
    assert 0 < read() - before < _whole(turns)


def test_what_a_load_writes_is_known_while_the_file_stays_open(turns: Home, read: Reads) -> None:
    with open_writer(turns.work):
        for number in range(3, 6):
            _load(turns, number)
            _publish(turns)
    _publish(turns)
    assert read() > 0


def test_nothing_is_known_of_a_file_that_something_else_wrote(turns: Home, read: Reads) -> None:
    with duckdb.connect(turns.work) as con:
        con.execute("CREATE TABLE strange AS SELECT md5(range::VARCHAR) FROM range(50_000)")
    _publish(turns)
    assert read() >= _whole(turns) - 2 * changes.BLOCK_BYTES


def test_nothing_is_known_of_a_copy_that_was_put_there(turns: Home, read: Reads) -> None:
    spare = turns.folder / ".warehouse.duckdb.spare"
    spare.write_bytes(spare.read_bytes()[:-100_000] + bytes(100_000))
    _load(turns, 3)
    _publish(turns)
    assert read() > _whole(turns) / 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"state": 1}'])
def test_damaged_notes_are_no_notes(turns: Home, text: str) -> None:
    (turns.folder / ".warehouse.work.duckdb.changes").write_text(text)
    for number in range(3, 5):
        _load(turns, number)
        _publish(turns)


def test_what_is_written_while_closing_is_noted(turns: Home) -> None:
    for number in range(2):
        with open_writer(turns.work) as con:
            con.execute(f"CREATE TABLE t{number} AS FROM range(100_000)")
    _publish(turns)
    _publish(turns)


def test_a_compacted_file_is_published(turns: Home) -> None:
    _load(turns, 3)
    maintain(turns.work, NOW, 0)
    _publish(turns)
    _load(turns, 4)
    _publish(turns)


DIE = """
import os, sys
from pathlib import Path
from warehouse.connection import open_writer

with open_writer(Path(sys.argv[1])) as con:
    con.execute("SET checkpoint_threshold = '1KB'")
    con.execute("CREATE TABLE lost AS SELECT md5(range::VARCHAR) FROM range(200_000)")
    con.execute("BEGIN")
    con.execute("INSERT INTO lost SELECT md5(range::VARCHAR) FROM range(200_000)")
    os._exit(1)
"""


def test_what_a_killed_writer_left_is_published(turns: Home) -> None:
    command = [sys.executable, "-c", DIE, str(turns.work)]
    root = Path(publishing.__file__).parent.parent
    assert subprocess.run(command, cwd=root, check=False).returncode == 1
    for number in range(3, 5):
        _load(turns, number)
        _publish(turns)


def test_a_failed_statement_leaves_a_file_that_is_published(turns: Home) -> None:
    with pytest.raises(duckdb.Error), open_writer(turns.work) as con:
        con.execute("BEGIN")
        con.execute("CREATE TABLE lost AS SELECT md5(range::VARCHAR) FROM range(200_000)")
        con.execute("SELECT error('no')")
    _load(turns, 3)
    _publish(turns)


def test_a_home_is_the_same_by_any_path(turns: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    link = turns.folder.parent / f"{turns.folder.name}-link"
    link.symlink_to(turns.folder)
    monkeypatch.chdir(turns.folder)
    for number, folder in enumerate([link, Path(), turns.folder, link], 3):
        with open_writer(folder / turns.work.name) as con:
            con.execute(f"CREATE TABLE t{number} AS FROM range(100_000)")
        publish(folder / turns.work.name, folder / turns.published.name, large_bytes=0)
        assert turns.published.read_bytes() == turns.work.read_bytes()
