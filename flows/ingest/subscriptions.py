"""The feeds a run knows: the list that people edit, joined to what the warehouse remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatch

from flows.polling import is_due, new_feed
from flows.sources import FeedSource
from warehouse.rows import FeedRow


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The feeds picked by id, those of them to poll now, those that only the list changed."""

    picked: Mapping[int, FeedRow]
    due: Sequence[FeedRow]
    edited: Sequence[FeedRow]
    not_due: int
    sources: Mapping[int, FeedSource]


def subscribe(
    sources: Sequence[FeedSource],
    known: Sequence[FeedRow],
    now: datetime,
    *,
    pattern: str | None,
    force: bool,
) -> Subscriptions:
    """Join the list `sources` to the `known` feeds.

    `pattern` picks feeds by URL or outlet, as the shell does; feeds picked by it are polled whether
    due or not, as are all with `force`. A feed that left the list is kept, inactive.
    """
    by_url = {row.url: row for row in known}
    listed = [_row(source, by_url.get(source.url), now) for source in sources]
    urls = {source.url for source in sources}
    removed = [replace(row, is_active=False) for row in known if row.url not in urls]
    rows = listed + removed
    picked = [row for row in listed if row.is_active and _matches(row, pattern)]
    due = [row for row in picked if force or pattern or is_due(row, now)]
    due_ids = {row.feed_id for row in due}
    return Subscriptions(
        picked={row.feed_id: row for row in picked},
        due=due,
        edited=[row for row in rows if row.feed_id not in due_ids and row != by_url.get(row.url)],
        not_due=len(picked) - len(due),
        sources={row.feed_id: source for row, source in zip(listed, sources, strict=True)},
    )


def _row(source: FeedSource, known: FeedRow | None, now: datetime) -> FeedRow:
    row = known or new_feed(source.url, source.outlet, now)
    if (row.outlet_name, row.is_active) == (source.outlet, source.active):
        return row
    return replace(row, outlet_name=source.outlet, is_active=source.active)


def _matches(row: FeedRow, pattern: str | None) -> bool:
    return pattern is None or any(fnmatch(name, pattern) for name in (row.url, row.outlet_name))
