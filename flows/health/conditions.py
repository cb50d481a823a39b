"""When a feed's state is an incident. Pure: the time is the poll's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.health.words import each, span
from warehouse.rows import FeedRow, IncidentKind, PollRow

FAILING_WEIGHT = 2.0
"""Two hard failures in a row or four soft ones: one bad answer wakes nobody."""
FAILING_TIME = timedelta(days=1)
"""However lightly its failures weigh, a feed that was not had for a day is an incident."""

QUIET_USUAL, QUIET_LONGEST = 5, 2
"""A feed is quiet after so many usual gaps, and so many of its longest: nights, weekends."""
QUIET_LEAST = timedelta(hours=6)
QUIET_MEASURED = 5
"""So many gaps must have been measured before one can be called too long."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong, in a sentence, and since when."""

    problem: str
    since: datetime


def judged(feed: FeedRow, poll: PollRow | None) -> dict[IncidentKind, Condition | None]:
    """Return what is known of the feed's conditions; one that is left out cannot be told."""
    over: dict[IncidentKind, Condition | None] = dict.fromkeys(("failing", "retired", "quiet"))
    if poll is None:
        return {} if feed.is_active else over
    if feed.state == "retired":
        gone = Condition("The site says that the feed is gone for good (410).", poll.polled_at)
        return over | {"retired": gone}
    if poll.outcome in ("changed", "unchanged"):
        return over | {"quiet": quiet(feed, poll)}
    condition = failing(feed, poll) if poll.outcome in ("failed", "resting") else None
    return {"failing": condition} if condition else {}


def failing(feed: FeedRow, poll: PollRow) -> Condition | None:
    """Return the condition of a feed that failed often or long enough, else None."""
    since = feed.failing_since_at or poll.polled_at
    if feed.failure_weight < FAILING_WEIGHT and poll.polled_at - since < FAILING_TIME:
        return None
    return Condition(poll.problem or feed.problem or "It gives no readable answer.", since)


def quiet(feed: FeedRow, poll: PollRow) -> Condition | None:
    """Return the condition of a feed that answers and has had nothing new for too long."""
    since, usual = feed.last_new_item_at, feed.usual_gap_s
    if since is None or usual is None or feed.news_gap_count < QUIET_MEASURED:
        return None
    silence = poll.polled_at - since
    if silence <= quiet_after(usual, feed.longest_gap_s or usual):
        return None
    return Condition(
        f"It answers, and has had nothing new for {span(silence.total_seconds())}; normally there "
        f"is something {each(usual)}.",
        since,
    )


def quiet_after(usual_gap_s: int, longest_gap_s: int) -> timedelta:
    """Return how long a feed with these gaps may have nothing new."""
    seconds = max(QUIET_USUAL * usual_gap_s, QUIET_LONGEST * longest_gap_s)
    return max(timedelta(seconds=seconds), QUIET_LEAST)
