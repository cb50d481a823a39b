"""Reads the made-up feeds and pages in this process: no model, no workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from benchmarks.plain_reader import PlainReader
from flows.feed_reader import read_feed
from flows.ingest.world import Readers
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.workers import Limits


class _InProcess:
    async def read_feed(self, feed: FeedPage) -> FeedReading:
        return read_feed(feed)

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        return list(PlainReader().read(pages))


@asynccontextmanager
async def plain_readers(count: int, limits: Limits) -> AsyncIterator[Readers]:
    """Give one who reads at once, whatever `count` and `limits` say."""
    yield _InProcess()
