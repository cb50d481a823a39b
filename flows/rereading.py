"""Archived pages handed to the readers again, as they were when they were visited.

A reading depends on the page's bytes, its URL, its fetch time, the feed's entry and the versions
alone: the archive and its index hold all of these, so no server is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

from extractors.errors import ArchiveError
from extractors.records import FeedItem
from flows import archive
from flows.http import Exchange, Position
from flows.ingest.fates import LOADED_CLASSES
from flows.ingest.recollect import recollect
from flows.ingest.records import revision_id
from flows.ingest.world import Readers, World
from flows.progress import Meter
from flows.reading import Page, Reading
from flows.settings import Settings
from flows.workers import limits_of
from warehouse import state
from warehouse.rows import FeedItemRow, FetchRow
from warehouse.state import RevisionSource

Outcome = Literal[
    "unchanged", "read anew", "not in the archive", "could not be read", "no longer an article"
]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The revisions to read again, and where their bytes and feed entries lie."""

    sources: Sequence[RevisionSource]
    fetches: dict[int, FetchRow]
    items: dict[int, FeedItemRow]

    def batches(self, size: int) -> Iterator[Sequence[RevisionSource]]:
        """Yield the revisions in their order, `size` at a time."""
        for start in range(0, len(self.sources), size):
            yield self.sources[start : start + size]


def read_shelf(
    con: duckdb.DuckDBPyConnection, since: datetime | None = None, *, superseded: bool = False
) -> Shelf:
    """Return the current revisions fetched at `since` or later, with the `superseded` if asked."""
    sources = state.revision_sources(con, since, superseded=superseded)
    items = state.read_items(con, {source.feed_item_id for source in sources})
    wanted = {source.fetch_id for source in sources} | {item.fetch_id for item in items.values()}
    return Shelf(sources, state.read_fetches(con, wanted), items)


@dataclass(frozen=True, slots=True)
class Reread:
    """A revision and what it reads as today; None where the archive lacks page or entry."""

    source: RevisionSource
    reading: Reading | None

    @property
    def revision_id(self) -> int | None:
        """The id of what was read, if it is an article."""
        article = self.reading.article if self.reading else None
        if article is None:
            return None
        return revision_id(self.source.article_id, article.title, article.text_sha256)

    @property
    def outcome(self) -> Outcome:
        """What came of it; other words, or newer versions of the rules, are read anew."""
        if self.reading is None:
            return "not in the archive"
        article = self.reading.article
        if self.reading.problem is not None or article is None:
            return "could not be read"
        if article.page_class not in LOADED_CLASSES:
            return "no longer an article"
        source = self.source
        before = source.revision_id, source.extractor, source.parser
        after = self.revision_id, article.extractor, self.reading.parser
        return "unchanged" if before == after else "read anew"


async def read_again(
    settings: Settings,
    shelf: Shelf,
    world: World,
    meter: Meter,
    take: Callable[[int, Sequence[Reread]], None],
) -> None:
    """Read the shelf in batches, as many at a time as there are workers.

    `take` gets each batch and its number as soon as it is read, whatever the order. Raises
    `ModelError` when the language model cannot be loaded.
    """
    batches = list(shelf.batches(settings.batch_pages))
    meter.expect("batches", len(batches))
    numbered = iter(enumerate(batches))
    async with world.readers(settings.worker_count, limits_of(settings)) as readers:
        desk = _Desk(settings.archive_dir, shelf, readers)

        async def keep_reading() -> None:
            for number, sources in numbered:
                take(number, await desk.read(sources))
                meter.step("batches")

        await asyncio.gather(*(keep_reading() for _ in range(settings.worker_count)))


class _Desk:
    """Fetches the pages of a batch from the archive and has them read."""

    def __init__(self, folder: Path, shelf: Shelf, readers: Readers) -> None:
        self._folder = folder
        self._shelf = shelf
        self._readers = readers

    async def read(self, sources: Sequence[RevisionSource]) -> list[Reread]:
        pages = await asyncio.to_thread(self._pages, sources)
        readings = iter(await self._readers.read([page for page in pages if page is not None]))
        return [
            Reread(source, None if page is None else next(readings))
            for source, page in zip(sources, pages, strict=True)
        ]

    def _pages(self, sources: Sequence[RevisionSource]) -> list[Page | None]:
        rows = {one.feed_item_id: self._shelf.items.get(one.feed_item_id) for one in sources}
        known = [row for row in rows.values() if row is not None]
        items = recollect(known, self._shelf.fetches, self._folder)
        return [self._page(one, items.get(one.feed_item_id)) for one in sources]

    def _page(self, source: RevisionSource, item: FeedItem | None) -> Page | None:
        """Return the page as it was visited; the feed's text stands in only where it did then."""
        fetch = self._shelf.fetches.get(source.fetch_id)
        if fetch is None or item is None:
            return None
        exchange = self._exchange(fetch)
        if exchange is None and fetch.archive_file is not None:
            return None
        return Page(
            url=source.url,
            body=exchange.body if exchange is not None and exchange.ok else None,
            content_type=fetch.content_type,
            fetched_at=source.fetched_at,
            item=item,
            outlet=source.outlet_name,
        )

    def _exchange(self, fetch: FetchRow) -> Exchange | None:
        if fetch.archive_file is None or fetch.archive_offset is None:
            return None
        with suppress(ArchiveError):
            return archive.read(self._folder, Position(fetch.archive_file, fetch.archive_offset))
        return None
