"""Revisions as they are loaded, which of them is current, and the visits that found them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from extractors.errors import WarehouseError
from extractors.records import stable_id
from tests.warehouse.build import NOW, claim, fetch, revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_writer
from warehouse.rows import ArticleCheckRow, CheckResult, RevisionRow, UrlFateRow
from warehouse.staging import StageRow
from warehouse.state import due_rechecks

pytestmark = pytest.mark.area("Revisions")

DAY = timedelta(days=1)
URL = "http://news.test/morning-courier/story"
ARTICLE, PAGE = stable_id("article", URL), stable_id("url", URL)
OCCASIONS = {"day": 24, "week": 168}
WET, DRY = "Ann said it rained. Bob said so.", "Ann said it was dry. Bob said so."


def version(text: str, run: int, at: datetime | None = None, **changes: Any) -> list[StageRow]:
    """The story with `text`, as the run with this number fetched it, a day a run."""
    said = [claim(text, "Ann", text.partition(".")[0].removeprefix("Ann said "))]
    moment = at or NOW + run * DAY
    return revision(text, said, fetched=moment, run_id=f"run-{run}", **changes)


def identity(rows: Sequence[StageRow]) -> int:
    return next(row.revision_id for row in rows if isinstance(row, RevisionRow))


def check(
    run: int,
    result: CheckResult,
    occasion: str = "day",
    *,
    at: datetime | None = None,
    **changes: Any,
) -> list[StageRow]:
    moment = at or NOW + run * DAY
    page = fetch(URL, moment, f"run-{run}")
    row = ArticleCheckRow(
        ARTICLE, PAGE, 1, page.fetch_id, f"run-{run}", moment, occasion, result, **changes
    )
    return [page, row]


def due(home: Home, at: datetime, most_attempts: int = 3) -> list[tuple[str, int, int]]:
    with open_writer(home.work) as con:
        found = due_rechecks(con, OCCASIONS, at.replace(tzinfo=UTC), most_attempts)
    return [(one.occasion, one.failures, one.feed_item_id) for one in found]


def occasions(home: Home, at: datetime) -> list[str]:
    return [occasion for occasion, _, _ in due(home, at)]


# ---------------------------------------------------------------- what changed


@pytest.mark.rule(
    "The versions of an article follow each other, whatever the clock says",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_several_versions_in_one_run_follow_each_other(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    home.load(
        "run-1",
        version(DRY, 1),
        version(DRY, 1, NOW + DAY + timedelta(hours=1), title="Other"),
        version(WET, 1, NOW + DAY + timedelta(hours=2), title="Third"),
    )
    found = home.ask(
        """SELECT r.title, r.change, p.title, r.is_current FROM revisions AS r
        LEFT JOIN revisions AS p ON p.revision_id = r.previous_revision_id
        ORDER BY r.first_seen_at"""
    )
    assert found == [
        ("Story", "first", None, False),
        ("Story", "text", "Story", False),
        ("Other", "title", "Story", False),
        ("Third", "text_and_title", "Other", True),
    ]


def test_a_new_article_with_two_versions_has_one_first(home: Home) -> None:
    home.load("run-1", version(WET, 1), version(DRY, 1, NOW + DAY + timedelta(hours=1)))
    assert home.ask("SELECT change, is_current FROM revisions ORDER BY first_seen_at") == [
        ("first", False),
        ("text", True),
    ]


@pytest.mark.rule(
    "An edit of text or title is a revision of its kind",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_a_title_that_is_missing_is_a_title_that_changed(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    rows = [
        dataclasses.replace(
            row, revision_id=7, article=dataclasses.replace(row.article, title=None)
        )
        if isinstance(row, RevisionRow)
        else row
        for row in version(WET, 1)
    ]
    home.load("run-1", rows)
    assert home.ask("SELECT change FROM revisions WHERE is_current") == [("title",)]


# ---------------------------------------------------------------- which is current


@pytest.mark.rule(
    "The versions of an article follow each other, whatever the clock says",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_the_order_of_loading_decides_not_the_clock(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    home.load("run-1", version(DRY, 1, NOW - 30 * DAY))
    assert home.ask("SELECT article_text FROM articles") == [(DRY,)]
    # The claim that the clock put before the article is no part of its first version.
    dates = home.ask("SELECT content_text, claim_date FROM claims ORDER BY ALL")
    assert dates == [("it was dry", (NOW - 30 * DAY).date())]


def reread(rows: Sequence[StageRow], extractor: str) -> RevisionRow:
    """The version as newer rules read it from the archive: with another title."""
    row = next(row for row in rows if isinstance(row, RevisionRow))
    article = dataclasses.replace(row.article, title="READ", extractor=extractor)
    return dataclasses.replace(row, revision_id=7, run_id="reparse-1", article=article)


@pytest.mark.rule(
    "A superseded version read again stays superseded",
    source="news-please, mediacloud: reprocessing",
)
def test_a_superseded_version_read_again_stays_superseded(home: Home) -> None:
    old = version(WET, 0)
    home.load("run-0", old)
    home.load("run-1", version(DRY, 1))
    home.load("reparse-1", [reread(old, "articles 2")])
    assert home.ask("SELECT article_text FROM articles") == [(DRY,)]
    assert home.ask("SELECT change FROM article_changes") == [("text",)]


def test_the_current_version_read_again_is_replaced_and_that_is_no_change(home: Home) -> None:
    rows = version(WET, 0)
    home.load("run-0", rows)
    home.load("run-1", check(1, "unchanged", revision_id=identity(rows)))
    home.load("reparse-1", [reread(rows, "articles 2")])
    assert home.ask("SELECT title FROM articles") == [("READ",)]
    assert home.ask("FROM article_changes") == []
    assert home.ask("SELECT revision_id, visit_number FROM revision_sightings ORDER BY 2") == [
        (7, 1),
        (7, 2),
    ]


@pytest.mark.rule(
    "An edit is told from newer rules", source="news-please, mediacloud: reprocessing"
)
def test_an_edit_is_told_from_newer_rules(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    home.load("run-1", version(DRY, 1, extractor="articles 2"))
    home.load("run-2", version(WET, 2, title="Other", extractor="articles 2"))
    told = "SELECT change, is_same_extractor FROM article_changes ORDER BY load_number"
    assert home.ask(told) == [("text", False), ("text_and_title", True)]


@pytest.mark.rule(
    "An unchanged page is seen for longer",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_an_unchanged_page_is_seen_for_longer(home: Home) -> None:
    rows = version(WET, 0)
    home.load("run-0", rows)
    home.load("run-7", check(7, "unchanged", revision_id=identity(rows)))
    home.load("run-3", check(3, "unchanged", revision_id=identity(rows)))
    seen = home.ask("SELECT last_seen_at FROM articles")
    assert seen == [((NOW + 7 * DAY).replace(tzinfo=None),)]


# ---------------------------------------------------------------- gone, back, moved


@pytest.mark.rule(
    "A page that is gone is noted until it is back",
    source="GDELT GDG: 1.5 % are deleted within a week",
)
def test_gone_keeps_its_first_day_and_is_over_when_the_page_is_back(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    state = "SELECT gone_at, moved_to_url FROM articles"
    told: list[tuple[Any, ...]] = []
    elsewhere = "http://news.test/elsewhere"
    for run, result in enumerate(("gone", "failed", "gone", "redirected", "unreadable"), start=1):
        moved = {"moved_to_url": elsewhere} if result == "redirected" else {}
        home.load(f"run-{run}", check(run, result, **moved))  # type: ignore[arg-type]
        told += home.ask(state)
    home.load("run-6", check(6, "unchanged"))
    first = (NOW + DAY).replace(tzinfo=None)
    assert told == [(first, None)] * 3 + [(None, elsewhere)] * 2
    assert home.ask(state) == [(None, None)]
    changes = "SELECT change, moved_to_url FROM article_changes ORDER BY load_number"
    assert home.ask(changes) == [("gone", None), ("redirected", elsewhere), ("back", None)]


# ---------------------------------------------------------------- claims


@pytest.mark.rule(
    "A claim knows the revisions that it first and last stood in", source="no system read keeps it"
)
def test_a_claim_knows_where_it_stood_and_where_it_went(home: Home) -> None:
    first, second = version(WET, 0), version(DRY, 2)
    home.load("run-0", first)
    home.load("run-1", check(1, "unchanged", revision_id=identity(first)))
    home.load("run-2", second, check(2, "revised", revision_id=identity(second)))
    days = [(NOW + number * DAY).replace(tzinfo=None) for number in range(3)]
    history = home.ask(
        """SELECT content_text, first_revision_id, first_seen_at, last_revision_id, last_seen_at,
        removed_in_revision_id, removed_at, is_standing FROM claim_history ORDER BY first_seen_at"""
    )
    one, two = identity(first), identity(second)
    assert history == [
        ("it rained", one, days[0], one, days[1], two, days[2], False),
        ("it was dry", two, days[2], two, days[2], None, None, True),
    ]


@pytest.mark.rule(
    "A claim knows the revisions that it first and last stood in", source="no system read keeps it"
)
def test_a_claim_that_came_back_stands_and_the_other_went_when_it_did(home: Home) -> None:
    first = version(WET, 0)
    home.load("run-0", first)
    home.load("run-1", version(DRY, 1))
    home.load("run-2", version(WET, 2), check(2, "revised", revision_id=identity(first)))
    history = home.ask(
        """SELECT content_text, is_standing, removed_in_revision_id, removed_at
        FROM claim_history ORDER BY content_text"""
    )
    gone = (NOW + 2 * DAY).replace(tzinfo=None)
    assert history == [
        ("it rained", True, None, None),
        ("it was dry", False, identity(first), gone),
    ]
    assert home.ask("SELECT change FROM article_changes ORDER BY load_number") == [
        ("text",),
        ("text_restored",),
    ]
    assert home.ask("SELECT content_text FROM claims") == [("it rained",)]


@pytest.mark.rule(
    "A claim that newer rules no longer find was not removed", source="no system read keeps it"
)
def test_a_claim_that_newer_rules_no_longer_find_was_not_removed(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    home.load("run-1", revision(WET, [], fetched=NOW, run_id="run-0", parser="test 2"))
    assert home.ask("FROM claim_history") == []


# ---------------------------------------------------------------- what is due


@pytest.mark.rule(
    "A loaded article is visited again after a day and after a week",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_each_occasion_comes_once_at_its_age(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    assert occasions(home, NOW + DAY - timedelta(seconds=1)) == []
    assert occasions(home, NOW + DAY) == ["day"]
    home.load("run-1", check(1, "unchanged"))
    assert occasions(home, NOW + 6 * DAY) == []
    assert occasions(home, NOW + 7 * DAY) == ["week"]
    home.load("run-7", check(7, "gone", "week"))
    assert occasions(home, NOW + 700 * DAY) == []


@pytest.mark.rule(
    "What was missed while nothing ran is one visit",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_all_occasions_missed_are_the_last_one(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    assert occasions(home, NOW + 30 * DAY) == ["week"]
    home.load("run-30", check(30, "unchanged", "week"))
    assert occasions(home, NOW + 31 * DAY) == []


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A clock set back stops nothing and forgets nothing", source="what a wrong clock noted is void"
)
def test_an_occasion_is_over_though_the_clock_was_set_back_since(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    home.load("run-1", check(1, "unchanged", at=NOW - DAY))
    assert occasions(home, NOW + 2 * DAY) == []


@pytest.mark.rule(
    "A visit that failed is tried again later, and given up at last",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_failures_are_counted_until_the_occasion_is_given_up(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    counts = []
    for run in range(1, 4):
        counts += [failures for _, failures, _ in due(home, NOW + DAY)]
        home.load(f"run-{run}", check(run, "failed"))
    assert counts == [0, 1, 2]
    assert due(home, NOW + DAY) == []
    assert [found[:2] for found in due(home, NOW + 7 * DAY)] == [("week", 0)]


def test_a_visit_put_off_is_due_with_the_entry_that_asked_for_it(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    row = ArticleCheckRow(ARTICLE, PAGE, 99, None, "run-1", NOW, "feed", "waiting")
    home.load("run-1", [row])
    assert due(home, NOW) == [("feed", 0, 99)]
    assert due(home, NOW + DAY) == [("day", 0, 99)]
    home.load("run-2", check(2, "unchanged", "feed"))
    assert due(home, NOW) == []
    assert occasions(home, NOW + DAY) == ["day"]


@pytest.mark.rule(
    "Of two addresses of an article its own is visited", source="Media Cloud: canonical address"
)
def test_of_two_addresses_of_an_article_its_own_is_visited(home: Home) -> None:
    rows = version(WET, 0)
    fate = next(row for row in rows if isinstance(row, UrlFateRow))
    other = dataclasses.replace(fate, url_id=5, canonical_url=URL + "/amp", original_url="amp")
    home.load("run-0", [other, *rows])
    with open_writer(home.work) as con:
        found = due_rechecks(con, OCCASIONS, NOW + DAY, 3)
    assert [one.canonical_url for one in found] == [URL]


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "Rows that break a check are set aside and nothing is loaded",
    source="one transaction a run, ids by content",
)
def test_an_article_without_a_first_version_is_refused(home: Home) -> None:
    home.load("run-0", version(WET, 0))
    with open_writer(home.work) as con:
        con.execute("UPDATE core.article_revisions SET change = 'text'")
    with pytest.raises(WarehouseError, match="one_first_revision"):
        home.load("run-1", version(DRY, 1))
