"""What servers do to those who ask them: every case is cut short, told, and harms nobody."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
import trustme
import zstandard

from flows.http import Client, Exchange, HttpPolicy
from tests.flows.polls import NOW
from tests.flows.town import NEWS, PUBLIC, Dialler, Town, entry, in_town, rss, story_page
from tests.web import FakeClock, Reply, Web, gzip_bomb, names, serving

pytestmark = pytest.mark.area("Safety")
SSRF = "miniflux 3947, FreshRSS 8400: checked is what is connected to"
IANA = "RFC 6890 and the IANA registries"
HOSTS = "WHATWG URL, 3.5: hosts are numbers in many spellings"


async def fetch(town: Town, url: str, policy: HttpPolicy | None = None) -> Exchange:
    async with town.client(policy) as client:
        return await client.fetch(url, kind="feed")


INSIDE = [
    "127.0.0.1", "localhost.", "10.0.0.8", "172.20.1.1", "192.168.0.1", "100.64.0.1", "0.0.0.0",
    "169.254.169.254", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]",
]  # fmt: skip
SPELT = [
    "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1",
    "0xa9fea9fe", "2852039166", "127.0.0.1.", "%31%32%37.0.0.1",
    "%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1", "127%E3%80%820%E3%80%820%E3%80%821",
]  # fmt: skip


@pytest.mark.rule("A redirect may not lead to an inner address", source=f"{SSRF}; {IANA}")
@pytest.mark.parametrize("host", INSIDE)
def test_a_redirect_inside_is_not_followed(tmp_path: Path, host: str) -> None:
    async def story(town: Town) -> None:
        town.hosts |= {"news.example": PUBLIC, "localhost.": "127.0.0.1"}
        town.web.routes["/feed"] = Reply(302, "", {"Location": f"http://{host}/secret"})
        got = await fetch(town, NEWS)
        assert got.reason == "blocked_address"
        assert town.dialler.dialled == [PUBLIC]

    in_town(tmp_path, story)


@pytest.mark.rule("No spelling of an inner address gets past the guard", source=HOSTS)
@pytest.mark.parametrize("host", SPELT)
def test_an_inner_address_in_other_numbers_is_known(tmp_path: Path, host: str) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/feed"] = Reply(302, "", {"Location": f"http://{host}/secret"})
        got = await fetch(town, NEWS)
        assert got.reason == "blocked_address"
        assert town.dialler.dialled == [PUBLIC]

    in_town(tmp_path, story)


@pytest.mark.rule("A name that resolves inside is not connected to", source=SSRF)
@pytest.mark.parametrize(
    "answers", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", ("10.0.0.1", "fe80::1")]
)
def test_a_name_for_an_inner_address_is_blocked(tmp_path: Path, answers: str) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = answers
        got = await fetch(town, NEWS)
        assert (got.reason, town.dialler.dialled) == ("blocked_address", [])

    in_town(tmp_path, story)


@pytest.mark.rule("Of a name's addresses, only public ones are connected to", source=SSRF)
def test_inner_answers_beside_a_public_one_are_passed_over(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = ("127.0.0.1", "10.0.0.1", PUBLIC)
        town.web.routes["/feed"] = Reply(200, rss())
        assert (await fetch(town, NEWS)).ok
        assert town.dialler.dialled == [PUBLIC]

    in_town(tmp_path, story)


@pytest.mark.rule("A second answer of the name server changes nothing", source="DNS rebinding")
def test_a_name_that_changes_its_mind_leads_nowhere(tmp_path: Path) -> None:
    """The name is public when the feed is asked and inner when its redirect is."""

    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC

        def turn(asked: object) -> Reply:
            town.hosts["news.example"] = "127.0.0.1"
            return Reply(302, "", {"Location": "/again", "Connection": "close"})

        town.web.routes["/feed"] = turn
        got = await fetch(town, NEWS)
        assert got.reason == "blocked_address"
        assert town.dialler.dialled == [PUBLIC]

    in_town(tmp_path, story)


@pytest.mark.rule("robots.txt may not lead inside", source=SSRF)
def test_a_robots_txt_that_leads_inside_closes_the_site(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/robots.txt"] = Reply(301, "", {"Location": "http://10.0.0.1/robots.txt"})
        town.web.routes["/a/1"] = Reply(200, story_page(1))
        async with town.client() as client:
            got = await client.fetch("http://news.example/a/1")
        assert got.reason == "blocked_address"
        assert town.web.count("/a/1") == 0
        assert set(town.dialler.dialled) == {PUBLIC}

    in_town(tmp_path, story)


@pytest.mark.rule("An entry's link may not lead inside", source=SSRF)
def test_links_and_pages_that_lead_inside_are_blocked(tmp_path: Path) -> None:
    def link(number: int, url: str) -> str:
        return f"<item><guid>{number}</guid><title>{number}</title><link>{url}</link></item>"

    async def story(town: Town) -> None:
        town.subscribe(NEWS)
        town.hosts["inner.example"] = "192.168.1.1"
        town.web.routes["/feed"] = Reply(
            200,
            rss(
                link(1, "http://169.254.169.254/latest/meta-data/"),
                link(2, "http://inner.example/admin"),
                link(3, "http://news.example/hop"),
                link(4, "file:///etc/hostname"),
                link(5, "http://news.example/a/5"),
            ),
        )
        town.web.routes["/hop"] = Reply(302, "", {"Location": "http://127.0.0.1/secret"})
        town.web.routes["/a/5"] = Reply(200, story_page(5))
        await town.run()
        assert town.fates() == {
            "/latest/meta-data/": "blocked", "/admin": "blocked", "/hop": "blocked",
            "/a/5": "loaded",
        }  # fmt: skip
        assert set(town.dialler.dialled) == {PUBLIC}

    in_town(tmp_path, story)


@pytest.mark.rule("Networks that the settings name may be connected to, no others", source=SSRF)
def test_a_named_network_is_open_and_its_neighbour_is_not(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss())
        assert (await fetch(town, "http://10.1.2.3/feed")).ok
        assert (await fetch(town, "http://10.2.2.3/feed")).reason == "blocked_address"
        assert town.dialler.dialled == ["10.1.2.3"]

    in_town(tmp_path, story, allowed_networks="10.1.0.0/16")


@pytest.mark.rule("Only http and https are followed", source="RFC 9110, 4.2")
@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "ftp://news.example/x", "javascript:alert(1)", "data:,x",
               "gopher://news.example/", "http://", "http://[::g]/", "http://a b/"],
)  # fmt: skip
def test_a_redirect_to_no_web_address_ends_there(tmp_path: Path, target: str) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/feed"] = Reply(302, "", {"Location": target})
        got = await fetch(town, NEWS)
        assert got.reason == "bad_url"
        assert town.dialler.dialled == [PUBLIC]

    in_town(tmp_path, story)


@pytest.mark.rule("Redirects end: circles, endless chains, no address", source="RFC 9110, 15.4")
@pytest.mark.parametrize(
    ("location", "reason"),
    [("/feed", "redirects"), ("/feed?{}", "redirects"), ("/feed{}", "redirects"),
     ("", "http_302"), (None, "http_302")],
)  # fmt: skip
def test_redirects_without_an_end_are_ended(
    tmp_path: Path, location: str | None, reason: str
) -> None:
    async def story(town: Town) -> None:
        def onwards(asked: object) -> Reply:
            if location is None or len(town.web.asked) > 30:
                return Reply(302)
            return Reply(302, "", {"Location": location.format("x" * len(town.web.asked))})

        town.hosts["news.example"] = PUBLIC
        town.web.routes |= {"/feed" + "x" * number: onwards for number in range(30)}
        assert (await fetch(town, NEWS)).reason == reason
        assert len(town.web.asked) < 12

    in_town(tmp_path, story)


# ---------------------------------------------------------------- bombs and floods


def layered(times: int) -> bytes:
    body = bytes(3_000_000)
    for _ in range(times):
        body = gzip.compress(body, mtime=0)
    return body


BOMBS = {
    "gzip": gzip_bomb(40),
    "deflate": zlib.compress(bytes(40_000_000), 9),
    "br": brotli.compress(bytes(40_000_000), quality=5),
    "zstd": zstandard.ZstdCompressor().compress(bytes(40_000_000)),
    "gzip, gzip": gzip.compress(gzip_bomb(40), mtime=0),
    "gzip, gzip, gzip": layered(3),
    "zstd, br": brotli.compress(
        zstandard.ZstdCompressor().compress(bytes(40_000_000)), quality=5
    ),
}  # fmt: skip
SMALL = HttpPolicy(max_body_bytes=1_000_000, max_raw_bytes=1_000_000)
CAPS = "newsboat PR 3428, sockethub 1133: caps on what is decoded, not only on what is sent"


@pytest.mark.rule("What unfolds beyond the limit is cut off", source=CAPS)
@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_a_feed_too_big(tmp_path: Path, coding: str) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, BOMBS[coding], {"Content-Encoding": coding})
        got, feed = await town.ask(town.new_feed(), SMALL)
        assert (got.outcome.reason, got.entries) == ("too_big", ())
        assert (feed.state, feed.failure_weight) == ("failing", 1.0)

    in_town(tmp_path, story)


LINE = b"X-Flood: " + b"x" * 200 + b"\r\n"
FLOODS = {
    "one header": b"X-Big: " + b"x" * 90_000 + b"\r\n\r\n",
    "many headers": LINE * 500 + b"\r\n",
    "headers without end": LINE * 20_000,
    "a line without end": b"X: " + b"x" * 4_000_000,
}


@pytest.mark.rule("A flood of headers is cut off", source="RFC 9112, 5 and RFC 9110, 5.4")
@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_of_headers_is_refused(tmp_path: Path, kind: str) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/feed"] = Reply(raw=b"HTTP/1.1 200 OK\r\n" + FLOODS[kind])
        got = await fetch(town, NEWS)
        assert got.reason in ("too_big", "protocol")
        assert got.body == b""

    in_town(tmp_path, story)


STALLS = {
    "before the status": b"HTTP/1.1 2",
    "in the headers": b"HTTP/1.1 200 OK\r\nX-Slow: a",
    "in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    "in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
}
HANGS = "CWE-400; newspaper4k 340, trafilatura 216: hangs without timeouts"


@pytest.mark.rule("A slow loris is left: at a silence, and at the end of its time", source=HANGS)
@pytest.mark.parametrize("limit", ["read_timeout_s", "total_timeout_s"])
@pytest.mark.parametrize("where", STALLS)
def test_a_server_that_stalls_is_left(tmp_path: Path, where: str, limit: str) -> None:
    """One limit is met at once; the other lies far off."""
    limits = {"read_timeout_s": 3600.0, "total_timeout_s": 3600.0, limit: 0.05}
    policy = HttpPolicy(**limits)  # type: ignore[arg-type]

    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/feed"] = Reply(raw=STALLS[where], gate=asyncio.Event())
        async with asyncio.timeout(10):
            got = await fetch(town, NEWS, policy)
        assert (got.reason, got.body) == ("timeout", b"")

    in_town(tmp_path, story)


# ---------------------------------------------------------------- XML

ENTRY = "<item><title>&e;</title></item>"
DTD = f"<!DOCTYPE rss [{{}}]><rss><channel><title>&e;</title>{ENTRY}</channel></rss>"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
XML = {
    "billion laughs": DTD.format(f'<!ENTITY e0 "ha">{LAUGHS}<!ENTITY e "&e9;">'),
    "quadratic": DTD.format(f'<!ENTITY e "{"x" * 50_000}">').replace("&e;", "&e;" * 2_000),
    "file": DTD.format('<!ENTITY e SYSTEM "file:///etc/passwd">'),
    "web": DTD.format('<!ENTITY e SYSTEM "http://news.example/entity">'),
    "parameter": DTD.format('<!ENTITY % p SYSTEM "http://news.example/entity"> %p;'),
    "outer DTD": "<!DOCTYPE rss SYSTEM 'http://news.example/entity'><rss><channel/></rss>",
    "inclusion": "<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel><item>"
    "<xi:include href='http://news.example/entity' parse='text'/></item></channel></rss>",
    "stylesheet": "<?xml-stylesheet href='http://news.example/entity'?><rss><channel/></rss>",
    "nesting": "<rss><channel><item>" + "<a>" * 60_000,
}


@pytest.mark.rule(
    "XML bombs stay small, and outer entities are never fetched",
    source="CWE-776 and CWE-611; lemon24/reader 212",
)
@pytest.mark.parametrize("kind", XML)
def test_hostile_xml_costs_little_and_fetches_nothing(tmp_path: Path, kind: str) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, XML[kind], {"Content-Type": "application/rss+xml"})
        town.web.routes["/entity"] = Reply(200, "SECRET")
        begun = time.process_time()
        got, _ = await town.ask(town.new_feed())
        assert time.process_time() - begun < 3
        titles = [one.item.title or "" for one in got.entries]
        assert all(len(title) < 100_000 and "root:" not in title for title in titles)
        assert [asked.path for asked in town.web.asked] == ["/feed"]

    in_town(tmp_path, story)


@pytest.mark.rule("Entries beyond the cap are left out, and it is said", source=CAPS)
def test_five_thousand_entries_are_two_thousand(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.web.routes["/feed"] = Reply(200, rss(*map(entry, range(5000))))
        got, feed = await town.ask(town.new_feed())
        assert len(got.entries) == 2000
        assert feed.state == "fine"
        assert "3000 entries beyond the first 2000 were left out" in (feed.problem or "")

    in_town(tmp_path, story)


# ---------------------------------------------------------------- TLS


def over_tls(
    story: Callable[[Web, Client], Awaitable[Exchange]], not_after: datetime | None = None
) -> Exchange:
    """Run `story` with news.example on port 443, and nothing on port 80."""
    authority = trustme.CA()
    serving_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example", not_after=not_after).configure_cert(serving_side)
    asking_side = ssl.create_default_context()
    authority.configure_trust(asking_side)

    async def main() -> Exchange:
        async with serving(tls=serving_side) as web:
            internet = replace(
                names(news_example=PUBLIC, other_example=PUBLIC), dial=Dialler({443: web.port})
            )
            async with Client(clock=FakeClock(NOW), internet=internet, tls=asking_side) as client:
                return await story(web, client)

    return asyncio.run(main())


VERIFIED = "RFC 9110, 4.3.4; trafilatura retries without, news-crawl trusts everything"


@pytest.mark.rule("An expired certificate is refused", source=VERIFIED)
def test_an_expired_certificate_is_refused() -> None:
    got = over_tls(
        lambda web, client: client.fetch("https://news.example/feed", kind="feed"),
        not_after=datetime.now(UTC) - timedelta(days=1),
    )
    assert (got.reason, got.status) == ("tls", None)


@pytest.mark.rule("Each hop of a redirect is verified", source=VERIFIED)
def test_a_redirect_to_a_host_with_a_wrong_certificate_is_refused() -> None:
    async def story(web: Web, client: Client) -> Exchange:
        web.routes["/feed"] = Reply(301, "", {"Location": "https://other.example/feed"})
        got = await client.fetch("https://news.example/feed", kind="feed")
        assert len(web.asked) == 1
        return got

    assert over_tls(story).reason == "tls"


@pytest.mark.rule("Names and passwords in an address are sent to nobody", source="RFC 9110, 4.2.4")
def test_credentials_in_addresses_are_left_out(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        town.hosts["news.example"] = PUBLIC
        town.web.routes["/feed"] = Reply(302, "", {"Location": "http://ann:word@news.example/x"})
        town.web.routes["/x"] = Reply(200, rss())
        got = await fetch(town, "http://user:secret@news.example/feed")
        assert got.ok and "secret" not in got.first_url and "word" not in got.url
        assert not [one for one in town.web.asked if "authorization" in one.headers]

    in_town(tmp_path, story)
