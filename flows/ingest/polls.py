"""Polls: ask each feed, read what came, and say what it means for the feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.errors import ClaimwireError
from extractors.records import stable_id
from flows.http import Client
from flows.ingest.discovery import Entry, entries
from flows.ingest.fetching import Fetcher
from flows.ingest.world import Readers
from flows.polling import (
    Attempt,
    PollOutcome,
    after_outage,
    after_poll,
    continuity,
    damage,
    https_twin,
    outcome_of,
    validators_for,
)
from flows.reading import FeedPage
from flows.urls import host_of
from warehouse.rows import FeedRow, Outcome, PollRow, QuarantineRow


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll gave: its outcome, and the feed's entries if it changed."""

    feed: FeedRow
    fetch_id: int
    outcome: PollOutcome
    entries: Sequence[Entry] = ()
    is_spoilt: bool = False

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

    @property
    def attempt(self) -> Attempt:
        """What the poll says of our own network."""
        outcome = self.outcome
        was_well = self.feed.state in ("new", "fine")
        return Attempt(outcome.at, host_of(outcome.url), outcome.reason, was_well)

    @property
    def word(self) -> Outcome:
        """What the poll came to, in a word."""
        if self.is_spoilt:
            return "offline"
        if self.outcome.reason is not None:
            return "resting" if self.outcome.reason == "resting" else "failed"
        return "unchanged" if self.is_unchanged else "changed"


async def poll(
    client: Client, fetcher: Fetcher, readers: Readers, feed: FeedRow, now: datetime
) -> Poll:
    """Poll a feed; never raises for what a server sends.

    A dead http address is asked again over https; what answers there counts.
    """
    first = await _ask(client, fetcher, readers, feed, feed.poll_url, now)
    twin = https_twin(feed.poll_url, first.outcome.reason)
    if twin is None:
        return first
    second = await _ask(client, fetcher, readers, feed, twin, now)
    if second.outcome.reason is not None:
        return first
    return replace(second, outcome=replace(second.outcome, found_at=twin))


async def _ask(
    client: Client, fetcher: Fetcher, readers: Readers, feed: FeedRow, url: str, now: datetime
) -> Poll:
    exchange, fetch_id = await fetcher.fetch(
        client, url, "feed", feed_id=feed.feed_id, validators=validators_for(feed, now)
    )
    outcome = outcome_of(exchange)
    if not exchange.ok or exchange.body_sha256 == feed.body_sha256:
        return Poll(feed, fetch_id, outcome)
    document = await readers.read_feed(
        FeedPage(exchange.final_url, exchange.body, exchange.content_type)
    )
    if isinstance(document, ClaimwireError):
        return Poll(feed, fetch_id, outcome.with_problem(document.problem))
    rows = entries(feed, document, fetch_id, exchange.fetched_at)
    keys = tuple(dict.fromkeys(entry.row.item_key for entry in rows))
    return Poll(feed, fetch_id, outcome.with_document(document, keys), rows)


def compared(poll: Poll, known: Mapping[int, frozenset[int]]) -> Poll:
    """Return the poll with its entries compared to the `known` ones (versions by entry)."""
    seen = sum(entry.row.item_key in known for entry in poll.entries)
    return replace(poll, outcome=replace(poll.outcome, items_known=seen))


def polled_feed(poll: Poll, *, min_interval_s: int = 0) -> FeedRow:
    """Return the feed as it stands after the poll.

    One that our own network spoilt changes nothing but the next try.
    """
    if poll.is_spoilt:
        return after_outage(poll.feed, poll.outcome)
    return after_poll(poll.feed, poll.outcome, min_interval_s=min_interval_s)


def poll_row(poll: Poll, run_id: str) -> PollRow:
    """Return what the poll is remembered by."""
    outcome = poll.outcome
    shared = set(outcome.keys) & set(poll.feed.window_keys)
    return PollRow(
        poll_id=poll.fetch_id,
        run_id=run_id,
        feed_id=poll.feed.feed_id,
        polled_at=outcome.at,
        outcome=poll.word,
        problem=poll.failure,
        status_code=outcome.status,
        since_at=poll.feed.last_success_at,
        item_count=outcome.items_total,
        new_count=outcome.items_total - outcome.items_known,
        shared_count=len(shared),
        continuity=continuity(poll.feed, outcome) if outcome.reason is None else None,
    )


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
