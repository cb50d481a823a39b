"""Polls through the client: twins, moves, rests and outages as a run meets them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpcore2
import pytest
import trustme

from flows.clock import StoppedClock
from flows.http import Client, HttpPolicy
from flows.ingest import run_once
from flows.ingest.fetching import Fetcher
from flows.ingest.polls import Poll, compared, poll, poll_row, polled_feed
from flows.ingest.world import World
from flows.polling import new_feed
from flows.sources import FeedSource, save_feeds
from tests.flows.newsroom import Item, make_home, newsroom, rows
from tests.flows.polls import NOW
from tests.flows.town import ReaderAtOnce
from tests.web import FakeClock, Reply, Web, names, serving
from warehouse.rows import FeedRow

pytestmark = pytest.mark.area("HTTP")

RSS = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
HTTP = "http://news.example/feed"


def rss(*numbers: int) -> str:
    entry = "<item><guid>{0}</guid><title>Story {0}</title></item>"
    return RSS.format("".join(entry.format(number) for number in numbers))


class Ports(httpcore2.AnyIOBackend):
    """Leads port 443 to the TLS server, and port 80 to nowhere."""

    def __init__(self, https_port: int) -> None:
        self._https_port = https_port

    async def connect_tcp(
        self, host: str, port: int, *rest: object, **more: object
    ) -> httpcore2.AsyncNetworkStream:
        if port != 443:
            raise httpcore2.ConnectError("refused") from ConnectionRefusedError()
        return await super().connect_tcp(host, self._https_port, *rest, **more)  # type: ignore[arg-type]


def behind_a_closed_port(
    story: Callable[[Web, Callable[[FeedRow], Awaitable[Poll]]], Awaitable[None]], folder: Path
) -> None:
    """Run `story` against news.example, which answers over https alone."""
    authority = trustme.CA()
    serving_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(serving_side)
    asking_side = ssl.create_default_context()
    authority.configure_trust(asking_side)

    async def main() -> None:
        clock = FakeClock(NOW)
        async with serving(clock, tls=serving_side) as web:
            internet = replace(names(news_example="127.0.0.1"), dial=Ports(web.port))
            policy = HttpPolicy(allowed_networks=("127.0.0.0/8",))
            async with Client(policy, clock=clock, internet=internet, tls=asking_side) as client:

                async def ask(feed: FeedRow) -> Poll:
                    clock.advance(600)
                    fetcher = Fetcher(f"run-{clock.now():%H%M}", folder)
                    got = await poll(client, fetcher, ReaderAtOnce(), feed, clock.now())
                    return compared(got, {})

                await story(web, ask)

    asyncio.run(main())


TWIN = "NewsBlur PR 2132: 69 feeds silent for eleven weeks after a port was closed"


@pytest.mark.rule("What an https twin shows counts at once", source=TWIN)
def test_a_closed_port_loses_nothing(tmp_path: Path) -> None:
    async def story(web: Web, ask: Callable[[FeedRow], Awaitable[Poll]]) -> None:
        web.routes["/feed"] = Reply(200, rss(1, 2))
        got = await ask(new_feed(HTTP, "News", NOW))
        assert (got.word, len(got.entries)) == ("changed", 2)
        row = polled_feed(got)
        assert (row.state, row.poll_url, row.failure_weight) == ("fine", HTTP, 0.0)
        assert row.sighted_url == "https://news.example/feed"
        assert poll_row(got, "r").poll_id == got.fetch_id

    behind_a_closed_port(story, tmp_path)


@pytest.mark.rule("An https twin that has no feed leaves the failure as it was", source=TWIN)
def test_a_twin_without_the_feed_changes_nothing(tmp_path: Path) -> None:
    async def story(web: Web, ask: Callable[[FeedRow], Awaitable[Poll]]) -> None:
        web.routes["/feed"] = Reply(200, "<html>parked</html>")
        got = await ask(new_feed(HTTP, "News", NOW))
        assert (got.word, got.outcome.reason) == ("failed", "refused")
        row = polled_feed(got)
        assert (row.state, row.failure_weight, row.sighted_url) == ("failing", 0.5, None)

    behind_a_closed_port(story, tmp_path)


@pytest.mark.rule("Each poll leaves evidence of what it proves", source="no system read keeps it")
def test_every_poll_leaves_a_row(tmp_path: Path) -> None:
    with newsroom() as room:
        settings = make_home(tmp_path / "home", [room.base + "/feed"])

        def run_at(hour: int, *numbers: int) -> None:
            room.feed("/feed", [Item(f"/a/{n}", f"Story {n}") for n in numbers])
            clock = StoppedClock(NOW.replace(hour=hour))
            asyncio.run(run_once(settings, world=World(clock), pages=False, force=True))

        run_at(1, 3, 2, 1)
        run_at(2, 4, 3, 2)
        run_at(3, 4, 3, 2)
        run_at(4, 9, 8, 7)
        room.put("/feed", "gone", status=500)
        asyncio.run(run_once(settings, world=World(StoppedClock(NOW.replace(hour=5))), force=True))
    told = rows(
        settings,
        """SELECT outcome, item_count, new_count, shared_count, continuity, hour(since_at)
        FROM ops.polls ORDER BY polled_at""",
    )
    assert told == [
        ("changed", 3, 3, 0, "first", None),
        ("changed", 3, 1, 2, "proven", 1),
        ("unchanged", 0, 0, 0, "proven", 2),
        ("changed", 3, 3, 0, "possible_gap", 3),
        ("failed", 0, 0, 0, None, 4),
    ]


@pytest.mark.rule("The spacing and rests of sites are remembered", source="FreshRSS 7760")
def test_a_site_that_asks_for_a_rest_gets_it_in_the_next_run(tmp_path: Path) -> None:
    async def main() -> None:
        async with serving() as web:
            web.routes["/busy"] = Reply(429, headers={"Retry-After": "7200"})
            web.routes["/feed"] = Reply(200, rss(1))
            settings = make_home(tmp_path / "home", [])
            urls = [web.url(path, "news.example") for path in ("/busy", "/feed")]
            save_feeds(settings.feeds_path, [FeedSource(urls[0], "News")])
            internet = names(news_example="127.0.0.1")
            await run_once(settings, world=World(StoppedClock(NOW), internet))
            save_feeds(settings.feeds_path, [FeedSource(url, "News") for url in urls])
            await run_once(settings, world=World(StoppedClock(NOW.replace(minute=30)), internet))
            assert web.count("/feed") == 0
            states = rows(settings, "SELECT state, failure_weight, next_poll_at FROM ops.feeds")
            until = NOW.replace(hour=14, tzinfo=None)
            assert sorted(states) == [("resting", 0.0, until), ("resting", 0.5, until)]
            await run_once(settings, world=World(StoppedClock(NOW.replace(hour=15)), internet))
            assert web.count("/feed") == 1

    asyncio.run(main())
