"""Articles that are visited again: when, what it shows, and what is kept of it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.contents import contents, differences
from benchmarks.rebuild import core_tables, rebuild
from flows.clock import StoppedClock
from flows.ingest import fates as deciding
from flows.ingest import run_once
from flows.ingest.look import look
from flows.ingest.world import World
from flows.report import RunReport, to_markdown
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, fates, make_home, newsroom, rows
from tests.web import names

pytestmark = pytest.mark.area("Revisions")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHECKS = "SELECT occasion, result FROM ops.article_checks ORDER BY load_number, url_id"
CURRENT = "SELECT title, article_text FROM articles"
CHANGES = "SELECT change FROM article_changes ORDER BY load_number, change"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path, room: Newsroom) -> Settings:
    """A home that loaded one story, `/a/1`, at noon."""
    room.story("/a/1", "One", "Ann said it rained.")
    settings = make_home(tmp_path / "home", [room.feed("/feed", [Item("/a/1", "One")])])
    run(settings, NOON)
    return settings


def run(settings: Settings, at: datetime, **options: Any) -> RunReport:
    return asyncio.run(run_once(settings, world=World(StoppedClock(at)), **options))


@pytest.mark.rule(
    "A loaded article is visited again after a day and after a week",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_a_page_is_visited_again_after_a_day_and_after_a_week(
    home: Settings, room: Newsroom
) -> None:
    visits = []
    for age in (23 * HOUR, DAY, 2 * DAY, 7 * DAY - HOUR, 7 * DAY, 8 * DAY, 60 * DAY):
        before = len(room.pages_asked())
        run(home, NOON + age)
        visits.append(len(room.pages_asked()) - before)
    assert visits == [0, 1, 0, 0, 1, 0, 0]
    assert rows(home, CHECKS) == [("day", "unchanged"), ("week", "unchanged")]
    seen = rows(home, "SELECT first_seen_at, last_seen_at FROM articles")
    assert seen == [(NOON.replace(tzinfo=None), (NOON + 7 * DAY).replace(tzinfo=None))]


@pytest.mark.rule(
    "What was missed while nothing ran is one visit",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_what_was_missed_while_nothing_ran_is_one_visit(home: Settings, room: Newsroom) -> None:
    run(home, NOON + 30 * DAY)
    run(home, NOON + 31 * DAY)
    assert rows(home, CHECKS) == [("week", "unchanged")]


@pytest.mark.rule(
    "A changed entry is a reason to visit",
    source="news-please: only when a feed lists the item again",
)
def test_a_changed_entry_is_a_reason_of_its_own(home: Settings, room: Newsroom) -> None:
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    report = run(home, NOON + 12 * HOUR)
    assert rows(home, CHECKS) == [("feed", "unchanged")]
    assert (report.urls, report.fates, report.checks) == (1, {"loaded": 1}, {"unchanged": 1})


@pytest.mark.rule(
    "A changed entry is a reason to visit",
    source="news-please: only when a feed lists the item again",
)
def test_a_changed_entry_whose_article_is_due_is_one_visit(home: Settings, room: Newsroom) -> None:
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    run(home, NOON + DAY)
    assert room.pages_asked() == ["/a/1", "/a/1"]
    assert rows(home, CHECKS) == [("day", "unchanged")]


@pytest.mark.rule(
    "An edit of text or title is a revision of its kind",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
@pytest.mark.parametrize(
    ("title", "text", "change"),
    [
        ("One", "Ann said it poured.", "text"),
        ("Uno", "Ann said it rained.", "title"),
        ("Uno", "Ann said it poured.", "text_and_title"),
    ],
)
def test_an_edit_is_a_revision_of_its_kind(
    home: Settings, room: Newsroom, title: str, text: str, change: str
) -> None:
    room.story("/a/1", title, text)
    report = run(home, NOON + DAY)
    assert rows(home, CURRENT) == [(title, text)]
    kinds = "SELECT change, is_current FROM revisions ORDER BY first_seen_at"
    assert rows(home, kinds) == [("first", False), (change, True)]
    assert rows(home, CHANGES) == [(change,)]
    assert (report.revisions_loaded, report.checks) == (1, {"revised": 1})


@pytest.mark.rule(
    "Markup alone is no edit", source="GDELT GDG: raw HTML stays the same in 4.6 % only"
)
def test_markup_alone_is_no_edit(home: Settings, room: Newsroom) -> None:
    room.story("/a/1", "One", "Ann said it rained.", head="<script>ad(1234)</script>")
    run(home, NOON + DAY)
    assert rows(home, CHECKS) == [("day", "unchanged")]


@pytest.mark.rule(
    "A text that comes back is the same revision",
    source="lemon24/reader: anti-flap, at most 24 changes",
)
def test_a_text_that_comes_back_is_the_same_revision(home: Settings, room: Newsroom) -> None:
    for age, text in ((DAY, "Ann said it poured."), (7 * DAY, "Ann said it rained.")):
        room.story("/a/1", "One", text)
        run(home, NOON + age)
    assert rows(home, "SELECT revision_count, article_text FROM articles") == [
        (2, "Ann said it rained.")
    ]
    assert rows(home, CHECKS) == [("day", "revised"), ("week", "revised")]
    assert rows(home, CHANGES) == [("text",), ("text_restored",)]


@pytest.mark.rule(
    "A page that shows another text each time does not grow for ever",
    source="lemon24/reader: anti-flap, at most 24 changes",
)
def test_a_page_that_shows_another_text_each_time_does_not_grow_for_ever(
    home: Settings, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "MAX_REVISIONS", 3)
    for number in range(1, 6):
        room.story("/a/1", "One", f"Ann said it is {number} o'clock.")
        room.feed("/feed", [Item("/a/1", f"One at {number}")])
        run(home, NOON + number * HOUR, force=True)
    assert [result for _, result in rows(home, CHECKS)] == ["revised"] * 2 + ["flapping"] * 3
    assert rows(home, "SELECT revision_count, title FROM articles") == [(3, "One")]


@pytest.mark.rule(
    "A page that is gone is noted until it is back",
    source="GDELT GDG: 1.5 % are deleted within a week",
)
@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_noted_until_it_is_back(
    home: Settings, room: Newsroom, status: int
) -> None:
    story = room.pages["/a/1"]
    gone = "SELECT gone_at FROM articles"
    room.put("/a/1", "", status=status)
    run(home, NOON + DAY)
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    run(home, NOON + 2 * DAY)
    assert rows(home, gone) == [((NOON + DAY).replace(tzinfo=None),)]
    assert fates(home) == {"/a/1": "loaded"}
    room.pages["/a/1"] = story
    run(home, NOON + 7 * DAY)
    assert rows(home, gone) == [(None,)]
    assert rows(home, "SELECT occasion, result, status_code FROM ops.article_checks") == [
        ("day", "gone", status), ("feed", "gone", status), ("week", "unchanged", 200),
    ]  # fmt: skip
    assert rows(home, CHANGES) == [("gone",), ("back",)]


@pytest.mark.rule(
    "A page that leads to another article is noted, and never merged with it",
    source="GDELT GDG: 2.6 % are redirected",
)
def test_a_page_that_leads_to_another_article_is_noted_and_that_one_not_loaded(
    home: Settings, room: Newsroom
) -> None:
    room.story("/b/9", "Nine", "Bob said it snowed.")
    room.redirect("/a/1", "/b/9")
    run(home, NOON + DAY)
    moved = "SELECT title, moved_to_url, gone_at, revision_count FROM articles"
    assert rows(home, moved) == [("One", room.base + "/b/9", None, 1)]
    assert fates(home) == {"/a/1": "loaded"}
    assert rows(home, CHECKS) == [("day", "redirected")]
    assert rows(home, CHANGES) == [("redirected",)]


@pytest.mark.rule(
    "A redirect to the same article is none", source="GDELT GDG: 2.6 % are redirected"
)
def test_a_redirect_to_the_same_article_is_none(home: Settings, room: Newsroom) -> None:
    same = f'<link rel="canonical" href="{room.base}/a/1">'
    room.story("/print/1", "One", "Ann said it rained.", head=same)
    room.redirect("/a/1", "/print/1")
    run(home, NOON + DAY)
    assert rows(home, CHECKS) == [("day", "unchanged")]
    assert rows(home, "SELECT moved_to_url FROM articles") == [(None,)]


@pytest.mark.rule(
    "A page that cannot be read changes nothing", source="trafilatura 840 and 925: native crashes"
)
def test_a_page_that_cannot_be_read_changes_nothing(home: Settings, room: Newsroom) -> None:
    room.story("/a/1", "We value your privacy")
    run(home, NOON + DAY)
    room.put("/a/1", "no", status=403)
    run(home, NOON + 7 * DAY)
    assert rows(home, CHECKS) == [("day", "unreadable"), ("week", "unreadable")]
    assert rows(home, CURRENT) == [("One", "Ann said it rained.")]
    assert rows(home, CHANGES) == []


@pytest.mark.rule(
    "A visit that failed is tried again later, and given up at last",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_a_visit_that_failed_is_tried_again_later_and_given_up_at_last(
    tmp_path: Path, room: Newsroom
) -> None:
    room.story("/a/1", "One", "Ann said it rained.")
    feed = room.feed("/feed", [Item("/a/1", "One")])
    settings = make_home(tmp_path / "home", [feed], page_attempts="2")
    run(settings, NOON)
    room.put("/a/1", "", status=503)
    for later in (timedelta(0), timedelta(minutes=5), HOUR, 2 * DAY):
        run(settings, NOON + DAY + later)
    assert rows(settings, CHECKS) == [("day", "failed"), ("day", "failed")]
    run(settings, NOON + 7 * DAY)
    assert rows(settings, CHECKS)[2:] == [("week", "failed")]


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A local outage touches no counter",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_our_own_outage_is_nobodys_fault(tmp_path: Path, room: Newsroom) -> None:
    port = room.base.rpartition(":")[2]
    hosts = [f"{letter}.test" for letter in "abc"]
    feeds = []
    for host in hosts:
        room.base = f"http://{host}:{port}"
        room.story(f"/{host}/1", "One", f"Ann said {host} rained.")
        feeds.append(room.feed(f"/{host}/feed", [Item(f"/{host}/1", "One")]))
    settings = make_home(tmp_path / "home", feeds)
    online = names(a_test="127.0.0.1", b_test="127.0.0.1", c_test="127.0.0.1")

    def at(moment: datetime, internet: Any) -> RunReport:
        world = World(StoppedClock(moment), internet)
        return asyncio.run(run_once(settings, world=world))

    assert at(NOON, online).revisions_loaded == 3
    assert at(NOON + DAY, names()).is_offline
    assert rows(settings, CHECKS) == []
    at(NOON + DAY + HOUR, online)
    assert rows(settings, CHECKS) == [("day", "unchanged")] * 3


@pytest.mark.rule("New pages come before those seen before", source="news first")
def test_new_pages_come_before_those_seen_before(home: Settings, room: Newsroom) -> None:
    room.story("/a/2", "Two", "Bob said it snowed.")
    room.feed("/feed", [Item("/a/1", "One"), Item("/a/2", "Two")])
    report = run(home, NOON + DAY, limit=1)
    assert (report.fates, report.rechecks, report.checks) == ({"loaded": 1}, 1, {})
    assert rows(home, CHECKS) == []
    run(home, NOON + DAY + HOUR, limit=1)
    assert rows(home, CHECKS) == [("day", "unchanged")]


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "What a run does not get to is left for the next one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_changed_entry_that_the_limit_left_is_visited_by_a_later_run(
    home: Settings, room: Newsroom
) -> None:
    room.story("/a/1", "One", "Ann said it poured.")
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    report = run(home, NOON + 2 * HOUR, limit=0)
    assert (report.urls, report.fates, report.checks) == (1, {"loaded": 1}, {})
    run(home, NOON + 3 * HOUR, limit=0)
    assert rows(home, CHECKS) == [("feed", "waiting")]
    run(home, NOON + 4 * HOUR)
    assert rows(home, CHECKS) == [("feed", "waiting"), ("feed", "revised")]
    run(home, NOON + 5 * HOUR)
    assert len(rows(home, CHECKS)) == 2


def test_nothing_is_visited_again_when_that_is_switched_off(tmp_path: Path, room: Newsroom) -> None:
    room.story("/a/1", "One", "Ann said it rained.")
    feed = room.feed("/feed", [Item("/a/1", "One")])
    settings = make_home(tmp_path / "home", [feed], recheck_hours="")
    run(settings, NOON)
    run(settings, NOON + 30 * DAY)
    assert rows(settings, CHECKS) == []


def test_without_pages_nothing_is_visited_again(home: Settings, room: Newsroom) -> None:
    run(home, NOON + DAY, pages=False)
    assert (rows(home, CHECKS), room.pages_asked()) == ([], ["/a/1"])


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A run that was loaded is not run again",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_the_same_run_twice_changes_nothing(home: Settings, room: Newsroom) -> None:
    room.story("/a/1", "Uno", "Ann said it poured.")
    run(home, NOON + DAY)
    before = contents(home.home)
    assert run(home, NOON + DAY).is_already_loaded
    assert differences(before, contents(home.home)) == []


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A clock set back stops nothing and forgets nothing", source="what a wrong clock noted is void"
)
def test_a_revision_loaded_later_is_current_though_the_clock_was_set_back(
    home: Settings, room: Newsroom
) -> None:
    room.story("/a/1", "One", "Ann said it poured.")
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    run(home, NOON - 3 * DAY, force=True)
    assert rows(home, CURRENT) == [("One", "Ann said it poured.")]
    assert rows(home, "SELECT content_text, is_standing FROM claim_history ORDER BY 1") == [
        ("it poured", True),
        ("it rained", False),
    ]


@pytest.mark.rule(
    "The feed's text never stands in for the page of a loaded article",
    source="trafilatura 43 and 85: missing bodies",
)
def test_the_feeds_text_does_not_stand_in_for_the_page_of_an_article(
    tmp_path: Path, room: Newsroom
) -> None:
    room.story("/a/1", "One", "Ann said it rained.", "There is more.")
    item = Item("/a/1", "One", content="<h1>One</h1><p>Ann said it rained.</p>")
    settings = make_home(tmp_path / "home", [room.feed("/feed", [item])])
    run(settings, NOON)
    room.put("/a/1", "", status=503)
    run(settings, NOON + DAY)
    assert rows(settings, CHECKS) == [("day", "failed")]
    assert rows(settings, "SELECT revision_count FROM articles") == [(1,)]


@pytest.mark.rule(
    "An article made of the feed's text follows it", source="trafilatura 43 and 85: missing bodies"
)
def test_an_article_made_of_the_feeds_text_follows_it(tmp_path: Path, room: Newsroom) -> None:
    room.put("/a/1", "", status=403)
    settings = make_home(tmp_path / "home", [room.base + "/feed"])
    for age, text in ((0 * DAY, "it rained"), (12 * HOUR, "it poured")):
        content = f"<h1>One</h1><p>Ann said {text}.</p>"
        room.feed("/feed", [Item("/a/1", "One", text, content)])
        run(settings, NOON + age)
    assert rows(settings, CHECKS) == [("feed", "revised")]
    assert rows(settings, CURRENT) == [("One", "Ann said it poured.")]


@pytest.mark.rule("A claim that an edit removed is told", source="no system read keeps it")
def test_a_claim_that_an_edit_removed_is_told(home: Settings, room: Newsroom) -> None:
    room.story("/a/1", "One", "Bob said it snowed.")
    run(home, NOON + DAY)
    history = "SELECT claimant, is_standing, removed_at FROM claim_history ORDER BY claimant"
    assert rows(home, history) == [
        ("Ann", False, (NOON + DAY).replace(tzinfo=None)),
        ("Bob", True, None),
    ]


@pytest.mark.area("Archive")
@pytest.mark.rule(
    "All tables of articles and claims follow from the archive",
    source="archive first: what is not kept is not used",
)
def test_what_visits_found_follows_from_the_archive(
    home: Settings, room: Newsroom, tmp_path: Path
) -> None:
    for age, text in ((DAY, "Ann said it poured."), (7 * DAY, "Ann said it rained.")):
        room.story("/a/1", "One", text)
        run(home, NOON + age)
    room.put("/a/1", "", status=404)
    room.feed("/feed", [Item("/a/1", "One, corrected")])
    run(home, NOON + 8 * DAY)
    rebuilt = asyncio.run(rebuild(home, tmp_path))
    assert differences(core_tables(home.published_path), core_tables(rebuilt)) == []


def test_a_look_ahead_names_what_would_be_visited_again(home: Settings, room: Newsroom) -> None:
    report = asyncio.run(look(home, world=World(StoppedClock(NOON + DAY))))
    assert report.would_fetch == (room.base + "/a/1",)
    assert "1 article to check again" in to_markdown(report)


def test_the_report_counts_visits_to_known_articles_apart(home: Settings, room: Newsroom) -> None:
    report = run(home, NOON + DAY)
    text = to_markdown(report)
    assert "| articles checked again | 1 |\n| of them unchanged | 1 |" in text
    assert "| URLs decided | 0 |" in text
    assert sum(report.fates.values()) == report.urls
