"""What a run meets outside: the clock, the network, the processes that read pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from flows.clock import Clock, SystemClock
from flows.http import Internet
from flows.reading import Page, Reading
from flows.workers import Limits, WorkerPool


class Readers(Protocol):
    """Who reads pages."""

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        """Return a reading for each page, in order."""


@dataclass(frozen=True, slots=True)
class World:
    """The real one by default; a simulation gives its own.

    `readers` makes who reads the pages: given how many at once, and what a page may cost.
    """

    clock: Clock = field(default_factory=SystemClock)
    internet: Internet = field(default_factory=Internet)
    readers: Callable[[int, Limits], AbstractAsyncContextManager[Readers]] = WorkerPool
