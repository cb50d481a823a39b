"""Where a feed is: redirects, https twins, and what is needed to believe them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.http import Exchange
from flows.polling import PollOutcome, after_poll, https_twin, outcome_of
from tests.flows.polls import HOUR, NOW, URL, changed, failed, feed
from warehouse.rows import FeedRow

pytestmark = pytest.mark.area("HTTP")

TARGET = "https://news.example/new"
DAY = timedelta(days=1)
REDIRECTS = "RFC 9110, 15.4.2 and 15.4.9; RSSOwl and NewsBlur wait for repeated sightings"
TWIN = "NewsBlur PR 2132: 69 feeds silent for eleven weeks after a port was closed"


def polled(row: FeedRow, days: float, found_at: str | None = TARGET, **fields: object) -> FeedRow:
    """The feed after a poll `days` from now that found it, unchanged, at `found_at`."""
    same = PollOutcome(NOW + days * DAY, URL, status=304, found_at=found_at)
    return after_poll(row, replace(same, **fields))  # type: ignore[arg-type]


def sighted(times: int, step_days: float, row: FeedRow | None = None) -> FeedRow:
    row = row or feed()
    for number in range(times):
        row = polled(row, number * step_days)
    return row


@pytest.mark.rule("A feed moves after five sightings over a week", source=REDIRECTS)
def test_a_move_is_believed_after_five_sightings_over_a_week() -> None:
    row = sighted(5, 2)
    assert (row.poll_url, row.previous_urls) == (TARGET, (URL,))
    assert (row.url, row.feed_id) == (URL, feed().feed_id)
    assert (row.sighted_url, row.sighted_count) == (None, 0)


@pytest.mark.rule("Many sightings on one day move nothing", source=REDIRECTS)
def test_many_sightings_in_a_short_time_move_nothing() -> None:
    row = sighted(50, 0.1)
    assert (row.poll_url, row.sighted_count) == (URL, 50)


@pytest.mark.rule("Few sightings move nothing, however long they last", source=REDIRECTS)
def test_few_sightings_move_nothing() -> None:
    assert sighted(4, 10).poll_url == URL


@pytest.mark.rule("Another target begins the count anew", source=REDIRECTS)
def test_another_target_begins_anew() -> None:
    row = polled(sighted(4, 3), 12, "https://news.example/third")
    assert (row.sighted_count, row.sighted_url) == (1, "https://news.example/third")
    assert row.sighted_since_at == NOW + 12 * DAY


@pytest.mark.rule("One answer without the redirect ends the count", source=REDIRECTS)
def test_an_answer_from_the_old_address_ends_the_count() -> None:
    row = polled(sighted(4, 3), 12, None)
    assert (row.sighted_url, row.sighted_count, row.sighted_since_at) == (None, 0, None)


@pytest.mark.rule("A failure in between does not end the count", source=REDIRECTS)
def test_a_failure_says_nothing_of_the_address() -> None:
    row = after_poll(sighted(4, 3), failed("timeout"))
    assert row.sighted_count == 4


@pytest.mark.rule("A redirect to another feed is followed, but never adopted", source=REDIRECTS)
def test_a_stranger_is_not_adopted() -> None:
    row = feed(window_keys=(100, 101, 102))
    for number in range(8):
        stranger = replace(changed(0), at=NOW + 2 * number * DAY, found_at=TARGET)
        row = replace(after_poll(row, stranger), window_keys=(100, 101, 102), body_sha256="old")
    assert (row.poll_url, row.sighted_url, row.sighted_count) == (URL, TARGET, 0)


@pytest.mark.rule("Half of the entries known make it the same feed", source=REDIRECTS)
@pytest.mark.parametrize(("window", "count"), [((5, 6, 7, 8, 9, 20), 1), ((9, 20, 21, 22), 0)])
def test_half_of_the_entries_must_be_known(window: tuple[int, ...], count: int) -> None:
    row = after_poll(feed(window_keys=window), changed(5, found_at=TARGET))
    assert row.sighted_count == count


@pytest.mark.rule("https is never left for http", source="RFC 9110, 17")
def test_https_is_never_left() -> None:
    row = feed(poll_url="https://news.example/rss")
    assert polled(row, 0, "http://news.example/new").sighted_url is None


@pytest.mark.rule("A feed lost after its move is looked for where it is listed", source=REDIRECTS)
def test_a_lost_feed_is_looked_for_at_its_listed_address() -> None:
    row = feed(poll_url=TARGET, previous_urls=(URL,), failure_weight=2.0)
    row = after_poll(row, failed("http_403", 403))
    assert row.poll_url == TARGET
    assert after_poll(row, failed("http_403", 403)).poll_url == URL


def exchange(*hops: tuple[int, str], final: str = TARGET) -> Exchange:
    chain = [Exchange("feed", url, URL, NOW, status=status) for status, url in hops]
    return Exchange("feed", final, URL, NOW, status=200, redirects=tuple(chain))


@pytest.mark.rule(
    "Only 301 and 308 are permanent, and only up to the first other", source=REDIRECTS
)
@pytest.mark.parametrize(
    ("hops", "found_at"),
    [
        (((301, URL),), TARGET),
        (((308, URL), (301, "https://a.example/")), TARGET),
        (((301, URL), (302, "https://a.example/")), "https://a.example/"),
        (((302, URL), (301, "https://a.example/")), None),
        (((307, URL),), None),
        ((), None),
    ],
)
def test_permanent_redirects_count(hops: tuple[tuple[int, str], ...], found_at: str | None) -> None:
    assert outcome_of(exchange(*hops)).found_at == found_at


@pytest.mark.rule("A dead http address is asked again over https", source=TWIN)
@pytest.mark.parametrize(
    ("url", "reason", "twin"),
    [
        (URL.replace("https", "http"), "refused", URL),
        (URL.replace("https", "http"), "timeout", URL),
        (URL.replace("https", "http"), "unreachable", URL),
        (URL.replace("https", "http"), "http_404", None),
        (URL.replace("https", "http"), "dns", None),
        (URL.replace("https", "http"), None, None),
        (URL, "refused", None),
        ("http://news.example:8080/rss", "refused", None),
    ],
)
def test_the_https_twin_of_a_dead_address(url: str, reason: str | None, twin: str | None) -> None:
    assert https_twin(url, reason) == twin


def test_the_moment_of_adoption_is_the_week_after_the_first_sighting() -> None:
    row = sighted(5, 1)
    assert row.poll_url == URL
    assert polled(row, 7 - 1 / 24).poll_url == URL
    assert polled(row, 7).poll_url == TARGET
    assert row.sighted_since_at == NOW
    assert HOUR < DAY
