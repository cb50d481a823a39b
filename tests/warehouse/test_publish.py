from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from extractors.errors import WarehouseError
from tests.warehouse.build import claim, revision, run, stage
from tests.warehouse.conftest import Home
from warehouse import publish as publishing
from warehouse.connection import open_reader
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.staging import StageRow

pytestmark = pytest.mark.area("Crash and concurrency")

TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."

READ = """
import sys
from pathlib import Path
from warehouse.connection import open_reader

query = '''SELECT (SELECT count(*) FROM core.claims), (SELECT sum(claims_loaded) FROM ops.runs),
    (SELECT sum(claim_count) FROM core.claim_daily)'''
states = set()
for _ in range(int(sys.argv[2])):
    with open_reader(Path(sys.argv[1])) as con:
        (row,) = con.execute(query).fetchall()
    assert len(set(row)) == 1, row
    states.add(row)
    print(len(states), flush=True)
"""


def _story(number: int) -> list[StageRow]:
    said = [claim(TEXT, "Ann Lee", "12 people died", figure="12 people")]
    return revision(TEXT, said, slug=f"story-{number}", run_id=f"run-{number}")


@pytest.mark.rule("Readers meet whole states only", source="publishing by rename")
def test_readers_always_find_a_whole_state(home: Home) -> None:
    home.load("run-0", _story(0))
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(home.published), "60"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=Path(publishing.__file__).parent.parent,
    )  # fmt: skip
    number = 0
    while reader.poll() is None:
        number += 1
        home.load(f"run-{number}", _story(number))
    seen, problems = reader.communicate()
    assert reader.returncode == 0, problems
    assert int(seen.split()[-1]) > 1


@pytest.mark.rule("A reader keeps the state that it opened", source="publishing by rename")
def test_an_open_reader_keeps_its_state(home: Home) -> None:
    home.load("run-0", _story(0))
    query = "SELECT count(*) FROM claims"
    with open_reader(home.published) as con:
        assert con.execute(query).fetchall() == [(1,)]
        home.load("run-1", _story(1))
        assert con.execute(query).fetchall() == [(1,)]
    assert home.ask(query) == [(2,)]


@pytest.mark.rule("A publish that was killed leaves nothing behind", source="publishing by rename")
def test_leftovers_of_a_killed_publish_are_removed(home: Home) -> None:
    leftover = home.folder / ".warehouse.duckdb.4711.tmp"
    leftover.write_bytes(b"half")
    home.load("run-0", _story(0))
    assert not leftover.exists()


@pytest.mark.rule(
    "A full disk leaves the published warehouse as it was", source="publishing by rename"
)
def test_a_full_disk_leaves_the_old_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.load("run-0", _story(0))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.publish.shutil.copyfile", full)
    with pytest.raises(WarehouseError, match="No space left"):
        publish(home.work, home.published)
    assert home.ask("SELECT count(*) FROM claims") == [(1,)]


def test_publishing_nothing_gives_an_empty_warehouse(home: Home) -> None:
    publish(home.work, home.published)
    assert home.ask("FROM claims") == []
    assert home.ask("FROM coverage") == []


def _publish_in_turn(home: Home, number: int) -> None:
    load_run(home.work, stage(home.folder / f"s{number}", _story(number)), run(f"run-{number}"))
    publish(home.work, home.published, large_bytes=0)


def _inode(home: Home) -> int:
    return home.published.stat().st_ino


def test_a_large_file_is_published_by_what_changed(home: Home) -> None:
    inodes = []
    for number in range(6):
        _publish_in_turn(home, number)
        inodes.append(_inode(home))
        assert home.published.read_bytes() == home.work.read_bytes()
    assert len(set(inodes)) == 2, "two files take turns"
    assert home.ask("SELECT count(*) FROM claims") == [(6,)]


def test_where_files_can_share_blocks_nothing_is_copied(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish_in_turn(home, 0)
    _publish_in_turn(home, 1)
    assert list(home.folder.glob(".*.spare"))

    def share(to: BinaryIO, request: int, of: int) -> None:
        assert request == 0x40049409  # as linux/fs.h has FICLONE
        to.write(os.pread(of, os.fstat(of).st_size, 0))

    monkeypatch.setattr("warehouse.publish.fcntl.ioctl", share)
    monkeypatch.setattr("warehouse.publish.shutil.copyfile", None)
    _publish_in_turn(home, 2)
    assert home.published.read_bytes() == home.work.read_bytes()
    assert not list(home.folder.glob(".*.spare")), "none is needed any more"
    assert home.ask("SELECT count(*) FROM claims") == [(3,)]


def test_only_blocks_that_differ_are_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        _publish_in_turn(home, number)
    written: list[int] = []
    pwrite = os.pwrite

    def count(descriptor: int, data: bytes, at: int) -> int:
        written.append(len(data))
        return pwrite(descriptor, data, at)

    monkeypatch.setattr("warehouse.publish.os.pwrite", count)
    publish(home.work, home.published, large_bytes=0)
    publish(home.work, home.published, large_bytes=0)
    size = home.work.stat().st_size
    written.clear()
    publish(home.work, home.published, large_bytes=0)
    assert sum(written) < size / 10, "nothing has changed since but headers"


@pytest.mark.rule("A reader keeps the state that it opened", source="publishing by rename")
def test_a_file_that_is_still_read_is_not_written_into(home: Home) -> None:
    query = "SELECT count(*) FROM claims"
    _publish_in_turn(home, 0)
    with open_reader(home.published) as con:
        for number in range(1, 5):
            _publish_in_turn(home, number)
            assert con.execute(query).fetchall() == [(1,)]
    assert home.ask(query) == [(5,)]


READ_ON = """
import sys
from pathlib import Path
from warehouse.connection import open_reader

with open_reader(Path(sys.argv[1])) as con:
    print("open", flush=True)
    sys.stdin.readline()
    print(con.execute("SELECT count(*), sum(length(content_text)) FROM claims").fetchall())
"""


@pytest.mark.rule("A reader keeps the state that it opened", source="publishing by rename")
def test_a_file_that_another_process_reads_is_not_written_into(home: Home) -> None:
    _publish_in_turn(home, 0)
    reader = subprocess.Popen(
        [sys.executable, "-c", READ_ON, str(home.published)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(publishing.__file__).parent.parent,
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    for number in range(1, 5):
        _publish_in_turn(home, number)
    answer, _ = reader.communicate("go on\n")
    assert answer == f"[(1, {len('12 people died')})]\n"


def test_a_spare_that_was_half_written_is_not_used(home: Home) -> None:
    for number in range(3):
        _publish_in_turn(home, number)
    spare = home.folder / ".warehouse.duckdb.spare"
    spare.rename(home.folder / ".warehouse.duckdb.4711.tmp")  # killed while it was written
    _publish_in_turn(home, 3)
    assert home.published.read_bytes() == home.work.read_bytes()
