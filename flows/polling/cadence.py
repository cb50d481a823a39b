"""How long to wait before a feed is asked again.

The interval follows overlap, as Media Cloud's rss-fetcher does: a poll should find 33 to 67 % of
the items it has seen before. More, and we ask too often; less, and items may fall out of the feed's
window between two polls. The first interval is half the time that the window spans. What a server
asks for (ttl, Cache-Control, Expires, sy:, skipHours, skipDays) bounds it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from extractors.records import Cadence, stable_id
from flows.polling.outcome import PollOutcome
from warehouse.rows import FeedRow

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 24 * HOUR_S
FLOOR_S = 10 * MINUTE_S
FIRST_S = HOUR_S
FIRST_CAP_S = 6 * HOUR_S
CAP_S = DAY_S
PUNCTUAL_S = 20 * MINUTE_S
JITTER = 0.1
LEAST_SEEN, MOST_SEEN = 0.33, 0.67

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def adapted(row: FeedRow, outcome: PollOutcome) -> int:
    """Return the interval, in seconds, after a poll that found a changed feed."""
    if row.last_success_at is None:
        return first_interval(outcome)
    if row.failure_weight or not outcome.items_total:
        return row.interval_s
    seen = outcome.items_known / outcome.items_total
    if seen > MOST_SEEN:
        return longer(row, outcome, changed=True)
    if seen < LEAST_SEEN and _lateness_s(row, outcome) <= PUNCTUAL_S:
        return max(FLOOR_S, row.interval_s // 2)
    return row.interval_s


def longer(row: FeedRow, outcome: PollOutcome, *, changed: bool) -> int:
    """Return a longer interval, in seconds, unless the poll came too early to tell."""
    if row.failure_weight or _lateness_s(row, outcome) < -PUNCTUAL_S:
        return row.interval_s
    recent = row.last_new_item_at and outcome.at - row.last_new_item_at < timedelta(days=31)
    step = FLOOR_S if changed or recent else HOUR_S
    return max(row.interval_s, min(row.interval_s + step, CAP_S))


def first_interval(outcome: PollOutcome) -> int:
    """Return half the time that the feed's window spans: half of it will be new by then."""
    items = outcome.document.items if outcome.document else ()
    dates = [item.published.value for item in items if item.published is not None]
    dates = [date for date in dates if date <= outcome.at]
    if len(dates) < 2:
        return FIRST_S
    span = (max(dates) - min(dates)).total_seconds()
    return int(min(max(span / 2, FLOOR_S), FIRST_CAP_S))


def asked_for_s(outcome: PollOutcome) -> float:
    """Return how long the feed asks to be left alone, in seconds, at most a day."""
    asked = (
        outcome.fresh_s or 0.0,
        60.0 * (outcome.cadence.ttl_minutes or 0),
        60.0 * (outcome.cadence.update_minutes or 0),
    )
    return min(max(asked), CAP_S)


def next_poll(row: FeedRow, outcome: PollOutcome, least_s: float) -> datetime:
    """Return when to ask again, in `least_s` seconds at the earliest, outside skipped hours."""
    wait = max(least_s, row.interval_s * jitter(row, outcome.at))
    return _outside_skipped(outcome.at + timedelta(seconds=round(wait)), outcome.cadence)


def jitter(row: FeedRow, at: datetime) -> float:
    """Return a factor from 0.9 to 1.1 that depends on the feed and the time alone."""
    share = stable_id("jitter", row.feed_id, at.isoformat()) / 2**63
    return 1 - JITTER + 2 * JITTER * share


def _outside_skipped(moment: datetime, cadence: Cadence) -> datetime:
    """Return the first moment from `moment` on that is in no skipped hour and day (UTC)."""
    days = {name.lower() for name in cadence.skip_days}
    if len(days) >= 7 or len(set(cadence.skip_hours)) >= 24:
        return moment
    while _WEEKDAYS[moment.weekday()] in days or moment.hour in cadence.skip_hours:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def _lateness_s(row: FeedRow, outcome: PollOutcome) -> float:
    return (outcome.at - row.next_poll_at).total_seconds() if row.next_poll_at else 0.0
