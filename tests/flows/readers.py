"""Readers for tests: no model, and some that behave badly on the pages that tell them to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.plain_reader import PUBLISHED, PlainReader
from extractors.errors import ModelError
from flows.feed_reader import FeedReader
from flows.reading import FeedPage, FeedReading, Page, Reading

PLAIN = "benchmarks.plain_reader:PlainReader"
UNRULY = "tests.flows.readers:UnrulyReader"
UNRULY_FEEDS = "tests.flows.readers:UnrulyFeedReader"
NEWER = "tests.flows.readers:NewerReader"
BROKEN = "tests.flows.readers:BrokenReader"
STILLBORN = "tests.flows.readers:StillbornReader"
KILLER = "tests.flows.readers:KillerReader"
FAILING = "tests.flows.readers:FailingReader"
DATING = "tests.flows.readers:DatingReader"


class NewerReader(PlainReader):
    """Reads as `PlainReader`, but finds fewer claims and keeps titles in capitals."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        assert reading.article
        article = replace(reading.article, title=(reading.article.title or "").upper())
        return replace(reading, article=article, claims=reading.claims[:1], parser="plain 2")


class UnrulyReader(PlainReader):
    """Hangs, dies or eats memory where the page says so."""

    def _read(self, page: Page) -> Reading:
        _obey(page.body or b"")
        return super()._read(page)


class UnrulyFeedReader(FeedReader):
    """Hangs, dies or eats memory where the feed says so."""

    def read(self, feeds: Sequence[FeedPage]) -> Iterator[FeedReading]:
        for feed in feeds:
            _obey(feed.body)
        return super().read(feeds)


def _obey(body: bytes) -> None:
    if b"HANG" in body:
        time.sleep(3600)
    if b"DIE" in body:
        os._exit(77)
    if b"EAT" in body:
        _ = bytearray(8_000_000_000)


class BrokenReader:
    """Has no model."""

    def __init__(self) -> None:
        raise ModelError("The model is missing.", "Install it.")


class StillbornReader:
    """Takes more memory than it may before it has read anything."""

    def __init__(self) -> None:
        _obey(b"EAT")


class KillerReader(NewerReader):
    """Reads ten pages as `NewerReader`, and kills the process that asks for more."""

    def __init__(self) -> None:
        self._left = 10

    def _read(self, page: Page) -> Reading:
        if not self._left:
            os.kill(os.getppid(), signal.SIGKILL)
        self._left -= 1
        return super()._read(page)


class FailingReader(PlainReader):
    """Finds the article, and fails on its claims."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        return replace(reading, claims=(), parser="failed plain 2", problem="It failed.")


class DatingReader(PlainReader):
    """Reads as `PlainReader`, by newer rules for dates."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        assert reading.article
        hour = replace(PUBLISHED, value=datetime(2026, 1, 1, 9, tzinfo=UTC), precision="hour")
        article = replace(reading.article, published=hour, extractor="plain 2")
        return replace(reading, article=article)
