"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read as leniently as it allows."""

from __future__ import annotations

import json
from typing import Any

from extractors.dates import parse_date
from extractors.errors import FeedError
from extractors.feeds.bounds import MAX_ITEMS, left_out
from extractors.feeds.identity import identify
from extractors.records import Cadence, DateCandidate, FeedDocument, FeedItem
from extractors.urls import web_url


def parse_json_feed(body: bytes, *, url: str) -> FeedDocument:
    """Parse `body` as a JSON Feed; links are resolved against `url`.

    Raises:
        FeedError: no JSON, or JSON that is no feed.
    """
    feed = _load(body)
    version = _text(feed.get("version")) or ""
    entries = feed.get("items")
    if not version or not isinstance(entries, list | None):
        raise FeedError("The response is JSON, but no JSON Feed.", "Give the address of a feed.")
    shown = [entry for entry in entries or [] if isinstance(entry, dict)]
    return FeedDocument(
        format="json" + version.rpartition("/")[2].replace(".", "")[:8],
        title=_text(feed.get("title")),
        home_url=web_url(_text(feed.get("home_page_url")), base=url),
        self_url=web_url(_text(feed.get("feed_url")), base=url),
        hub_url=_hub(feed.get("hubs")),
        language=_text(feed.get("language")),
        updated=None,
        cadence=Cadence(),
        items=tuple(_item(entry, feed, url) for entry in shown[:MAX_ITEMS]),
        warnings=tuple(_warnings(len(entries or []), len(shown))),
    )


def _load(body: bytes) -> dict[str, Any]:
    try:
        feed = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise FeedError(
            f"The response looks like a JSON Feed, but is broken JSON ({type(error).__name__}).",
            "Tell its publisher, or try again later.",
        ) from error
    if not isinstance(feed, dict):
        raise FeedError("The response is JSON, but no JSON Feed.", "Give the address of a feed.")
    return feed


def _item(entry: dict[str, Any], feed: dict[str, Any], base: str) -> FeedItem:
    guid = _text(entry.get("id"))
    link = web_url(_text(entry.get("url")) or _text(entry.get("external_url")), base=base)
    title = _text(entry.get("title"))
    text = _text(entry.get("content_html")) or _text(entry.get("content_text"))
    identity, reason = identify(guid, link, title, text)
    return FeedItem(
        identity=identity,
        identity_reason=reason,
        guid=guid,
        url=link,
        title=title,
        summary=_text(entry.get("summary")),
        content_html=text,
        authors=_authors(entry) or _authors(feed),
        published=_date(entry, "date_published"),
        updated=_date(entry, "date_modified"),
        language=_text(entry.get("language")) or _text(feed.get("language")),
        categories=tuple(tag for tag in map(_text, _list(entry.get("tags"))) if tag),
    )


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    people = [*_list(holder.get("authors")), holder.get("author")]
    names = [_text(person.get("name")) for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _date(entry: dict[str, Any], name: str) -> DateCandidate | None:
    return parse_date(_text(entry.get(name)), f"feed.{name}")


def _hub(hubs: object) -> str | None:
    addresses = (web_url(_text(hub.get("url"))) for hub in _list(hubs) if isinstance(hub, dict))
    return next((address for address in addresses if address), None)


def _warnings(listed: int, usable: int) -> list[str]:
    found = []
    if usable < listed:
        found.append(f"{listed - usable} entries are no JSON objects and were left out")
    if usable > MAX_ITEMS:
        found.append(left_out(usable - MAX_ITEMS, MAX_ITEMS))
    return found


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """Return a string or number as non-empty text; numbers stand where ids should be strings."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # JSON can spell half a surrogate pair, which no text can hold.
    return str(value).encode("utf-8", "replace").decode("utf-8").strip() or None
