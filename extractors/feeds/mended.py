"""feedparser (6.0.14), with what takes it more than linear time replaced.

It looks for an address in each author with an expression that is quadratic in the author's length
(a megabyte: hours), compares each category with all before it, tries a dozen forms on dates of any
length, and reads geometries, which nobody asked it for, number by number. And for each feed it
searches the import path for an XML parser that Python lost long ago.
"""

from __future__ import annotations

import io
from typing import Any

import feedparser.api
from feedparser.mixin import _FeedParserMixin
from feedparser.namespaces import georss

_MAX_AUTHOR = 300
_MAX_TAGS = 150
_MAX_DATE = 200
_NO_DATE = (0,) * 9


def parse(body: bytes, content_type: str) -> Any:
    """Return feedparser's reading of `body`; nothing is fetched, sanitised or resolved."""
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _mend() -> None:
    sync_author, add_tag = _FeedParserMixin._sync_author_detail, _FeedParserMixin._add_tag

    def sync_short_author(parser: Any, key: str = "author") -> None:
        if len(parser._get_context().get(key) or "") <= _MAX_AUTHOR:
            sync_author(parser, key)

    def add_one_of_few_tags(parser: Any, *tag: Any) -> None:
        if len(parser._get_context().get("tags") or ()) < _MAX_TAGS:
            add_tag(parser, *tag)

    feedparser.api.PREFERRED_XML_PARSERS = []
    feedparser.registerDateHandler(lambda text: _NO_DATE if len(text) > _MAX_DATE else None)
    _FeedParserMixin._sync_author_detail = sync_short_author
    _FeedParserMixin._add_tag = add_one_of_few_tags
    for name in [name for name in vars(georss.Namespace) if name.startswith(("_start", "_end"))]:
        delattr(georss.Namespace, name)


_mend()
