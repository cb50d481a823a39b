"""Whether readers are disturbed by runs: eight of them ask, with and without loads beside them.

    python -m benchmarks.readers --pages DIR [--articles N] [--minutes M] [--readers N] [--json]

Builds a made warehouse (see `benchmarks.warehouse`) of N articles. For half of M minutes the
readers ask what a page of trends asks, each question on a newly opened published file; for the
other half runs of 200 articles are loaded and published back to back beside them, giving way as
runs do. Every answer is preceded by a look at whether the state is whole: the claims that the runs
say they loaded, those that are there, and those that the kept counts know must be as many.

Printed are `questions`, `errors`, `inconsistent` states, `states` seen, `runs` loaded,
`quiet_p95_ms`, `busy_p95_ms` and their `ratio`. The exit status is 1 for an error or an
inconsistent state.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.scale.asking import TREND_PAGE, Draws, percentile, questions
from benchmarks.warehouse import Full, Maker, make_pool
from extractors.errors import ClaimwireError
from flows.priority import give_way
from warehouse.connection import open_reader
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.upkeep import maintain

RUN = 200
_STATE = """SELECT (SELECT count(*) FROM core.claims), (SELECT sum(claims_loaded) FROM ops.runs),
    (SELECT count(*) FROM core.claims WHERE is_current AND NOT is_repeat
        AND kind <> 'status_statement'),
    (SELECT sum(claim_count) FROM core.day_counts WHERE kind = 'all')"""


@dataclass(slots=True)
class Notes:
    """What one reader saw: (when, milliseconds) of its answers, states, and what was wrong."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    states: set[int] = field(default_factory=set)
    inconsistent: int = 0
    errors: list[str] = field(default_factory=list)


def read_on(published: Path, until: float, seed: int) -> Notes:
    """Ask until the monotonic clock says `until` (a process of its own calls this)."""
    notes, random_ = Notes(), random.Random(seed)
    with open_reader(published) as con:
        draws = Draws.of(con, random_)
    while time.monotonic() < until:
        try:
            with open_reader(published, threads=1) as con:
                _look(con, notes)
                _ask(con, draws, random_, notes)
        except (ClaimwireError, duckdb.Error) as error:
            notes.errors.append(f"{type(error).__name__}: {error}")
    return notes


def _look(con: duckdb.DuckDBPyConnection, notes: Notes) -> None:
    ((claims, loaded, counting, counted),) = con.sql(_STATE).fetchall()
    notes.states.add(claims)
    notes.inconsistent += claims != loaded or counting != counted


def _ask(
    con: duckdb.DuckDBPyConnection, draws: Draws, random_: random.Random, notes: Notes
) -> None:
    listed = [(name, ask) for name, ask in questions(con, draws, random_) if name in TREND_PAGE]
    _, ask = random_.choice(listed)
    began = time.monotonic()
    ask()
    notes.answers.append((began, 1000 * (time.monotonic() - began)))


def measure(pages: Path, articles: int, minutes: float, readers: int, work: Path) -> dict[str, Any]:
    """Build, read, write; return the figures."""
    make_pool(pages, work / "pool")
    full = Full(work / "full.duckdb")
    context = get_context("spawn")
    with (
        ProcessPoolExecutor(1, context, initializer=give_way) as other,
        ProcessPoolExecutor(readers, context) as pool,
    ):
        maker = Maker(other, work / "pool", articles, work)
        full.grow(maker)
        maintain(full.path, datetime.now(UTC), 0)
        publish(full.path, full.published)
        half = time.monotonic() + 30 * minutes
        until = half + 30 * minutes
        futures = [pool.submit(read_on, full.published, until, seed) for seed in range(readers)]
        give_way()  # as runs do; the readers have started
        time.sleep(max(half - time.monotonic(), 0))
        runs = sum(1 for _ in _runs(maker, full, until))
        notes = [future.result() for future in futures]
    return _figures(notes, half, runs)


def _runs(maker: Maker, full: Full, until: float) -> Iterator[None]:
    first = maker.total
    while time.monotonic() < until:
        folder, run = maker.stage(first, first + RUN)
        load_run(full.path, folder, run)
        publish(full.path, full.published)
        first += RUN
        yield


def _figures(notes: list[Notes], half: float, runs: int) -> dict[str, Any]:
    answers = [answer for one in notes for answer in one.answers]
    quiet = [ms for began, ms in answers if began < half]
    busy = [ms for began, ms in answers if began >= half]
    errors = [error for one in notes for error in one.errors]
    return {
        "questions": len(answers),
        "errors": len(errors),
        "first_errors": errors[:3],
        "inconsistent": sum(one.inconsistent for one in notes),
        "states": len(set().union(*(one.states for one in notes))),
        "runs": runs,
        "quiet_p95_ms": round(percentile(quiet, 0.95), 1),
        "busy_p95_ms": round(percentile(busy, 0.95), 1),
        "ratio": round(percentile(busy, 0.95) / percentile(quiet, 0.95), 2),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, required=True, help="folder of pages")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        figures = measure(
            options.pages, options.articles, options.minutes, options.readers, Path(work)
        )
    text = "\n".join(f"{name:<14} {value}" for name, value in figures.items())
    print(json.dumps(figures) if options.json else text)
    return int(bool(figures["errors"] or figures["inconsistent"]))


if __name__ == "__main__":
    sys.exit(main())
