"""Have the real workers read pages gone wrong: each is read, or put aside with its reason.

    python -m benchmarks.hostile_pages [--data DIR] [--pages N] [--seed N] [--processes N] [--json]
    python -m benchmarks.hostile_pages --twice [--data DIR] [--json]

Pages are made of the real ones in DIR, or of a few of our own, and always the same ones for a seed.
They are read under the default limits of time and memory. Printed are how many were `read` (by page
class), how many `quarantined` (by reason), `over_time` (neither ended nor read within the limit and
a second), `spans_off` (readings with a span that is not its text), `slowest`, and by kind of page
the seconds of the slowest and what became of them. The exit status is 1 when a page is unaccounted
for, over its limit, has a span that is off, or when the pool died (`run_crashed`).

`--twice` reads the real pages in two processes, in other orders and with other seeds for hashes,
and counts the readings that differ.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import seeds
from benchmarks.hostile_kinds import HostilePage, make_page
from benchmarks.memory import PeakMemory
from benchmarks.twice import read_twice
from extractors.errors import TextError
from flows.reader import check_spans
from flows.reading import Page, Reading
from flows.settings import Settings
from flows.workers import Limits, WorkerPool, limits_of

FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
SLACK_S = 1.0
SHOWN = 10


@dataclass
class Tally:
    """What became of the pages; every page is counted in `read` or in `quarantined`."""

    read: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: list[tuple[float, str, str]] = field(default_factory=list)
    kind_s: dict[str, float] = field(default_factory=dict)
    over_time: int = 0
    spans_off: int = 0
    run_crashed: str | None = None

    def add(
        self, name: str, page: HostilePage, reading: Reading, seconds: float, limit_s: float
    ) -> None:
        """Count a page that came back."""
        fate = _fate(reading)
        (self.quarantined if reading.problem else self.read)[fate] += 1
        self.kinds[page.kind][fate] += 1
        self.slowest = sorted([*self.slowest, (round(seconds, 2), name, fate)], reverse=True)[
            :SHOWN
        ]
        self.kind_s[page.kind] = max(self.kind_s.get(page.kind, 0.0), round(seconds, 2))
        self.over_time += seconds > limit_s + SLACK_S and not reading.problem
        self.spans_off += _is_off(reading)

    def to_dict(self, pages: int) -> dict[str, Any]:
        """Return the counts, JSON-ready."""
        return {
            "pages": pages,
            "read": self.read.total(),
            "quarantined": self.quarantined.total(),
            "unaccounted": pages - self.read.total() - self.quarantined.total(),
            "over_time": self.over_time,
            "spans_off": self.spans_off,
            "run_crashed": self.run_crashed,
            "read_by_class": dict(self.read.most_common()),
            "quarantined_by_reason": dict(self.quarantined.most_common()),
            "slowest": self.slowest,
            "slowest_by_kind": dict(sorted(self.kind_s.items(), key=lambda item: -item[1])),
            "kinds": {
                kind: dict(found.most_common()) for kind, found in sorted(self.kinds.items())
            },
        }


def _fate(reading: Reading) -> str:
    if reading.problem:
        return reading.problem
    return reading.article.page_class if reading.article else "without an article"


def _is_off(reading: Reading) -> bool:
    with suppress(TextError):
        check_spans(reading.article.text if reading.article else "", reading.claims)
        return False
    return True


async def read_all(
    limits: Limits, pages: Sequence[bytes], *, count: int, seed: int, processes: int
) -> Tally:
    """Read `count` hostile pages made of `pages`; a pool that dies ends it."""
    tally = Tally()
    numbers = iter(range(count))
    try:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(processes):
                lanes.create_task(_lane(limits, pages, numbers, seed, tally))
    except* Exception as errors:
        tally.run_crashed = repr(errors.exceptions[0])
    return tally


async def _lane(
    limits: Limits, pages: Sequence[bytes], numbers: Iterator[int], seed: int, tally: Tally
) -> None:
    """Read pages one by one in a pool of one worker; how long it takes to start is not timed."""
    async with WorkerPool(1, limits) as pool:
        is_ready = False
        for number in numbers:
            if not is_ready:
                await pool.read([_page("ready", HostilePage("", b"<p>Ready.", None))])
            page = make_page(seed, number, pages)
            begun = time.monotonic()
            [reading] = await pool.read([_page(str(number), page)])
            seconds = time.monotonic() - begun
            tally.add(f"{number} {page.kind}", page, reading, seconds, limits.page_timeout_s)
            is_ready = not (reading.problem or "").startswith("The process")


def _page(name: str, page: HostilePage) -> Page:
    url = f"https://news.example/2025/{name}.html"
    return Page(url, page.body, page.content_type, FETCHED_AT, None, "Post")


def measure(
    data: Path | None, limits: Limits, *, count: int, seed: int, processes: int
) -> dict[str, Any]:
    """Read `count` hostile pages; return the figures of `Tally`, with memory and time."""
    begun = time.monotonic()
    with PeakMemory() as memory:
        tally = asyncio.run(
            read_all(limits, seeds.whole_pages(data), count=count, seed=seed, processes=processes)
        )
    figures = tally.to_dict(count)
    seconds = round(time.monotonic() - begun, 1)
    return figures | {"peak_worker_bytes": memory.largest_bytes, "seconds": seconds}


def is_sound(figures: dict[str, Any]) -> bool:
    """Tell whether every page was read or put aside in time, with its spans in place."""
    faults = ("unaccounted", "over_time", "spans_off", "run_crashed", "differing")
    return not any(figures.get(name) for name in faults)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of real pages")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--twice", action="store_true", help="read the real pages twice instead")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    options = parser.parse_args(arguments)
    if options.twice:
        figures = read_twice(options.data)
    else:
        limits = limits_of(Settings(home=Path()))
        figures = measure(
            options.data, limits,
            count=options.pages, seed=options.seed, processes=options.processes,
        )  # fmt: skip
    print(json.dumps(figures) if options.json else _table(figures))
    return 0 if is_sound(figures) else 1


def _table(figures: dict[str, Any]) -> str:
    return "\n".join(f"{name:<22} {json.dumps(value)}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
