"""Who wrote the article, and for which site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from extractors.articles.page import Page
from extractors.records import FeedItem

MAX_AUTHORS = 20

_META = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
)
_BY = re.compile(r"^(?:by|von|par|por|di|from)\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[;|\n]|,(?!\s*(?:Jr|Sr|Ph\.?D|M\.?D)\b)|\band\b|\bund\b|\bet\b|&)\s*")
_ADDRESS = re.compile(r"https?://|@|^www\.")
_MAX_NAME = 80
_MAX_MARKED = 5


def authors(page: Page, item: FeedItem | None) -> tuple[tuple[str, ...], str] | None:
    """Return the authors' names and where they stood."""
    stated = [
        ("json_ld", page.linked_data.names("author") or page.linked_data.names("creator")),
        *((f"meta:{name}", (page.meta[name],)) for name in _META if name in page.meta),
        ("feed", item.authors if item else ()),
        ("byline", _marked(page)),
    ]
    for source, values in stated:
        names = clean(values)
        if names:
            return names, source
    return None


def site_name(page: Page) -> tuple[str, str] | None:
    """Return the site's name and where it stood."""
    publishers = page.linked_data.names("publisher")
    if publishers:
        return publishers[0], "json_ld"
    found = page.first(("og:site_name", "application-name", "twitter:site"))
    return (found[1].lstrip("@"), f"meta:{found[0]}") if found else None


def clean(values: Iterable[str]) -> tuple[str, ...]:
    """Split and clean bylines: no addresses, no "By", each name once."""
    names: dict[str, None] = {}
    for value in values:
        for part in _AND.split(_BY.sub("", " ".join(value.split()))):
            name = _BY.sub("", part).strip(" .,-–|")
            if 1 < len(name) <= _MAX_NAME and not _ADDRESS.search(name):
                names.setdefault(name)
    return tuple(names)[:MAX_AUTHORS]


def _marked(page: Page) -> tuple[str, ...]:
    """Return what the page marks as the author's name (microdata, `rel=author`)."""
    named = (
        element
        for element in page.bylines
        if (element.get("itemprop") == "author" or element.get("rel") == "author")
        and not any(True for _ in element.iterancestors("footer"))
    )
    return tuple(" ".join(one.text_content().split()) for one in islice(named, _MAX_MARKED))
