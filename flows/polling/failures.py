"""What a failed poll means: how heavy it weighs, how long to wait, and when a feed is given up.

Failures weigh 1 (ours to settle), 0.5 (theirs) or 0.25 (nobody asked); the wait doubles with each
whole unit up to a day, then grows to thirty days, and never ends: only a 410, seen on two days,
retires a feed. A site that asked for a rest is not blamed for getting it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flows.polling.cadence import CAP_S, DAY_S, FLOOR_S, jitter
from flows.polling.outcome import PollOutcome
from warehouse.rows import FeedRow

LONGEST_DAYS = 30
LOST_WEIGHT = 4.0
"""From this weight on, a feed that had moved is looked for where it is listed."""

_OURS_TO_SETTLE = frozenset({"bad_url", "blocked_address", "redirects", "no_feed", "too_big"})
_SOFT_STATUS = frozenset({404, 408, 425, 429})


def after_failure(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` as it is after a poll that failed."""
    if outcome.reason == "resting":
        return _after_rest(row, outcome)
    weight = row.failure_weight + weight_of(outcome)
    state, next_poll = _verdict(row, outcome, weight)
    state = state if state == "retired" else _unless_gone(row, state)
    return replace(
        row,
        last_polled_at=outcome.at,
        next_poll_at=next_poll,
        failure_weight=weight,
        failing_since_at=row.failing_since_at or outcome.at,
        state=state,
        problem=outcome.problem,
        poll_url=row.url if weight >= LOST_WEIGHT else row.poll_url,
    )


def after_outage(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` after a poll that our own network spoilt: no counter moves."""
    soon = outcome.at + timedelta(seconds=FLOOR_S)
    problem = "This machine's network seems to be down."
    state = _unless_gone(row, "offline")
    return replace(row, state=state, next_poll_at=soon, problem=problem)


def weight_of(outcome: PollOutcome) -> float:
    """Return how heavy the failure weighs."""
    if outcome.reason == "robots_unavailable":
        return 0.25
    status = outcome.status or 0
    hard_status = 400 <= status < 500 and status not in _SOFT_STATUS
    return 1.0 if outcome.reason in _OURS_TO_SETTLE or hard_status else 0.5


def _after_rest(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` of a feed that was not even asked, because its site rests."""
    wait = max(outcome.retry_after_s or 0.0, FLOOR_S)
    until = outcome.at + timedelta(seconds=round(wait))
    state = _unless_gone(row, "resting")
    return replace(row, state=state, next_poll_at=until, problem=outcome.problem)


def _unless_gone(row: FeedRow, state: str) -> str:
    """Return the state of a feed that failed: a 410 stands until the feed answers again."""
    return row.state if row.state == "gone" else state


def _verdict(row: FeedRow, outcome: PollOutcome, weight: float) -> tuple[str, datetime | None]:
    """Return the state of a feed that failed, and when to try again."""
    if outcome.status == 410:
        confirmed = row.state == "gone"
        tomorrow = outcome.at + timedelta(days=1)
        return ("retired", None) if confirmed else ("gone", tomorrow)
    wait = _backoff_s(row.interval_s, weight) * jitter(row, outcome.at)
    if outcome.status in (429, 503) and outcome.retry_after_s is not None:
        wait = max(outcome.retry_after_s, min(row.interval_s, CAP_S))
        return "resting", outcome.at + timedelta(seconds=round(wait))
    return "failing", outcome.at + timedelta(seconds=round(wait))


def _backoff_s(interval_s: int, weight: float) -> float:
    """Double the wait with each whole unit of weight, up to a day; then add days, up to thirty."""
    doubled = min(max(interval_s, FLOOR_S) * 2.0 ** min(int(weight), 16), DAY_S)
    days = min(max(1, int(weight) - 7), LONGEST_DAYS)
    return doubled * days if doubled >= DAY_S else doubled
