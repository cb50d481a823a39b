from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.errors import WarehouseError
from tests.warehouse.build import claim, revision
from tests.warehouse.conftest import Home
from warehouse import publish as publishing
from warehouse.connection import open_reader
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
