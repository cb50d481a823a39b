"""When to ask a feed again, and what a poll changes in what is known of it.

Pure functions: rows and outcomes in, rows out; the time is in the outcome.

The interval follows overlap, as Media Cloud's rss-fetcher does: a poll should find 33 to 67 % of
the items it has seen before. More, and we ask too often; less, and items may fall out of the feed's
window between two polls. A changed feed that shares no item with what was known may have lost some
already: `possible_gap_at` says when. The first interval is half the time that the window spans.
What a server asks for (ttl, Cache-Control, Expires, sy:, skipHours, Retry-After) bounds it.

Failures weigh 1 (ours to settle), 0.5 (theirs) or 0.25 (nobody asked); the wait doubles with each
whole unit up to a day, then grows to thirty days, and never ends: only a 410, seen on two days,
retires a feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import ada_url

from extractors.records import Cadence, FeedDocument, stable_id
from flows.http.exchange import Exchange, Validators
from flows.http.waits import DAY_S, fresh_s, retry_after_s
from warehouse.rows import FeedRow

MINUTE_S = 60
HOUR_S = 3600
FLOOR_S = 10 * MINUTE_S
FIRST_S = HOUR_S
FIRST_CAP_S = 6 * HOUR_S
CAP_S = 24 * HOUR_S
LONGEST_DAYS = 30
PUNCTUAL_S = 20 * MINUTE_S
JITTER = 0.1

_OURS_TO_SETTLE = frozenset({"bad_url", "blocked_address", "redirects", "no_feed", "too_big"})
_NOBODY_ASKED = frozenset({"host_down", "resting", "robots_unavailable"})
_NETWORK = frozenset({"dns", "unreachable", "connection"})
_SOFT_STATUS = frozenset({404, 408, 425, 429})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What one poll came to; `items_known` of the document's items had been seen before."""

    at: datetime
    url: str
    status: int | None = None
    reason: str | None = None
    problem: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    retry_after_s: float | None = None
    fresh_s: float | None = None
    document: FeedDocument | None = None
    items_known: int = 0

    @property
    def items_total(self) -> int:
        """How many items the document holds."""
        return len(self.document.items) if self.document else 0

    @property
    def cadence(self) -> Cadence:
        """What the document says about when to come back."""
        return self.document.cadence if self.document else Cadence()

    def with_document(self, document: FeedDocument, items_known: int) -> PollOutcome:
        """Return the outcome with what was read from the body."""
        return replace(self, document=document, items_known=items_known)

    def with_problem(self, problem: str) -> PollOutcome:
        """Return the outcome of a body that is no feed, with a sentence why."""
        return replace(self, reason="no_feed", problem=problem)


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
    """Tell whether a feed is to be polled."""
    if not row.is_active or row.state == "retired":
        return False
    return row.next_poll_at is None or row.next_poll_at <= now


def validators_for(row: FeedRow, now: datetime) -> Validators:
    """Return what makes the next request conditional: nothing, once a day.

    Some servers never change their validators; the one unconditional poll a day, at an hour of the
    feed's own, finds that out.
    """
    if row.last_polled_at is None or _own_day(row, now) != _own_day(row, row.last_polled_at):
        return Validators()
    return Validators(row.etag, row.last_modified)


def outcome_of(exchange: Exchange) -> PollOutcome:
    """Return the outcome of a poll as far as HTTP goes."""
    failure = exchange.failure()
    stale = (exchange.header("expires") or "").strip() == "0"
    return PollOutcome(
        at=exchange.fetched_at,
        url=exchange.first_url,
        status=exchange.status,
        reason=exchange.reason,
        problem=failure.problem if failure else None,
        etag=None if stale else exchange.header("etag"),
        last_modified=None if stale else exchange.header("last-modified"),
        body_sha256=exchange.body_sha256,
        retry_after_s=retry_after_s(exchange),
        fresh_s=fresh_s(exchange),
    )


def after_poll(row: FeedRow, outcome: PollOutcome, *, min_interval_s: int = 0) -> FeedRow:
    """Return `row` as it is after a poll; `min_interval_s` is the user's own lower bound."""
    if outcome.reason is not None:
        return _after_failure(row, outcome)
    unchanged = outcome.status == 304 or outcome.body_sha256 == row.body_sha256
    row = _after_unchanged(row, outcome) if unchanged else _after_change(row, outcome)
    least = max(_asked_for_s(outcome), min_interval_s)
    return replace(
        row,
        last_polled_at=outcome.at,
        last_success_at=outcome.at,
        next_poll_at=_next_poll(row, outcome, least),
        failure_weight=0.0,
        state="fine",
    )


def damage(document: FeedDocument) -> str | None:
    """Return a sentence about what could not be read of a feed, or None."""
    return f"The feed is damaged: {'; '.join(document.warnings)}." if document.warnings else None


def is_outage(outcomes: Iterable[PollOutcome]) -> bool:
    """Tell whether so many hosts fail on the way that it must be our own network."""
    failed: dict[str, bool] = {}
    for outcome in outcomes:
        host = _host(outcome.url)
        failed[host] = failed.get(host, True) and outcome.reason in _NETWORK
    return sum(failed.values()) >= max(3, 0.8 * len(failed))


def after_outage(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` after a poll that our own network spoilt: no counter moves."""
    soon = outcome.at + timedelta(seconds=FLOOR_S)
    return replace(row, next_poll_at=soon, problem="This machine's network seems to be down.")


def page_is_due(attempts: int, last_try: datetime, now: datetime) -> bool:
    """Tell whether a pending page is to be tried again: after 15 min, 30 min, ... a day."""
    if not attempts:
        return True
    wait = min(15 * MINUTE_S * 2 ** (attempts - 1), CAP_S)
    return now >= last_try + timedelta(seconds=wait)


# ---------------------------------------------------------------- success


def _after_unchanged(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    return replace(
        row,
        etag=outcome.etag or row.etag,
        last_modified=outcome.last_modified or row.last_modified,
        interval_s=_longer(row, outcome, changed=False),
        problem=row.problem if row.state == "fine" else None,
    )


def _after_change(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    document = outcome.document
    has_new = outcome.items_known < outcome.items_total
    lost = bool(row.last_success_at and outcome.items_total and not outcome.items_known)
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
        last_new_item_at=outcome.at if has_new else row.last_new_item_at,
        interval_s=_adapted(row, outcome),
        possible_gap_at=outcome.at if lost else row.possible_gap_at,
        problem=damage(document) if document else None,
    )


def _adapted(row: FeedRow, outcome: PollOutcome) -> int:
    """Return the interval after a poll that found a changed feed."""
    if row.last_success_at is None:
        return _first_interval(outcome)
    if row.failure_weight or not outcome.items_total:
        return row.interval_s
    seen = outcome.items_known / outcome.items_total
    if seen > 0.67:
        return _longer(row, outcome, changed=True)
    if seen < 0.33 and _lateness_s(row, outcome) <= PUNCTUAL_S:
        return max(FLOOR_S, row.interval_s // 2)
    return row.interval_s


def _longer(row: FeedRow, outcome: PollOutcome, *, changed: bool) -> int:
    """Return a longer interval, unless the poll came too early to tell."""
    if row.failure_weight or _lateness_s(row, outcome) < -PUNCTUAL_S:
        return row.interval_s
    recent = row.last_new_item_at and outcome.at - row.last_new_item_at < timedelta(days=31)
    step = FLOOR_S if changed or recent else HOUR_S
    return max(row.interval_s, min(row.interval_s + step, CAP_S))


def _first_interval(outcome: PollOutcome) -> int:
    """Return half the time that the feed's window spans: half of it will be new by then."""
    items = outcome.document.items if outcome.document else ()
    dates = [item.published.value for item in items if item.published is not None]
    dates = [date for date in dates if date <= outcome.at]
    if len(dates) < 2:
        return FIRST_S
    span = (max(dates) - min(dates)).total_seconds()
    return int(min(max(span / 2, FLOOR_S), FIRST_CAP_S))


def _lateness_s(row: FeedRow, outcome: PollOutcome) -> float:
    return (outcome.at - row.next_poll_at).total_seconds() if row.next_poll_at else 0.0


def _asked_for_s(outcome: PollOutcome) -> float:
    """Return how long the feed asks to be left alone, at most a day."""
    asked = (
        outcome.fresh_s or 0.0,
        60.0 * (outcome.cadence.ttl_minutes or 0),
        60.0 * (outcome.cadence.update_minutes or 0),
    )
    return min(max(asked), CAP_S)


def _next_poll(row: FeedRow, outcome: PollOutcome, least_s: float) -> datetime:
    wait = max(least_s, row.interval_s * _jitter(row, outcome.at))
    return _outside_skipped(outcome.at + timedelta(seconds=round(wait)), outcome.cadence)


def _outside_skipped(moment: datetime, cadence: Cadence) -> datetime:
    """Return the first moment from `moment` on that is in no skipped hour and day (UTC)."""
    days = {name.lower() for name in cadence.skip_days}
    if len(days) >= 7 or len(set(cadence.skip_hours)) >= 24:
        return moment
    while _WEEKDAYS[moment.weekday()] in days or moment.hour in cadence.skip_hours:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


# ---------------------------------------------------------------- failure


def _after_failure(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    weight = row.failure_weight + _weight(outcome)
    state, next_poll = _verdict(row, outcome, weight)
    return replace(
        row,
        last_polled_at=outcome.at,
        next_poll_at=next_poll,
        failure_weight=weight,
        state=state,
        problem=outcome.problem,
    )


def _verdict(row: FeedRow, outcome: PollOutcome, weight: float) -> tuple[str, datetime | None]:
    """Return the state of a feed that failed, and when to try again."""
    if outcome.status == 410:
        confirmed = row.state == "gone"
        tomorrow = outcome.at + timedelta(days=1)
        return ("retired", None) if confirmed else ("gone", tomorrow)
    wait = _backoff_s(row.interval_s, weight) * _jitter(row, outcome.at)
    if outcome.status in (429, 503) and outcome.retry_after_s is not None:
        wait = max(outcome.retry_after_s, min(row.interval_s, CAP_S))
        return "resting", outcome.at + timedelta(seconds=round(wait))
    return "failing", outcome.at + timedelta(seconds=round(wait))


def _weight(outcome: PollOutcome) -> float:
    if outcome.reason in _NOBODY_ASKED:
        return 0.25
    status = outcome.status or 0
    hard_status = 400 <= status < 500 and status not in _SOFT_STATUS
    return 1.0 if outcome.reason in _OURS_TO_SETTLE or hard_status else 0.5


def _backoff_s(interval_s: int, weight: float) -> float:
    """Double the wait with each whole unit of weight, up to a day; then add days, up to thirty."""
    doubled = min(max(interval_s, FLOOR_S) * 2.0 ** min(int(weight), 16), DAY_S)
    days = min(max(1, int(weight) - 7), LONGEST_DAYS)
    return doubled * days if doubled >= DAY_S else doubled


def _jitter(row: FeedRow, at: datetime) -> float:
    """Return a factor from 0.9 to 1.1 that depends on the feed and the time alone."""
    share = stable_id("jitter", row.feed_id, at.isoformat()) / 2**63
    return 1 - JITTER + 2 * JITTER * share


def _own_day(row: FeedRow, moment: datetime) -> int:
    """Return the number of the day that `moment` lies in, days beginning at the feed's own hour."""
    offset = row.feed_id % DAY_S
    return int((moment.timestamp() + offset) // DAY_S)


def _host(url: str) -> str:
    try:
        return str(ada_url.URL(url).hostname)
    except ValueError:
        return url
