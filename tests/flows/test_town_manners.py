"""How often, how many at once, and with whose leave sites are asked."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from flows.sources import FeedSource
from tests.flows.town import NEWS, PUBLIC, Town, entry, in_town, rss, story_page
from tests.web import Reply

pytestmark = pytest.mark.area("Politeness")
SLOTS = "Media Cloud story-indexer: 5 s, two at once, ten minutes after a host was down"
ROBOTS = "RFC 9309, 2.3.1"
PAGE = "http://news.example/a/1"


@pytest.mark.rule(
    "A host that was down is not tried again for ten minutes, and all who ask hear the same",
    source=SLOTS,
)
@pytest.mark.parametrize("fault", ["dns", "refused", "unreachable"])
def test_a_host_that_was_down_has_ten_minutes_to_come_back(tmp_path: Path, fault: str) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss())
        if fault != "dns":
            town.hosts["news.example"] = PUBLIC
        if fault == "refused":
            town.dialler.closed.add(PUBLIC)
        if fault == "unreachable":
            town.dialler.lost.add(PUBLIC)
        async with town.client() as client:
            seen = [(await client.fetch(NEWS, kind="feed")).reason]
            town.hosts["news.example"] = PUBLIC
            town.dialler.closed.clear()
            town.dialler.lost.clear()
            for wait in (590, 10):
                town.clock.advance(wait)
                seen.append((await client.fetch(NEWS, kind="feed")).reason)
        assert seen == [fault, fault, None]

    in_town(tmp_path, story)


@pytest.mark.rule(
    "All feeds of a dead host are blamed alike, whichever was asked first",
    source="measured: a run taken up again asks in another order",
)
@pytest.mark.parametrize("fault", ["dns", "refused", "unreachable"])
def test_all_feeds_of_a_dead_host_are_blamed_alike(tmp_path: Path, fault: str) -> None:
    async def story(town: Town) -> None:
        feeds = [f"{NEWS}/1", f"{NEWS}/2"]
        town.subscribe(*feeds, *(f"http://well{n}.example/feed" for n in range(3)))
        town.web.routes["/feed"] = Reply(200, rss())
        town.hosts["news.example"] = lost = "1.1.1.2"
        if fault == "dns":
            del town.hosts["news.example"]
        else:
            (town.dialler.closed if fault == "refused" else town.dialler.lost).add(lost)
        await town.run()
        blamed = town.rows(
            "SELECT failure_weight, problem FROM ops.feeds WHERE url LIKE '%news.example%'"
        )
        assert len(blamed) == 2
        assert blamed[0] == blamed[1]
        assert blamed[0][0] == 0.5

    in_town(tmp_path, story)


@pytest.mark.rule(
    "robots.txt of a 4xx allows all; of a 429, a 5xx or silence, nothing", source=ROBOTS
)
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Reply(404), None),
        (Reply(401), None),
        (Reply(410), None),
        (Reply(429), "robots_unavailable"),
        (Reply(500), "robots_unavailable"),
        (Reply(503), "robots_unavailable"),
        (Reply(200, length=99, cut=0), "robots_unavailable"),
        (Reply(raw=b""), "connection"),
        (Reply(302, "", {"Location": "http://1.1.1.9/robots.txt"}), "refused"),
        (Reply(302, "", {"Location": "/robots.txt"}), "robots_unavailable"),
        (Reply(302, "", {"Location": "/elsewhere"}), "robots"),
        (Reply(200, "User-agent: *\nDisallow: /a/\nAllow: /a/1"), None),
        (Reply(200, "User-agent: *\nDisallow:\n\nUser-agent: claimwire\nDisallow: /"), "robots"),
        (Reply(200, "User-agent: claimwire\nAllow: /\n\nUser-agent: *\nDisallow: /"), None),
    ],
)
def test_what_robots_txt_says_or_does_not_say(
    tmp_path: Path, answer: Reply, reason: str | None
) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.dialler.closed.add("1.1.1.9")
        town.web.routes |= {
            "/robots.txt": answer,
            "/elsewhere": Reply(200, "User-agent: *\nDisallow: /"),
            "/a/1": Reply(200, story_page(1)),
        }
        async with town.client() as client:
            got = await client.fetch(PAGE)
        assert got.reason == reason
        assert town.web.count("/a/1") == (reason is None)

    in_town(tmp_path, story)


@pytest.mark.rule("A page that robots.txt hides for now is no failed attempt", source=ROBOTS)
def test_pages_wait_until_robots_txt_can_be_read(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        town.web.routes["/a/1"] = Reply(200, story_page(1))
        town.web.routes["/robots.txt"] = Reply(503)
        await town.run()
        assert town.rows("SELECT fate, attempts FROM ops.url_fates") == [("pending", 0)]
        assert town.web.count("/a/1") == 0
        town.web.routes["/robots.txt"] = Reply(404)
        town.clock.advance(3600)
        await town.run()
        assert town.fates() == {"/a/1": "loaded"}

    in_town(tmp_path, story)


@pytest.mark.rule("A feed's own setting puts its pages above robots.txt", source="robots = false")
def test_robots_may_be_switched_off_for_one_feed(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        other = "http://other.example/feed"
        town.subscribe(FeedSource(NEWS, "News", robots=False), FeedSource(other, "Other"))
        town.web.routes |= {
            "news.example/feed": Reply(200, rss(entry(1))),
            "other.example/feed": Reply(200, rss(entry(2, "other.example"))),
            "/robots.txt": Reply(200, "User-agent: *\nDisallow: /"),
            "/a/1": Reply(200, story_page(1)),
            "/a/2": Reply(200, story_page(2)),
        }
        await town.run()
        assert town.fates() == {"/a/1": "loaded", "/a/2": "robots"}

    in_town(tmp_path, story)


@pytest.mark.rule("The user agent is honest and names a contact", source="RFC 9110, 10.1.5")
def test_every_request_says_who_asks_and_whom_to_write_to(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.web.routes |= {
            "/feed": Reply(200, rss(entry(1))),
            "/a/1": Reply(200, story_page(1)),
        }
        await town.run()
        assert {asked.path for asked in town.web.asked} == {"/feed", "/robots.txt", "/a/1"}
        (agent,) = {asked.headers["user-agent"] for asked in town.web.asked}
        assert agent.startswith("claimwire/") and "+mailto:desk@example.org" in agent

    in_town(tmp_path, story, contact="mailto:desk@example.org")


@pytest.mark.rule("Requests of a run to one site start five seconds apart", source=SLOTS)
def test_feeds_robots_and_pages_of_a_site_share_its_turns(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        hosts = ("www.news.example.org", "rss.news.example.org")
        town.subscribe(*(f"http://{host}/feed" for host in hosts))
        for host in hosts:
            town.web.routes[f"{host}/feed"] = Reply(
                200, rss(*(entry(number, host) for number in range(4)))
            )
        town.web.routes |= {f"/a/{number}": Reply(200, story_page(number)) for number in range(4)}
        await town.run()
        starts = [at for (at,) in town.rows("SELECT fetched_at FROM ops.fetches ORDER BY 1")]
        assert len(starts) == 2 + 2 + 8
        assert min((b - a).total_seconds() for a, b in pairwise(starts)) >= 5

    in_town(tmp_path, story)


@pytest.mark.rule(
    "A 429 for a page rests its whole registered domain",
    source="FreshRSS 7760 and 8925: scope of a 429",
)
def test_a_site_that_has_enough_of_its_pages_asked_is_left_alone(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.subscribe("http://www.news.org/feed")
        town.hosts |= {"news.org": PUBLIC, "static.news.org": PUBLIC}
        town.web.routes |= {
            "/feed": Reply(
                200, rss(entry(1, "news.org"), entry(2, "static.news.org"), entry(3, "news.org"))
            ),
            "/a/1": Reply(429, "", {"Retry-After": "7200"}),
            "/a/2": Reply(200, story_page(2)),
            "/a/3": Reply(200, story_page(3)),
        }
        await town.run()
        states = town.rows("SELECT fate, attempts FROM ops.url_fates ORDER BY 2")
        assert states == [("pending", 0), ("pending", 0), ("pending", 1)]
        assert town.web.count("/a/2") == town.web.count("/a/3") == 0

    in_town(tmp_path, story, site_connections="1")
