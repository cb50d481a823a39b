"""When the article was published and changed, in order of trust, never after it was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from htmldate import find_date

from extractors.articles.page import Page
from extractors.dates import first_believable, parse_date
from extractors.records import DateCandidate, FeedItem

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date_published", "publishdate", "publish-date", "publish_date", "pubdate", "published_time",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
    "dcterms.date", "article.published", "cxenseparse:recs:publishtime", "date",
    "article_date_original",
    "last-modified-date", "datecreated", "date.created", "rnews:datepublished", "ptime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article:modified",
)  # fmt: skip
_TITLE_DAY = re.compile(r"[|–-]\s*(\d{1,2}\.\d{1,2}\.\d{4})\s*$")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=[/\-_.]|$)")


def published(page: Page, item: FeedItem | None, fetched_at: datetime) -> DateCandidate | None:
    """Return the date of publication; a guess from the visible text only if nothing states one."""
    stated = first_believable(_published(page, item), ceiling=fetched_at)
    return stated or first_believable([_guess(page, fetched_at)], ceiling=fetched_at)


def modified(page: Page, item: FeedItem | None, fetched_at: datetime) -> DateCandidate | None:
    """Return the date of the last change that the page or its feed states."""
    return first_believable(_modified(page, item), ceiling=fetched_at)


def _published(page: Page, item: FeedItem | None) -> Iterator[DateCandidate | None]:
    yield parse_date(page.linked_data.text("datePublished"), "json_ld.datePublished")
    yield from _meta(page, _PUBLISHED)
    if item is not None:
        yield item.published
        yield item.updated
    yield parse_date(page.linked_data.text("dateCreated"), "json_ld.dateCreated")
    if match := _TITLE_DAY.search(page.meta.get("og:title", "")):
        yield parse_date(match[1], "meta:og:title")
    yield from _time_elements(page)
    if match := _URL_DAY.search(page.url):
        yield parse_date("-".join(match.groups()), "url")


def _modified(page: Page, item: FeedItem | None) -> Iterator[DateCandidate | None]:
    yield parse_date(page.linked_data.text("dateModified"), "json_ld.dateModified")
    yield from _meta(page, _MODIFIED)
    if item is not None:
        yield item.updated


def _meta(page: Page, names: tuple[str, ...]) -> Iterator[DateCandidate | None]:
    for name in names:
        if name in page.meta:
            yield parse_date(page.meta[name], f"meta:{name}")


def _time_elements(page: Page) -> Iterator[DateCandidate | None]:
    """Give the dates of `time` elements: those marked as the publication's first."""
    elements = list(page.tree.iter("time"))
    marked = [element for element in elements if _marks_publication(element)]
    for element in marked or elements[:1]:
        yield parse_date(element.get("datetime") or element.text_content(), "time")


def _marks_publication(element: Any) -> bool:
    words = " ".join(element.get(name) or "" for name in ("itemprop", "class", "pubdate", "id"))
    return element.get("pubdate") is not None or "publi" in words.lower()


def _guess(page: Page, fetched_at: datetime) -> DateCandidate | None:
    """Let htmldate look through the page's markup and text."""
    limit = (fetched_at + timedelta(days=1)).strftime("%Y-%m-%d")
    found = find_date(page.tree, original_date=True, url=page.url, max_date=limit)
    return parse_date(found, "htmldate")
