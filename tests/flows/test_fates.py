from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.plain_reader import make_article
from extractors.records import Article, PageClass
from flows.ingest.fates import CLASS_FATES, LOADED_CLASSES, Known, judge
from flows.ingest.records import Candidate, Failure, Visit, article_id, url_id
from flows.ingest.sameness import Acquaintances
from flows.ingest.settling import Newest
from flows.reading import Reading
from warehouse.rows import Fate

pytestmark = pytest.mark.area("Fates and health")

URL = "https://a.example/news/1"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
CANDIDATE = Candidate(url_id(URL), URL, URL, 1, 2, "A", NEW_YEAR, None)
ARTICLE = make_article(URL, "<h1>T</h1><p>Ann said it rained.</p>")
KNOWN = {article_id(URL): Newest(ARTICLE.title, ARTICLE.text_sha256)}


def visit(
    article: Article | None = None,
    *,
    candidate: Candidate = CANDIDATE,
    failure: Failure | None = None,
    problem: str | None = None,
) -> Visit:
    reading = Reading(article, problem=problem) if article or problem else None
    return Visit(candidate, 3, NEW_YEAR, failure, reading)


def fate(seen: Visit, known: dict[int, Newest] | None = None, *, is_offline: bool = False) -> Fate:
    found = Acquaintances[Known](known or {})
    return judge(seen, found, most_attempts=3, is_offline=is_offline).fate


def failed(reason: str, status: int | None = None) -> Failure:
    return Failure(reason, "It did not work.", status)


@pytest.mark.rule(
    "A known article that did not change is not new",
    source="Media Cloud story-indexer: incr_stories once a story",
)
def test_a_new_article_is_loaded_and_a_known_one_is_not_new() -> None:
    assert fate(visit(ARTICLE)) == "loaded"
    assert fate(visit(ARTICLE, candidate=replace(CANDIDATE, prior="loaded")), KNOWN) == "loaded"
    verdict = judge(visit(ARTICLE), Acquaintances[Known](KNOWN), most_attempts=3, is_offline=False)
    assert (verdict.fate, verdict.reason) == ("duplicate", "unchanged")


@pytest.mark.area("Revisions")
@pytest.mark.rule(
    "Another text or title is a revision",
    source="GDELT GDG: within a week 18 % of texts and 6 % of titles change",
)
def test_another_text_or_title_is_a_revision() -> None:
    for other in (replace(ARTICLE, title="U"), replace(ARTICLE, text="Ann said it poured.")):
        assert fate(visit(other), KNOWN) == "revision"


@pytest.mark.area("Identity")
@pytest.mark.rule(
    "Another address of a known article is a duplicate", source="Media Cloud: canonical address"
)
def test_another_address_of_a_known_article_is_a_duplicate_whatever_it_says() -> None:
    amp = replace(CANDIDATE, url_id=9, canonical_url=URL + "/amp")
    page = replace(ARTICLE, url=URL + "/amp", text="Shorter.")
    assert fate(visit(page, candidate=amp), KNOWN) == "duplicate"


@pytest.mark.area("Identity")
@pytest.mark.rule("An article's own address stays its own", source="Media Cloud: canonical address")
def test_an_address_that_was_the_articles_own_still_is_when_the_page_names_another() -> None:
    moved = replace(ARTICLE, canonical_url=URL + "-moved", text="Ann said it poured.")
    known = {article_id(moved.canonical_url): Newest("T", "0")}
    own = replace(CANDIDATE, prior="loaded", prior_article_id=article_id(moved.canonical_url))
    assert fate(visit(moved, candidate=own), known) == "revision"


@pytest.mark.rule(
    "A page that is no article says why",
    source="trafilatura 569, wallabag 2428: consent pages instead of articles",
)
@pytest.mark.parametrize("page_class", sorted(CLASS_FATES))
def test_pages_that_are_no_articles_say_why(page_class: PageClass) -> None:
    verdict = judge(
        visit(replace(ARTICLE, page_class=page_class)),
        Acquaintances[Known]({}),
        most_attempts=3,
        is_offline=False,
    )
    assert (verdict.fate, verdict.reason) == CLASS_FATES[page_class]
    assert page_class not in LOADED_CLASSES


@pytest.mark.rule("What is no web page is named", source="own")
def test_what_is_known_of_a_page_beyond_its_class_is_the_reason() -> None:
    pdf = replace(ARTICLE, page_class="not_html", note="a PDF")
    verdict = judge(visit(pdf), Acquaintances[Known]({}), most_attempts=3, is_offline=False)
    assert (verdict.fate, verdict.reason) == ("not_html", "a PDF")


@pytest.mark.rule(
    "Each way to fail has its fate", source="story-indexer: a counter for each outcome"
)
@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (failed("robots"), "robots"),
        (failed("too_big", 200), "too_big"),
        (failed("blocked_address"), "blocked"),
        (failed("bad_url"), "http_error"),
        (failed("http_401", 401), "blocked"),
        (failed("http_402", 402), "paywalled"),
        (failed("http_403", 403), "blocked"),
        (failed("http_404", 404), "http_error"),
        (failed("http_410", 410), "http_error"),
        (failed("http_429", 429), "pending"),
        (failed("http_503", 503), "pending"),
        (failed("dns"), "pending"),
        (failed("timeout"), "pending"),
        (failed("truncated", 200), "pending"),
        (failed("resting"), "pending"),
    ],
)
def test_failures_have_their_fates(failure: Failure, expected: Fate) -> None:
    assert fate(visit(failure=failure)) == expected


@pytest.mark.rule("Attempts run out", source="no URL waits for ever")
def test_attempts_run_out() -> None:
    tried = replace(CANDIDATE, attempts=2)
    assert fate(visit(candidate=tried, failure=failed("timeout"))) == "http_error"


@pytest.mark.rule(
    "What says nothing of the page is no failed attempt",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_what_says_nothing_of_the_page_is_no_attempt() -> None:
    tried = replace(CANDIDATE, attempts=2)
    assert fate(visit(candidate=tried, failure=failed("resting"))) == "pending"
    assert fate(visit(candidate=tried, failure=failed("dns")), is_offline=True) == "pending"


@pytest.mark.rule(
    "The feed's text stands in for a page that cannot be had",
    source="trafilatura 43 and 85: missing bodies",
)
def test_the_feeds_text_of_a_page_that_failed_is_loaded_if_it_is_an_article() -> None:
    assert fate(visit(ARTICLE, failure=failed("http_403", 403))) == "loaded"
    short = replace(ARTICLE, page_class="too_short")
    assert fate(visit(short, failure=failed("http_403", 403))) == "blocked"


@pytest.mark.rule(
    "What cannot be read is quarantined with its reason",
    source="trafilatura 840 and 925: native crashes",
)
def test_what_cannot_be_read_is_quarantined_unless_it_was_loaded_before() -> None:
    assert fate(visit(problem="It crashed.")) == "quarantined"
    loaded = replace(CANDIDATE, prior="loaded", prior_article_id=article_id(URL))
    assert fate(visit(problem="It crashed.", candidate=loaded), KNOWN) == "loaded"
