"""Processes that read feeds and pages, each of them replaceable: one may hang, crash, eat memory.

A worker that dies takes only what it was reading: the rest of its batch is read again, one by one,
by another worker. Workers start when there is something to read.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from extractors.errors import ClaimwireError, WorkerError
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.settings import Settings
from flows.worker import OUT_OF_MEMORY

# Workers share the processors by being several; threads within them would only get in the way.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a feed or a page may cost, and what reads them (`module:callable`)."""

    page_timeout_s: float
    memory_bytes: int
    reader: str
    feed_reader: str = "flows.feed_reader:FeedReader"


def limits_of(settings: Settings) -> Limits:
    """Return the limits by the settings."""
    return Limits(settings.page_timeout_s, settings.worker_memory_bytes, settings.reader)


class Worker:
    """One process and the line to it."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            bounds = [str(limits.memory_bytes), str(limits.page_timeout_s)]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.worker", str(theirs.fileno()), *bounds],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=os.environ
                | _ONE_THREAD
                | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._line: Connection[Any, Any] = Connection(ours.detach())
        self._prepared: set[str] = set()

    def read(self, place: str, things: Sequence[Any]) -> list[Any]:
        """Return the answers that came before the worker died, then why it died, if it did.

        Raises what the reader at `place` could not be made for, WorkerError if making it kills.
        """
        self._prepare(place)
        answers: list[Any] = []
        try:
            self._line.send((place, things))
            while len(answers) < len(things):
                answers.append(self._receive())
        except WorkerError as error:
            answers.append(error)
        except OSError:
            answers.append(self._death())
        return answers

    def _prepare(self, place: str) -> None:
        """Have the reader made before its first batch: its failure is nothing's that it reads."""
        if place in self._prepared:
            return
        try:
            self._line.send((place, ()))
        except OSError:
            raise self._death() from None
        failure = self._receive()
        if isinstance(failure, ClaimwireError):
            raise failure
        self._prepared.add(place)

    def kill(self) -> None:
        """End the process now; whoever waits for an answer learns of it."""
        self._process.kill()
        self._process.wait()

    def _receive(self) -> Any:
        try:
            return self._line.recv()
        except (EOFError, OSError):
            raise self._death() from None

    def _death(self) -> WorkerError:
        code = self._process.wait()
        words = {
            -signal.SIGALRM: "took too long to read",
            -signal.SIGKILL: "was killed while reading, as when memory runs out",
            OUT_OF_MEMORY: "took more memory than it may",
        }
        how = words.get(code, f"crashed with exit status {code}")
        return WorkerError(f"The process that read it {how}.", "It is put aside.")


class WorkerPool:
    """Workers behind two questions, `read` and `read_feed`; use it as a context manager."""

    def __init__(self, count: int, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._living: set[Worker] = set()
        self._idle: asyncio.LifoQueue[Worker | None] = asyncio.LifoQueue()
        for _ in range(count):
            self._idle.put_nowait(None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in list(self._living):
            worker.kill()
        self._threads.shutdown(wait=True)

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        """Return a reading for each page, in order; a page that kills its reader has a problem.

        Raises `ModelError` when the language model cannot be loaded.
        """
        answers = await self._each(self._limits.reader, pages)
        return [
            Reading(problem=str(answer)) if isinstance(answer, WorkerError) else answer
            for answer in answers
        ]

    async def read_feed(self, feed: FeedPage) -> FeedReading:
        """Return what a feed says, or why it cannot be parsed."""
        answer: FeedReading = (await self._each(self._limits.feed_reader, [feed]))[0]
        return answer

    async def _each(self, place: str, things: Sequence[Any]) -> list[Any]:
        """Return an answer for each thing, in order."""
        if not things:
            return []
        answers = await self._ask(place, things)
        if len(things) == 1 or not isinstance(answers[-1], WorkerError):
            return answers
        answers.pop()
        for thing in things[len(answers) :]:
            answers += await self._each(place, [thing])
        return answers

    async def _ask(self, place: str, things: Sequence[Any]) -> list[Any]:
        worker = await self._idle.get()
        try:
            worker = worker or await self._in_thread(self._start)
            answers: list[Any] = await self._in_thread(worker.read, place, things)
            if isinstance(answers[-1], WorkerError):
                self._living.discard(worker)
                worker = None
            return answers
        finally:
            self._idle.put_nowait(worker)

    def _start(self) -> Worker:
        worker = Worker(self._limits)
        self._living.add(worker)
        return worker

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
