"""Archived pages read again with today's extractors and parsers; no server is asked.

A reading depends on the page's bytes, its URL, its fetch time, the feed's entry and the versions
alone, so reading again with the same versions changes nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.errors import ArchiveError
from extractors.records import FeedItem
from flows import archive
from flows.clock import Clock, SystemClock
from flows.http import Exchange, Position
from flows.ingest import slot
from flows.ingest.fates import LOADED_CLASSES
from flows.ingest.journal import Journal
from flows.ingest.recollect import recollect
from flows.ingest.records import revision_id
from flows.lock import hold
from flows.progress import Meter, Silent
from flows.reading import Page, Reading
from flows.report import RunReport
from flows.settings import Settings
from flows.versions import versions
from flows.workers import WorkerPool, limits_of
from warehouse import state
from warehouse.connection import open_writer
from warehouse.load import load_run
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.rows import FeedItemRow, FetchRow, RevisionRow, RunRow
from warehouse.staging import Stage
from warehouse.state import RevisionSource


@dataclass(frozen=True, slots=True)
class Shelf:
    """The current versions to read again, and where their bytes and feed entries lie."""

    sources: Sequence[RevisionSource]
    fetches: dict[int, FetchRow]
    items: dict[int, FeedItemRow]

    def batches(self, size: int) -> Iterator[Sequence[RevisionSource]]:
        """Yield the versions in their order, `size` at a time."""
        for start in range(0, len(self.sources), size):
            yield self.sources[start : start + size]


class Rereading:
    """Reads a shelf, a batch at a time, and stages what differs from what is loaded."""

    def __init__(
        self, settings: Settings, shelf: Shelf, pool: WorkerPool, stage: Stage, run_id: str
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._folder = settings.archive_dir
        self._shelf = shelf
        self._pool = pool
        self._stage = stage
        self._run_id = run_id

    async def read(self, number: int, sources: Sequence[RevisionSource]) -> None:
        """Read one batch; `number` names its files."""
        pages = await asyncio.to_thread(self._pages, sources)
        readings = await self._pool.read([page for _, page in pages])
        rows = [
            row
            for (source, _), reading in zip(pages, readings, strict=True)
            if (row := self._revision(source, reading)) is not None
        ]
        self.counts["not in the archive"] += len(sources) - len(pages)
        if rows:
            self._stage.write(rows, f"{number:05d}")

    def _pages(self, sources: Sequence[RevisionSource]) -> list[tuple[RevisionSource, Page]]:
        rows = {one.feed_item_id: self._shelf.items.get(one.feed_item_id) for one in sources}
        known = [row for row in rows.values() if row is not None]
        items = recollect(known, self._shelf.fetches, self._folder)
        found = ((one, self._page(one, items.get(one.feed_item_id))) for one in sources)
        return [(source, page) for source, page in found if page is not None]

    def _page(self, source: RevisionSource, item: FeedItem | None) -> Page | None:
        fetch = self._shelf.fetches.get(source.fetch_id)
        exchange = self._exchange(fetch)
        if fetch is None or (exchange is None and item is None):
            return None
        is_readable = exchange is not None and exchange.ok
        return Page(
            url=fetch.final_url if is_readable else fetch.url,
            body=exchange.body if exchange is not None and is_readable else None,
            content_type=fetch.content_type,
            fetched_at=source.fetched_at,
            item=item,
            outlet=source.outlet_name,
        )

    def _exchange(self, fetch: FetchRow | None) -> Exchange | None:
        if fetch is None or fetch.archive_file is None or fetch.archive_offset is None:
            return None
        with suppress(ArchiveError):
            return archive.read(self._folder, Position(fetch.archive_file, fetch.archive_offset))
        return None

    def _revision(self, source: RevisionSource, reading: Reading) -> RevisionRow | None:
        article = reading.article
        if article is None or article.page_class not in LOADED_CLASSES:
            self.counts["no longer read as an article"] += 1
            return None
        identity = revision_id(source.article_id, article.title, article.text_sha256)
        if (identity, reading.parser) == (source.revision_id, source.parser):
            self.counts["unchanged"] += 1
            return None
        self.counts["read anew"] += 1
        return RevisionRow(
            article_id=source.article_id,
            revision_id=identity,
            feed_id=source.feed_id,
            feed_item_id=source.feed_item_id,
            fetch_id=source.fetch_id,
            run_id=self._run_id,
            outlet_name=source.outlet_name,
            site=source.site,
            fetched_at=source.fetched_at,
            article=article,
            claims=reading.claims,
            parser=reading.parser,
            copy_keys=reading.copy_keys,
        )


async def reparse(
    settings: Settings,
    *,
    since: datetime | None = None,
    clock: Clock | None = None,
    meter: Meter | None = None,
) -> RunReport:
    """Read again what was fetched at `since` or later; load what differs, publish, report.

    Raises as `run_once` does.
    """
    clock, meter = clock or SystemClock(), meter or Silent()
    started_at = clock.now()
    run_id = f"reparse-{slot(started_at)}"
    journal = Journal(settings.staging_dir)
    with hold(settings.lock_path):
        shelf = _shelf(settings, since)
        stage = Stage(journal.stage_dir(run_id))
        async with WorkerPool(settings.worker_count, limits_of(settings)) as pool:
            rereading = Rereading(settings, shelf, pool, stage, run_id)
            await _read_all(rereading, shelf, settings, meter)
        report = RunReport(
            run_id, started_at, clock.now(), urls=len(shelf.sources),
            fates={what: count for what, count in sorted(rereading.counts.items()) if count},
            versions=versions(),
        )  # fmt: skip
        report = await asyncio.to_thread(_load, settings, stage, report)
        journal.finish(run_id)
    return report


async def _read_all(rereading: Rereading, shelf: Shelf, settings: Settings, meter: Meter) -> None:
    """Read every batch, as many at a time as there are workers."""
    batches = list(shelf.batches(settings.batch_pages))
    meter.expect("batches", len(batches))
    numbered = iter(enumerate(batches))

    async def keep_reading() -> None:
        for number, sources in numbered:
            await rereading.read(number, sources)
            meter.step("batches")

    await asyncio.gather(*(keep_reading() for _ in range(settings.worker_count)))


def _shelf(settings: Settings, since: datetime | None) -> Shelf:
    with open_writer(settings.work_path) as con:
        migrate(con)
        sources = state.revision_sources(con, since)
        items = state.read_items(con, {source.feed_item_id for source in sources})
        wanted = {source.fetch_id for source in sources} | {i.fetch_id for i in items.values()}
        return Shelf(sources, state.read_fetches(con, wanted), items)


def _load(settings: Settings, stage: Stage, report: RunReport) -> RunReport:
    row = RunRow(
        run_id=report.run_id, started_at=report.started_at, finished_at=report.finished_at,
        status="fine", versions=json.dumps(report.versions), feeds_polled=0, feeds_failed=0,
        items_new=0, pages_fetched=0, revisions_loaded=0, claims_loaded=0, quarantined=0,
    )  # fmt: skip
    loaded = load_run(settings.work_path, stage.folder, row)
    publish(settings.work_path, settings.published_path)
    return replace(report, revisions_loaded=loaded.revisions, claims_loaded=loaded.claims)
