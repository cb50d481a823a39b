"""The standfirst: the lines between title and text that extractors tend to take for decoration."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from extractors.articles.page import Page
from extractors.text import title_key

_META = ("og:description", "description", "twitter:description")
_HOLDERS = ("p", "h2", "h3", "h4", "div", "span", "strong", "li")
_BLOCKS = frozenset(("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "section", "article", "table"))
_ELSEWHERE = frozenset(("nav", "footer", "aside", "form", "dialog"))
_MIN_WORDS = 6
_MAX_WORDS = 120
_SLACK = 1.6
"""A holder may be this much longer than the description that is cut from it."""


def find_standfirst(page: Page, text: str, titles: frozenset[str]) -> str | None:
    """Return the page's description if the page also shows it, and `text` lacks it.

    Publishers give the standfirst as the page's description; where they show it too, it is part of
    the article. A description that is not shown is not: nothing is added that no reader sees.
    """
    described = [key for key in map(title_key, _descriptions(page)) if _is_sentence(key, titles)]
    if not described:
        return None
    body = title_key(text)
    wanted = [key for key in described if key not in body]
    if len(wanted) < len(described) or not wanted:
        return None
    return next(
        (shown for shown, key in _shown(page) if any(_holds(key, part) for part in wanted)), None
    )


def _descriptions(page: Page) -> Iterator[str]:
    for name in _META:
        if name in page.meta:
            yield page.meta[name].rstrip(". …")
    yield (page.linked_data.text("description") or "").rstrip(". …")


def _is_sentence(key: str, titles: frozenset[str]) -> bool:
    return key not in titles and _MIN_WORDS <= key.count(" ") + 1 <= _MAX_WORDS


def _holds(key: str, description: str) -> bool:
    return description in key and len(key) <= _SLACK * len(description) + 20


def _shown(page: Page) -> Iterator[tuple[str, str]]:
    """Give the text of each innermost block of the page, and its key."""
    for element in page.tree.iter(*_HOLDERS):
        if any(child.tag in _BLOCKS for child in element):
            continue
        text = " ".join(element.text_content().split())
        if _MIN_WORDS <= text.count(" ") + 1 <= 2 * _MAX_WORDS and not _is_elsewhere(element):
            yield text, title_key(text)


def _is_elsewhere(element: html.HtmlElement) -> bool:
    return any(parent.tag in _ELSEWHERE for parent in element.iterancestors())
