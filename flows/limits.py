"""Hard limits for a query: what DuckDB cannot stop by itself ends with the process.

DuckDB heeds interrupts between chunks of rows and counts the memory of its own operators. A single
call of a function, such as `repeat('x', 4000000000)`, heeds neither.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extractors.errors import QueryError

MEMORY_BYTES = 3_000_000_000
GRACE_S = 1.0


@contextmanager
def bounded(seconds: float, leave: Callable[[int], None] = os._exit) -> Iterator[None]:
    """Hold what runs inside to `MEMORY_BYTES`, and end the process shortly after `seconds`.

    By then a query that can be interrupted has been; the grace is what that may take.
    """
    timer = threading.Timer(seconds + GRACE_S, _give_up, (seconds, leave))
    timer.daemon = True
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([MEMORY_BYTES, *limits]), hard))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _give_up(seconds: float, leave: Callable[[int], None]) -> None:
    error = QueryError(
        f"The query could not be interrupted and was ended after {seconds:g} seconds.",
        "Ask for smaller values.",
    )
    print(error, file=sys.stderr, flush=True)
    leave(error.exit_code)
