"""Where the time of a run goes: watches its stages, and its readers in their own processes."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from extractors.claims import ClaimParser
from extractors.records import Claim, TextDocument
from flows.reader import Reader
from flows.reading import Page, Reading

T = TypeVar("T")

READER = f"{__name__}:TimedReader"
FOLDER = "BENCH_STOPWATCH_FOLDER"  # where the readers, in processes of their own, leave their times


class Stages:
    """Seconds by stage. Use `step` as the flow's step, and `READER` as its reader.

    `poll`, `load` and `publish` (what follows the last stage) are seconds on the wall; `fetch` is
    processor time of the flow while pages are visited; `extract` and `parse` are processor time,
    summed over the readers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        os.environ[FOLDER] = str(folder)
        self._seconds: dict[str, float] = {}
        self._last = time.monotonic()

    async def step(self, name: str, stage: Callable[[], Awaitable[T]], /) -> T:
        """Await a stage and note how long it took."""
        wall, processor = time.monotonic(), time.process_time()
        result = await stage()
        self._last = time.monotonic()
        if name == "visit":
            self._seconds["fetch"] = time.process_time() - processor
        else:
            self._seconds[name] = self._last - wall
        return result

    def shares(self) -> dict[str, float]:
        """Return the share of each stage, now that the run has ended."""
        seconds = self._seconds | {"publish": time.monotonic() - self._last}
        for path in sorted(self._folder.iterdir()):
            for name, spent in json.loads(path.read_text()).items():
                seconds[name] = seconds.get(name, 0.0) + spent
        whole = sum(seconds.values())
        order = ("poll", "fetch", "extract", "parse", "load", "publish")
        return {name: round(seconds.get(name, 0.0) / whole, 3) for name in order}


class TimedReader(Reader):
    """A reader that leaves its seconds of processor time in a file of its process."""

    def __init__(self) -> None:
        super().__init__()
        self._timed = self._parser = _TimedParser()
        self._extract_s = 0.0

    def _read(self, page: Page) -> Reading:
        started, parsed_s = time.process_time(), self._timed.seconds
        try:
            return super()._read(page)
        finally:
            spent = time.process_time() - started
            self._extract_s += spent - (self._timed.seconds - parsed_s)
            self._note()

    def _note(self) -> None:
        path = Path(os.environ[FOLDER], f"{os.getpid()}.json")
        path.write_text(json.dumps({"extract": self._extract_s, "parse": self._timed.seconds}))


class _TimedParser(ClaimParser):
    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def parse(self, document: TextDocument) -> tuple[Claim, ...]:
        started = time.process_time()
        try:
            return super().parse(document)
        finally:
            self.seconds += time.process_time() - started
