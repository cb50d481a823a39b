import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.reparse import reparse
from flows.report import RunReport
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, make_home, newsroom, rows
from tests.flows.readers import NEWER

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = StoppedClock(NOON + timedelta(days=1))


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path, room: Newsroom) -> Settings:
    """A home that has read two pages, one of them only in the feed."""
    room.story("/a/1", "One", "Ann said it rained. Bob said it snowed.")
    text = "<h1>Two</h1><p>Cleo said it blew.</p>"
    items = [Item("/a/1", "One"), Item("/a/2", "Two", content=text)]
    made = make_home(tmp_path / "home", [room.feed("/feed", items)])
    asyncio.run(run_once(made, world=World(StoppedClock(NOON))))
    return made


def read_again(settings: Settings, since: datetime | None = None) -> RunReport:
    return asyncio.run(reparse(settings, since=since, clock=LATER))


def test_the_same_rules_change_nothing(settings: Settings, room: Newsroom) -> None:
    asked = len(room.asked)
    report = read_again(settings)
    assert report.fates == {"unchanged": 2}
    assert (report.revisions_loaded, report.claims_loaded) == (0, 0)
    assert len(room.asked) == asked


def test_newer_rules_replace_what_older_ones_read(settings: Settings) -> None:
    report = read_again(replace(settings, reader=NEWER))
    assert report.fates == {"read anew": 2}
    assert rows(settings, "SELECT title FROM articles ORDER BY 1") == [("ONE",), ("TWO",)]
    assert rows(settings, "SELECT claimant FROM claims ORDER BY 1") == [("Ann",), ("Cleo",)]
    assert read_again(replace(settings, reader=NEWER), NOON).fates == {"unchanged": 2}


def test_only_what_was_fetched_since_is_read(settings: Settings) -> None:
    assert read_again(settings, NOON + timedelta(seconds=1)).urls == 0


def test_what_the_archive_has_lost_is_counted(settings: Settings) -> None:
    shutil.rmtree(settings.archive_dir)
    assert read_again(settings).fates == {"not in the archive": 2}
    assert rows(settings, "SELECT count(*) FROM claims") == [(3,)]
