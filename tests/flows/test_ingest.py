import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import ModelError, SettingsError, WarehouseBusyError
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.look import look
from flows.ingest.world import World
from flows.lock import hold
from flows.report import RunReport, to_markdown
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, fates, make_home, newsroom, rows
from tests.flows.readers import BROKEN, UNRULY

pytestmark = pytest.mark.area("Fates and health")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


def run(settings: Settings, at: datetime = NOON, **options: Any) -> RunReport:
    return asyncio.run(run_once(settings, world=World(StoppedClock(at)), **options))


def two_stories(room: Newsroom) -> str:
    room.story("/a/1", "One", "Ann said it rained.")
    room.story("/a/2", "Two", "Bob said it snowed.", "Cleo said it did not.")
    return room.feed("/feed", [Item("/a/1", "One"), Item("/a/2", "Two")])


def test_news_becomes_rows(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])

    report = run(settings)

    assert (report.revisions_loaded, report.claims_loaded, report.exit_code) == (2, 3, 0)
    assert fates(settings) == {"/a/1": "loaded", "/a/2": "loaded"}
    said = "SELECT claimant FROM claims ORDER BY 1"
    assert [row[0] for row in rows(settings, said)] == ["Ann", "Bob", "Cleo"]
    assert rows(settings, "SELECT status, versions <> '' FROM ops.runs") == [("fine", True)]


@pytest.mark.area("Identity")
@pytest.mark.rule("A second pass adds nothing", source="miniflux 3120")
def test_a_second_pass_adds_nothing(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    asked = len(room.pages_asked())

    report = run(settings, NOON + timedelta(hours=1), force=True)

    assert (report.feeds_unchanged, report.items_new, report.urls) == (1, 0, 0)
    assert len(room.pages_asked()) == asked


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A run that was loaded is not run again",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_the_same_run_is_not_run_again(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    asked = len(room.asked)

    assert run(settings).is_already_loaded
    assert len(room.asked) == asked


@pytest.mark.area("Cadence")
@pytest.mark.rule("A feed is asked when it is due, a retired one never", source="FreshRSS PR 3561")
def test_a_feed_is_asked_when_it_is_due(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    early = run(settings, NOON + timedelta(minutes=1))
    assert (early.feeds_polled, early.feeds_not_due) == (0, 1)
    assert run(settings, NOON + timedelta(days=2)).feeds_polled == 1


def test_feeds_are_picked_by_pattern(tmp_path: Path, room: Newsroom) -> None:
    other = room.feed("/other/feed", [])
    settings = make_home(tmp_path / "home", [two_stories(room), other])
    assert run(settings, feeds="*/other/*").feeds_polled == 1
    assert run(settings, NOON + timedelta(seconds=1), feeds="Outlet 0").feeds_polled == 1
    assert run(settings, NOON + timedelta(seconds=2), feeds="nobody").feeds_polled == 0


@pytest.mark.rule(
    "Every URL found has exactly one fate",
    source="Media Cloud story-indexer: incr_stories once a story",
)
def test_every_url_gets_one_fate(tmp_path: Path, room: Newsroom) -> None:
    feed = two_stories(room)
    same = f'<link rel="canonical" href="{room.base}/a/1">'
    room.story("/a/amp", "One", "Ann said it rained.", head=same)
    room.story("/short", "Nothing")
    room.put("/wall", "no", status=403)
    room.put("/pay", "no", status=402)
    room.put("/down", "no", status=503)
    room.put("/robots.txt", "User-agent: *\nDisallow: /private/", kind="text/plain")
    room.put("/big", b"x" * 2000)
    paths = [
        "/a/1",
        "/a/2",
        "/a/amp",
        "/short",
        "/wall",
        "/pay",
        "/down",
        "/gone",
        "/private/1",
        "/",
    ]
    room.feed("/feed", [Item(path, "One") for path in [*paths, "/big"]])
    settings = make_home(tmp_path / "home", [feed], max_body_bytes="1900")

    report = run(settings)

    assert fates(settings) == {
        "/a/1": "loaded", "/a/2": "loaded", "/a/amp": "duplicate", "/short": "too_short",
        "/wall": "blocked", "/pay": "paywalled", "/down": "pending", "/gone": "http_error",
        "/private/1": "robots", "/": "home_page", "/big": "too_big",
    }  # fmt: skip
    assert report.urls == sum(report.fates.values()) == len(paths) + 1


@pytest.mark.rule("Attempts run out", source="no URL waits for ever")
def test_pending_pages_are_tried_again_later_and_not_for_ever(
    tmp_path: Path, room: Newsroom
) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)], page_attempts="2")
    story = room.pages["/a/2"]
    room.put("/a/2", "", status=503)
    room.put("/a/1", "", status=503)
    run(settings)
    assert run(settings, NOON + timedelta(minutes=1)).urls == 0  # too soon
    room.pages["/a/2"] = story

    report = run(settings, NOON + timedelta(hours=1))

    assert report.fates == {"http_error": 1, "loaded": 1}
    assert rows(settings, "SELECT attempts FROM ops.url_fates WHERE fate = 'http_error'") == [(2,)]


@pytest.mark.rule(
    "What a run does not get to is left for the next one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_the_limit_leaves_the_rest_for_the_next_run(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    assert run(settings, limit=1).fates == {"loaded": 1, "pending": 1}
    assert run(settings, NOON + timedelta(seconds=1)).fates == {"loaded": 1}


def test_only_picked_feeds_have_their_pages_fetched(tmp_path: Path, room: Newsroom) -> None:
    feed = two_stories(room)
    settings = make_home(tmp_path / "home", [feed, room.feed("/other/feed", [])])
    run(settings, limit=0)
    assert run(settings, NOON + timedelta(seconds=1), feeds="*/other/*").urls == 0
    assert run(settings, NOON + timedelta(seconds=2), feeds="Outlet 0").fates == {"loaded": 2}


@pytest.mark.rule(
    "What a run does not get to is left for the next one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_without_pages_entries_are_stored_all_the_same(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    report = run(settings, pages=False, publish=False)
    assert (report.items_new, report.fates) == (2, {"pending": 2})
    assert not settings.published_path.exists()


@pytest.mark.area("Revisions")
@pytest.mark.rule(
    "A changed entry leads to a new revision",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_a_changed_entry_leads_to_a_new_version(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    room.story("/a/1", "One", "Ann said it poured.")
    room.feed("/feed", [Item("/a/1", "One, corrected"), Item("/a/2", "Two, but only here")])

    report = run(settings, NOON + timedelta(days=2))

    assert report.items_changed == 2
    assert report.fates == {"loaded": 1, "revision": 1}
    assert report.revisions_loaded == 1
    counts = "SELECT revision_count FROM core.articles ORDER BY canonical_url"
    assert rows(settings, counts) == [(2,), (1,)]


@pytest.mark.area("Revisions")
@pytest.mark.rule(
    "An entry that flips back is not news",
    source="lemon24/reader: at most 24 changes of an entry's hash",
)
def test_an_entry_that_flips_back_is_not_news(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    for day, title in enumerate(["Uno", "One"], start=2):
        room.feed("/feed", [Item("/a/1", title), Item("/a/2", "Two")])
        report = run(settings, NOON + timedelta(days=day))
    assert (report.items_new, report.items_changed, report.urls) == (0, 0, 0)


@pytest.mark.area("Revisions")
@pytest.mark.rule(
    "A loaded article stays when its page goes", source="GDELT GDG: 1.5 % are deleted within a week"
)
def test_a_loaded_article_stays_loaded_when_its_page_goes(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    run(settings)
    room.put("/a/1", "", status=404)
    room.feed("/feed", [Item("/a/1", "One, corrected"), Item("/a/2", "Two")])
    run(settings, NOON + timedelta(days=2))
    assert fates(settings)["/a/1"] == "loaded"


@pytest.mark.rule(
    "The feed's text stands in for a page that cannot be had",
    source="trafilatura 43 and 85: missing bodies",
)
def test_the_text_of_the_feed_stands_in_for_a_page(tmp_path: Path, room: Newsroom) -> None:
    room.put("/a/1", "", status=403)
    feed = room.feed(
        "/feed", [Item("/a/1", "One", content="<h1>One</h1><p>Ann said it rained.</p>")]
    )
    settings = make_home(tmp_path / "home", [feed])
    run(settings)
    assert fates(settings) == {"/a/1": "loaded"}
    assert rows(settings, "SELECT count(*) FROM claims") == [(1,)]


def test_other_languages_are_loaded_without_claims(tmp_path: Path, room: Newsroom) -> None:
    room.put("/a/1", "<html lang=de><h1>Eins</h1><p>Ann said it rained.</p>")
    settings = make_home(tmp_path / "home", [room.feed("/feed", [Item("/a/1", "Eins")])])
    run(settings)
    assert rows(settings, "SELECT fate, reason FROM ops.url_fates") == [
        ("loaded", "no claims: no parser for de")
    ]


@pytest.mark.rule(
    "What cannot be read is quarantined with its reason",
    source="trafilatura 840 and 925: native crashes",
)
def test_what_cannot_be_read_is_quarantined(tmp_path: Path, room: Newsroom) -> None:
    feed = two_stories(room)
    room.story("/a/2", "Two", "DIE")
    broken = room.feed("/broken/feed", [])
    room.put("/broken/feed", "<html>no feed</html>")
    settings = make_home(tmp_path / "home", [feed, broken], reader=UNRULY)

    report = run(settings)

    assert report.exit_code == 3
    assert [feed.url for feed in report.feeds_failed] == [broken]
    assert fates(settings) == {"/a/1": "loaded", "/a/2": "quarantined"}
    assert rows(settings, "SELECT stage FROM ops.quarantine ORDER BY 1") == [
        ("extract",),
        ("poll",),
    ]


@pytest.mark.rule(
    "A damaged feed is read as far as it goes, and it is said",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_a_torn_feed_is_read_as_far_as_it_goes_and_said(tmp_path: Path, room: Newsroom) -> None:
    feed = two_stories(room)
    status, kind, body = room.pages["/feed"]
    room.pages["/feed"] = (status, kind, body[: body.rindex(b"</item>")])
    settings = make_home(tmp_path / "home", [feed])

    report = run(settings)

    assert (report.exit_code, report.items_new > 0) == (0, True)
    assert [feed.url for feed in report.feeds_damaged] == [feed]
    assert "## Feeds that are damaged" in to_markdown(report)


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule("A run that fails loads nothing", source="one transaction a run")
def test_a_missing_model_fails_the_run_and_loads_nothing(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)], reader=BROKEN)
    with pytest.raises(ModelError, match="The model is missing"):
        run(settings)
    assert not settings.published_path.exists()


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A local outage touches no counter",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_a_network_that_is_down_blames_nobody(tmp_path: Path) -> None:
    hosts = [f"http://no-such-host-{n}.invalid/feed" for n in range(4)]
    settings = make_home(tmp_path / "home", hosts)
    report = run(settings)
    assert report.is_offline
    assert rows(settings, "SELECT max(failure_weight) FROM ops.feeds") == [(0.0,)]


@pytest.mark.area("Cadence")
@pytest.mark.rule("A feed that left the list is kept and not asked", source="FreshRSS: mute")
def test_a_feed_that_left_the_list_is_kept_and_not_asked(tmp_path: Path, room: Newsroom) -> None:
    feed = two_stories(room)
    settings = make_home(tmp_path / "home", [feed, room.feed("/other/feed", [])])
    run(settings)
    make_home(tmp_path / "home", [feed])
    run(settings, NOON + timedelta(days=2))
    listed = rows(settings, "SELECT is_active FROM ops.feeds ORDER BY url")
    assert sorted(listed) == [(False,), (True,)]


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule("A dry run stores nothing", source="--dry-run")
def test_a_dry_run_stores_nothing(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    report = asyncio.run(look(settings, world=World(StoppedClock(NOON)), limit=1))
    assert report.would_fetch == (room.base + "/a/1",)
    assert room.pages_asked() == []
    assert not settings.archive_dir.exists()
    assert run(settings).revisions_loaded == 2


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "Of two runs at once, one is refused and nothing is doubled", source="one writer a home"
)
def test_two_runs_at_once_are_refused(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room)])
    with hold(settings.lock_path), pytest.raises(WarehouseBusyError, match="Another run"):
        run(settings)


def test_a_home_that_cannot_be_made_is_said(room: Newsroom) -> None:
    settings = replace(make_unusable(), site_interval_s=0.0)
    with pytest.raises(SettingsError, match="cannot be written"):
        run(settings)


def make_unusable() -> Settings:
    from flows.settings import resolve

    return resolve({"home": "/proc/claimwire"}, {}).settings


def test_the_report_reads_well(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [two_stories(room), room.base + "/none"])
    report = run(settings)
    text = to_markdown(report)
    assert "fetched 2 pages, loaded 2 article versions with 3 claims. 1 feed failed." in text
    assert "| of them loaded | 2 |" in text
    assert "Outlet 1" in text
    assert report.to_dict()["feeds_failed"][0]["outlet"] == "Outlet 1"
