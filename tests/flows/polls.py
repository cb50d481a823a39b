"""Feeds, documents and outcomes of polls for tests of the polling rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extractors.records import Cadence, DateCandidate, FeedDocument, FeedItem
from flows.polling import PollOutcome, new_feed
from warehouse.rows import FeedRow

NOW = datetime(2024, 3, 6, 12, 0, tzinfo=UTC)  # a Wednesday
URL = "https://news.example/rss"
HOUR = timedelta(hours=1)


def item(number: int, published: datetime | None = None) -> FeedItem:
    date = DateCandidate(published, "second", True, "rss", "") if published else None
    return FeedItem(
        str(number), "guid", str(number), None, None, None, None, (), date, None, None, ()
    )


def document(
    items: int = 10, cadence: Cadence | None = None, every: timedelta | None = None
) -> FeedDocument:
    entries = tuple(item(n, NOW - every * n if every else None) for n in range(items))
    return FeedDocument(
        "rss20", "News", None, None, None, "en", None, cadence or Cadence(), entries
    )


def changed(known: int, items: int = 10, **fields: object) -> PollOutcome:
    """An answer of `items` entries (keys 0, 1, ... from the top), the last `known` known before."""
    outcome = PollOutcome(at=NOW, url=URL, status=200, body_sha256="new", document=document(items))
    outcome = replace(outcome, keys=tuple(range(items)), items_known=known)
    return replace(outcome, **fields)  # type: ignore[arg-type]


def failed(reason: str, status: int | None = None, **fields: object) -> PollOutcome:
    outcome = PollOutcome(at=NOW, url=URL, status=status, reason=reason, problem="It failed.")
    return replace(outcome, **fields)  # type: ignore[arg-type]


def feed(**fields: object) -> FeedRow:
    """A feed that was polled an hour ago, punctually, and answers well."""
    row = replace(
        new_feed(URL, "News", NOW - 90 * 24 * HOUR),
        last_polled_at=NOW - HOUR,
        last_success_at=NOW - HOUR,
        last_new_item_at=NOW - HOUR,
        next_poll_at=NOW,
        interval_s=3600,
        body_sha256="old",
        etag='"old"',
        state="fine",
    )
    return replace(row, **fields)  # type: ignore[arg-type]


def wait_s(row: FeedRow) -> float:
    assert row.next_poll_at is not None
    return (row.next_poll_at - NOW).total_seconds()
