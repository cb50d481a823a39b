"""Polls: ask each feed, read what came, and say what it means for the feed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from extractors.errors import FeedError
from extractors.feeds import parse_feed
from extractors.records import stable_id
from flows.http import Client
from flows.ingest.discovery import Entry, entries
from flows.ingest.fetching import Fetcher
from flows.polling import (
    PollOutcome,
    after_outage,
    after_poll,
    damage,
    outcome_of,
    validators_for,
)
from warehouse.rows import FeedRow, QuarantineRow


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll gave: its outcome, and the feed's entries if it changed."""

    feed: FeedRow
    fetch_id: int
    outcome: PollOutcome
    entries: Sequence[Entry] = ()

    @property
    def failure(self) -> str | None:
        """Why the poll failed, in a sentence, if it did."""
        return (self.outcome.problem or self.outcome.reason) if self.outcome.reason else None

    @property
    def damage(self) -> str | None:
        """What could not be read of a feed that was, in a sentence."""
        return damage(self.outcome.document) if self.outcome.document else None

    @property
    def is_unchanged(self) -> bool:
        """Whether the feed answered with nothing to read."""
        return self.outcome.reason is None and self.outcome.document is None


async def poll(client: Client, fetcher: Fetcher, feed: FeedRow, now: datetime) -> Poll:
    """Poll a feed; never raises for what a server sends."""
    exchange, fetch_id = await fetcher.fetch(
        client, feed.url, "feed", feed_id=feed.feed_id, validators=validators_for(feed, now)
    )
    if not exchange.ok or exchange.body_sha256 == feed.body_sha256:
        return Poll(feed, fetch_id, outcome_of(exchange))
    try:
        document = await asyncio.to_thread(
            parse_feed, exchange.body, url=exchange.final_url, content_type=exchange.content_type
        )
    except FeedError as error:
        return Poll(feed, fetch_id, outcome_of(exchange).with_problem(error.problem))
    rows = entries(feed, document, fetch_id, exchange.fetched_at)
    return Poll(feed, fetch_id, outcome_of(exchange).with_document(document, 0), rows)


def polled_feed(
    poll: Poll,
    known: Mapping[int, frozenset[int]],
    *,
    is_offline: bool = False,
    min_interval_s: int = 0,
) -> FeedRow:
    """Return the feed as it stands after the poll; `known` maps known entries to their versions.

    While the network is down (`is_offline`), a failure changes nothing but the next try.
    """
    if is_offline and poll.outcome.reason is not None:
        return after_outage(poll.feed, poll.outcome)
    outcome = poll.outcome
    if outcome.document is not None:
        seen = sum(entry.row.item_key in known for entry in poll.entries)
        outcome = outcome.with_document(outcome.document, seen)
    return after_poll(poll.feed, outcome, min_interval_s=min_interval_s)


def unreadable(polls: Iterable[Poll], run_id: str) -> list[QuarantineRow]:
    """Return the answers that are no feed, to be kept in quarantine."""
    return [
        QuarantineRow(
            quarantine_id=stable_id("quarantine", "poll", poll.feed.url),
            run_id=run_id,
            stage="poll",
            subject=poll.feed.url,
            problem=poll.outcome.problem or "",
            detail=None,
            fetch_id=poll.fetch_id,
            seen_at=poll.outcome.at,
        )
        for poll in polls
        if poll.outcome.reason == "no_feed"
    ]
