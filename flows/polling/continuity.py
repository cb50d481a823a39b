"""Whether anything can have been missed between two polls of a feed.

A feed that lists its entries by age and still shows one that the answer before showed, older than
all that are new, has let nothing fall out in between. One that shares nothing with the answer
before may have: a possible gap. Where the order is not by age (most read first, say), sharing
proves nothing. Pinned entries stand above newer ones, so that they prove nothing either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from extractors.records import FeedDocument
from flows.polling.outcome import PollOutcome
from warehouse.rows import Continuity, FeedRow

IN_ORDER_SHARE = 0.9
"""Of neighbouring entries that must be in order: a few are always edited or pinned."""


def continuity(row: FeedRow, outcome: PollOutcome) -> Continuity:
    """Return what a readable answer proves, given the feed (`row`) before it."""
    if row.last_success_at is None:
        return "first"
    if outcome.document is None:
        return "proven"
    if not outcome.keys or not row.window_keys:
        return "unproven"
    window = set(row.window_keys)
    if window.isdisjoint(outcome.keys):
        return "possible_gap"
    if all(key in window for key in outcome.keys):
        return "proven"
    return _by_order(outcome.document, outcome.keys, window)


def _by_order(document: FeedDocument, keys: Sequence[int], window: set[int]) -> Continuity:
    order = _order(document)
    if order is None:
        return "unproven"
    newest_first = keys if order == "newest_first" else keys[::-1]
    return "proven" if newest_first[-1] in window else _past_the_new(newest_first, window)


def _past_the_new(keys: Sequence[int], window: set[int]) -> Continuity:
    """Judge an answer whose oldest entry is new: known ones are pinned above, or it is shuffled."""
    known = [key in window for key in keys]
    pinned = known.index(False)
    return "unproven" if any(known[pinned:]) else "possible_gap"


def _order(document: FeedDocument) -> str | None:
    """Return how the entries are ordered: by their dates, else newest first, as is the custom."""
    dates = [item.published.value for item in document.items if item.published is not None]
    if len(dates) < 2:
        return "newest_first"
    falling = _share(dates)
    rising = _share(dates[::-1])
    if falling >= IN_ORDER_SHARE:
        return "newest_first"
    return "oldest_first" if rising >= IN_ORDER_SHARE else None


def _share(dates: Sequence[datetime]) -> float:
    return sum(a >= b for a, b in pairwise(dates)) / (len(dates) - 1)
