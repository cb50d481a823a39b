"""Half a year of a current-events portal as a feed: whether edits stay versions of one article.

    python -m benchmarks.current_events --data DIR --home DIR [--days 30] [--json]

`bullets.jsonl` says when each bullet of each day was first and last seen. A loopback server shows
a page a day as it stood at the flow's clock, and a feed of the days of the last two weeks; the
clock is set to each snapshot in turn, and the flow runs as it always does, visits after a day and a
week included. The warehouse stays in the home, to be asked. Printed are

    days, articles      should be the same: a day edited forty times is one article
    edits               of bullets, by `revisions.jsonl`, seen within those two weeks
    edits_kept          of these, both wordings stand in versions of one article, in their order
    stale_claims        claims that count, though the page seen last does not hold their words
    claims, superseded  that count, and that counted once
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.loopback import Answer, SetClock, loopback_settings, serve
from flows.feed_reader import read_feed
from flows.ingest import run_once
from flows.ingest.world import Readers, World
from flows.reader import Reader
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.settings import Settings
from flows.sources import FeedSource, save_feeds
from flows.workers import Limits
from warehouse.connection import open_reader
from warehouse.publish import publish

OUTLET = "Current events"
WINDOW = timedelta(days=14)
COUNT_SQL = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet of a day's page, and when it stood there."""

    text: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Portal:
    """The days and what stood on their pages, at any time."""

    bullets: Mapping[date, Sequence[Bullet]]

    @property
    def times(self) -> list[datetime]:
        """Every time at which something was first or last seen."""
        seen = (one for bullets in self.bullets.values() for one in bullets)
        return sorted({time for one in seen for time in (one.first_seen, one.last_seen)})

    def standing(self, day: date, at: datetime) -> list[Bullet]:
        """Return the bullets of a day's page."""
        return [one for one in self.bullets.get(day, ()) if one.first_seen <= at <= one.last_seen]

    def page(self, day: date, at: datetime) -> str:
        """Return a day's page as HTML; empty where it does not stand."""
        parts = [f"<p>{escape(one.text)}</p>" for one in self.standing(day, at)]
        return (
            f'<html lang="en"><head><title>{_title(day)}</title>'
            f'<meta property="article:published_time" content="{day}T12:00:00Z"></head>'
            f"<body><article><h1>{_title(day)}</h1>{''.join(parts)}</article></body></html>"
            if parts
            else ""
        )

    def feed(self, at: datetime) -> str:
        """Return the feed of the days of the last two weeks, newest first."""
        days = [
            day for day in sorted(self.bullets, reverse=True)
            if at.date() - WINDOW <= day <= at.date() and self.standing(day, at)
        ]  # fmt: skip
        items = (
            f'<item><title>{_title(day)}</title><link>/{day}</link><guid isPermaLink="false">{day}'
            f"</guid><pubDate>{day:%a, %d %b %Y} 12:00:00 GMT</pubDate><description>"
            f"{escape(' '.join(one.text for one in self.standing(day, at)))}"
            "</description></item>"
            for day in days
        )
        return (
            f'<rss version="2.0"><channel><title>{OUTLET}</title>{"".join(items)}</channel></rss>'
        )


def read_portal(folder: Path, days: int | None = None) -> Portal:
    """Read the first `days` days of the portal (all without)."""
    bullets: defaultdict[date, list[Bullet]] = defaultdict(list)
    for record in _records(folder / "bullets.jsonl"):
        seen = _moment(record["first_seen"]), _moment(record["last_seen"])
        bullets[date.fromisoformat(record["day"])].append(Bullet(record["text"], *seen))
    kept = sorted(bullets)[:days]
    return Portal({day: bullets[day] for day in kept})


async def replay(portal: Portal, settings: Settings) -> None:
    """Run the flow at every time of the portal's history."""
    clock, reader = SetClock(), _Reader()

    @asynccontextmanager
    async def readers(count: int, limits: Limits) -> AsyncIterator[Readers]:
        yield reader

    def show(path: str) -> Answer | None:
        if path == "/feed":
            return _tagged(portal.feed(clock.time), "application/rss+xml")
        page = portal.page(date.fromisoformat(path.strip("/")), clock.time)
        return _tagged(page, "text/html; charset=utf-8") if page else None

    with serve(show) as base:
        save_feeds(settings.feeds_path, [FeedSource(f"{base}/feed", OUTLET, robots=False)])
        for number, clock.time in enumerate(portal.times, 1):
            await run_once(settings, world=World(clock, readers=readers), publish=False, force=True)
            if number % 20 == 0:
                print(f"{number} of {len(portal.times)} snapshots", file=sys.stderr, flush=True)
    publish(settings.work_path, settings.published_path)


def _tagged(text: str, kind: str) -> Answer:
    body = text.encode()
    return Answer(body, kind, f'"{hashlib.sha256(body).hexdigest()[:16]}"')


class _Reader:
    """Reads in this process: the model is loaded once for all runs."""

    def __init__(self) -> None:
        self._reader = Reader()

    async def read_feed(self, feed: FeedPage) -> FeedReading:
        return read_feed(feed)

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        return list(self._reader.read(pages))


def count(settings: Settings, folder: Path, portal: Portal) -> dict[str, int]:
    """Count what is in the store against what the portal's history says."""
    edits = [
        record for record in _records(folder / "revisions.jsonl")
        if date.fromisoformat(record["day"]) in portal.bullets
        and _moment(record["seen_after"]).date() - date.fromisoformat(record["day"]) <= WINDOW
    ]  # fmt: skip
    with open_reader(settings.published_path) as con:
        row = con.execute(COUNT_SQL.read_text("utf-8")).fetchone()
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for title, text in con.execute(_TEXTS).fetchall():
            texts[title].append(" ".join(text.split()))
    assert row is not None
    kept = sum(_is_kept(edit, texts[_title(date.fromisoformat(edit["day"]))]) for edit in edits)
    names = ("articles", "revisions", "claims", "superseded", "stale_claims")
    return {"days": len(portal.bullets)} | dict(zip(names, row, strict=True)) | {
        "edits": len(edits), "edits_kept": kept,
    }  # fmt: skip


_TEXTS = """SELECT a.title, t.article_text FROM core.articles AS a
    JOIN core.article_revisions AS r USING (article_id)
    JOIN core.article_texts AS t ON t.revision_id = r.revision_id ORDER BY r.first_seen_at"""


def _is_kept(edit: Mapping[str, str], versions: Sequence[str]) -> bool:
    before, after = (
        [n for n, text in enumerate(versions) if " ".join(edit[name].split()) in text]
        for name in ("before", "after")
    )
    return bool(before and after) and before[0] < after[-1]


def _title(day: date) -> str:
    return f"Current events of {day.day} {day:%B %Y}"


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _records(path: Path) -> Iterable[dict[str, str]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the portal's history")
    parser.add_argument("--home", type=Path, required=True, help="home for the warehouse; new")
    parser.add_argument("--days", type=int, help="the first so many days alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    portal, settings = read_portal(options.data, options.days), loopback_settings(options.home)
    asyncio.run(replay(portal, settings))
    counts = count(settings, options.data, portal)
    lines = (f"{name:<14} {value:>7,}" for name, value in counts.items())
    print(json.dumps(counts, indent=2) if options.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
