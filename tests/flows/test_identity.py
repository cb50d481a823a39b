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

    report = run(settings, NOON + timedelta(hours=12))

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


def canonical(room: Newsroom, path: str) -> str:
    return f'<link rel="canonical" href="{room.base}{path}">'


def reasons(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """Return fate and identity reason of each URL, by path."""
    found = rows(settings, "SELECT canonical_url, fate, identity_reason FROM ops.url_fates")
    return {"/" + url.partition("//")[2].partition("/")[2]: (fate, why) for url, fate, why in found}


@pytest.mark.rule(
    "rel=canonical is believed only with the words of the article it names",
    source="RFC 6596: a preference",
)
def test_pages_that_all_name_one_article_as_themselves_stay_as_many(
    tmp_path: Path, room: Newsroom
) -> None:
    head = canonical(room, "/a/1")
    room.story("/a/1", "One", "Ann said it rained.", head=head)
    room.story("/a/2", "Two", "Bob said it snowed.", head=head)
    room.story("/a/3", "One", "Cleo said it blew.", head=head)
    items = [Item("/a/1", "One"), Item("/a/2", "Two"), Item("/a/3", "One")]
    settings = make_home(tmp_path / "home", [room.feed("/feed", items)])
    run(settings)
    assert reasons(settings) == dict.fromkeys(["/a/1", "/a/2", "/a/3"], ("loaded", "url"))
    urls = rows(settings, "SELECT canonical_url FROM core.articles ORDER BY 1")
    assert [url for (url,) in urls] == [room.base + f"/a/{n}" for n in (1, 2, 3)]


def test_an_edition_and_a_print_view_are_duplicates_whichever_the_feed_lists_first(
    tmp_path: Path, room: Newsroom
) -> None:
    items = [Item("/a/1/amp", "One"), Item("/a/1/print", "One"), Item("/a/1", "One")]
    for path in ("/a/1", "/a/1/amp"):
        room.story(
            path, "One", f"Ann said it rained. Seen at {path}.", head=canonical(room, "/a/1")
        )
    room.story(
        "/a/1/print", "One", "Ann said it rained. Seen at /a/1.", head=canonical(room, "/a/1")
    )
    told = []
    for number, listed in enumerate((items, items[::-1])):
        settings = make_home(tmp_path / f"home{number}", [room.feed("/feed", listed)])
        run(settings)
        told.append(reasons(settings))
    assert told[0] == told[1] == {
        "/a/1": ("loaded", "url"),
        "/a/1/amp": ("duplicate", "edition"),
        "/a/1/print": ("duplicate", "canonical+text"),
    }  # fmt: skip


def test_the_same_words_at_another_address_are_known_again_in_a_later_run(
    tmp_path: Path, room: Newsroom
) -> None:
    words = "Ann said it rained. " * 40
    room.story("/a/1", "One", words)
    room.story("/text/1", "One", words)
    room.story("/b/1", "Other", words)
    settings = make_home(tmp_path / "home", [room.feed("/feed", [Item("/a/1", "One")])])
    run(settings)
    room.feed("/feed", [Item("/text/1", "One"), Item("/b/1", "Other")])
    run(settings, NOON + timedelta(days=1))
    assert reasons(settings) == {
        "/a/1": ("loaded", "url"),
        "/text/1": ("duplicate", "text"),
        "/b/1": ("loaded", "url"),
    }


@pytest.mark.rule("Addresses that all lead to one page are not merged into it", source="own")
def test_addresses_that_all_lead_to_one_page_are_not_merged_into_it(
    tmp_path: Path, room: Newsroom
) -> None:
    room.story("/welcome", "Your choices", "We value your privacy. " * 40)
    for path in ("/a/1", "/a/2"):
        room.redirect(path, "/welcome")
    room.redirect("/a/3", "/moved/3")
    room.story("/moved/3", "Three", "Cleo said it blew.")
    items = [Item("/a/1", "Ferry collides"), Item("/a/2", "Mayor resigns"), Item("/a/3", "Three")]
    settings = make_home(tmp_path / "home", [room.feed("/feed", items)])
    run(settings)
    assert reasons(settings) == {
        "/a/1": ("http_error", None),
        "/a/2": ("http_error", None),
        "/a/3": ("loaded", "redirect"),
    }
    assert rows(settings, ARTICLES) == [(1,)]
