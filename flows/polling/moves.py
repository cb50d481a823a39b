"""Where a feed is: a new address is adopted when it lasts, and nothing is forgotten.

A permanent redirect, or an https twin that answers for a dead http address, is followed at once and
adopted only after five polls in a row over at least a week that found the same feed there: half of
its entries known, or nothing changed. An address with https is never left for one without.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import ada_url

from flows.polling.outcome import PollOutcome
from warehouse.rows import FeedRow

SIGHTINGS = 5
LEAST_TIME = timedelta(days=7)
SAME_FEED_SHARE = 0.5

_DEAD = frozenset({"refused", "unreachable", "timeout", "connection"})


def https_twin(url: str, reason: str | None) -> str | None:
    """Return the https address to try when `url` failed for `reason`, if that makes sense."""
    parsed = ada_url.URL(url)
    if reason not in _DEAD or parsed.protocol != "http:" or parsed.port:
        return None
    parsed.protocol = "https:"
    return str(parsed.href)


def sighted(row: FeedRow, outcome: PollOutcome) -> FeedRow:
    """Return `row` (before the poll) with what a successful poll says of the feed's address."""
    target = outcome.found_at
    if target is None or target == row.poll_url or _is_downgrade(row.poll_url, target):
        return replace(row, sighted_url=None, sighted_count=0, sighted_since_at=None)
    if not _is_same_feed(row, outcome):
        return replace(row, sighted_url=target, sighted_count=0, sighted_since_at=None)
    again = target == row.sighted_url and row.sighted_since_at is not None
    count = row.sighted_count + 1 if again else 1
    since = row.sighted_since_at if again and row.sighted_since_at else outcome.at
    if count >= SIGHTINGS and outcome.at - since >= LEAST_TIME:
        return _adopted(row, target)
    return replace(row, sighted_url=target, sighted_count=count, sighted_since_at=since)


def _adopted(row: FeedRow, target: str) -> FeedRow:
    return replace(
        row,
        poll_url=target,
        previous_urls=(*row.previous_urls, row.poll_url),
        sighted_url=None,
        sighted_count=0,
        sighted_since_at=None,
    )


def _is_same_feed(row: FeedRow, outcome: PollOutcome) -> bool:
    if outcome.document is None:  # unchanged
        return True
    shared = len(set(outcome.keys) & set(row.window_keys))
    return bool(shared) and shared >= SAME_FEED_SHARE * min(len(outcome.keys), len(row.window_keys))


def _is_downgrade(url: str, target: str) -> bool:
    return url.startswith("https:") and not target.startswith("https:")
