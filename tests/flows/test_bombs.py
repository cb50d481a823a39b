"""Answers and feed lists that are small to send and large to read: refused, in bounded time."""

from __future__ import annotations

import asyncio
import time

import pytest

from benchmarks.memory_web import fetched
from extractors.errors import SettingsError
from flows.sources.opml import read_opml

pytestmark = pytest.mark.area("Safety")

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"
SHORT = OK + b"Content-Length: 1\r\n\r\nx"
ANSWERS = {
    "early hints": (b"HTTP/1.1 103 Hints\r\n\r\n" * 50_000 + SHORT, "too_big"),
    "long early hints": (
        (b"HTTP/1.1 103 Hints\r\nLink: " + b"a" * 15_000 + b"\r\n\r\n") * 500 + SHORT,
        "too_big",
    ),
    "chunks of a byte": (CHUNKED + b"1\r\nx\r\n" * 100_000 + END, "too_big"),
    "chunk extensions": (CHUNKED + (b"1;" + b"a" * 999 + b"\r\nx\r\n") * 20_000 + END, "too_big"),
    "a chunk extension": (CHUNKED + b"1;" + b"a" * 10_000_000 + b"\r\nx\r\n" + END, "protocol"),
    "a chunk's size": (CHUNKED + b"f" * 30 + b"\r\n", "protocol"),
    "trailers": (CHUNKED + b"0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "protocol"),
    "headers": (OK + b"X: y\r\n" * 100_000 + b"\r\n", "protocol"),
    "just too many headers": (OK + (b"X: " + b"y" * 700 + b"\r\n") * 95 + b"\r\n", "too_big"),
    "a header": (OK + b"X: " + b"y" * 10_000_000 + b"\r\n\r\n", "protocol"),
    "a folded header": (OK + b"X: y\r\n" + b" z\r\n" * 50_000 + b"\r\n", "protocol"),
    "a status line": (b"HTTP/1.1 200 " + b"y" * 10_000_000 + b"\r\n\r\n", "protocol"),
    "two lengths": (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy", "protocol"),
}


@pytest.mark.rule(
    "Framing, trailers, headers and 1xx answers are bounded as the body is",
    source="CWE-770; RFC 9112, 7.1; RFC 9110, 15.2",
)
@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_server_sends_besides_the_body_is_bounded(name: str) -> None:
    raw, reason = ANSWERS[name]
    begun = time.process_time()
    exchange = asyncio.run(fetched(raw))
    assert exchange.reason == reason
    assert exchange.body == b""
    assert time.process_time() - begun < 5


def test_a_large_body_in_chunks_is_no_bomb() -> None:
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    exchange = asyncio.run(fetched(CHUNKED + chunk * 4_000 + END))
    assert (exchange.reason, len(exchange.body)) == (None, 4_096_000)


LAUGHS = "".join(
    f'<!ENTITY a{at} "{"".join(f"&a{at - 1};" for _ in range(10))}">' for at in range(1, 10)
)
OUTLINE = '<outline text="A" xmlUrl="https://a.example/feed"/>'
LISTS = {
    "laughs": f'<!DOCTYPE o [<!ENTITY a0 "ha">{LAUGHS}]><opml><body>&a9;{OUTLINE}</body></opml>',
    "laughing attribute": f'<!DOCTYPE o [<!ENTITY a0 "ha">{LAUGHS}]>'
    '<opml><body><outline text="&a9;" xmlUrl="https://a.example/feed"/></body></opml>',
    "large entity": f'<!DOCTYPE o [<!ENTITY a "{"b" * 50_000}">]><opml><body>'
    + '<outline text="&a;&a;&a;&a;" xmlUrl="https://a.example/feed"/>' * 20_000
    + "</body></opml>",
    "nested": "<opml><body>" + "<outline>" * 100_000 + "</outline>" * 100_000 + "</body></opml>",
    "feeds": "<opml><body>" + OUTLINE * 50_000 + "</body></opml>",
}


@pytest.mark.rule("Feed lists cannot blow up, however they are built", source="CWE-776; CWE-407")
@pytest.mark.parametrize("name", LISTS)
def test_feed_lists_cannot_blow_up(name: str) -> None:
    begun = time.process_time()
    try:
        feeds = read_opml(LISTS[name].encode())
    except SettingsError:
        feeds = ()
    assert time.process_time() - begun < 5
    assert all(len(feed.outlet) < 1_000_000 for feed in feeds)


@pytest.mark.rule("Feed lists cannot blow up, however they are built", source="CWE-776; CWE-407")
def test_a_feed_list_with_an_endless_tag_is_refused() -> None:
    attributes = " ".join(f'a{at}=""' for at in range(6_000))
    with pytest.raises(SettingsError, match="a tag is too long"):
        read_opml(f"<opml><body><outline {attributes}/></body></opml>".encode())


@pytest.mark.rule("A feed list reads no file of this machine", source="CWE-611")
def test_a_feed_list_reads_no_file() -> None:
    body = (
        '<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]><opml><body>&e;'
        f'<outline text="&e;" xmlUrl="https://a.example/feed"/>{OUTLINE}</body></opml>'
    )
    with pytest.raises(SettingsError, match="no well-formed XML"):
        read_opml(body.encode())
