"""What is fuzzed: a function that takes an input, and must return or raise as documented."""

from __future__ import annotations

import asyncio
import gzip
import tomllib
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from random import Random

import brotli
import zstandard

from benchmarks import seeds
from benchmarks.address_check import check_address
from benchmarks.memory_web import NOW, fetched
from benchmarks.twins import in_order, settle, site
from extractors.articles import article_from_item, extract_article
from extractors.claims import ClaimParser
from extractors.errors import ClaimwireError
from extractors.feeds import parse_feed
from extractors.records import TextDocument
from flows.http import FETCH_REASONS, Exchange, HttpPolicy
from flows.http.robots import read_rules
from flows.http.waits import cache_control, fresh_s, http_date, retry_after_s
from flows.ingest.discovery import entries
from flows.polling import new_feed
from flows.reader import check_spans
from warehouse.rows import FeedRow

URL = "https://news.example/feeds/all.xml"
_TYPES = (None, "text/xml; charset=utf-8", "application/rss+xml; charset=ISO-8859-1", "text/html",
          "text/xml; charset=utf-16", "application/atom+xml; charset=nonsense")  # fmt: skip


class ViolationError(Exception):
    """An input showed that a promise is not kept."""


@dataclass(frozen=True)
class Target:
    """A thing to fuzz: seeds from a folder of real data, if any, the check itself, and bytes."""

    seeds: Callable[[Path | None], list[bytes]]
    check: Callable[[bytes, Random], None]
    longest: int


def check_feed(data: bytes, random: Random) -> None:
    """Parse a feed, make rows of its entries, and articles of those with a text."""
    document = parse_feed(data, url=URL, content_type=random.choice(_TYPES))
    for entry in entries(_feed(), document, 1, NOW):
        _check_texts(entry.row)
        _check_texts(entry.item)
        if not entry.item.identity:
            raise ViolationError("an entry without an identity")
    for item in document.items[:1]:
        article_from_item(item, url=URL, fetched_at=NOW)


def check_page(data: bytes, random: Random) -> None:
    """Extract an article."""
    article = extract_article(data, url=URL, fetched_at=NOW, content_type=random.choice(_TYPES))
    _check_texts(article)
    if article.published and article.published.value > NOW:
        raise ViolationError(f"published in the future: {article.published}")


def check_answer(data: bytes, random: Random) -> None:
    """Let the client fetch raw bytes as an answer, and read all that its headers may say."""
    exchange = _loop().run_until_complete(fetched(data, _POLICY))
    if exchange.error is not None and exchange.error.reason not in FETCH_REASONS:
        raise ViolationError(f"an unknown reason: {exchange.error.reason}")
    for hop in (*exchange.redirects, exchange):
        _check_exchange(hop)


def check_text(data: bytes, random: Random) -> None:
    """Find the claims of a text; every span of theirs is cut from it."""
    text = data.decode("utf-8", random.choice(("surrogateescape", "replace")))
    check_spans(text, _claim_parser().parse(TextDocument("fuzz", text, NOW, outlet="Post")))


@cache
def _claim_parser() -> ClaimParser:
    return ClaimParser()


def check_site(data: bytes, random: Random) -> None:
    """Tell the articles of an invented site apart; what the input says matters not."""
    owners: dict[int, int] = {}
    for page, identity in settle(in_order(site(random, articles=4))):
        if identity is not None:
            owner = owners.setdefault(identity.article_id, page.article)
            if owner != page.article:
                raise ViolationError(f"{page.sight.asked_url} is taken for article {owner}")


def _check_exchange(exchange: Exchange) -> None:
    for wait in (retry_after_s(exchange), fresh_s(exchange)):
        if wait is not None and not 0 <= wait < float("inf"):
            raise ViolationError(f"a wait of {wait} s")
    for _, value in exchange.headers:
        cache_control(value)
        http_date(value)
    _ = exchange.chain, exchange.reason, exchange.failure(), exchange.body_sha256
    rules = read_rules(exchange)
    delay = rules.crawl_delay_s
    if delay is not None and not 0 <= delay < float("inf"):
        raise ViolationError(f"a crawl delay of {delay} s")
    with suppress(ClaimwireError):
        rules.check(exchange.url)


def _check_texts(record: object) -> None:
    """Tell whether all texts of a record can be stored, which is in UTF-8."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, str):
            value.encode()


_POLICY = HttpPolicy(min_spacing_s=0, max_body_bytes=200_000, max_raw_bytes=200_000)


_LOOPS: list[asyncio.AbstractEventLoop] = []


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of the last input, or another where a hang was broken off in it."""
    if not _LOOPS or _LOOPS[-1].is_running() or _LOOPS[-1].is_closed():
        _LOOPS.append(asyncio.new_event_loop())
    return _LOOPS[-1]


def _answers(data: Path | None) -> list[bytes]:
    """Return whole answers around pieces of real feeds: plain, coded, chunked, redirecting."""
    bodies = [body[:600] for body in seeds.feeds(data)[::20]] + [b"User-agent: *\nDisallow: /a\n"]
    coded = {
        b"gzip": gzip.compress,
        b"deflate": zlib.compress,
        b"br": brotli.compress,
        b"zstd": zstandard.ZstdCompressor().compress,
    }
    found = [_answer(b"200 OK", body) for body in bodies]
    for name, code in coded.items():
        found += [_answer(b"200 OK", code(body), b"Content-Encoding: " + name) for body in bodies]
    found += [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x;a=b\r\n%b\r\n0\r\nX: y\r\n\r\n"
        % (len(body), body)
        for body in bodies
    ]
    for url in seeds.urls(data)[::200]:
        found.append(_answer(b"301 Moved Permanently", b"", b"Location: " + url))
    return found + [_answer(b"%d X" % status, b"x", *_MANNERS) for status in (304, 410, 429, 503)]


_MANNERS = (
    b"Retry-After: 120",
    b"Cache-Control: public, max-age=600, s-maxage=1",
    b"Expires: Wed, 01 May 2024 13:00:00 GMT",
    b'ETag: "a"',
    b"Last-Modified: Wed, 01 May 2024 09:00:00 GMT",
)


def _answer(status: bytes, body: bytes, *headers: bytes) -> bytes:
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers, b"", body]
    return b"\r\n".join(lines)


@cache
def _feed() -> FeedRow:
    return new_feed(URL, "Post", NOW)


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("fuzz_words.toml").read_text("utf-8"))


def words(name: str) -> list[bytes]:
    """Return the words that are mixed into a target's inputs."""
    return [word.encode() for word in _words().get(name, [""])]


TARGETS = {
    "feeds": Target(seeds.feeds, check_feed, 6_000),
    "headers": Target(_answers, check_answer, 4_000),
    "html": Target(seeds.pages, check_page, 3_000),
    "sites": Target(lambda folder: [b"site"], check_site, 10),
    "texts": Target(seeds.texts, check_text, 1_500),
    "urls": Target(seeds.urls, check_address, 2_000),
}
