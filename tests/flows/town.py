"""A made-up internet for tests of whole runs: names at public addresses, a web, a home, a clock.

Every connection, wherever it is meant to go, ends at one web on loopback, so that a guard that
lets one through to an inner address is found out: `dialled` lists where they were meant to go.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from benchmarks.plain_reader import PlainReader
from extractors.articles import extract_article
from flows.feed_reader import read_feed
from flows.http import Client, HttpPolicy, Internet
from flows.ingest import run_once, slot
from flows.ingest.fetching import Fetcher
from flows.ingest.polls import Poll, compared, poll, polled_feed
from flows.ingest.world import World
from flows.policy import http_policy
from flows.polling import new_feed
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.report import RunReport
from flows.settings import Settings, resolve
from flows.sources import FeedSource, save_feeds
from flows.workers import Limits
from tests.empty import lay_empty
from tests.flows import newsroom
from tests.flows.polls import NOW
from tests.web import NO_TRUST, FakeClock, Web, serving
from warehouse.rows import FeedRow

PUBLIC = "1.1.1.1"
NEWS = "http://news.example/feed"
Address = str | Sequence[str]


class Dialler(httpcore2.AnyIOBackend):
    """Leads connections to `ports` on loopback; other ports refuse, as do the `closed` addresses.

    To the `lost` addresses, and while it `is_cut_off` to all, there is no way.
    """

    def __init__(self, ports: dict[int, int]) -> None:
        self.ports = ports
        self.closed: set[str] = set()
        self.lost: set[str] = set()
        self.dialled: list[str] = []
        self.is_cut_off = False

    async def connect_tcp(
        self, host: str, port: int, *rest: Any, **more: Any
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(host)
        if self.is_cut_off or host in self.lost:
            raise httpcore2.ConnectError("no way") from OSError(errno.ENETUNREACH, "no way")
        if port not in self.ports or host in self.closed:
            raise httpcore2.ConnectError("refused") from ConnectionRefusedError()
        return await super().connect_tcp("127.0.0.1", self.ports[port], *rest, **more)


class ReaderAtOnce:
    """Reads in this process; pages as `PlainReader` unless the town wants true extraction."""

    def __init__(self, *, extracts: bool = False) -> None:
        self._extracts = extracts

    async def read_feed(self, feed: FeedPage) -> FeedReading:
        return read_feed(feed)

    async def read(self, pages: Sequence[Page]) -> list[Reading]:
        if not self._extracts:
            return list(PlainReader().read(pages))
        return [Reading(_extracted(page), (), "none") for page in pages]


def _extracted(page: Page) -> Any:
    return extract_article(
        page.body or b"", url=page.url, fetched_at=page.fetched_at, content_type=page.content_type
    )


@dataclass
class Town:
    """What the tests touch. `hosts` maps names to addresses; others do not resolve."""

    home: Path
    web: Web
    clock: FakeClock
    dialler: Dialler
    flags: dict[str, str]
    hosts: dict[str, Address] = field(default_factory=dict)
    known: dict[int, frozenset[int]] = field(default_factory=dict)
    extracts: bool = False

    @property
    def settings(self) -> Settings:
        return resolve({"home": str(self.home), **self.flags}, {}).settings

    @property
    def internet(self) -> Internet:
        return Internet(self._resolve, self.dialler)

    async def _resolve(self, host: str, port: int) -> Sequence[str]:
        if self.dialler.is_cut_off or host not in self.hosts:
            raise OSError(f"no such name: {host}")
        found = self.hosts[host]
        return [found] if isinstance(found, str) else found

    def subscribe(self, *feeds: str | FeedSource) -> None:
        sources = [FeedSource(feed, "News") if isinstance(feed, str) else feed for feed in feeds]
        for source in sources:
            self.hosts.setdefault(urlsplit(source.url).hostname or "", PUBLIC)
        self.home.mkdir(exist_ok=True)
        save_feeds(self.home / "feeds.toml", sources)
        lay_empty(self.settings.work_path)

    async def run(self, **options: Any) -> RunReport:
        """Do a whole pass at the clock's time."""
        world = World(self.clock, self.internet, self._readers)
        return await run_once(self.settings, world=world, **options)

    @asynccontextmanager
    async def _readers(self, count: int, limits: Limits) -> AsyncIterator[ReaderAtOnce]:
        yield ReaderAtOnce(extracts=self.extracts)

    def client(self, policy: HttpPolicy | None = None) -> Client:
        policy = policy or http_policy(self.settings)
        return Client(policy, clock=self.clock, internet=self.internet, tls=NO_TRUST)

    async def ask(self, feed: FeedRow, policy: HttpPolicy | None = None) -> tuple[Poll, FeedRow]:
        """Poll one feed at the clock's time; return what came, and the feed after it."""
        async with self.client(policy) as client:
            now = self.clock.now()
            fetcher = Fetcher(slot(now), self.home / "none")
            got = compared(await poll(client, fetcher, ReaderAtOnce(), feed, now), self.known)
        self.known |= {one.row.item_key: frozenset({one.row.feed_item_id}) for one in got.entries}
        return got, polled_feed(got)

    def new_feed(self, url: str = NEWS) -> FeedRow:
        self.hosts.setdefault(urlsplit(url).hostname or "", PUBLIC)
        return new_feed(url, "News", self.clock.now())

    def wait_for(self, feed: FeedRow) -> float:
        """Let time pass until the feed is due; return the seconds."""
        assert feed.next_poll_at is not None
        seconds = (feed.next_poll_at - self.clock.now()).total_seconds()
        self.clock.advance(max(seconds, 0.0))
        return seconds

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return newsroom.rows(self.settings, query)

    def fates(self) -> dict[str, str]:
        """The fate of each URL, by path."""
        found = self.rows("SELECT original_url, fate FROM ops.url_fates")
        return {urlsplit(url).path: fate for url, fate in found}


def in_town(
    home: Path, story: Callable[[Town], Awaitable[None]], clock: FakeClock | None = None,
    **flags: str,
) -> None:  # fmt: skip
    """Run `story` in a town whose web answers on port 80; its policy is the default one."""

    async def main() -> None:
        time = clock or FakeClock(NOW)
        async with serving(time) as web:
            await story(Town(home, web, time, Dialler({80: web.port}), flags))

    asyncio.run(main())


def rss(*entries: str, head: str = "") -> str:
    """A feed of these entries."""
    markup = f"<rss version='2.0' xmlns:sy='{_SY}'><channel><title>T</title>{head}"
    return markup + "".join(entries) + "</channel></rss>"


_SY = "http://purl.org/rss/1.0/modules/syndication/"


def entry(number: int, host: str = "news.example", title: str = "") -> str:
    """An entry with a guid, a title and a link."""
    return (
        f"<item><guid>{number}</guid><title>{title or f'Story {number}'}</title>"
        f"<link>http://{host}/a/{number}</link></item>"
    )


def story_page(number: int) -> str:
    """A page that `PlainReader` takes for an article with one claim."""
    return f"<html><h1>Story {number}</h1><p>Ann said number {number} rained.</p></html>"
