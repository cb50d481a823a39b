"""When to ask a feed again, where, and what a poll changes in what is known of it.

Pure functions: rows and outcomes in, rows out; the time is in the outcome.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from extractors.records import FeedDocument, stable_id
from flows.polling.cadence import CAP_S, FIRST_S, MINUTE_S, adapted, asked_for_s, longer, next_poll
from flows.polling.continuity import continuity
from flows.polling.failures import after_failure, after_outage
from flows.polling.moves import https_twin, sighted
from flows.polling.outage import Attempt, down_since, is_spoilt
from flows.polling.outcome import PollOutcome, outcome_of
from flows.polling.validators import are_stale, validators_for
from warehouse.rows import FeedRow

__all__ = [
    "Attempt",
    "PollOutcome",
    "after_outage",
    "after_poll",
    "continuity",
    "damage",
    "down_since",
    "https_twin",
    "is_due",
    "is_spoilt",
    "new_feed",
    "outcome_of",
    "page_is_due",
    "validators_for",
]

SMOOTHING = 0.25
FADING = 0.98


def new_feed(url: str, outlet_name: str, now: datetime, *, is_active: bool = True) -> FeedRow:
    """Return the row of a feed that was never polled."""
    return FeedRow(
        feed_id=stable_id("feed", url), url=url, outlet_name=outlet_name, title=None, home_url=None,
        format=None, language=None, is_active=is_active, added_at=now, etag=None,
        last_modified=None, body_sha256=None, last_polled_at=None, last_success_at=None,
        last_changed_at=None, last_new_item_at=None, next_poll_at=None, interval_s=FIRST_S,
        failure_weight=0.0, state="new", problem=None, possible_gap_at=None, poll_url=url,
    )  # fmt: skip


def is_due(row: FeedRow, now: datetime) -> bool:
    """Tell whether a feed is to be polled.

    A last poll in the future means that the clock was wrong then: what follows from it is void.
    """
    if not row.is_active or row.state == "retired":
        return False
    if row.next_poll_at is None or row.next_poll_at <= now:
        return True
    return row.last_polled_at is not None and row.last_polled_at > now


def page_is_due(attempts: int, last_try: datetime, now: datetime) -> bool:
    """Tell whether a pending page is to be tried again: after 15 min, 30 min, ... a day."""
    if not attempts or last_try > now:
        return True
    wait = min(15 * MINUTE_S * 2 ** (attempts - 1), CAP_S)
    return now >= last_try + timedelta(seconds=wait)


def damage(document: FeedDocument) -> str | None:
    """Return a sentence about what could not be read of a feed, or None."""
    return f"The feed is damaged: {'; '.join(document.warnings)}." if document.warnings else None


def after_poll(row: FeedRow, outcome: PollOutcome, *, min_interval_s: int = 0) -> FeedRow:
    """Return `row` as it is after a poll; `min_interval_s` is the user's own lower bound."""
    if outcome.reason is not None:
        return after_failure(row, outcome)
    row = sighted(row, outcome)
    unchanged = outcome.status == 304 or outcome.body_sha256 == row.body_sha256
    row = _after_unchanged(row, outcome) if unchanged else _after_change(row, outcome)
    least = max(asked_for_s(outcome), min_interval_s)
    return replace(
        row,
        last_polled_at=outcome.at,
        last_success_at=outcome.at,
        next_poll_at=next_poll(row, outcome, least),
        failure_weight=0.0,
        failing_since_at=None,
        state="fine",
    )


def _after_unchanged(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    return replace(
        row,
        etag=outcome.etag or row.etag,
        last_modified=outcome.last_modified or row.last_modified,
        interval_s=longer(row, outcome, changed=False),
        problem=row.problem if row.state == "fine" else None,
    )


def _after_change(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    document = outcome.document
    lost = continuity(row, outcome) == "possible_gap"
    row = replace(row, distrusts_validators=row.distrusts_validators or are_stale(row, outcome))
    row = _with_news(row, outcome) if outcome.has_new else row
    return replace(
        row,
        title=document.title if document else row.title,
        home_url=document.home_url if document else row.home_url,
        format=document.format if document else row.format,
        language=document.language if document else row.language,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        body_sha256=outcome.body_sha256,
        last_changed_at=outcome.at,
        interval_s=adapted(row, outcome),
        possible_gap_at=outcome.at if lost else row.possible_gap_at,
        problem=damage(document) if document else None,
        window_keys=outcome.keys or row.window_keys,
    )


def _with_news(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` with the time since the last new entry counted as one more gap of its kind."""
    if row.last_new_item_at is None or row.last_new_item_at >= outcome.at:
        return replace(row, last_new_item_at=outcome.at)
    gap = (outcome.at - row.last_new_item_at).total_seconds()
    usual = gap if row.usual_gap_s is None else row.usual_gap_s
    longest = FADING * (row.longest_gap_s or 0)
    return replace(
        row,
        last_new_item_at=outcome.at,
        news_gap_count=row.news_gap_count + 1,
        usual_gap_s=round(usual + SMOOTHING * (gap - usual)),
        longest_gap_s=round(max(gap, longest)),
    )
