"""When the article was published and changed, in order of trust, never after it was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from htmldate import find_date

from extractors.articles.dateline import find_dateline
from extractors.articles.page import Page
from extractors.dates import first_believable, is_stated_in_utc, parse_date, stated_day
from extractors.records import DateCandidate, FeedItem

_OPEN_GRAPH = ("article:published_time", "og:published_time", "og:article:published_time")
_PUBLISHED = (
    "datepublished", "date_published", "publishdate", "publish-date", "publish_date", "pubdate",
    "published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "article.published", "cxenseparse:recs:publishtime", "article_date_original", "date.created",
    "rnews:datepublished", "ptime",
)  # fmt: skip
_GENERIC = ("dc.date", "dcterms.date", "date", "datecreated", "last-modified-date")
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article:modified",
)  # fmt: skip
_DAY = timedelta(days=1)
_LATEST_YESTERDAY = time(12)
_FIRST_TOMORROW = time(10)
"""In UTC: when the last zone (UTC-12) leaves a day, and the first one (UTC+14) enters the next."""

_AN_HOUR = timedelta(hours=1)
_FARTHEST_ZONE = timedelta(hours=14)
_TITLE_DAY = re.compile(r"[|–-]\s*(\d{1,2}\.\d{1,2}\.\d{4})\s*$")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=[/\-_.]|$)")


def published(
    page: Page, item: FeedItem | None, fetched_at: datetime, title: str | None = None
) -> DateCandidate | None:
    """Return the date of publication; a guess from the visible text only if nothing states one.

    A date beside the heading that is the `title` is no guess.
    """
    stated = first_believable(_days_first(_published(page, item, title)), ceiling=fetched_at)
    return stated or first_believable([_guess(page, fetched_at)], ceiling=fetched_at)


def published_on(page: Page, moment: DateCandidate) -> date:
    """Return the day of `moment`, that of publication, as the newsroom's calendar has it.

    Servers give moments in UTC, where an evening in America is the next day already. The day
    before or after is the newsroom's if the page shows it, and it is that day somewhere on earth
    then.
    """
    day = stated_day(moment)
    if not is_stated_in_utc(moment):
        return day
    shown = {stated_day(one) for one in _shown(page) if one and _may_be(one, moment)}
    at = moment.value.time()
    neighbours = [day - _DAY] * (at < _LATEST_YESTERDAY) + [day + _DAY] * (at >= _FIRST_TOMORROW)
    return next((one for one in neighbours if one in shown and day not in shown), day)


def modified(page: Page, item: FeedItem | None, fetched_at: datetime) -> DateCandidate | None:
    """Return the date of the last change that the page or its feed states."""
    return first_believable(_modified(page, item), ceiling=fetched_at)


def _days_first(candidates: Iterator[DateCandidate | None]) -> Iterator[DateCandidate | None]:
    """Give those that name a day, then those that name a month or a year."""
    coarse = []
    for candidate in candidates:
        if candidate is not None and candidate.precision in ("month", "year"):
            coarse.append(candidate)
        else:
            yield candidate
    yield from coarse


def _published(
    page: Page, item: FeedItem | None, title: str | None
) -> Iterator[DateCandidate | None]:
    """Give the dates of publication in order of trust.

    Where Open Graph and JSON-LD differ, JSON-LD has the day of an older text that was written anew.
    What says no more than `date` is as often the last change: what readers see comes before it.
    """
    yield from _meta(page, _OPEN_GRAPH)
    yield parse_date(page.linked_data.text("datePublished"), "json_ld.datePublished")
    yield from _meta(page, _PUBLISHED)
    if item is not None:
        yield item.published
        yield item.updated
    yield parse_date(page.linked_data.text("dateCreated"), "json_ld.dateCreated")
    if match := _TITLE_DAY.search(page.meta.get("og:title", "")):
        yield parse_date(match[1], "meta:og:title")
    yield from _visible(page, title)
    yield from _meta(page, _GENERIC)
    yield from _address(page)


def _visible(page: Page, title: str | None) -> Iterator[DateCandidate | None]:
    """Give the date beside the headline, more exactly where a `time` element can, and others."""
    elements = list(page.tree.iter("time"))
    times = [*_times(filter(_marks_publication, elements)), *_times(elements[:1])]
    line = find_dateline(page, title)
    same = (one for one in times if one and line and stated_day(one) == stated_day(line))
    yield next(same, line)
    yield from times


def _may_be(shown: DateCandidate, moment: DateCandidate) -> bool:
    """Tell whether a date with a day of its own can be the same moment, told in another zone."""
    if shown.precision == "day":
        return True
    far = _AN_HOUR if shown.has_zone else _FARTHEST_ZONE
    return not is_stated_in_utc(shown) and abs(shown.value - moment.value) <= far


def _shown(page: Page) -> Iterator[DateCandidate | None]:
    """Give the dates that tell the newsroom's day: of address, `time` element and generic names."""
    yield from _address(page)
    yield from _times(list(page.tree.iter("time"))[:1])
    yield from _meta(page, _GENERIC)


def _modified(page: Page, item: FeedItem | None) -> Iterator[DateCandidate | None]:
    yield parse_date(page.linked_data.text("dateModified"), "json_ld.dateModified")
    yield from _meta(page, _MODIFIED)
    if item is not None:
        yield item.updated


def _meta(page: Page, names: tuple[str, ...]) -> Iterator[DateCandidate | None]:
    for name in names:
        if name in page.meta:
            yield parse_date(page.meta[name], f"meta:{name}")


def _address(page: Page) -> Iterator[DateCandidate | None]:
    if match := _URL_DAY.search(page.url):
        yield parse_date("-".join(match.groups()), "url")


def _times(elements: Iterable[Any]) -> Iterator[DateCandidate | None]:
    for element in elements:
        yield parse_date(element.get("datetime") or element.text_content(), "time")


def _marks_publication(element: Any) -> bool:
    words = " ".join(element.get(name) or "" for name in ("itemprop", "class", "pubdate", "id"))
    return element.get("pubdate") is not None or "publi" in words.lower()


def _guess(page: Page, fetched_at: datetime) -> DateCandidate | None:
    """Let htmldate look through the page's markup and text."""
    limit = (fetched_at + timedelta(days=1)).strftime("%Y-%m-%d")
    found = find_date(page.tree, original_date=True, url=page.url, max_date=limit)
    return parse_date(found, "htmldate")
