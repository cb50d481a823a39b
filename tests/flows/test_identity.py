"""What a whole run takes for the same entry and the same article."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.report import RunReport
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, fates, make_home, newsroom, rows

pytestmark = pytest.mark.area("Identity")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ARTICLES = "SELECT count(*) FROM core.articles"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


def run(settings: Settings, at: datetime = NOON) -> RunReport:
    return asyncio.run(run_once(settings, world=World(StoppedClock(at))))


ITEMS = [Item("/a/1", "One", guid="http://old.example/?p=1"), Item("/a/2", "Two", guid="2")]


def two_stories(room: Newsroom) -> str:
    room.story("/a/1", "One", "Ann said it rained.")
    room.story("/a/2", "Two", "Bob said it snowed.")
    return room.feed("/feed", ITEMS)


@pytest.mark.rule(
    "Another guid for the same address is the same article",
    source="miniflux 797 and 3120; FreshRSS 4487",
)
@pytest.mark.parametrize(
    "change",
    [
        lambda item: replace(item, guid=f"urn:{item.path}"),
        lambda item: replace(item, guid=item.guid.replace("http:", "https:") + "/"),
        lambda item: replace(item, guid=item.guid + "&x", path=item.path + "?utm_source=cms"),
        lambda item: replace(item, guid=item.path + "/", path=item.path + "/"),
    ],
    ids=["other scheme of guids", "https and slash", "trackers in permalinks", "trailing slash"],
)
def test_a_feed_that_changes_all_its_guids_makes_new_entries_and_no_new_articles(
    tmp_path: Path, room: Newsroom, change: object
) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    asked = room.pages_asked()
    assert callable(change)
    room.feed("/feed", [change(item) for item in ITEMS])

    report = run(settings, NOON + timedelta(days=1))

    assert (report.items_new, report.urls) == (2, 0)
    assert room.pages_asked() == asked
    assert rows(settings, ARTICLES) == [(2,)]


@pytest.mark.rule("A guid whose link moved is followed", source="FreshRSS 4487")
def test_an_entry_whose_link_moved_is_followed_though_its_words_are_the_same(
    tmp_path: Path, room: Newsroom
) -> None:
    room.story("/a/1", "Bulletin", "Ann said it rained.")
    room.story("/a/2", "Bulletin", "Bob said it snowed.")
    settings = make_home(
        tmp_path / "home", [room.feed("/feed", [Item("/a/1", "Bulletin", guid="latest")])]
    )
    run(settings)
    room.feed("/feed", [Item("/a/2", "Bulletin", guid="latest")])
    run(settings, NOON + timedelta(days=1))
    assert fates(settings) == {"/a/1": "loaded", "/a/2": "loaded"}


@pytest.mark.rule(
    "A link that changes at every poll is followed once",
    source="lemon24/reader: at most 24 changes of an entry's hash",
)
def test_a_link_whose_parameters_change_at_every_poll_is_not_followed_each_time(
    tmp_path: Path, room: Newsroom
) -> None:
    for turn in range(3):
        room.story(f"/a/1?rand={turn}", "One", "Ann said it rained.")
    settings = make_home(tmp_path / "home", [room.base + "/feed"])
    for turn in range(3):
        room.feed("/feed", [Item(f"/a/1?rand={turn}", "One", guid="1")])
        run(settings, NOON + timedelta(days=turn))
    assert fates(settings) == {"/a/1?rand=0": "loaded"}
