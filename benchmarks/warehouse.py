"""How a warehouse does at ten million claims: loading, publishing, and answering.

    python -m benchmarks.warehouse --pages DIR [--articles N] [--work DIR] [--rounds N] [--json]

Parses the pages of DIR (`.html` or `.html.gz`, at any depth), mixes their paragraphs into N made
articles of some ten claims each over two years, a quarter of them copies, with skewed outlets,
claimants and measures, and loads them in batches. Asks every named query, view and command at a
tenth of the size and at the whole, with words and claimants from the rarest to the most frequent.

Printed are `articles_per_second` and `claims_per_second` of the loads with all checks and rollups,
`bytes_per_article` of the file, `publish_ms` of the whole file and after a run of 1,000 articles,
`peak_memory_bytes` of the loading and asking process, `run_cost_ratio` (a run of 1,000 articles on
the full warehouse against the same on an empty one, with publishing), `trend_p95_ms` and
`query_p95_ms` (the slowest query of a page of trends, and of all others), and `queries`: for each
the p95 in milliseconds at both sizes, and how much it grew.
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
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
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

BATCH = 20_000
DAYS = 730
RUN = 1_000
RUNS = 5
_FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def measure(pages: Path, articles: int, work: Path, rounds: int) -> dict[str, Any]:
    """Build the warehouse in `work` and return the figures."""
    pool = work / "pool"
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        other.submit(make_pool, pages, pool).result()
        maker = Maker(other, pool, articles, work)
        empty = statistics.median(maker.cost_of_runs(work / "empty.duckdb"))
        full = Full(maker, work / "full.duckdb")
        small = full.grow_to(articles // 10, rounds)
        large = full.grow_to(articles, rounds)
        published = work / "full.published.duckdb"
        whole_ms = _milliseconds(lambda: publish(full.path, published))
        size = full.path.stat().st_size
        costs = list(maker.cost_of_runs(full.path))
    queries = {
        name: {
            "small_p95_ms": round(percentile(small[name], 0.95), 1),
            "p95_ms": round(percentile(large[name], 0.95), 1),
            "growth": round(percentile(large[name], 0.95) / percentile(small[name], 0.95), 2),
        }
        for name in large
    }
    return {
        "articles": articles,
        "claims": full.claims,
        "articles_per_second": round(articles / full.seconds),
        "claims_per_second": round(full.claims / full.seconds),
        "bytes_per_article": size // articles,
        "publish_ms": round(whole_ms),
        "publish_run_ms": round(1000 * statistics.median(maker.published_s)),
        "run_cost_ratio": round(statistics.median(costs) / empty, 2),
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "trend_p95_ms": max(q["p95_ms"] for name, q in queries.items() if name in TREND_PAGE),
        "query_p95_ms": max(q["p95_ms"] for name, q in queries.items() if name not in TREND_PAGE),
        "queries": queries,
    }  # fmt: skip


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
        self._other, self._pool, self._total, self._work = other, pool, total, work
        self._next_run = total
        self.published_s: list[float] = []

    def stage(self, first: int, last: int) -> tuple[Path, RunRow]:
        """Stage the articles `first` to `last` - 1."""
        folder = self._work / f"stage-{first}-{last}"
        run = self._other.submit(stage_part, self._pool, self._total, first, last, folder).result()
        return folder, run

    def cost_of_runs(self, path: Path) -> Iterator[float]:
        """Yield the seconds that a run of 1,000 articles takes, loaded and published."""
        published = path.with_suffix(".published.duckdb")
        for _ in range(RUNS):
            folder, run = self.stage(self._next_run, self._next_run + RUN)
            self._next_run += RUN
            began = time.perf_counter()
            load_run(path, folder, run)
            loaded = time.perf_counter()
            publish(path, published)
            ended = time.perf_counter()
            self.published_s.append(ended - loaded)
            shutil.rmtree(folder)
            yield ended - began


def stage_part(pool: Path, total: int, first: int, last: int, folder: Path) -> RunRow:
    """Stage made articles from a pool (a process of its own calls this)."""
    with open_pool(pool, total, DAYS) as made:
        return made.stage(first, last, folder)


class Full:
    """The warehouse that grows: its file, and what loading it took."""

    def __init__(self, maker: Maker, path: Path) -> None:
        self._maker, self.path = maker, path
        self.articles = self.claims = 0
        self.seconds = 0.0

    def grow_to(self, articles: int, rounds: int) -> dict[str, list[float]]:
        """Load until there are so many articles; return what answers take then."""
        while self.articles < articles:
            last = min(self.articles + BATCH, articles)
            folder, run = self._maker.stage(self.articles, last)
            began = time.perf_counter()
            self.claims += load_run(self.path, folder, run).claims
            self.seconds += time.perf_counter() - began
            shutil.rmtree(folder)
            self.articles = last
        with open_reader(self.path) as con:
            return time_queries(con, rounds)


def _milliseconds(do: Any) -> float:
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


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
    parser.add_argument("--rounds", type=int, default=40, help="answers timed of each query")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        figures = measure(options.pages, options.articles, work, options.rounds)
    print(json.dumps(figures) if options.json else _told(figures))
    return 0


def _told(figures: dict[str, Any]) -> str:
    lines = [f"{name:<22} {value}" for name, value in figures.items() if name != "queries"]
    lines += [
        f"{name:<28} {q['small_p95_ms']:>9,.1f} {q['p95_ms']:>9,.1f} ms  x{q['growth']}"
        for name, q in sorted(figures["queries"].items(), key=lambda one: -one[1]["p95_ms"])
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
