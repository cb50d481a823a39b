"""feedparser (6.0.14), with what takes it more than linear time replaced, or is for nothing.

It looks for an address in each author with an expression that is quadratic in the author's length
(a megabyte: hours), compares each category with all before it, and reads geometries, which nobody
asked it for, number by number. It tries ten forms on each date, of any length, where we need the
rare ones alone, makes deep copies of flat dictionaries, and resolves the same base for each
element. And for each feed it searches the import path for an XML parser that Python lost long ago.
"""

from __future__ import annotations

import copy
import io
from calendar import timegm
from datetime import UTC, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import feedparser.api
from feedparser import datetimes, mixin
from feedparser.mixin import _FeedParserMixin
from feedparser.namespaces import georss

_MAX_AUTHOR = 300
_MAX_TAGS = 150
_MAX_DATE = 200
# The reader of ISO 8601 fills what it does not find from today's date and this machine's zone.
_DATE_FORMS = [one for one in datetimes._date_handlers if one != datetimes._parse_date_iso8601]


def parse(body: bytes, content_type: str) -> Any:
    """Return feedparser's reading of `body`; nothing is fetched, sanitised or resolved."""
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def read_date(text: str) -> datetime | None:
    """Return feedparser's reading of a date; `parse` leaves dates as they are written."""
    for read in _DATE_FORMS if len(text) <= _MAX_DATE else ():
        try:
            if found := read(text):
                return datetime.fromtimestamp(timegm(found), UTC)
        except (AttributeError, KeyError, OverflowError, ValueError):
            continue
    return None


def _mend() -> None:
    sync_author, add_tag = _FeedParserMixin._sync_author_detail, _FeedParserMixin._add_tag

    def sync_short_author(parser: Any, key: str = "author") -> None:
        if len(parser._get_context().get(key) or "") <= _MAX_AUTHOR:
            sync_author(parser, key)

    def add_one_of_few_tags(parser: Any, *tag: Any) -> None:
        if len(parser._get_context().get("tags") or ()) < _MAX_TAGS:
            add_tag(parser, *tag)

    feedparser.api.PREFERRED_XML_PARSERS = []
    datetimes._date_handlers.clear()
    mixin.copy = SimpleNamespace(deepcopy=copy.copy)
    mixin._urljoin = lru_cache(8)(mixin._urljoin)
    _FeedParserMixin._sync_author_detail = sync_short_author
    _FeedParserMixin._add_tag = add_one_of_few_tags
    for name in [name for name in vars(georss.Namespace) if name.startswith(("_start", "_end"))]:
        delattr(georss.Namespace, name)


_mend()
