"""Entries of earlier polls, read again from the archived feed they stood in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.errors import ArchiveError, FeedError
from extractors.feeds import parse_feed
from extractors.records import FeedItem
from flows import archive
from flows.http import Position
from flows.ingest.records import item_key, item_sha256, version_id
from warehouse.rows import FeedItemRow, FetchRow


def recollect(
    rows: Iterable[FeedItemRow], fetches: Mapping[int, FetchRow], folder: Path
) -> dict[int, FeedItem]:
    """Return the items of these rows, by version id; one that the archive lacks is left out."""
    by_fetch: dict[int, list[FeedItemRow]] = {}
    for row in rows:
        by_fetch.setdefault(row.fetch_id, []).append(row)
    found: dict[int, FeedItem] = {}
    for fetch_id, wanted in by_fetch.items():
        ids = {row.feed_item_id for row in wanted}
        items = _items(fetches.get(fetch_id), wanted[0].feed_id, folder)
        found |= {key: item for key, item in items.items() if key in ids}
    return found


def _items(fetch: FetchRow | None, feed: int, folder: Path) -> dict[int, FeedItem]:
    if fetch is None or fetch.archive_file is None or fetch.archive_offset is None:
        return {}
    position = Position(fetch.archive_file, fetch.archive_offset)
    try:
        exchange = archive.read(folder, position)
        document = parse_feed(
            exchange.body, url=exchange.final_url, content_type=exchange.content_type
        )
    except (ArchiveError, FeedError):
        return {}
    return {version_id(item_key(feed, item.identity), item_sha256(item)): item
            for item in document.items}  # fmt: skip
