"""Peak memory of this process and all its children, sampled while a block runs."""

from __future__ import annotations

from threading import Event, Thread
from types import TracebackType
from typing import Self

import psutil


class PeakMemory:
    """Context manager; `peak_bytes` is the largest sum seen, `largest_bytes` the largest child.

    Shared pages count once where the system tells them apart (PSS, Linux), else each process
    counts in full (RSS).
    """

    def __init__(self, every_s: float = 0.5) -> None:
        self.peak_bytes = 0
        self.largest_bytes = 0
        self._every_s = every_s
        self._stop = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._stop.wait(self._every_s):
            children = [_held(child) for child in me.children(recursive=True)]
            self.peak_bytes = max(self.peak_bytes, _held(me) + sum(children))
            self.largest_bytes = max(self.largest_bytes, *children, 0)


def _held(process: psutil.Process) -> int:
    try:
        info = process.memory_full_info()
    except psutil.Error:  # it has ended meanwhile
        return 0
    return int(getattr(info, "pss", 0) or info.rss)
