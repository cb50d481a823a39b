"""How much memory a worker takes to read pages: the process that the ingest flow hands them to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from benchmarks.adapters.extraction import FETCHED_AT, read_pages
from flows.reading import Page
from flows.settings import Settings
from flows.workers import WorkerPool, limits_of

_BATCH = 20


async def worker_peak_bytes(corpus: Path) -> int:
    """Return the peak resident memory of one worker that reads all pages of a set, claims too.

    Linux only. Raises `ModelError` without the language model.
    """
    me = psutil.Process()
    before = set(me.children())
    async with WorkerPool(1, limits_of(Settings(home=corpus))) as pool:
        pages = _pages(corpus)
        while batch := list(islice(pages, _BATCH)):
            await pool.read(batch)
        [worker] = set(me.children()) - before
        return _peak(worker.pid)


def _pages(corpus: Path) -> Iterator[Page]:
    for name, url, body in read_pages(corpus):
        yield Page(url, body, "text/html", FETCHED_AT, None, name)


def _peak(pid: int) -> int:
    """Return the most that a living process has held.

    The kernel's figure for ended children would not do: it counts what their parent held when it
    started them.
    """
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"/proc/{pid}/status has no VmHWM")
