"""Runs that are killed at chosen moments, and what the next one makes of it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from benchmarks.contents import contents, differences
from benchmarks.crash import start_run
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.settings import Settings
from tests.conftest import ROOT
from tests.flows.newsroom import Item, Newsroom, make_home, newsroom, rows
from tests.flows.readers import PLAIN

pytestmark = pytest.mark.area("Crash and concurrency")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
STORIES = 6


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


def stories(room: Newsroom) -> list[str]:
    items = [Item(f"/a/{number}", f"Story {number}") for number in range(STORIES)]
    for item in items:
        room.story(item.path, item.title, f"Ann said {item.title} rained.")
    return [room.feed("/feed", items[:4]), room.feed("/other/feed", items[3:])]


def run(settings: Settings) -> None:
    asyncio.run(run_once(settings, world=World(StoppedClock(NOON))))


def stop_at_request(
    room: Newsroom, home: Path, number: int, how: signal.Signals = signal.SIGKILL
) -> tuple[int, str]:
    """Start a run; signal it and its workers when the site gets its `number`-th request.

    Returns its exit code and what it said.
    """
    reached = Event()
    room.on_request = lambda count: reached.set() if count == number else None
    room.asked.clear()
    with start_run(home, NOON.isoformat(), PLAIN) as process:
        while not reached.wait(0.05):
            assert process.poll() is None, "it ended before"
        os.killpg(process.pid, how)
        _, said = process.communicate()
    room.on_request = None
    return process.returncode, said.decode()


@pytest.mark.rule(
    "A killed run, run again, gives the rows of an undisturbed one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
@pytest.mark.parametrize("number", [1, 3, 5, 8])
def test_a_killed_run_run_again_gives_the_rows_of_an_undisturbed_one(
    tmp_path: Path, room: Newsroom, number: int
) -> None:
    feeds = stories(room)
    run(make_home(tmp_path / "whole", feeds))
    killed = make_home(tmp_path / "killed", feeds)

    stop_at_request(room, killed.home, number)
    asked_before = list(room.pages_asked())
    run(killed)

    assert differences(contents(tmp_path / "whole"), contents(tmp_path / "killed")) == []
    archived = rows(killed, "SELECT count(*) FROM ops.fetches WHERE archive_file IS NOT NULL")
    assert archived[0][0] >= STORIES
    assert len(room.pages_asked()) - STORIES <= len(asked_before)
    assert list((killed.home / "staging").iterdir()) == []


@pytest.mark.rule(
    "Ctrl-C ends a run at once and loses nothing",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_ctrl_c_ends_a_run_at_once_and_loses_nothing(tmp_path: Path, room: Newsroom) -> None:
    feeds = stories(room)
    run(make_home(tmp_path / "whole", feeds))
    stopped = make_home(tmp_path / "stopped", feeds)

    code, said = stop_at_request(room, stopped.home, 5, signal.SIGINT)
    run(stopped)

    assert code == 130
    assert said.startswith("Stopped.")
    assert "Traceback" not in said
    assert differences(contents(tmp_path / "whole"), contents(tmp_path / "stopped")) == []


@pytest.mark.rule(
    "An interrupted run is finished by the next one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_an_interrupted_run_is_finished_by_the_next_one(tmp_path: Path, room: Newsroom) -> None:
    feeds = stories(room)
    settings = make_home(tmp_path / "home", feeds)
    stop_at_request(room, settings.home, 4)
    room.feed("/feed", [])  # what the killed run saw is gone from the feed

    later = StoppedClock(NOON.replace(hour=18))
    asyncio.run(run_once(settings, world=World(later)))

    runs = "SELECT run_id, items_new, revisions_loaded FROM ops.runs ORDER BY 1"
    assert rows(settings, runs) == [
        ("20260101T120000.000Z", STORIES + 1, STORIES),
        ("20260101T180000.000Z", 0, 0),
    ]


@pytest.mark.rule(
    "A run killed between load and publish is published",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_run_killed_between_load_and_publish_is_published(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", stories(room))
    asyncio.run(run_once(settings, world=World(StoppedClock(NOON)), publish=False))
    assert not settings.published_path.exists()
    run(settings)
    assert rows(settings, "SELECT count(*) FROM claims") == [(STORIES,)]


@pytest.mark.rule("Readers meet whole states only", source="publishing by rename")
def test_readers_meet_whole_states_only(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", stories(room))
    asyncio.run(run_once(settings, world=World(StoppedClock(NOON)), limit=1))
    command = [sys.executable, "-m", "benchmarks.crash_reader", str(settings.home), "60"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as reader:
        for minute in range(1, 4):
            clock = StoppedClock(NOON.replace(minute=minute))
            asyncio.run(run_once(settings, world=World(clock), limit=1))
        seen = json.loads(reader.communicate()[0])
    assert (seen["opens"], seen["open_errors"], seen["torn"]) == (60, [], 0)
