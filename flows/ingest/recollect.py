"""Entries of earlier polls, read again from the archived feed they stood in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from extractors.errors import ArchiveError, FeedError
from extractors.feeds import parse_feed
from extractors.records import FeedItem
from flows import archive
from flows.http import Position
from flows.ingest.records import item_key, item_sha256, version_id
from warehouse.rows import FeedItemRow, FetchRow

_REMEMBERED = 64  # archived feeds: pages that wait are tried again at every run


def recollect(
    rows: Iterable[FeedItemRow], fetches: Mapping[int, FetchRow], folder: Path
) -> dict[int, FeedItem]:
    """Return the items of these rows, by version id; one that the archive lacks is left out.

    An entry whose title or summary is read in other words today is found by its identity.
    """
    by_fetch: dict[int, list[FeedItemRow]] = {}
    for row in rows:
        by_fetch.setdefault(row.fetch_id, []).append(row)
    found: dict[int, FeedItem] = {}
    for fetch_id, wanted in by_fetch.items():
        items = _items(fetches.get(fetch_id), wanted[0].feed_id, folder)
        for row in wanted:
            item = items.get(row.feed_item_id) or items.get(row.item_key)
            if item is not None:
                found[row.feed_item_id] = item
    return found


def _items(fetch: FetchRow | None, feed: int, folder: Path) -> dict[int, FeedItem]:
    """Return the entries of an archived feed, each by the ids of its version and its entry."""
    if fetch is None or fetch.archive_file is None or fetch.archive_offset is None:
        return {}
    found: dict[int, FeedItem] = {}
    for item in _listed(folder, Position(fetch.archive_file, fetch.archive_offset)):
        key = item_key(feed, item.identity)
        found[key] = found[version_id(key, item_sha256(item))] = item
    return found


@lru_cache(_REMEMBERED)
def _listed(folder: Path, position: Position) -> tuple[FeedItem, ...]:
    """Return the entries of the feed that is archived there; none if it cannot be read."""
    try:
        exchange = archive.read(folder, position)
        document = parse_feed(
            exchange.body, url=exchange.final_url, content_type=exchange.content_type
        )
    except (ArchiveError, FeedError):
        return ()
    return document.items
