"""The process that reads pages: `python -m flows.worker FD MEMORY_BYTES TIMEOUT_S PLACE`.

It answers batches over the inherited socket FD with one message a page. The kernel's own timer
ends it when a page takes longer than TIMEOUT_S: no Python runs for that, so that native code that
hangs ends too, also when nobody waits for the answer any more.
"""

from __future__ import annotations

import importlib
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, Protocol

from extractors.errors import ClaimwireError

START_TIMEOUT_S = 300.0
OUT_OF_MEMORY = 3


class BatchReader(Protocol):
    """What PLACE (`module:callable`) must return: one answer for each page, in order."""

    def read(self, pages: Sequence[Any], /) -> Iterator[Any]:
        """Yield the answers."""


def main(arguments: Sequence[str]) -> None:
    """Answer batches until the other side goes away."""
    fd, memory_bytes, timeout_s, place = arguments
    connection = Connection(int(fd))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _arm(START_TIMEOUT_S)
    _limit_memory(int(memory_bytes))
    try:
        reader = _make(place)
    except ClaimwireError as error:
        connection.send(error)
        return
    connection.send(None)
    try:
        _serve(connection, reader, float(timeout_s))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _serve(connection: Connection[Any, Any], reader: BatchReader, timeout_s: float) -> None:
    while True:
        _arm(0)
        try:
            pages = connection.recv()
        except EOFError:
            return
        _arm(timeout_s)
        for answer in reader.read(pages):
            connection.send(answer)
            _arm(timeout_s)


def _arm(seconds: float) -> None:
    """Let the kernel end this process in `seconds`; 0 calls it off."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(limit: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _make(place: str) -> BatchReader:
    module, _, name = place.partition(":")
    reader: BatchReader = getattr(importlib.import_module(module), name)()
    return reader


if __name__ == "__main__":
    main(sys.argv[1:])
