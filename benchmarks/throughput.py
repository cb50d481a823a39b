"""How fast pages become published claims, and what that takes.

    python -m benchmarks.throughput --pages DIR [--limit N] [--json]

Serves the pages of DIR (`.html` or `.html.gz`, at any depth) on loopback with one feed of all of
them, runs the ingest flow once into a new warehouse, and prints `articles_per_second` (articles in
the published file, by the wall clock from the first poll to the published file),
`peak_memory_bytes` of all processes, and `stages`, the share of each stage in the time spent.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.loopback import Answer, loopback_settings, serve
from benchmarks.memory import PeakMemory
from benchmarks.stopwatch import READER, Stages
from flows.ingest import run_once
from flows.sources import FeedSource, save_feeds
from warehouse.connection import open_reader

FEED = "/feed.xml"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, required=True, help="folder of pages")
    parser.add_argument("--limit", type=int, help="take only the first N pages")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    pages = find_pages(options.pages)[: options.limit]
    if not pages:
        parser.error(f"{options.pages} holds no .html or .html.gz file")
    with tempfile.TemporaryDirectory() as home:
        figures = asyncio.run(measure(pages, Path(home)))
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return 0


def find_pages(folder: Path) -> list[Path]:
    """Return the pages below `folder`, by name."""
    return sorted({*folder.rglob("*.html"), *folder.rglob("*.html.gz")})


async def measure(pages: Sequence[Path], home: Path) -> dict[str, Any]:
    """Ingest `pages` into a new warehouse at `home` and return the figures."""
    by_path = {f"/{number}/{_stem(page)}.html": page for number, page in enumerate(pages)}

    def show(path: str) -> Answer | None:
        if path == FEED:
            return Answer(_feed(base, by_path), "application/rss+xml", '"feed"')
        page = by_path.get(path)
        return Answer(_body(page), "text/html", f'"{path}"') if page else None

    times = home / "times"
    times.mkdir()
    with serve(show) as base, PeakMemory() as memory:
        settings = replace(loopback_settings(home), reader=READER)
        save_feeds(settings.feeds_path, [FeedSource(url=base + FEED, outlet="pages")])
        stages = Stages(times)
        started = time.monotonic()
        report = await run_once(settings, run_id="throughput", step=stages.step)
        seconds = time.monotonic() - started
        shares = stages.shares()
    with open_reader(settings.published_path) as connection:
        [(articles, claims)] = connection.execute(
            "SELECT count(*), (SELECT count(*) FROM core.claims) FROM core.article_revisions"
        ).fetchall()
    return {
        "pages": len(pages),
        "articles": articles,
        "claims": claims,
        "seconds": round(seconds, 2),
        "articles_per_second": round(articles / seconds, 2),
        "pages_per_second": round(len(pages) / seconds, 2),
        "peak_memory_bytes": memory.peak_bytes,
        "fates": dict(report.fates),
        "stages": shares,
    }


def _feed(base: str, by_path: Mapping[str, Path]) -> bytes:
    items = "".join(
        f"<item><title>{escape(_stem(page))}</title><link>{base}{path}</link></item>"
        for path, page in by_path.items()
    )
    title = "<title>Pages</title><link>https://pages.example/</link><description/>"
    return f'<rss version="2.0"><channel>{title}{items}</channel></rss>'.encode()


def _stem(page: Path) -> str:
    """Return a name for the page that is fit for a path."""
    return hashlib.blake2b(page.name.encode(), digest_size=6).hexdigest()


def _body(page: Path) -> bytes:
    body = page.read_bytes()
    return gzip.decompress(body) if page.suffix == ".gz" else body


def _table(figures: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in figures.items() if not isinstance(value, dict)}
    lines = [f"{name:<24} {value:>14,}" for name, value in plain.items()]
    lines += [f"fate {name:<19} {count:>14,}" for name, count in figures["fates"].items()]
    lines += [f"stage {name:<18} {share:>14.1%}" for name, share in figures["stages"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
