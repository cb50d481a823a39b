"""What tells an entry from a feed's others: its guid, else its link, else what it says."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from extractors.records import FeedItem, stable_id
from extractors.urls import url_key

Reason = Literal["guid", "url", "content"]


def identify(
    guid: str | None, link: str | None, title: str | None, text: str | None
) -> tuple[str, Reason]:
    """Return the identity of an entry and what gave it.

    Without guid and link the title alone stands for the entry, so that an edited summary is seen
    as a change of the same entry; the text counts only where there is no title.
    """
    if guid:
        return guid, "guid"
    if link:
        return link, "url"
    return f"content:{stable_id(title or text or ''):016x}", "content"


def tell_apart(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """Give entries that share a guid but not a link identities of their own.

    The link becomes part of the identity of every one of them (as miniflux does with the second),
    so that an entry keeps its identity when another with its guid appears before it. Entries that
    share both are one entry: listed twice in the same words it stands once, in other words it has
    two versions, which stand one after the other.
    """
    listed = list(items)
    times = Counter(item.identity for item in listed)
    places: dict[str, set[str]] = {}
    for item in listed:
        if item.url and times[item.identity] > 1:
            places.setdefault(item.identity, set()).add(place(item.url))
    kept: dict[tuple[str, str | None, str | None], FeedItem] = {}
    for item in listed:
        if item.url and len(places.get(item.identity, ())) > 1:
            item = dataclasses.replace(item, identity=f"{item.identity} {place(item.url)}")
        kept.setdefault((item.identity, item.title, item.summary), item)
    return tuple(kept.values())


def place(url: str) -> str:
    """Return what spellings of one address share, for any string that claims to be one."""
    try:
        return url_key(url)
    except ValueError:
        return url
