"""What stands beside an article's text: captions, bylines and comments, by the page's markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree, html

from extractors.articles.linked_data import MAX_LINE
from extractors.articles.markup import element_text, select
from extractors.articles.page import Page
from extractors.records import Aside, AsideKind
from extractors.text import after_dateline

MAX_ASIDES = 200
"""What is kept of a page."""

_ELSEWHERE = frozenset(("a", "nav", "footer", "aside", "dialog"))
"""What stands in one of these belongs to other pages: teasers, menus."""

_CAPTIONS = etree.XPath('//figcaption | //p[contains(@class, "caption")]')
_COMMENTS = etree.XPath(
    '//div[@itemprop="comment" or starts-with(@id, "comment-")]'
    ' | //li[starts-with(@id, "comment-")]'
    ' | //article[@itemprop="comment" or starts-with(@id, "comment-")]'
)
_COMMENT = re.compile(r"comment-\d")
_LONGEST: dict[AsideKind, int] = {"byline": 300, "caption": 1000, "comment": MAX_LINE}
"""Characters; what holds more holds the page's other parts too."""

_MAX_ELEMENTS = 1000


def page_asides(page: Page) -> list[Aside]:
    """Return the bylines, captions and comments that the page's markup names, in this order."""
    found: dict[AsideKind, list[html.HtmlElement]] = {
        "byline": page.bylines,
        "caption": select(_CAPTIONS, page.tree),
        "comment": list(filter(_is_comment, select(_COMMENTS, page.tree))),
    }
    return [
        Aside(kind, line)
        for kind, elements in found.items()
        for line in _lines(elements[:_MAX_ELEMENTS], _LONGEST[kind])
    ]


def dateline(text: str) -> Iterator[Aside]:
    """Give the dateline ("SOFIA (AP) - ") that a text begins with, or goes on with after a
    standfirst, without its dash.
    """
    first_two = text.split("\n\n", 2)[:2]
    lines = (one[: after_dateline(one, 0)].rstrip(" -–—") for one in first_two)
    line = next(filter(None, lines), None)
    if line:
        yield Aside("dateline", line)


def distinct(asides: Iterable[Aside]) -> tuple[Aside, ...]:
    """Return `MAX_ASIDES` of them at most, each once."""
    return tuple(dict.fromkeys(asides))[:MAX_ASIDES]


def _is_comment(element: html.HtmlElement) -> bool:
    """Tell a comment from the section of all: that has no number."""
    has_number = bool(_COMMENT.match(element.get("id") or ""))
    return has_number or element.get("itemprop") == "comment"


def _lines(elements: Iterable[html.HtmlElement], longest: int) -> Iterator[str]:
    """Give the words of each element on a line, without those within another, or elsewhere."""
    found: set[html.HtmlElement] = set()
    for element in elements:
        if any(above in found or above.tag in _ELSEWHERE for above in element.iterancestors()):
            continue
        line = " ".join(element_text(element).split())
        if len(line) <= longest and any(map(str.isalnum, line)):
            found.add(element)
            yield line
