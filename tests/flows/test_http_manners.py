"""Spacing, rests and robots.txt; the clock is told to move, nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from extractors.errors import FetchError
from flows.http import Client, Exchange, HttpPolicy
from flows.http.robots import RobotsRules, read_rules
from flows.http.waits import cache_control, fresh_s, http_date, retry_after_s
from tests.web import NEW_YEAR, NO_TRUST, Asked, FakeClock, Reply, Web, names, serving

pytestmark = pytest.mark.area("Politeness")

POLITE = HttpPolicy(allowed_networks=("127.0.0.0/8",))
SITES = {"a_example_org": "127.0.0.1", "b_example_org": "127.0.0.1", "example_net": "127.0.0.1"}


def with_web(
    story: Callable[[Web, Client, FakeClock], Awaitable[None]], policy: HttpPolicy = POLITE
) -> None:
    async def main() -> None:
        clock = FakeClock()
        async with (
            serving(clock) as web,
            Client(policy, clock=clock, tls=NO_TRUST, internet=names(**SITES)) as client,
        ):
            web.routes["/x"] = Reply(200, "x")
            await story(web, client, clock)

    asyncio.run(main())


def starts(web: Web) -> list[float]:
    return [asked.at for asked in web.asked]


@pytest.mark.rule(
    "Hosts of one registered domain share its turns",
    source="Media Cloud story-indexer: 5 s, two at once, ten minutes after a host was down",
)
def test_hosts_of_one_site_share_its_turns() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        for host in ("a.example.org", "b.example.org", "example.net"):
            await client.fetch(web.url("/x", host), kind="feed")
        assert starts(web) == [0, 5, 5]

    with_web(story)


@pytest.mark.rule(
    "Requests of a run to one site start five seconds apart",
    source="Media Cloud story-indexer: 5 s, two at once, ten minutes after a host was down",
)
def test_requests_at_once_are_spaced_too() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        urls = [web.url(f"/{n}", "example.net") for n in range(5)]
        got = await asyncio.gather(*(client.fetch(url, kind="feed") for url in urls))
        begun = sorted((one.fetched_at - NEW_YEAR).total_seconds() for one in got)
        assert begun == [0, 5, 10, 15, 20]

    with_web(story)


@pytest.mark.rule(
    "At most two requests to a site are under way",
    source="Media Cloud story-indexer: 5 s, two at once, ten minutes after a host was down",
)
def test_at_most_two_are_under_way() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        gate, under_way, most = asyncio.Event(), 0, 0

        async def slow(asked: Asked) -> Reply:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            if under_way == 2:
                gate.set()
            await gate.wait()
            await asyncio.sleep(0)
            under_way -= 1
            return Reply(200)

        web.routes["/slow"] = slow
        await asyncio.gather(*(client.fetch(web.url("/slow"), kind="feed") for _ in range(6)))
        assert most == 2

    with_web(story, replace(POLITE, min_spacing_s=0))


@pytest.mark.rule(
    "A slow site is asked less often",
    source="Media Cloud story-indexer: moving average of response times",
)
def test_a_slow_site_is_asked_less_often() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        def slow(asked: Asked) -> Reply:
            clock.advance(40)
            return Reply(200)

        web.routes["/slow"] = slow
        for _ in range(8):
            await client.fetch(web.url("/slow"), kind="feed")
        for _ in range(2):
            await client.fetch(web.url("/x"), kind="feed")
        *_, last_but_one, last = starts(web)
        assert 13 < last - last_but_one < 20

    with_web(story)


@pytest.mark.rule(
    "A 429 is followed by thirty seconds at least",
    source="Media Cloud story-indexer: 30 s after a 429",
)
def test_a_429_is_followed_by_thirty_seconds() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/busy"] = Reply(429)
        await client.fetch(web.url("/busy", "a.example.org"), kind="feed")
        await client.fetch(web.url("/x", "b.example.org"), kind="feed")
        assert starts(web) == [0, 30]

    with_web(story)


@pytest.mark.rule(
    "A 429 rests the whole registered domain for as long as it says",
    source="FreshRSS 7760 and 8925: scope of a 429",
)
@pytest.mark.parametrize("wish", ["3600", "Mon, 01 Jan 2024 01:00:00 GMT"])
def test_a_long_wish_to_rest_is_granted_to_the_whole_site(wish: str) -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/busy"] = Reply(429, "", {"Retry-After": wish})
        await client.fetch(web.url("/busy", "a.example.org"), kind="feed")
        got = await client.fetch(web.url("/x", "b.example.org"), kind="feed")
        assert got.reason == "resting"
        assert (await client.fetch(web.url("/x", "example.net"), kind="feed")).ok
        clock.advance(3600)
        assert (await client.fetch(web.url("/x", "b.example.org"), kind="feed")).ok

    with_web(story)


RESTS = "FreshRSS 7760 and 7870; openrss.org on readers that do not slow down"


def later_client(client: Client, clock: FakeClock, policy: HttpPolicy = POLITE) -> Client:
    """The client of a later run, with what this one learnt."""
    return Client(policy, clock=clock, tls=NO_TRUST, internet=names(**SITES), paces=client.paces())


@pytest.mark.rule("A rest outlasts the run, for the whole registered domain", source=RESTS)
def test_a_rest_is_kept_in_later_runs() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/busy"] = Reply(429, headers={"Retry-After": "3600"})
        await client.fetch(web.url("/busy", "a.example.org"), kind="feed")
        async with later_client(client, clock) as later:
            got = await later.fetch(web.url("/x", "b.example.org"), kind="feed")
            assert got.reason == "resting"
            failure = got.failure()
            assert failure is not None and failure.wait_s == 3600
            clock.advance(3600)
            assert (await later.fetch(web.url("/x", "b.example.org"), kind="feed")).ok

    with_web(story)


@pytest.mark.rule(
    "A rest noted by a clock that ran ahead is void", source="a rest is a day at most"
)
def test_a_rest_beyond_a_day_is_void() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/busy"] = Reply(429, headers={"Retry-After": "999999"})
        clock.advance(10 * 86_400)
        await client.fetch(web.url("/busy", "a.example.org"), kind="feed")
        clock.advance(-5 * 86_400)
        async with later_client(client, clock) as later:
            assert (await later.fetch(web.url("/x", "b.example.org"), kind="feed")).ok

    with_web(story)


@pytest.mark.rule("The spacing holds from run to run", source="Media Cloud story-indexer: 5 s")
def test_a_later_run_waits_for_the_turn_that_the_last_one_left() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        await client.fetch(web.url("/x", "a.example.org"), kind="feed")
        clock.advance(2)
        async with later_client(client, clock) as later:
            await later.fetch(web.url("/x", "b.example.org"), kind="feed")
        assert starts(web) == [0, 5]

    with_web(story)


@pytest.mark.rule("A 429 of a bridge host rests the one feed only", source="FreshRSS 7870")
def test_a_bridge_host_is_not_rested_as_a_whole() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/busy"] = Reply(429, headers={"Retry-After": "3600"})
        await client.fetch(web.url("/busy", "a.example.org"), kind="feed")
        assert (await client.fetch(web.url("/x", "a.example.org"), kind="feed")).ok

    with_web(story, replace(POLITE, bridge_hosts=frozenset({"a.example.org"})))


@pytest.mark.rule("A 503 rests the one feed only", source="research: scope of Retry-After")
def test_a_503_does_not_rest_the_site() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/down"] = Reply(503, headers={"Retry-After": "3600"})
        await client.fetch(web.url("/down", "a.example.org"), kind="feed")
        assert (await client.fetch(web.url("/x", "b.example.org"), kind="feed")).ok

    with_web(story)


@pytest.mark.rule(
    "A queue that a run cannot serve is left for a later one", source="no site makes a run endless"
)
def test_a_queue_beyond_the_run_is_left_for_a_later_one() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        urls = [web.url(f"/{n}", "example.net") for n in range(20)]
        got = await asyncio.gather(*(client.fetch(url, kind="feed") for url in urls))
        reasons = [one.reason for one in got]
        assert reasons.count("http_404") == 9 and reasons.count("resting") == 11
        assert len(web.asked) == 9
        assert (await client.fetch(web.url("/x", "example.net"), kind="feed")).ok

    with_web(story, replace(POLITE, max_queue_s=30))


# ---------------------------------------------------------------- robots.txt


@pytest.mark.rule(
    "Pages obey robots.txt and its crawl-delay; subscribed feeds are asked as readers do",
    source="RFC 9309, 2.2 and 2.3.1",
)
def test_pages_obey_robots_and_feeds_are_asked_as_readers_do() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/robots.txt"] = Reply(
            200, "User-agent: claimwire\nDisallow: /x\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /"
        )
        web.routes["/y"] = Reply(200, "y")
        assert (await client.fetch(web.url("/x"))).reason == "robots"
        assert (await client.fetch(web.url("/y"))).ok
        assert (await client.fetch(web.url("/x"), kind="feed")).ok
        assert (await client.fetch(web.url("/x"), robots=False)).ok
        assert web.count("/robots.txt") == 1
        assert starts(web) == [0, 5, 12, 19]

    with_web(story)


@pytest.mark.rule(
    "A redirect asks the robots.txt of where it leads", source="RFC 9309, 2.2 and 2.3.1"
)
def test_a_redirect_asks_the_robots_of_where_it_leads() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/go"] = Reply(302, "", {"Location": web.url("/x", "example.net")})
        web.routes["example.net/robots.txt"] = Reply(200, "User-agent: *\nDisallow: /")
        got = await client.fetch(web.url("/go", "a.example.org"))
        assert got.reason == "robots" and got.first_url == web.url("/go", "a.example.org")
        assert web.count("/x") == 0

    with_web(story)


@pytest.mark.rule(
    "robots.txt is asked once a run for each origin", source="RFC 9309, 2.2 and 2.3.1"
)
def test_askers_at_once_share_one_robots_request() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        await asyncio.gather(*(client.fetch(web.url("/x")) for _ in range(3)))
        assert web.count("/robots.txt") == 1 and web.count("/x") == 3

    with_web(story, replace(POLITE, min_spacing_s=0))


def answer(status: int | None, body: bytes = b"", error: FetchError | None = None) -> Exchange:
    url = "http://a.example/robots.txt"
    return Exchange("robots", url, url, NEW_YEAR, status=status, body=body, error=error)


@pytest.mark.rule(
    "robots.txt of a 4xx allows all; of a 429, a 5xx or silence, nothing",
    source="RFC 9309, 2.2 and 2.3.1",
)
@pytest.mark.parametrize(
    ("exchange", "reason"),
    [
        (answer(404), None),
        (answer(403), None),
        (answer(429), "robots_unavailable"),
        (answer(500), "robots_unavailable"),
        (answer(None, error=FetchError("x", reason="timeout")), "timeout"),
        (answer(200, error=FetchError("x", reason="too_big")), "robots_unavailable"),
        (answer(200, b""), None),
        (answer(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "robots"),
        (answer(200, b"User-Agent: CLAIMWIRE\nDisallow: /p"), "robots"),
        (answer(200, b"User-agent: otherbot\nDisallow: /"), None),
        (answer(200, b"User-agent: *\nDisallow: /\nAllow: /page"), None),
        (answer(200, b"User-agent: *\nDisallow: /*.html$"), "robots"),
        (answer(200, b"<html>not found</html>"), None),
        (answer(200, b"\xff\xfe\x00 nonsense"), None),
        (answer(200, b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /"), None),
    ],
)
def test_robots_by_rfc_9309(exchange: Exchange, reason: str | None) -> None:
    rules = read_rules(exchange)
    if reason is None:
        rules.check("http://a.example/page.html")
        return
    with pytest.raises(FetchError) as caught:
        rules.check("http://a.example/page.html")
    assert caught.value.reason == reason


def test_no_rules_ask_for_no_delay() -> None:
    assert RobotsRules().crawl_delay_s is None


@pytest.mark.rule("A crawl-delay is kept to, up to two minutes", source="news-crawl: 120 s at most")
def test_a_long_crawl_delay_is_capped() -> None:
    async def story(web: Web, client: Client, clock: FakeClock) -> None:
        web.routes["/robots.txt"] = Reply(200, "User-agent: *\nCrawl-delay: 86400")
        for _ in range(3):
            await client.fetch(web.url("/x"))
        assert starts(web) == [0, 5, 125, 245]

    with_web(story)


# ---------------------------------------------------------------- headers


def headed(**headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange("feed", "http://a.example/", "http://a.example/", NEW_YEAR, headers=pairs)


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "Retry-After is kept to, as seconds or as a date, up to a day",
    source="RFC 9110, 10.2.3; Media Cloud: 88 hours were seen",
)
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("316800", 86_400),
        ("Mon, 01 Jan 2024 00:10:00 GMT", 600),
        ("Sun, 31 Dec 2023 00:00:00 GMT", 0),
        ("Fri, 05 Jan 2024 00:00:00 GMT", 86_400),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_s(headed(Retry_After=value)) == seconds


@pytest.mark.area("Cadence")
@pytest.mark.rule(
    "What a server asks for is a lower bound of the wait",
    source="RSS 2.0 (ttl, skipHours, skipDays), RSS 1.0 syndication module, RFC 9111, 5.2 and 5.3",
)
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache_Control": "public, max-age=600"}, 600),
        ({"Cache_Control": 'max-age="600"'}, 600),
        ({"Cache_Control": "no-cache, max-age=600"}, 0),
        ({"Expires": "Mon, 01 Jan 2024 02:00:00 GMT"}, 7200),
        ({"Cache_Control": "max-age=60", "Expires": "Mon, 01 Jan 2024 02:00:00 GMT"}, 60),
        ({"Expires": "0"}, 0),
        ({}, None),
    ],
)
def test_freshness(headers: dict[str, str], seconds: float | None) -> None:
    assert fresh_s(headed(**headers)) == seconds


def test_odd_dates_and_directives_do_no_harm() -> None:
    assert http_date("Mon, 99 Foo 2024") is None
    assert http_date("Fri, 31 Dec 9999 23:59:59 -1200") is None
    assert cache_control(",,=,max-age") == {"max-age": ""}
