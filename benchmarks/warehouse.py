"""How a warehouse does at ten million claims: loading, publishing, and answering.

    python -m benchmarks.warehouse --pages DIR [--articles N] [--work DIR] [--beside FILE]
        [--rounds N] [--json]

Parses the pages of DIR (`.html` or `.html.gz`, at any depth), mixes their paragraphs into N made
articles of some ten claims each over two years, a quarter of them copies, with skewed outlets,
claimants and measures, loads them in batches, compacts, and asks every named query, view and
command with words and claimants from the rarest to the most frequent. A warehouse that is in
`--work` already is loaded up to N.

Printed are `articles_per_second` and `claims_per_second` of the loads with all checks and rollups,
`bytes_per_article` of the file, `compact_s`, `publish_ms` of the whole file and `publish_run_ms`
after a run of 1,000 articles, `peak_memory_bytes` of the loading and asking process,
`run_cost_ratio` (loading and publishing a run of 1,000 articles on this warehouse against the same
on an empty one), `trend_p95_ms` and `query_p95_ms` (the slowest question of a page of trends, and
of all others), and `queries`: the p95 of each in milliseconds; with `--beside`, the JSON of a run
at another size, also how much it grew since.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.scale.asking import TREND_PAGE, percentile, time_queries
from benchmarks.scale.pool import build_pool
from benchmarks.scale.staging import open_pool
from benchmarks.throughput import find_pages
from extractors.articles import extract_article
from extractors.errors import PageError
from warehouse.connection import open_reader
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.rows import RunRow
from warehouse.upkeep import maintain

BATCH = 20_000
DAYS = 730
RUN = 1_000
RUNS = 5
WARM_UP = 2  # runs; the second publishes into a spare for the first time
_FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def measure(pages: Path, articles: int, work: Path, rounds: int) -> dict[str, Any]:
    """Build the warehouse in `work` and return the figures."""
    pool = work / "pool"
    full = Full(work / "full.duckdb")
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        if not pool.exists():
            other.submit(make_pool, pages, pool).result()
        maker = Maker(other, pool, articles, work)
        full.grow(maker)
        compact_s = _seconds(partial(maintain, full.path, _FETCHED_AT, 0))
        size = full.path.stat().st_size
        publish_s = _seconds(partial(publish, full.path, full.published))
        with open_reader(full.published) as con:
            taken = time_queries(con, rounds)
        empty = list(maker.cost_of_runs(work / "empty.duckdb"))
        costs = list(maker.cost_of_runs(full.path))
    p95 = {name: round(percentile(times, 0.95), 1) for name, times in taken.items()}
    return {
        "articles": full.articles,
        "claims": full.claims,
        "articles_per_second": full.rate(full.loaded_articles),
        "claims_per_second": full.rate(full.loaded_claims),
        "bytes_per_article": size // full.articles,
        "compact_s": round(compact_s, 1),
        "publish_ms": round(1000 * publish_s),
        "publish_run_ms": round(1000 * statistics.median(published for _, published in costs)),
        "run_cost_ratio": round(_median_run(costs) / _median_run(empty), 2),
        "run_s": round(_median_run(costs), 2),
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "trend_p95_ms": max(ms for name, ms in p95.items() if name in TREND_PAGE),
        "query_p95_ms": max(ms for name, ms in p95.items() if name not in TREND_PAGE),
        "queries": p95,
    }


def _median_run(costs: list[tuple[float, float]]) -> float:
    return statistics.median(map(sum, costs))


def make_pool(pages: Path, folder: Path) -> None:
    """Write the pool of the pages' paragraphs to `folder`."""
    folder.mkdir()
    build_pool(_texts(pages), folder)


def _texts(pages: Path) -> Iterator[str]:
    for path in find_pages(pages):
        body = path.read_bytes()
        body = gzip.decompress(body) if path.suffix == ".gz" else body
        try:
            article = extract_article(
                body, url=f"http://x.test/{path.stem}", fetched_at=_FETCHED_AT
            )
        except PageError:
            continue
        if article.language == "en" and len(article.text) > 500:
            yield article.text[:20_000]


class Maker:
    """Stages made articles in another process, and times runs of 1,000."""

    def __init__(self, other: ProcessPoolExecutor, pool: Path, total: int, work: Path) -> None:
        self._other, self._pool, self.total, self._work = other, pool, total, work
        self._next_run = total

    def stage(self, first: int, last: int) -> tuple[Path, RunRow]:
        """Stage the articles `first` to `last` - 1."""
        folder = self._work / f"stage-{first}-{last}"
        shutil.rmtree(folder, ignore_errors=True)
        return folder, self._other.submit(
            stage_part, self._pool, self.total, first, last, folder
        ).result()

    def cost_of_runs(self, path: Path) -> Iterator[tuple[float, float]]:
        """Yield the seconds that runs of 1,000 articles take to load, and to publish."""
        for number in range(-WARM_UP, RUNS):
            folder, run = self.stage(self._next_run, self._next_run + RUN)
            self._next_run += RUN
            cost = (
                _seconds(partial(load_run, path, folder, run)),
                _seconds(partial(publish, path, path.with_suffix(".published.duckdb"))),
            )
            shutil.rmtree(folder)
            if number >= 0:
                yield cost


def stage_part(pool: Path, total: int, first: int, last: int, folder: Path) -> RunRow:
    """Stage made articles from a pool (a process of its own calls this)."""
    with open_pool(pool, total, DAYS) as made:
        return made.stage(first, last, folder)


class Full:
    """The warehouse that grows: its file, what it holds, and what loading took."""

    def __init__(self, path: Path) -> None:
        self.path, self.published = path, path.with_suffix(".published.duckdb")
        self.articles, self.claims = _held(path)
        self.loaded_articles = self.loaded_claims = 0
        self.seconds = 0.0

    def grow(self, maker: Maker) -> None:
        """Load until there are as many articles as `maker` makes."""
        while self.articles < maker.total:
            last = min(self.articles + BATCH, maker.total)
            folder, run = maker.stage(self.articles, last)
            began = time.perf_counter()
            claims = load_run(self.path, folder, run).claims
            self.seconds += time.perf_counter() - began
            shutil.rmtree(folder)
            self.loaded_articles += last - self.articles
            self.loaded_claims += claims
            self.articles, self.claims = last, self.claims + claims

    def rate(self, loaded: int) -> int | None:
        """Return how many a second were loaded; None when there was nothing to load."""
        return round(loaded / self.seconds) if self.seconds else None


def _held(path: Path) -> tuple[int, int]:
    if not path.exists():
        return 0, 0
    with open_reader(path) as con:
        ((articles, claims),) = con.sql(
            "SELECT (SELECT count(*) FROM core.articles), (SELECT count(*) FROM core.claims)"
        ).fetchall()
    return articles, claims


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, required=True, help="folder of pages")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument(
        "--work", type=Path, help="folder for the files, kept; else a temporary one"
    )
    parser.add_argument("--beside", type=Path, help="JSON of a run at another size")
    parser.add_argument("--rounds", type=int, default=40, help="answers timed of each query")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        figures = measure(options.pages, options.articles, work, options.rounds)
    if options.beside:
        small = json.loads(options.beside.read_text("utf-8"))["queries"]
        figures["growth"] = {
            name: round(ms / small[name], 2)
            for name, ms in figures["queries"].items()
            if name in small
        }
    print(json.dumps(figures) if options.json else _told(figures))
    return 0


def _told(figures: dict[str, Any]) -> str:
    tables = ("queries", "growth")
    lines = [f"{name:<22} {value}" for name, value in figures.items() if name not in tables]
    growth = figures.get("growth", {})
    lines += [
        f"{name:<28} {ms:>9,.1f} ms" + (f"  x{growth[name]}" if name in growth else "")
        for name, ms in sorted(figures["queries"].items(), key=lambda one: -one[1])
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
