"""What polling costs: thousands of unchanged feeds, and hundreds that are full of news.

    python -m benchmarks.polling [--unchanged N] [--changed N] [--items N] [--json]

A server in a process of its own on loopback holds the feeds. A first, unmeasured run of
`claimwire run` subscribes to them; a second one finds all of them unchanged (304); a third finds
some with nothing but new entries, which are parsed and loaded while their pages wait (each is a
possible gap, so that run ends with exit code 3). Spacing
between requests is off here; its keeping is proved by the tests and by `benchmarks.soak`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.report import PARTLY
from flows.settings import resolve
from flows.sources import FeedSource, save_feeds
from warehouse.connection import open_writer

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
NOON = "2025-04-01T12:{minute:02}:00Z"
COUNTS = """SELECT count(*) FILTER (outcome = 'unchanged'), count(*) FILTER (outcome = 'changed'),
    count(*) FILTER (outcome NOT IN ('unchanged', 'changed')), sum(new_count)
    FROM ops.polls JOIN (SELECT max(run_id) AS run_id FROM ops.runs) USING (run_id)"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if every poll came to what it should."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--unchanged", type=int, default=5000, help="feeds that do not change")
    parser.add_argument("--changed", type=int, default=500, help="feeds that change, one and all")
    parser.add_argument("--items", type=int, default=50, help="entries of a feed that changes")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, feed_server(options.items) as port:
        figures = measure(Path(folder), port, options.unchanged, options.changed)
    wanted = (options.unchanged, options.changed, options.changed * options.items)
    found = (figures["unchanged"], figures["changed"], figures["items"])
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return int(found != wanted)


def measure(folder: Path, port: int, unchanged: int, changed: int) -> dict[str, Any]:
    """Run the two measured passes and return their figures: seconds, megabytes, counts."""
    still = folder / "still"
    save(still, [f"http://{HOST}:{port}/still/{n}" for n in range(unchanged)])
    run(still, 0)
    still_s, still_mb = run(still, 30)
    busy = folder / "busy"
    save(busy, [f"http://{HOST}:{port}/busy/{n}" for n in range(changed)])
    run(busy, 0)
    busy_s, busy_mb = run(busy, 30)
    return {
        "unchanged": count(still)[0], "unchanged_s": still_s, "unchanged_mb": still_mb,
        "changed": count(busy)[1], "items": count(busy)[3], "changed_s": busy_s,
        "changed_mb": busy_mb, "processors": os.cpu_count(),
    }  # fmt: skip


def save(home: Path, urls: Sequence[str]) -> None:
    """Make a home that polls `urls`."""
    home.mkdir()
    save_feeds(home / "feeds.toml", [FeedSource(url, f"Outlet {n}") for n, url in enumerate(urls)])


def run(home: Path, minute: int) -> tuple[float, int]:
    """Run one pass at `minute` past noon; return its seconds and peak memory in megabytes."""
    settings = {
        "CLAIMWIRE_HOME": str(home), "CLAIMWIRE_NOW": NOON.format(minute=minute),
        "CLAIMWIRE_SITE_INTERVAL_S": "0", "CLAIMWIRE_SITE_CONNECTIONS": "32",
        "CLAIMWIRE_ALLOWED_NETWORKS": f"{HOST}/32",
    }  # fmt: skip
    command = [sys.executable, "-m", "flows", "run", "--limit", "0", "--feeds", "*"]
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, PARTLY):
        raise RuntimeError(f"The run ended with status {process.returncode}.")
    return round(time.monotonic() - began, 1), _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> int:
    return round(usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def count(home: Path) -> tuple[int, int, int, int]:
    """Return the last run's polls: unchanged, changed, failed ones; and its new items."""
    work = resolve({"home": str(home)}, {}).settings.work_path
    with open_writer(work) as con:
        found: tuple[int, int, int, int] = con.execute(COUNTS).fetchall()[0]
    return found


@contextmanager
def feed_server(items: int) -> Iterator[int]:
    """Serve the feeds from another process; yields the port."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, items), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()
        process.close()
        ours.close()
        theirs.close()


def _serve(line: Connection[int, int], items: int) -> None:
    asyncio.run(_serve_until_ended(line, items))


async def _serve_until_ended(line: Connection[int, int], items: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Feeds(items), HOST, 0, backlog=512)
    line.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Feeds(asyncio.Protocol):
    """`/still/N` never changes; `/busy/N` has nothing but new entries each time."""

    asked = 0

    def __init__(self, items: int) -> None:
        self._items = items
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, _, self._rest = self._rest.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        if path.startswith("/still") and b"If-None-Match" in head:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
        _Feeds.asked += 1
        edition = "1" if path.startswith("/still") else str(_Feeds.asked)
        body = _feed(path, edition, 3 if path.startswith("/still") else self._items)
        return (
            f'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "{edition}"\r\n'
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


_WORDS = "The council met on Tuesday and heard from the harbour master about the winter. " * 4


def _feed(path: str, edition: str, items: int) -> bytes:
    entries = "".join(
        f"<item><title>Story {edition} of {n}</title><guid>{path}/{edition}/{n}</guid>"
        f"<link>https://news.example{path}/{edition}/{n}</link><description>{_WORDS}</description>"
        f"<pubDate>Tue, 01 Apr 2025 {n // 60 % 24:02}:{n % 60:02}:00 GMT</pubDate></item>"
        for n in range(items)
    )
    return f'<rss version="2.0"><channel><title>{path}</title>{entries}</channel></rss>'.encode()


def _table(figures: dict[str, Any]) -> str:
    width = max(map(len, figures))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
