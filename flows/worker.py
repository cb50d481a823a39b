"""The process that reads what came from the network: `python -m flows.worker FD MEMORY TIMEOUT`.

A batch comes over the inherited socket FD with the place of its reader (`module:callable`). The
first one for a place is empty: it makes the reader, and the answer is None, or why there is none.
Others are answered by one message for each thing. The process may take MEMORY bytes, and the
kernel's own timer ends it when a thing takes longer than TIMEOUT seconds: no Python runs for that,
so that native code that hangs ends too, also when nobody waits for the answer any more.
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
    """Who reads a batch: one answer for each thing, in order."""

    def read(self, things: Sequence[Any], /) -> Iterator[Any]:
        """Yield the answers."""


def main(arguments: Sequence[str]) -> None:
    """Answer batches until the other side goes away."""
    fd, memory_bytes, timeout_s = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _limit_memory(int(memory_bytes))
    try:
        _serve(Connection(int(fd)), float(timeout_s))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _serve(connection: Connection[Any, Any], timeout_s: float) -> None:
    readers: dict[str, BatchReader] = {}
    while True:
        _arm(0)
        try:
            place, things = connection.recv()
        except EOFError:
            return
        if place not in readers:
            connection.send(_make(place, readers))
            continue
        _arm(timeout_s)
        for answer in readers[place].read(things):
            connection.send(answer)
            _arm(timeout_s)


def _arm(seconds: float) -> None:
    """Let the kernel end this process in `seconds`; 0 calls it off."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(limit: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _make(place: str, readers: dict[str, BatchReader]) -> ClaimwireError | None:
    """Make the reader at `place`; return why it cannot be made."""
    _arm(START_TIMEOUT_S)
    module, _, name = place.partition(":")
    try:
        readers[place] = getattr(importlib.import_module(module), name)()
    except ClaimwireError as error:
        return error
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
