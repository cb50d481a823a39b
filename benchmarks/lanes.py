"""Whether the claims are the same bytes under another release of DuckDB.

    pip install --no-deps --target DIR duckdb==1.5.5
    python -m benchmarks.lanes --other DIR [--json]

Ingests the demo's sites once under the DuckDB that is installed and once under the one in DIR, with
the clock stopped, each in a process of its own. Then each release dumps both published files: every
table of `core`, and the views over claims as readers see them, ordered by all columns. The exit
status is 1 when any dump differs.

    python -m benchmarks.lanes ingest HOME | dump FILE OUT

are those processes.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from flows.clock import StoppedClock
from flows.commands.demo import ON_LOOPBACK
from flows.demo.server import serve_site
from flows.ingest import run_once
from flows.ingest.world import World
from flows.settings import resolve
from flows.sources import FeedSource, save_feeds
from warehouse.connection import open_reader

NOW = datetime(2025, 3, 27, 12, tzinfo=UTC)
VIEWS = ("claims", "figures", "figure_history", "disagreements", "claimants", "articles")


def compare(other: Path) -> dict[str, Any]:
    """Return the versions, the bytes and hash of the first dump, and which dumps differ from it."""
    lanes = {"installed": None, "other": other}
    with tempfile.TemporaryDirectory() as name, serve_site() as site:
        folder = Path(name)
        versions = {}
        for lane, overlay in lanes.items():
            settings = resolve({"home": str(folder / lane)} | ON_LOOPBACK).settings
            settings.home.mkdir()
            save_feeds(settings.feeds_path, [FeedSource(url, outlet) for outlet, url in site.feeds])
            versions[lane] = _run(overlay, "ingest", settings.home).strip()
        dumps = {}
        for writer, (reader, overlay) in product(lanes, lanes.items()):
            out = folder / f"{writer}-{reader}"
            _run(overlay, "dump", folder / writer / "warehouse.duckdb", out)
            dumps[f"{writer} read by {reader}"] = out.read_bytes()
    first = next(iter(dumps.values()))
    return {
        "versions": versions,
        "bytes": len(first),
        "lines": first.count(b"\n"),
        "sha256": hashlib.sha256(first).hexdigest(),
        "different": [name for name, dump in dumps.items() if dump != first],
    }


def _run(overlay: Path | None, *arguments: object) -> str:
    """Run a part in a process that finds the packages in `overlay` first; return what it prints."""
    paths = [str(overlay.resolve())] if overlay else []
    paths += [path for path in sys.path if path]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "benchmarks.lanes", *map(str, arguments)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def ingest(home: str) -> None:
    """Take in the demo's feeds, and say with which DuckDB."""
    settings = resolve({"home": home} | ON_LOOPBACK).settings
    asyncio.run(run_once(settings, world=World(clock=StoppedClock(NOW)), run_id="lanes"))
    print(duckdb.__version__)


def dump(file: str, out: str) -> None:
    """Write all rows of the claims' tables and views, a JSON list a line, in a fixed order."""
    lines = []
    with open_reader(Path(file)) as con:
        tables = con.sql(
            "SELECT 'core.' || table_name FROM duckdb_tables()"
            " WHERE schema_name = 'core' ORDER BY 1"
        ).fetchall()
        for name in (*(name for (name,) in tables), *VIEWS):
            rows = con.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            lines.append(f"{name}: {len(rows)} rows")
            lines += [json.dumps(row, default=str, ensure_ascii=False) for row in rows]
    Path(out).write_text("\n".join((*lines, "")), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    if arguments[:1] == ["ingest"]:
        ingest(*arguments[1:])
        return 0
    if arguments[:1] == ["dump"]:
        dump(*arguments[1:])
        return 0
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--other", type=Path, required=True, help="folder of another DuckDB")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    figures = compare(options.other)
    text = "\n".join(f"{name:<10} {json.dumps(value)}" for name, value in figures.items())
    print(json.dumps(figures) if options.json else text)
    return int(bool(figures["different"]) or len(set(figures["versions"].values())) < 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
