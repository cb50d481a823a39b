"""What a run meets outside: the clock, the network, the processes that read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from flows.clock import Clock, SystemClock
from flows.http import Internet
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.workers import Limits, WorkerPool


class Readers(Protocol):
    """Who reads feeds and pages."""

    async def read_feed(self, feed: FeedPage) -> FeedReading:
        """Return what a feed says, or why it cannot be parsed."""

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        """Return a reading for each page, in order."""


@dataclass(frozen=True, slots=True)
class World:
    """The real one by default; a simulation gives its own.

    `readers` makes who reads: given how many at once, and what a feed or a page may cost.
    """

    clock: Clock = field(default_factory=SystemClock)
    internet: Internet = field(default_factory=Internet)
    readers: Callable[[int, Limits], AbstractAsyncContextManager[Readers]] = WorkerPool
