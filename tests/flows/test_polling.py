"""When to ask again: every rule is a case with its own clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from extractors.records import Cadence
from flows.http import Exchange, Validators
from flows.polling import (
    PollOutcome,
    after_outage,
    after_poll,
    is_due,
    new_feed,
    outcome_of,
    page_is_due,
    validators_for,
)
from flows.polling.cadence import CAP_S, FIRST_S, FLOOR_S
from tests.flows.polls import HOUR, NOW, URL, changed, document, failed, feed, wait_s
from warehouse.rows import FeedRow

pytestmark = pytest.mark.area("Cadence")

# ---------------------------------------------------------------- due


@pytest.mark.rule("A feed is asked when it is due, a retired one never", source="FreshRSS PR 3561")
def test_a_new_feed_is_due_and_a_resting_or_retired_one_is_not() -> None:
    row = new_feed(URL, "News", NOW)
    assert is_due(row, NOW)
    assert not is_due(replace(row, is_active=False), NOW)
    assert not is_due(replace(row, state="retired"), NOW)
    assert not is_due(replace(row, next_poll_at=NOW + HOUR), NOW)
    assert is_due(replace(row, next_poll_at=NOW), NOW)


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "Once a day a feed is asked without validators",
    source="rachelbythebay.com on validators; Media Cloud on bizpacreview.com",
)
def test_validators_are_left_out_once_a_day() -> None:
    row = feed(last_modified="then")
    asked = [NOW + timedelta(minutes=10 * n) for n in range(1, 24 * 6 + 1)]
    sent, last = [], NOW
    for moment in asked:
        sent.append(validators_for(replace(row, last_polled_at=last), moment))
        last = moment
    assert sent.count(Validators()) == 1
    assert sent.count(Validators('"old"', "then")) == len(asked) - 1
    assert validators_for(new_feed(URL, "News", NOW), NOW) == Validators()


# ---------------------------------------------------------------- interval


@pytest.mark.rule(
    "Overlap steers the interval, so that nothing is missed",
    source="Media Cloud rss-fetcher: a third to two thirds of the entries seen before",
)
@pytest.mark.parametrize(
    ("known", "expected"),
    [(10, 3600 + 600), (7, 3600 + 600), (6, 3600), (5, 3600), (4, 3600), (3, 1800), (0, 1800)],
)
def test_overlap_steers_the_interval(known: int, expected: int) -> None:
    assert after_poll(feed(), changed(known)).interval_s == expected


@pytest.mark.rule(
    "A silent feed is asked ever less often, up to once a day",
    source="Media Cloud rss-fetcher: a third to two thirds of the entries seen before",
)
def test_an_unchanged_feed_is_asked_less_often() -> None:
    same = PollOutcome(at=NOW, url=URL, status=200, body_sha256="old")
    assert after_poll(feed(), same).interval_s == 3600 + 600
    not_modified = PollOutcome(at=NOW, url=URL, status=304)
    row = after_poll(feed(), not_modified)
    assert (row.interval_s, row.etag, row.body_sha256) == (3600 + 600, '"old"', "old")
    assert row.last_success_at == NOW and row.last_changed_at is None
    long_silent = feed(last_new_item_at=NOW - timedelta(days=40))
    assert after_poll(long_silent, not_modified).interval_s == 7200


@pytest.mark.rule(
    "The interval is ten minutes at least, a day at most",
    source="Media Cloud rss-fetcher: a third to two thirds of the entries seen before",
)
def test_the_interval_has_a_floor_and_a_cap() -> None:
    assert after_poll(feed(interval_s=700), changed(0)).interval_s == FLOOR_S
    assert after_poll(feed(interval_s=CAP_S - 1), changed(10)).interval_s == CAP_S


@pytest.mark.rule(
    "A poll at the wrong time steers nothing",
    source="Media Cloud rss-fetcher: 20 minutes early or late",
)
def test_a_poll_at_the_wrong_time_proves_nothing() -> None:
    late = feed(next_poll_at=NOW - timedelta(minutes=21))
    assert after_poll(late, changed(0)).interval_s == 3600
    early = feed(next_poll_at=NOW + timedelta(minutes=21))
    assert after_poll(early, changed(10)).interval_s == 3600


@pytest.mark.rule(
    "The first success after a failure steers nothing",
    source="Media Cloud rss-fetcher: two successes in a row",
)
def test_the_first_success_after_a_failure_steers_nothing() -> None:
    row = after_poll(feed(failure_weight=2.0, state="failing", problem="x"), changed(0))
    assert (row.interval_s, row.failure_weight, row.state, row.problem) == (3600, 0.0, "fine", None)


@pytest.mark.rule(
    "The first interval is half the time that the window spans",
    source="miniflux: entry_frequency, as a start",
)
@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (timedelta(hours=1), int(4.5 * 3600)),
        (timedelta(minutes=1), FLOOR_S),
        (timedelta(days=3), 6 * 3600),
        (None, FIRST_S),
    ],
)
def test_the_first_interval_is_half_the_window(every: timedelta | None, expected: int) -> None:
    outcome = changed(0, document=document(10, every=every))
    assert after_poll(new_feed(URL, "News", NOW), outcome).interval_s == expected


@pytest.mark.rule(
    "What a server asks for is a lower bound of the wait",
    source="RSS 2.0 (ttl, skipHours, skipDays), RSS 1.0 syndication module, RFC 9111, 5.2 and 5.3",
)
@pytest.mark.parametrize(
    ("fields", "least"),
    [
        ({"fresh_s": 7200.0}, 7200),
        ({"fresh_s": 1e9}, CAP_S),
        ({"document": document(cadence=Cadence(ttl_minutes=180))}, 10_800),
        ({"document": document(cadence=Cadence(update_minutes=240))}, 14_400),
    ],
)
def test_what_the_server_asks_for_is_a_lower_bound(fields: dict[str, Any], least: int) -> None:
    row = after_poll(feed(), changed(5, **fields))
    assert wait_s(row) == least
    assert row.interval_s == 3600


@pytest.mark.rule("The user's own bound counts", source="min_interval_minutes")
def test_the_users_own_bound_counts() -> None:
    assert wait_s(after_poll(feed(), changed(5), min_interval_s=9000)) == 9000


@pytest.mark.rule(
    "Skipped hours and days are left out",
    source="RSS 2.0: skipHours, skipDays; feedparser keeps the last hour only",
)
def test_skipped_hours_and_days_are_left_out() -> None:
    hours = Cadence(skip_hours=(12, 13, 14))
    row = after_poll(feed(), changed(5, document=document(cadence=hours)))
    assert row.next_poll_at == datetime(2024, 3, 6, 15, tzinfo=UTC)
    days = Cadence(skip_days=("Wednesday", "Thursday"))
    row = after_poll(feed(), changed(5, document=document(cadence=days)))
    assert row.next_poll_at == datetime(2024, 3, 8, tzinfo=UTC)
    never = Cadence(skip_hours=tuple(range(24)))
    assert wait_s(after_poll(feed(), changed(5, document=document(cadence=never)))) < 4000


@pytest.mark.rule(
    "Waits are spread by a tenth, the same way each time", source="lemon24/reader: jitter"
)
def test_jitter_is_within_a_tenth_and_the_same_again() -> None:
    waits = [
        wait_s(after_poll(replace(feed(), feed_id=number), changed(5))) for number in range(200)
    ]
    assert 3240 <= min(waits) < 3400 and 3800 < max(waits) <= 3960
    assert waits[7] == wait_s(after_poll(replace(feed(), feed_id=7), changed(5)))


# ---------------------------------------------------------------- what is learnt


def test_a_changed_feed_brings_its_facts() -> None:
    row = after_poll(feed(), changed(5, etag='"new"', last_modified="now"))
    assert (row.title, row.format, row.language) == ("News", "rss20", "en")
    assert (row.etag, row.last_modified, row.body_sha256) == ('"new"', "now", "new")
    assert row.last_changed_at == row.last_new_item_at == NOW
    assert after_poll(feed(), changed(10)).last_new_item_at == NOW - HOUR


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "A damaged feed is read as far as it goes, and it is said",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_a_damaged_feed_is_fine_but_told() -> None:
    broken = replace(document(), warnings=("it breaks off", "its encoding is wrong"))
    row = after_poll(feed(), changed(5, document=broken))
    assert (row.state, row.failure_weight) == ("fine", 0.0)
    assert row.problem == "The feed is damaged: it breaks off; its encoding is wrong."
    not_modified = PollOutcome(at=NOW, url=URL, status=304)
    assert after_poll(row, not_modified).problem == row.problem
    assert after_poll(replace(row, state="failing"), not_modified).problem is None
    assert after_poll(row, changed(5, body_sha256="newer")).problem is None


@pytest.mark.rule(
    "A changed feed that shares nothing has a possible gap",
    source="Media Cloud rss-fetcher: overlap as proof that nothing fell out of the window",
)
@pytest.mark.parametrize(
    ("row", "outcome", "gap"),
    [
        (feed(window_keys=(20, 21)), changed(0), NOW),
        (feed(window_keys=(9, 10, 11)), changed(1), None),
        (feed(), changed(0, items=0), None),
        (feed(last_success_at=None), changed(0), None),
        (feed(possible_gap_at=NOW - HOUR), changed(5), NOW - HOUR),
    ],
)
def test_a_feed_that_shares_nothing_may_have_lost_items(
    row: FeedRow, outcome: PollOutcome, gap: datetime | None
) -> None:
    assert after_poll(row, outcome).possible_gap_at == gap


# ---------------------------------------------------------------- failures


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "Failures weigh by their kind",
    source="Media Cloud rss-fetcher: hard 1, soft 0.5, temporary 0.25",
)
@pytest.mark.parametrize(
    ("reason", "status", "weight"),
    [
        ("http_403", 403, 1.0),
        ("http_410", 410, 1.0),
        ("bad_url", None, 1.0),
        ("blocked_address", None, 1.0),
        ("no_feed", 200, 1.0),
        ("http_404", 404, 0.5),
        ("http_429", 429, 0.5),
        ("http_500", 500, 0.5),
        ("dns", None, 0.5),
        ("timeout", None, 0.5),
        ("tls", None, 0.5),
        ("robots_unavailable", None, 0.25),
    ],
)
def test_failures_have_weights(reason: str, status: int | None, weight: float) -> None:
    row = after_poll(feed(failure_weight=1.0), failed(reason, status))
    assert row.failure_weight == 1.0 + weight
    assert row.problem == "It failed."
    assert row.last_polled_at == NOW and row.last_success_at == NOW - HOUR


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "The wait doubles up to a day, grows to thirty, and never ends",
    source="miniflux 149 and seven more: feeds that die silently after three errors",
)
@pytest.mark.parametrize(
    ("weight", "hours"),
    [(0.0, 2), (1.0, 4), (2.0, 8), (3.0, 16), (4.0, 24), (7.0, 24), (8.0, 48), (1000.0, 720)],
)
def test_the_wait_doubles_and_never_ends(weight: float, hours: int) -> None:
    row = after_poll(feed(failure_weight=weight), failed("bad_url"))
    assert 0.9 * hours * 3600 <= wait_s(row) <= 1.1 * hours * 3600
    assert row.state == "failing"


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "Retry-After is kept to, as seconds or as a date, up to a day",
    source="RFC 9110, 10.2.3; Media Cloud: 88 hours were seen",
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_to(status: int) -> None:
    row = after_poll(feed(), failed(f"http_{status}", status, retry_after_s=20_000.0))
    assert (wait_s(row), row.state) == (20_000, "resting")
    row = after_poll(feed(), failed(f"http_{status}", status, retry_after_s=5.0))
    assert wait_s(row) == 3600


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "A 410 seen on two days retires a feed; it is never asked again",
    source="RFC 9110, 15.5.11; FreshRSS PR 3561",
)
def test_a_410_is_confirmed_a_day_later_and_then_final() -> None:
    row = after_poll(feed(), failed("http_410", 410))
    assert (row.state, wait_s(row)) == ("gone", 86_400)
    row = after_poll(row, failed("http_410", 410))
    assert (row.state, row.next_poll_at) == ("retired", None)
    assert not is_due(row, NOW + timedelta(days=1000))
    back = after_poll(feed(state="gone", failure_weight=1.0), changed(5))
    assert back.state == "fine"


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "A 410 stands until the feed answers again, whatever fails in between",
    source="RFC 9110, 15.5.11; FreshRSS PR 3561",
)
@pytest.mark.parametrize("between", ["dns", "http_503", "resting", None])
def test_a_410_is_confirmed_by_the_next_whatever_fails_in_between(between: str | None) -> None:
    row = after_poll(feed(), failed("http_410", 410))
    if between is None:
        row = after_outage(row, failed("dns"))
    else:
        status = 503 if between == "http_503" else None
        row = after_poll(row, failed(between, status, retry_after_s=7200.0))
    assert (row.state, is_due(row, NOW + timedelta(days=2))) == ("gone", True)
    assert after_poll(row, failed("http_410", 410)).state == "retired"


@pytest.mark.area("Politeness")
@pytest.mark.rule("A site at rest is not blamed for it", source="FreshRSS 7760")
def test_a_site_at_rest_is_not_blamed() -> None:
    row = after_poll(feed(failure_weight=1.5), failed("resting", retry_after_s=7200.0))
    assert (row.state, row.failure_weight, row.failing_since_at) == ("resting", 1.5, None)
    assert wait_s(row) == 7200


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "Trouble has a beginning and an end",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_trouble_has_a_beginning_and_an_end() -> None:
    row = after_poll(feed(), failed("dns"))
    assert row.failing_since_at == NOW
    row = after_poll(row, replace(failed("dns"), at=NOW + HOUR))
    assert row.failing_since_at == NOW
    assert after_poll(row, changed(5)).failing_since_at is None


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "A page that failed is tried again ever more rarely",
    source="a page may be down for a while",
)
def test_pages_are_retried_ever_more_rarely() -> None:
    assert page_is_due(0, NOW, NOW)
    assert not page_is_due(1, NOW, NOW + timedelta(minutes=14))
    assert page_is_due(1, NOW, NOW + timedelta(minutes=15))
    assert not page_is_due(3, NOW, NOW + timedelta(minutes=59))
    assert page_is_due(20, NOW, NOW + timedelta(days=1))


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A clock set back stops nothing and forgets nothing", source="what a wrong clock noted is void"
)
def test_what_a_wrong_clock_noted_is_void() -> None:
    ahead = feed(last_polled_at=NOW + 9 * HOUR, next_poll_at=NOW + 10 * HOUR)
    assert is_due(ahead, NOW)
    assert page_is_due(20, NOW + HOUR, NOW)


# ---------------------------------------------------------------- from an exchange


def exchange(status: int, body: bytes = b"x", **headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange("feed", URL, URL, NOW, status=status, headers=pairs, body=body)


@pytest.mark.area("HTTP")
@pytest.mark.rule("Expires: 0 leaves nothing to ask with", source="miniflux; RFC 9111, 5.3")
def test_validators_are_taken_as_they_are_or_not_at_all() -> None:
    got = outcome_of(exchange(200, ETag='W/"a b"', Last_Modified="whenever"))
    assert (got.etag, got.last_modified, got.reason) == ('W/"a b"', "whenever", None)
    got = outcome_of(exchange(200, ETag='"a"', Expires="0"))
    assert got.etag is None


def test_a_bad_answer_is_a_reason_and_a_sentence() -> None:
    got = outcome_of(exchange(500, Retry_After="60"))
    assert (got.reason, got.retry_after_s) == ("http_500", 60)
    assert got.problem == f"{URL} answered with status 500."
    assert outcome_of(exchange(200)).with_problem("No feed.").reason == "no_feed"


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "An empty body is not taken for an unchanged one", source="Media Cloud rss-fetcher; body hash"
)
def test_an_empty_body_is_not_taken_for_unchanged() -> None:
    assert outcome_of(exchange(200, b"")).body_sha256 is not None
