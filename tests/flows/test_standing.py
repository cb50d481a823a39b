"""How feeds are told of: one sentence each, in words a person would use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.health.words import ago, between, clause, each, span, when
from flows.standing import feeds_in_words, headline, sentence
from warehouse.table import Table

NOW = datetime(2026, 3, 5, 13, 40)  # a Thursday, as the warehouse keeps it: UTC without a zone
CLOCK = NOW.replace(tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "http://a.test/feed"


def feed(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = dict(
        outlet="A", title="T", trouble=None, trouble_since_at=None, state="fine", is_active=True,
        problem=None, last_new_item_at=NOW - HOUR / 3, usual_gap_s=7200,
        next_poll_at=NOW + HOUR * 2 / 3, gap_since_at=None, gap_until_at=None, poll_url=URL,
        sighted_url=None, sighted_count=0, item_count=9, loaded_count=7, pending_count=0, url=URL,
    )  # fmt: skip
    assert changes.keys() <= values.keys()
    return values | {"state": changes.get("trouble") or "fine"} | changes


GAP = {"gap_since_at": NOW - 29 * HOUR, "gap_until_at": NOW - 24 * HOUR}
REFUSED = "The host a.test refused the connection."

SENTENCES: list[tuple[dict[str, Any], str]] = [
    ({}, "fine; last new item 20 minutes ago"),
    ({"last_new_item_at": None}, "fine; no item so far"),
    ({"state": "new", "next_poll_at": None}, "not asked yet; first try in the next run"),
    (
        {"trouble": "quiet", "trouble_since_at": NOW - 75 * HOUR},
        "quiet for 3 days, normally every 2 hours; next try 14:20",
    ),
    (
        {
            "trouble": "failing",
            "trouble_since_at": NOW - 52 * HOUR,
            "problem": REFUSED,
            "next_poll_at": NOW + 20 * HOUR,
        },
        "failing since Tuesday 09:40 (2 days): the host a.test refused the connection; "
        "next try in 20 hours",
    ),
    (
        {"trouble": "resting", "next_poll_at": NOW + HOUR * 4 / 3},
        "resting until 15:00: the site asked for a pause",
    ),
    (
        {"trouble": "gone", "next_poll_at": NOW + 22 * HOUR},
        "says that it is gone for good; last try in 22 hours",
    ),
    (
        {"trouble": "retired", "trouble_since_at": NOW - 300 * HOUR, "next_poll_at": None},
        "retired: gone for good since 21 February 01:40",
    ),
    (
        {"trouble": "possible_gap", "state": "fine", **GAP},
        "may have missed entries between 08:40 and 13:40 yesterday; last new item 20 minutes ago",
    ),
    (
        {"trouble": "resting", **GAP, "next_poll_at": None},
        "resting: the site asked for a pause; "
        "may have missed entries between 08:40 and 13:40 yesterday",
    ),
    (
        {"sighted_url": "https://b.test/", "sighted_count": 3},
        "fine; last new item 20 minutes ago; seems to have moved to https://b.test/ (seen 3 times)",
    ),
    (
        {"poll_url": "https://b.test/"},
        "fine; last new item 20 minutes ago; moved to https://b.test/",
    ),
    (
        {"problem": "The feed is damaged: cut off.", "pending_count": 2},
        "fine; last new item 20 minutes ago; the feed is damaged: cut off; 2 pages waiting",
    ),
    (
        {"state": "offline", "next_poll_at": NOW - HOUR},
        "not asked: this machine's network was down; next try in the next run",
    ),
    ({"is_active": False}, "not polled: paused, or no longer in the feed list"),
]


@pytest.mark.parametrize(("changes", "expected"), SENTENCES)
def test_a_feed_in_a_sentence(changes: dict[str, Any], expected: str) -> None:
    assert sentence(feed(**changes), CLOCK) == expected


def test_feeds_of_one_outlet_are_told_apart() -> None:
    records = [feed(), feed(title=None), feed(outlet="B")]
    table = Table(tuple(records[0]), tuple(tuple(one.values()) for one in records))
    assert [name for name, _ in feeds_in_words(table, CLOCK).rows] == ["A: T", f"A: {URL}", "B"]


def test_the_headline_counts() -> None:
    totals = {"feed_count": 1, "troubled_feed_count": 0, "quarantined_count": 0}
    assert headline(totals) == "1 feed, none in trouble. Times are UTC."
    totals = {"feed_count": 14, "troubled_feed_count": 6, "quarantined_count": 1}
    assert headline(totals) == "14 feeds, 6 in trouble. 1 failure in quarantine. Times are UTC."


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-26.0, "1 day ago"),
        (-2.5, "2 hours ago"),
        (0.0, "now"),
        (0.2, "in 12 minutes"),
        (72.0, "in 3 days"),
    ],
)
def test_how_long_ago(hours: float, words: str) -> None:
    assert ago(NOW + hours * HOUR, CLOCK) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1.0, "14:40"),
        (-24.0, "yesterday 13:40"),
        (24.0, "tomorrow 13:40"),
        (-72.0, "Monday 13:40"),
        (-24.0 * 30, "3 February 13:40"),
        (-24.0 * 90, "5 December 2025 13:40"),
    ],
)
def test_when(hours: float, words: str) -> None:
    assert when(NOW + hours * HOUR, CLOCK) == words


def test_a_time_between_two_days_names_both() -> None:
    assert between(NOW - HOUR, NOW, CLOCK) == "between 12:40 and 13:40 today"
    assert between(NOW - 24 * HOUR, NOW, CLOCK) == "between yesterday 13:40 and 13:40"


@pytest.mark.parametrize(
    ("seconds", "length", "rhythm"),
    [
        (20, "less than a minute", "every minute"),
        (3_599, "59 minutes", "every hour"),
        (5_400, "1 hour", "every 2 hours"),
        (86_400, "1 day", "every day"),
        (260_000, "3 days", "every 3 days"),
    ],
)
def test_lengths_and_rhythms(seconds: float, length: str, rhythm: str) -> None:
    assert (span(seconds), each(seconds)) == (length, rhythm)


def test_a_sentence_becomes_a_clause() -> None:
    assert clause("The host is down.") == "the host is down"
    assert clause("TLS failed.") == "TLS failed"
    assert clause(None) == ""
