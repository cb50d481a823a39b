"""Walls that only their number gives away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.articles import classes
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest import walls as subject
from flows.ingest.world import World
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, fates, make_home, newsroom, rows

pytestmark = pytest.mark.area("Fates and health")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TITLES = ["Ferry collides in fog", "Mayor resigns over bridge", "Storm closes harbour"]
WALL = "Ann said that everybody is welcome here. Sit down and make yourself at home."
RULE = pytest.mark.rule("One short text in the place of three articles is a wall", source="own")


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


def run(settings: Settings, at: datetime = NOON) -> dict[str, str]:
    asyncio.run(run_once(settings, world=World(StoppedClock(at))))
    return fates(settings)


def items(count: int = 3) -> list[Item]:
    return [Item(f"/a/{n}", title) for n, title in enumerate(TITLES[:count])]


def all_show(room: Newsroom, text: str = WALL, title: str = "Welcome", count: int = 3) -> str:
    for number in range(count):
        room.story(f"/a/{number}", title, text)
    return room.feed("/feed", items(count))


@RULE
def test_the_same_short_text_in_the_place_of_three_articles_is_a_wall(
    tmp_path: Path, room: Newsroom
) -> None:
    feed = all_show(room)
    room.story("/b", "Fish is dear", "Bob said that fish was dear.")
    room.feed("/feed", [*items(), Item("/b", "Fish is dear")])
    settings = make_home(tmp_path / "home", [feed])
    found = run(settings)
    assert found == dict.fromkeys(["/a/0", "/a/1", "/a/2"], "blocked") | {"/b": "loaded"}
    reasons = "SELECT DISTINCT reason FROM ops.url_fates WHERE fate = 'blocked'"
    assert rows(settings, reasons) == [("the same text as 2 other pages of the site",)]


@RULE
def test_two_pages_or_a_long_text_or_the_titles_announced_are_no_wall(
    tmp_path: Path, room: Newsroom
) -> None:
    shown = [(WALL, "Welcome", 2), (WALL * 20, "Welcome", 3), (WALL, " / ".join(TITLES), 3)]
    for number, (text, title, count) in enumerate(shown):
        settings = make_home(tmp_path / f"home{number}", [all_show(room, text, title, count)])
        assert set(run(settings).values()) == {"loaded"}


@RULE
def test_what_the_feed_itself_says_is_no_wall(tmp_path: Path, room: Newsroom) -> None:
    full = f"<p>{WALL}</p>"
    feed = room.feed("/feed", [replace(item, content=full) for item in items()])
    settings = make_home(tmp_path / "home", [feed])
    assert set(run(settings).values()) == {"loaded"}


@RULE
def test_entries_that_announce_nothing_prove_no_wall(tmp_path: Path, room: Newsroom) -> None:
    all_show(room)
    feed = room.feed("/feed", [replace(item, title="") for item in items()])
    settings = make_home(tmp_path / "home", [feed])
    assert set(run(settings).values()) == {"loaded"}


@RULE
def test_redirects_to_one_wall_are_told_as_such(tmp_path: Path, room: Newsroom) -> None:
    feed = all_show(room)
    room.story("/welcome", "Welcome", WALL)
    for number in range(3):
        room.redirect(f"/a/{number}", "/welcome")
    settings = make_home(tmp_path / "home", [feed])
    assert set(run(settings).values()) == {"http_error"}
    assert rows(settings, "SELECT DISTINCT reason FROM ops.url_fates") == [
        ("leads to another page",)
    ]


@RULE
def test_a_wall_before_articles_that_are_known_leaves_them_as_they_are(
    tmp_path: Path, room: Newsroom
) -> None:
    for number, title in enumerate(TITLES):
        room.story(f"/a/{number}", title, f"Bob said that number {number} was true.")
    settings = make_home(tmp_path / "home", [room.feed("/feed", items())])
    run(settings)
    all_show(room)
    assert set(run(settings, NOON + timedelta(hours=25)).values()) == {"loaded"}
    assert rows(settings, "SELECT DISTINCT result FROM ops.article_checks") == [("unreadable",)]
    assert rows(settings, "SELECT count(*) FROM revisions") == [(3,)]


def test_what_is_short_is_the_same_for_page_and_site() -> None:
    assert subject.WALL_CHARACTERS == classes.WALL_CHARACTERS
