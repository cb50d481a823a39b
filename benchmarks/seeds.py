"""What a fuzz starts from: real feeds, pages and addresses where there are any, and our own."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.feed_suites import feedparser_cases, gofeed_cases, reader_cases
from benchmarks.hostile_texts import SHAPES

_SNAPSHOTS = 12
_FRAGMENT_BYTES = 1_500
_PACKED = "trafilatura_eval/html.tar.xz"
_EVERY = 9  # of the packed pages, which are 150 MB
_LINK = re.compile(rb"<(?:link|guid)[^<>]*>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]+)")

OWN_FEEDS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Post</title>'
    b"<link>https://news.example/</link><ttl>30</ttl><item><title>Ferry &amp;amp; tug</title>"
    b"<link>/a?id=1</link><guid>1</guid><pubDate>Wed, 01 May 2024 09:30:00 EDT</pubDate>"
    b"<author>desk@news.example (Ada Quill)</author><category>Harbour</category>"
    b"<description><![CDATA[<p>Two hurt.</p>]]></description></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><entry><id>tag:1</id>'
    b'<link href="https://port.example/1"/><updated>2024-05-01T10:00:00Z</updated>'
    b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div></content>'
    b"<author><name>Jo</name></author></entry></feed>",
    b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":7,"url":"/7",'
    b'"content_html":"<p>x</p>","date_published":"2024-05-01T08:00:00Z","tags":["a"]}]}',
)
OWN_PAGES = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry hits pier | Post'
    b'</title><link rel="canonical" href="https://news.example/ferry">'
    b'<meta property="article:published_time" content="2024-05-01T09:30:00Z">'
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry hits pier",'
    b'"author":[{"name":"Ada Quill"}],"datePublished":"2024-05-01"}</script></head><body>'
    b"<nav><ul><li><a href=/>Home</a></ul></nav><article><h1>Ferry hits pier</h1>"
    b"<p>Two people were hurt when a ferry struck the pier, the harbour master said on Wednesday."
    b"</p><blockquote class=twitter-x><p>Watch</p></blockquote></article></body></html>",
)
OWN_TEXTS = (
    b"Two people were hurt when a ferry struck the pier, the harbour master, Ada Quill, said on"
    b" Wednesday.\n\n\xe2\x80\x9cWe lost 12 to 15 men,\xe2\x80\x9d she told the Post. The army"
    b" denied it. The figures could not be verified.",
)
OWN_URLS = (
    b"https://www.news.example.co.uk/2024/05/ferry-hits-pier.html?utm_source=rss&id=7#top",
    b"http://news.example/view.php?sid=101&cid=3",
    b"https://news-example-com.cdn.ampproject.org/c/s/news.example.com/a/b",
    b"https://b\xc3\xbccher.example/\xc3\xa4?q=%C3%A4",
)


def feeds(data: Path | None) -> list[bytes]:
    """Return feeds: the cases of other parsers' suites, and every so-manieth snapshot."""
    return [*OWN_FEEDS, *(_feeds(data) if data else ())]


def pages(data: Path | None) -> list[bytes]:
    """Return pieces of pages, small enough to be read quickly: heads, and parts of bodies."""
    return [*OWN_PAGES, *(piece for page in _pages(data) for piece in _pieces(page))]


def whole_pages(data: Path | None) -> list[bytes]:
    """Return pages as they were fetched; our own where there are no others."""
    found = list(_pages(data))
    if data and (data / _PACKED).is_file():
        found += list(members(data / _PACKED))[::_EVERY]
    return found or list(OWN_PAGES)


def texts(data: Path | None) -> list[bytes]:
    """Return texts: PolNeAR's where they are, our own, and the start of every hostile shape."""
    hostile = [make(300).encode("utf-8", "surrogatepass") for make in SHAPES.values()]
    real = sorted(data.glob("polnear/dev/*.txt")) if data else []
    return [*OWN_TEXTS, *hostile, *(path.read_bytes() for path in real)]


def urls(data: Path | None) -> list[bytes]:
    """Return addresses of articles."""
    found = set(OWN_URLS)
    if data:
        found.update(link for body in _feeds(data) for link in _LINK.findall(body))
        found.update(_cited(data / "wikipedia_current_events" / "bullets.jsonl"))
    return sorted(found)


def _feeds(data: Path) -> Iterator[bytes]:
    suites = {"feedparser_tests": feedparser_cases, "gofeed_testdata": gofeed_cases}
    for name, cases in (suites | {"reader_tests": reader_cases}).items():
        if (data / name).is_dir():
            yield from (case.body for case in cases(data / name))
    for path in sorted(data.glob("feed_history/*.tar.xz")):
        yield from _sparsely(members(path))
    yield from (path.read_bytes() for path in sorted(data.glob("mediacloud_rss/*.rss")))


def members(archive: Path) -> Iterator[bytes]:
    """Yield the files of a tar archive."""
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None:
                yield content.read()


def _sparsely(bodies: Iterable[bytes]) -> list[bytes]:
    found = list(bodies)
    return found[:: max(1, len(found) // _SNAPSHOTS)]


def _pages(data: Path | None) -> Iterator[bytes]:
    if data is None:
        return
    for path in sorted(data.glob("fundus/pages/*/*.html.gz")):
        yield gzip.decompress(path.read_bytes())
    for pattern in ("readability_news_pages/pages/*/source.html", "newspaper4k_tests/html/*.html"):
        yield from (path.read_bytes() for path in sorted(data.glob(pattern)))


def _pieces(page: bytes) -> Iterator[bytes]:
    head, _, body = page.partition(b"<body")
    yield head[:_FRAGMENT_BYTES]
    places = [found.start() for found in re.finditer(rb"<(?:h1|article|p|script|time)\b", body)]
    for place in places[:: max(1, len(places) // 6)]:
        yield b"<body" + body[place : place + _FRAGMENT_BYTES]


def _cited(bullets: Path) -> Iterator[bytes]:
    if bullets.is_file():
        for line in bullets.read_text("utf-8").splitlines():
            yield from (link.encode() for link in json.loads(line)["links"])
