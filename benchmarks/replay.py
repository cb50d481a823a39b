"""Whether polling keeps the right entries: replays a feed history through the ingest flow, twice.

    python -m benchmarks.replay --data DIR [--json]

A loopback server shows each feed as it stood at the flow's clock, and the clock is set to each
snapshot in turn. For every feed: `ids`, the entries in the store; `changed_ids`, those with more
than one title or summary; `rows_after_second_replay`, the rows that stand for one entry each,
which equals `ids` when nothing is loaded twice. Pages are not fetched.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.history import FeedHistory, read_history, slots
from benchmarks.loopback import Answer, SetClock, loopback_settings, serve
from flows.ingest import run_once
from flows.ingest.world import World
from flows.settings import Settings
from flows.sources import FeedSource, save_feeds
from warehouse.connection import open_writer

Counts = dict[str, int]

COUNT_SQL = Path(__file__).with_suffix(".sql")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the feed history")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    history = read_history(options.data)
    with tempfile.TemporaryDirectory() as home:
        counts = asyncio.run(replay_twice(history, loopback_settings(Path(home))))
    print(json.dumps(counts, indent=2) if options.json else _table(counts))
    return 0


async def replay_twice(
    history: tuple[FeedHistory, ...], settings: Settings
) -> Mapping[str, Counts]:
    """Replay `history` twice into the warehouse of `settings` and count what is in the store."""
    clock = SetClock()
    feeds = {feed.name: feed for feed in history}

    def show(path: str) -> Answer | None:
        feed = feeds.get(urlsplit(path).path.strip("/"))
        index = feed.index_at(clock.time) if feed else None
        if feed is None or index is None:
            return None
        return Answer(feed.bodies[index], "application/xml", feed.tags[index])

    with serve(show) as base:
        for turn in (1, 2):
            await _replay(history, base, clock, settings, turn)
    return _count(settings)


async def _replay(
    history: tuple[FeedHistory, ...], base: str, clock: SetClock, settings: Settings, turn: int
) -> None:
    """Run the flow at every time of the history, with the feeds that exist by then."""
    times = slots(history)
    begun = 0
    for number, clock.time in enumerate(times, 1):
        names = [feed.name for feed in history if feed.index_at(clock.time) is not None]
        if len(names) > begun and turn == 1:
            begun = len(names)
            sources = [FeedSource(url=f"{base}/{name}", outlet=name) for name in names]
            save_feeds(settings.feeds_path, sources)
        await run_once(
            settings, world=World(clock), run_id=f"replay-{turn}-{clock.time:%Y%m%dT%H%M%S}",
            pages=False, publish=False, force=True,
        )  # fmt: skip
        if sys.stderr.isatty() or number % 50 == 0:
            _say(f"replay {turn}: {number} of {len(times)} snapshots")


def _count(settings: Settings) -> dict[str, Counts]:
    with open_writer(settings.work_path) as connection:
        rows = connection.execute(COUNT_SQL.read_text("utf-8")).fetchall()
    return {
        name: {"ids": ids, "changed_ids": changed, "rows_after_second_replay": rows}
        for name, ids, changed, rows in rows
    }


def _table(counts: Mapping[str, Counts]) -> str:
    lines = [f"{'feed':<24} {'ids':>8} {'changed_ids':>12} {'rows_after_second_replay':>25}"]
    for name, count in counts.items():
        ids, changed, rows = count.values()
        lines.append(f"{name:<24} {ids:>8} {changed:>12} {rows:>25}")
    return "\n".join(lines)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
