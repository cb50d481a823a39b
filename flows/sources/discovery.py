"""Finding the feeds of a site: what its page links to, then the usual places.

Nothing is a feed because it is called one: every candidate is fetched and parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

from extractors.errors import ClaimwireError, FeedError, FetchError
from extractors.feeds import parse_feed
from extractors.records import FeedDocument
from flows.http import Client, Exchange
from flows.urls import parse_url

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
_USUAL_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
_MAX_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that answered, with the address to ask it at from now on."""

    url: str
    document: FeedDocument


async def probe(client: Client, url: str, *, robots: bool = False) -> FoundFeed:
    """Return the feed at `url`; `robots` says whether robots.txt is obeyed.

    Raises:
        FetchError: there is no answer, or none with a body.
        FeedError: the answer is no feed.
    """
    return _found(await client.fetch(url, kind="feed", robots=robots))


async def discover(client: Client, url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of the site at `url`: itself, those it links to, or those in usual places.

    Raises:
        FetchError: the site itself cannot be read.
        FeedError: no feed was found.
    """
    page = await client.fetch(url, kind="feed")
    try:
        return (_found(page),)
    except FeedError:
        pass
    linked = find_feed_links(page.body, page.final_url)
    found = await _those_that_are(client, linked)
    if not found:
        usual = [urljoin(page.final_url, place) for place in _USUAL_PLACES]
        found = await _those_that_are(client, usual)
    if not found:
        raise FeedError(
            f"{url} is a page without a feed, and there is none in the usual places.",
            "Look for a link called RSS on the site and give its address.",
        )
    return tuple(found)


def find_feed_links(body: bytes, url: str) -> list[str]:
    """Return the addresses that an HTML page offers as feeds, in its order, each once."""
    if not body.strip():
        return []
    try:
        page = html.document_fromstring(body, base_url=url)
    except (ValueError, html.etree.ParserError):
        return []
    base = page.find(".//base[@href]")
    base_url = urljoin(url, base.get("href", "")) if base is not None else url
    links = [link.get("href") for link in page.iter("link") if _offers_feed(link)]
    links += [a.get("href") for a in page.iter("a") if _looks_like_feed(a.get("href"))]
    found = [_resolved(link, base_url) for link in links if link]
    return list(dict.fromkeys(address for address in found if address))[:_MAX_CANDIDATES]


def _offers_feed(link: html.HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return ("alternate" in relations and kind in _TYPES) or "feed" in relations


def _looks_like_feed(address: str | None) -> bool:
    path = (address or "").partition("?")[0].rstrip("/").lower()
    return path.endswith((".rss", "/rss", "/feed", "rss.xml", "feed.xml", "atom.xml"))


def _resolved(link: str, base: str) -> str | None:
    try:
        return str(parse_url(link, base).href)
    except FetchError:
        return None


async def _those_that_are(client: Client, urls: list[str]) -> list[FoundFeed]:
    """Return those of `urls` that are feeds, each feed once."""
    found: dict[str, FoundFeed] = {}
    for url in urls:
        try:
            feed = await probe(client, url, robots=True)
        except ClaimwireError:
            continue
        found.setdefault(feed.url, feed)
    return list(found.values())


def _found(exchange: Exchange) -> FoundFeed:
    """Return the feed of an answer; a permanent move is followed, a temporary one is not."""
    failure = exchange.failure()
    if failure is not None:
        raise failure
    has_moved = all(hop.status in (301, 308) for hop in exchange.redirects)
    document = parse_feed(exchange.body, url=exchange.final_url, content_type=exchange.content_type)
    return FoundFeed(exchange.final_url if has_moved else exchange.first_url, document)
