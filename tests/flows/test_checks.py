"""Pure decisions on visits to known articles: which are owed, what they show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.plain_reader import make_article
from extractors.records import Article, PageClass
from flows.ingest.checks import check, combine, occasions, owed, put_off
from flows.ingest.fates import MAX_REVISIONS, Known, judge
from flows.ingest.records import Candidate, Failure, Visit, article_id, revision_id, url_id
from flows.ingest.sameness import Acquaintances
from flows.ingest.settling import Newest
from flows.polling import new_feed
from flows.reading import Reading
from warehouse.rows import ArticleCheckRow
from warehouse.state import DueRecheck

pytestmark = pytest.mark.area("Revisions")

URL = "https://a.example/news/1"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ARTICLE = make_article(URL, "<h1>T</h1><p>Ann said it rained.</p>")
IDENTITY = article_id(URL)
VERSION = revision_id(IDENTITY, ARTICLE.title, ARTICLE.text_sha256)
NEWEST = Newest(ARTICLE.title, ARTICLE.text_sha256, frozenset({VERSION}))
FEED = new_feed("https://a.example/feed", "A", NEW_YEAR)
DUE = DueRecheck(
    url_id(URL), URL, URL, FEED.feed_id, 2, "loaded", NEW_YEAR, IDENTITY, "day", 0, None
)
CANDIDATE = owed([DUE], {FEED.feed_id: FEED}, NEW_YEAR)[0]


def knowing(newest: Newest) -> Acquaintances[Known]:
    return Acquaintances({IDENTITY: newest})


def seen(
    article: Article | None = None,
    failure: Failure | None = None,
    *,
    candidate: Candidate = CANDIDATE,
    newest: Newest = NEWEST,
    is_offline: bool = False,
) -> ArticleCheckRow | None:
    reading = Reading(article) if article else None
    visit = Visit(candidate, 3, NEW_YEAR, failure, reading, failure.status if failure else 200)
    verdict = judge(visit, knowing(newest), most_attempts=3, is_offline=is_offline)
    assert verdict.fate in ("loaded", "revision")
    assert verdict.article_id == IDENTITY
    return check(visit, verdict, "run", is_offline=is_offline)


def result(row: ArticleCheckRow | None) -> str | None:
    return row.result if row else None


def failed(reason: str, status: int | None = None) -> Failure:
    return Failure(reason, "It did not work.", status)


def test_ages_have_names() -> None:
    assert occasions((6, 24, 168)) == {"6h": 6, "day": 24, "week": 168}


@pytest.mark.rule(
    "A visit that failed is tried again later, and given up at last",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_a_visit_that_failed_waits_before_it_is_tried_again() -> None:
    feeds = {FEED.feed_id: FEED}
    tried = replace(DUE, failures=2, tried_at=NEW_YEAR)
    assert not owed([tried], feeds, NEW_YEAR + timedelta(minutes=29))
    assert owed([tried], feeds, NEW_YEAR + timedelta(minutes=30))


def test_articles_of_other_feeds_are_left_alone() -> None:
    assert not owed([DUE], {}, NEW_YEAR)


@pytest.mark.rule(
    "A changed entry is a reason to visit",
    source="news-please: only when a feed lists the item again",
)
def test_one_visit_serves_an_entry_and_an_age() -> None:
    changed = replace(CANDIDATE, occasion="feed", is_owed=False, feed_item_id=9)
    other = replace(CANDIDATE, url_id=1)
    found, besides = combine([changed], [CANDIDATE, other])
    assert [(one.occasion, one.feed_item_id) for one in found] == [("day", 9)]
    assert besides == [other]


def test_a_visit_says_what_it_saw() -> None:
    row = seen(ARTICLE)
    assert row is not None
    assert (row.result, row.revision_id, row.fetch_id, row.status_code) == (
        "unchanged", VERSION, 3, 200,
    )  # fmt: skip
    poured = replace(ARTICLE, text="Ann said it poured.")
    row = seen(poured)
    assert row is not None
    assert (row.result, row.revision_id) == (
        "revised", revision_id(IDENTITY, "T", poured.text_sha256),
    )  # fmt: skip


@pytest.mark.rule(
    "A page that shows another text each time does not grow for ever",
    source="lemon24/reader: anti-flap, at most 24 changes",
)
def test_a_text_beyond_the_most_versions_is_not_kept_unless_it_was_seen_before() -> None:
    full = replace(NEWEST, title="U", revision_ids=frozenset(range(MAX_REVISIONS)))
    row = seen(ARTICLE, newest=full)
    assert row is not None
    assert (row.result, row.revision_id) == ("flapping", None)
    known = replace(full, revision_ids=frozenset({VERSION, *range(MAX_REVISIONS)}))
    assert result(seen(ARTICLE, newest=known)) == "revised"
    almost = replace(full, revision_ids=frozenset(range(MAX_REVISIONS - 1)))
    assert result(seen(ARTICLE, newest=almost)) == "revised"


@pytest.mark.rule(
    "A page that leads to another article is noted, and never merged with it",
    source="GDELT GDG: 2.6 % are redirected",
)
@pytest.mark.parametrize("page_class", ["article", "live_blog", "index", "home_page"])
def test_a_page_that_leads_to_something_else_is_no_version(page_class: PageClass) -> None:
    there = "https://a.example/b"
    row = seen(replace(ARTICLE, url=there, canonical_url=there, title="U", page_class=page_class))
    assert row is not None
    assert (row.result, row.moved_to_url) == ("redirected", there)


def test_a_page_that_only_calls_itself_something_else_is_still_the_article() -> None:
    assert result(seen(replace(ARTICLE, canonical_url="https://a.example/b"))) == "unchanged"


@pytest.mark.rule("A wall before a page is no removal", source="fundus 309: blocked is not dead")
@pytest.mark.parametrize("page_class", ["consent_page", "paywalled", "blocked", "error_page"])
def test_what_stands_in_the_way_of_a_page_is_no_move(page_class: PageClass) -> None:
    wall = replace(ARTICLE, canonical_url="https://wall.example/", page_class=page_class)
    row = seen(wall)
    assert row is not None
    assert (row.result, row.moved_to_url, row.revision_id) == ("unreadable", None, None)


@pytest.mark.rule(
    "A page that is gone is noted until it is back",
    source="GDELT GDG: 1.5 % are deleted within a week",
)
@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (failed("http_404", 404), "gone"),
        (failed("http_410", 410), "gone"),
        (failed("http_403", 403), "unreadable"),
        (failed("robots"), "unreadable"),
        (failed("too_big", 200), "unreadable"),
        (failed("http_503", 503), "failed"),
        (failed("http_429", 429), "failed"),
        (failed("timeout"), "failed"),
        (failed("dns"), "failed"),
        (failed("resting"), None),
        (failed("robots_unavailable"), None),
    ],
)
def test_failures_have_their_results(failure: Failure, expected: str | None) -> None:
    assert result(seen(failure=failure)) == expected


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A local outage touches no counter",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_an_outage_counts_no_failure_but_what_was_answered_counts() -> None:
    assert seen(failure=failed("dns"), is_offline=True) is None
    assert result(seen(failure=failed("http_404", 404), is_offline=True)) == "gone"


def test_what_no_row_asks_for_yet_is_noted_when_it_is_put_off() -> None:
    changed = replace(CANDIDATE, occasion="feed", is_owed=False)
    assert result(seen(failure=failed("resting"), candidate=changed)) == "waiting"
    assert result(put_off(changed, "run", NEW_YEAR)) == "waiting"
    assert put_off(CANDIDATE, "run", NEW_YEAR) is None


def test_other_visits_are_no_checks() -> None:
    fresh = replace(CANDIDATE, occasion=None)
    visit = Visit(fresh, 3, NEW_YEAR, None, Reading(ARTICLE), 200)
    verdict = judge(visit, knowing(NEWEST), most_attempts=3, is_offline=False)
    assert check(visit, verdict, "run", is_offline=False) is None
