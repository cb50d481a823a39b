"""What happens to a feed once, and is over when it is found: a gap, a move, distrust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flows.health.words import stated
from warehouse.rows import FeedRow, IncidentKind, PollRow


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a feed, in a sentence, and in which time."""

    kind: IncidentKind
    feed: FeedRow
    problem: str
    since: datetime
    until: datetime


def events(before: FeedRow | None, feed: FeedRow, poll: PollRow) -> Iterator[Event]:
    """Yield what a poll brought about in a feed, given its row before and after."""
    at = poll.polled_at
    if poll.continuity == "possible_gap":
        yield Event("possible_gap", feed, _gap(poll), poll.since_at or at, at)
    if len(feed.previous_urls) > len(before.previous_urls if before else ()):
        moved = f"It moved to {feed.poll_url} for good and is polled there now."
        yield Event("moved", feed, moved, at, at)
    if feed.distrusts_validators and not (before and before.distrusts_validators):
        said = "It changed while its validators did not; it is asked unconditionally from now on."
        yield Event("distrusted_validators", feed, said, at, at)


def _gap(poll: PollRow) -> str:
    since = f"between {stated(poll.since_at)} and" if poll.since_at else "before"
    return (
        f"Entries {since} {stated(poll.polled_at)} (UTC) may have been missed: the answer does not "
        f"reach back to the one before; it shares {poll.shared_count} of {poll.item_count} entries."
    )
