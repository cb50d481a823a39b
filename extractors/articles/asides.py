"""What stands beside an article's text: captions, bylines and comments, by the page's markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree, html

from extractors.articles.linked_data import MAX_LINE
from extractors.articles.markup import select
from extractors.articles.page import Page
from extractors.records import Aside, AsideKind
from extractors.text import after_dateline

MAX_ASIDES = 200
"""What is kept of a page."""

_ELSEWHERE = frozenset(("a", "nav", "footer", "aside", "form", "dialog"))
"""What stands in one of these belongs to other pages: teasers, menus."""

_PATHS: dict[AsideKind, etree.XPath] = {
    "byline": etree.XPath(
        '//*[@rel="author" or @itemprop="author" or contains(@class, "byline")]'
        '[not(self::meta or self::link)]'
    ),
    "caption": etree.XPath(
        '//figcaption | //*[contains(@class, "caption") and (self::p or self::div or self::span)]'
    ),
    "comment": etree.XPath(
        '//*[@itemprop="comment" or contains(@class, "comment-content")'
        ' or contains(@class, "comment-body") or contains(@class, "comment-text")'
        ' or contains(@class, "comment__body") or contains(@class, "comment__text")]'
    ),
}  # fmt: skip
_LONGEST: dict[AsideKind, int] = {"byline": 300, "caption": 1000, "comment": MAX_LINE}
"""Characters; what holds more holds the page's other parts too."""


def page_asides(page: Page) -> list[Aside]:
    """Return the bylines, captions and comments that the page's markup names, in this order."""
    return [Aside(kind, line) for kind in _PATHS for line in _lines(page.tree, kind)]


def dateline(text: str) -> Iterator[Aside]:
    """Give the dateline that a text begins with ("SOFIA (AP) - "), without its dash."""
    line = text[: after_dateline(text, 0)].rstrip(" -–—")
    if line:
        yield Aside("dateline", line)


def distinct(asides: Iterable[Aside]) -> tuple[Aside, ...]:
    """Return `MAX_ASIDES` of them at most, each once."""
    return tuple(dict.fromkeys(asides))[:MAX_ASIDES]


def _lines(tree: html.HtmlElement, kind: AsideKind) -> Iterator[str]:
    found: set[html.HtmlElement] = set()
    for element in select(_PATHS[kind], tree):
        ancestors = list(element.iterancestors())
        if any(above in found or above.tag in _ELSEWHERE for above in ancestors):
            continue
        found.add(element)
        line = " ".join(element.text_content().split())
        if any(map(str.isalnum, line)) and len(line) <= _LONGEST[kind]:
            yield line
