"""Whether a page is the one that its feed's entry announced, or something in its place."""

from __future__ import annotations

import html
import re
from typing import Literal

from extractors.records import Article, FeedItem
from extractors.text import title_key

Announced = Literal["title", "text"]

_TAG = re.compile(r"<[^>]{0,2000}>")
_LONG_WORD = 4
_LEAST_SHARE = 0.6
_LEAST_WORDS = 2
_MOST_WORDS = 40


def announced(item: FeedItem | None, article: Article) -> Announced | None:
    """Return where the page bears out what the feed's entry says: in its title, or in its text.

    It does when it has the entry's title, or three in five of the longer words of that title (of an
    entry without one: of its summary), and at least two. A text may do so as a list of teasers: the
    title is the better evidence. What the article took from the feed itself is none.
    """
    if item is None:
        return None
    said = _plain(item.title) or _plain(item.summary)
    title = title_key(_from_page(article, "title", article.title))
    if said and (said == title or _bears_out(title, said)):
        return "title"
    return (
        "text" if _bears_out(title_key(_from_page(article, "text", article.text)), said) else None
    )


def _bears_out(shown: str, said: str) -> bool:
    words = [word for word in dict.fromkeys(said.split()) if len(word) >= _LONG_WORD]
    found = sum(word in shown for word in words[:_MOST_WORDS])
    return found >= max(_LEAST_WORDS, _LEAST_SHARE * len(words[:_MOST_WORDS]))


def _plain(markup: str | None) -> str:
    return title_key(_TAG.sub(" ", html.unescape(markup or "")))


def _from_page(article: Article, field: str, value: str | None) -> str:
    return "" if article.sources.get(field) == "feed" else value or ""
