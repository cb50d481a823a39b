"""The client against a web that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import re
import ssl
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import brotli
import pytest
import trustme
import zstandard

from flows.http import Client, Exchange, HttpPolicy, Internet, Position, Validators
from tests.web import NO_TRUST, FakeClock, Reply, Web, gzip_bomb, names, serving

pytestmark = pytest.mark.area("HTTP")

T = TypeVar("T")
CHUNKED = {"Transfer-Encoding": "chunked"}
LOCAL = HttpPolicy(allowed_networks=("127.0.0.0/8",), min_spacing_s=0)


def with_web(
    story: Callable[[Web, Client], Awaitable[T]], policy: HttpPolicy = LOCAL, **hosts: str
) -> T:
    """Run `story` with a web and a client that knows 127.0.0.1 by the names of `hosts`."""

    async def main() -> T:
        clock = FakeClock()
        async with (
            serving(clock) as web,
            Client(policy, clock=clock, tls=NO_TRUST, internet=names(**hosts)) as client,
        ):
            return await story(web, client)

    return asyncio.run(main())


def fetch(route: Reply, policy: HttpPolicy = LOCAL, **options: object) -> Exchange:
    """Fetch one route as a feed."""

    async def story(web: Web, client: Client) -> Exchange:
        web.routes["/x"] = route
        return await client.fetch(web.url("/x"), kind="feed", **options)  # type: ignore[arg-type]

    return with_web(story, policy)


@pytest.mark.rule(
    "An answer is kept as it came: status, headers, body, address", source="RFC 9110, 15"
)
def test_an_answer_is_taken_as_it_is() -> None:
    got = fetch(Reply(200, "body", {"Content-Type": "text/xml", "X-Two": "2"}))
    assert (got.status, got.body, got.payload, got.reason) == (200, b"body", b"body", None)
    assert got.ok and got.content_type == "text/xml" and got.header("x-two") == "2"
    assert got.remote_ip == "127.0.0.1"
    assert got.chain == (got.url,)


@pytest.mark.area("Politeness")
@pytest.mark.rule("Cookies are never kept or sent", source="RFC 6265, 5; readers have no session")
def test_the_client_says_who_it_is_and_keeps_no_cookies() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/x"] = Reply(200, "", {"Set-Cookie": "a=b"})
        await client.fetch(web.url("/x"), kind="feed")
        await client.fetch(web.url("/x"), kind="feed")
        for asked in web.asked:
            assert asked.headers["user-agent"].startswith("claimwire/")
            assert asked.headers["accept-encoding"] == "gzip, deflate, br, zstd"
            assert "cookie" not in asked.headers

    with_web(story)


@pytest.mark.rule("Validators are sent back exactly as they came", source="RFC 9110, 13.1 and 8.8")
def test_validators_are_sent_exactly_as_received() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/x"] = Reply(304)
        marks = Validators('W/"a b"', "yesterday, roughly")
        got = await client.fetch(web.url("/x"), kind="feed", validators=marks)
        assert got.not_modified and got.reason is None and got.body == b""
        assert web.asked[0].headers["if-none-match"] == 'W/"a b"'
        assert web.asked[0].headers["if-modified-since"] == "yesterday, roughly"

    with_web(story)


@pytest.mark.rule("A 304 that nobody asked for is a failure", source="RFC 9110, 15.4.5")
def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    got = fetch(Reply(304))
    assert not got.not_modified and got.reason == "http_304"


@pytest.mark.rule(
    "Codings are undone, and the body is kept as it was sent",
    source="RFC 9110, 8.4; RFC 7932; RFC 8878",
)
@pytest.mark.parametrize(
    ("coding", "squeeze"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("zstd", lambda body: zstandard.ZstdCompressor().compress(body)),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
        ("utf-8", lambda body: body),
    ],
)
def test_codings_are_undone_and_the_payload_kept(
    coding: str, squeeze: Callable[[bytes], bytes]
) -> None:
    body = b"<rss>" + b"words " * 100_000
    squeezed = squeeze(body)
    got = fetch(Reply(200, squeezed, {"Content-Encoding": coding}))
    assert (got.body, got.payload) == (body, squeezed)


@pytest.mark.rule("A chunked body is put together", source="RFC 9112, 7.1")
def test_a_chunked_body_is_put_together() -> None:
    assert fetch(Reply(200, [b"one ", b"two"], CHUNKED)).payload == b"one two"


@pytest.mark.rule("gzip of several members is one body", source="RFC 1952, 2.2")
def test_gzip_of_several_members_is_one_body() -> None:
    got = fetch(Reply(200, gzip.compress(b"a") + gzip.compress(b"b"), {"Content-Encoding": "gzip"}))
    assert got.body == b"ab"


# A gzip body that goes on and on and unfolds into nothing: stored blocks of no bytes.
EMPTY_BLOCKS = gzip.compress(b"", mtime=0)[:10] + b"\x00\x00\x00\xff\xff" * 300_000
SMALL = replace(LOCAL, max_body_bytes=1_000_000, max_raw_bytes=1_000_000)


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "Whatever a server does wrong is told in words and leaves no body",
    source="newsboat PR 3428, sockethub 1133: caps on what is decoded, not only on what is sent",
)
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(200, gzip_bomb(50), {"Content-Encoding": "gzip"}), "too_big"),
        (Reply(200, gzip.compress(gzip_bomb(50)), {"Content-Encoding": "gzip, gzip"}), "too_big"),
        (Reply(200, brotli.compress(bytes(9_000_000)), {"Content-Encoding": "br"}), "too_big"),
        (
            Reply(
                200,
                zstandard.ZstdCompressor().compress(bytes(50_000_000)),
                {"Content-Encoding": "zstd"},
            ),
            "too_big",
        ),
        (Reply(200, EMPTY_BLOCKS, {"Content-Encoding": "gzip", **CHUNKED}), "too_big"),
        (Reply(200, b"", length=200_000_000), "too_big"),
        (Reply(200, bytes(1_000_001)), "too_big"),
        (Reply(200, "", {"X-Big": "x" * 70_000}), "too_big"),
        (Reply(200, "", {"X-Big": "x" * 200_000}), "protocol"),
        (Reply(200, "no gzip at all", {"Content-Encoding": "gzip"}), "encoding"),
        (Reply(200, "x", {"Content-Encoding": "gzip, gzip, gzip, gzip"}), "encoding"),
        (Reply(200, gzip.compress(b"words")[:-9], {"Content-Encoding": "gzip"}), "truncated"),
        (Reply(200, b"half of it", length=1000, cut=5), "truncated"),
        (Reply(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "protocol"),
        (Reply(raw=b""), "connection"),
        (
            Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"),
            "truncated",
        ),
    ],
)
def test_what_a_server_may_do_wrong_has_a_word(reply: Reply, reason: str) -> None:
    got = fetch(reply, SMALL)
    assert got.reason == reason
    assert got.body == b""
    failure = got.failure()
    assert failure is not None and failure.problem.endswith(".") and failure.remedy.endswith(".")


def endless(piece: bytes, head: bytes) -> tuple[Exchange, int, int]:
    """Fetch from a server that sends `piece` for ever; return the peak of memory and bytes sent."""
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + head + b"\r\n")
        with contextlib.suppress(ConnectionError):
            while sent < 400_000_000:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
        writer.close()

    async def story(web: Web, client: Client) -> Exchange:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        got = await client.fetch(f"http://127.0.0.1:{port}/", kind="feed")
        server.close()
        return got

    tracemalloc.start()
    got = with_web(story)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return got, peak, sent


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "Memory stays flat, however much is sent",
    source="newsboat PR 3428, sockethub 1133: caps on what is decoded, not only on what is sent",
)
@pytest.mark.parametrize(
    ("piece", "head"),
    [
        (bytes(200_000), b""),
        (bytes(200_000), b"Content-Length: 200000000\r\n"),
        (gzip_bomb(50), b"Content-Encoding: gzip\r\n"),
        (gzip.compress(bytes(200_000)), b"Content-Encoding: gzip\r\n"),
    ],
)
def test_memory_stays_flat_however_much_is_sent(piece: bytes, head: bytes) -> None:
    got, peak, sent = endless(piece, head)
    assert got.reason == "too_big"
    assert got.payload == b"" and got.body == b""
    assert peak < 40_000_000
    assert sent < 60_000_000


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "A slow loris is left: at a silence, and at the end of its time",
    source="CWE-400; newspaper4k 340, trafilatura 216: hangs without timeouts",
)
def test_a_silent_server_times_out() -> None:
    async def story(web: Web, client: Client) -> Exchange:
        web.routes["/x"] = Reply(200, [b"a", b"b"], gate=asyncio.Event())
        return await client.fetch(web.url("/x"), kind="feed")

    assert with_web(story, replace(LOCAL, read_timeout_s=0.05)).reason == "timeout"


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "A slow loris is left: at a silence, and at the end of its time",
    source="CWE-400; newspaper4k 340, trafilatura 216: hangs without timeouts",
)
def test_a_trickling_server_meets_the_total_timeout() -> None:
    async def story(web: Web, client: Client) -> Exchange:
        web.routes["/x"] = Reply(200, [b"a", b"b"], gate=asyncio.Event())
        return await client.fetch(web.url("/x"), kind="feed")

    assert with_web(story, replace(LOCAL, total_timeout_s=0.05)).reason == "timeout"


@pytest.mark.rule("What never reaches a server is told in words", source="RFC 9110, 4.2")
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://nowhere.example/feed", "dns"),
        ("ftp://127.0.0.1/feed", "bad_url"),
        ("feed.xml", "bad_url"),
        ("http://127.0.0.1:1/", "refused"),
    ],
)
def test_what_never_reaches_a_server_has_a_word(url: str, reason: str) -> None:
    got = with_web(lambda web, client: client.fetch(url, kind="feed"))
    assert (got.reason, got.status) == (reason, None)


# ---------------------------------------------------------------- TLS


def over_tls(
    name: str, host: str = "news.example", trusted: bool = True, policy: HttpPolicy = LOCAL
) -> Exchange:
    """Fetch from `host` over TLS, from a server whose certificate is for `name`."""
    authority = trustme.CA()
    serving_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(serving_side)
    asking_side = ssl.create_default_context()
    if trusted:
        authority.configure_trust(asking_side)

    async def main() -> Exchange:
        async with (
            serving(tls=serving_side) as web,
            Client(
                policy, clock=FakeClock(), internet=names(news_example="127.0.0.1"), tls=asking_side
            ) as client,
        ):
            web.routes["/x"] = Reply(200, "safe")
            return await client.fetch(web.url("/x", host), kind="feed")

    return asyncio.run(main())


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "A certificate is checked against the name, not the address",
    source="RFC 9110, 4.3.4; trafilatura retries without, news-crawl trusts everything",
)
def test_a_certificate_is_for_the_name_not_the_address() -> None:
    assert over_tls("news.example").body == b"safe"


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "A wrong certificate is refused",
    source="RFC 9110, 4.3.4; trafilatura retries without, news-crawl trusts everything",
)
@pytest.mark.parametrize(
    ("name", "trusted", "words"),
    [
        ("other.example", True, "[Hh]ostname mismatch"),
        ("127.0.0.1", True, "[Hh]ostname mismatch"),
        ("news.example", False, "unable to get local issuer|self-signed"),
    ],
)
def test_a_wrong_certificate_is_refused(name: str, trusted: bool, words: str) -> None:
    got = over_tls(name, trusted=trusted)
    assert got.reason == "tls" and got.status is None
    assert re.search(words, str(got.error))


@pytest.mark.rule("TLS is always verified, but for hosts the user vouches for", source="RFC 9110")
@pytest.mark.parametrize(("host", "reason"), [("news.example", None), ("other.example", "tls")])
def test_a_host_that_the_user_vouches_for_is_believed(host: str, reason: str | None) -> None:
    policy = replace(LOCAL, unverified_hosts=frozenset({host}))
    assert over_tls("wrong.example", trusted=False, policy=policy).reason == reason


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "TLS to a server that speaks none is refused",
    source="RFC 9110, 4.3.4; trafilatura retries without, news-crawl trusts everything",
)
def test_tls_to_a_server_that_speaks_none_is_told() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def story(web: Web, client: Client) -> Exchange:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        got = await client.fetch(f"https://127.0.0.1:{port}/", kind="feed")
        server.close()
        return got

    assert with_web(story).reason == "tls"


# ---------------------------------------------------------------- redirects


@pytest.mark.rule("Every hop of a redirect is remembered", source="RFC 9110, 15.4")
def test_redirects_are_followed_and_told() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/a"] = Reply(301, "", {"Location": "/b"})
        web.routes["/b"] = Reply(307, "", {"Location": web.url("/c#part")})
        web.routes["/c"] = Reply(200, "there")
        got = await client.fetch(web.url("/a"), kind="feed")
        assert got.body == b"there"
        assert got.chain == (web.url("/a"), web.url("/b"), web.url("/c"))
        assert got.first_url == web.url("/a") and got.final_url == web.url("/c")
        assert [hop.status for hop in got.redirects] == [301, 307]

    with_web(story)


@pytest.mark.area("Safety")
@pytest.mark.rule("Redirects end: circles, endless chains, no address", source="RFC 9110, 15.4")
def test_circles_and_endless_chains_end() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/a"] = Reply(302, "", {"Location": "/b"})
        web.routes["/b"] = Reply(302, "", {"Location": "/a"})
        web.routes["/n"] = lambda asked: Reply(302, "", {"Location": asked.target + "n"})
        for number in range(2, 30):
            web.routes["/" + "n" * number] = web.routes["/n"]
        assert (await client.fetch(web.url("/a"), kind="feed")).reason == "redirects"
        assert (await client.fetch(web.url("/n"), kind="feed")).reason == "redirects"
        assert len(web.asked) < 20

    with_web(story)


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "A redirect may not lead to an inner address",
    source="miniflux 3947, FreshRSS 8400; RFC 6890 and the IANA registries",
)
def test_a_public_name_may_not_lead_inside() -> None:
    """Only 127.0.0.0/9 is named as fit, which stands for the public network here."""

    async def story(web: Web, client: Client) -> None:
        inside = "http://127.200.0.1/secret"
        for target in (inside, "http://2143813633/", "//127.200.0.1/", "http://[::ffff:7fc8:1]/"):
            web.routes["/feed"] = Reply(302, "", {"Location": target})
            got = await client.fetch(web.url("/feed", "news.example"), kind="feed")
            assert got.reason == "blocked_address", target
            assert got.failure() is not None and "loopback" in str(got.failure())
        assert {asked.path for asked in web.asked} == {"/feed"}

    policy = replace(LOCAL, allowed_networks=("127.0.0.0/9",))
    with_web(story, policy, news_example="127.0.0.1")


@pytest.mark.area("Safety")
@pytest.mark.rule("A second answer of the name server changes nothing", source="DNS rebinding")
def test_a_name_is_looked_up_once_for_check_and_connection() -> None:
    """DNS rebinding: a second answer would be another one."""
    answers = iter(["127.0.0.1", "169.254.169.254"])

    async def resolve(host: str, port: int) -> list[str]:
        return [next(answers)]

    async def main() -> Exchange:
        async with serving() as web:
            web.routes["/x"] = Reply(200, "safe")
            async with Client(
                LOCAL, clock=FakeClock(), tls=NO_TRUST, internet=Internet(resolve)
            ) as client:
                got = await client.fetch(web.url("/x", "rebind.example"), kind="feed")
                assert web.asked[0].headers["host"] == f"rebind.example:{web.port}"
                return got

    assert asyncio.run(main()).body == b"safe"


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "Networks that the settings name may be connected to, no others",
    source="miniflux 3947, FreshRSS 8400: checked is what is connected to",
)
def test_without_permission_loopback_is_blocked() -> None:
    got = with_web(lambda web, client: client.fetch(web.base, kind="feed"), HttpPolicy())
    assert got.reason == "blocked_address"


# ---------------------------------------------------------------- keeping


@pytest.mark.area("Archive")
@pytest.mark.rule(
    "Every answer is in the archive before anything follows from it",
    source="archive first: what is not kept is not used",
)
def test_every_answer_is_kept_before_it_is_used() -> None:
    async def main() -> None:
        kept: list[str] = []

        async def keep(exchange: Exchange) -> Position:
            kept.append(exchange.url.rpartition("/")[2])
            return Position("file", len(kept))

        async with serving() as web:
            web.routes["/robots.txt"] = Reply(200, "User-agent: *\nAllow: /")
            web.routes["/a"] = Reply(302, "", {"Location": "/b"})
            web.routes["/b"] = Reply(404, "gone")
            async with Client(LOCAL, clock=FakeClock(), tls=NO_TRUST, keep=keep) as client:
                got = await client.fetch(web.url("/a"))
        assert kept == ["robots.txt", "a", "b"]
        assert got.position == Position("file", 3)
        assert got.redirects[0].position == Position("file", 2)
        assert got.reason == "http_404"

    asyncio.run(main())
