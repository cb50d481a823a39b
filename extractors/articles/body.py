"""The article's words: what trafilatura keeps of the page, or what publisher or feed state."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html
from trafilatura import bare_extraction

from extractors.articles.asides import page_asides
from extractors.articles.page import Page
from extractors.articles.pruning import prune
from extractors.articles.standfirst import find_standfirst
from extractors.articles.stopwords import keep_stopwords
from extractors.articles.trimming import trim
from extractors.records import Aside, FeedItem
from extractors.text import title_key

_LONGER = 1.5
"""A text stated elsewhere replaces the page's when it is this much longer."""

_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:\w+|#\d+);")
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "section", "article",
     "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "header", "footer", "aside",
     "pre")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "figcaption"))


class Body(NamedTuple):
    """An article's text, paragraphs split by blank lines, and where it was taken from.

    `shown` is what the page shows of it, `stated` what its linked data have for it, `asides` what
    was set apart from it.
    """

    text: str
    source: str
    shown: str
    stated: str
    asides: tuple[Aside, ...]


def article_text(page: Page, item: FeedItem | None, stated_titles: list[str]) -> Body:
    """Return the article's text: the page's, unless its data or the feed have a longer one."""
    marked = page_asides(page)
    found, pruned = page_text(page)
    shown, trimmed = trim(found, stated_titles, marked)
    asides = (*marked, *pruned, *trimmed)
    stated = plain_text(str(page.linked_data.article.get("articleBody") or ""))
    rivals = [("json_ld", stated), ("feed", plain_text(item.content_html or "") if item else "")]
    for name, rival in rivals:
        if len(rival) > _LONGER * len(shown):
            text, trimmed = trim(rival, stated_titles, marked)
            return Body(text, name, shown, stated, (*marked, *pruned, *trimmed))
    keys = frozenset(title_key(title) for title in stated_titles)
    standfirst = find_standfirst(page, shown, keys) if shown else None
    text = f"{standfirst}\n\n{shown}" if standfirst else shown
    return Body(text, "trafilatura", text, stated, asides)


def page_text(page: Page) -> tuple[str, list[Aside]]:
    """Return the main text of the page, empty if there is none, and what was cut from among it."""
    keep_stopwords()
    tree = copy.deepcopy(page.tree)
    asides = prune(tree)
    etree.strip_elements(tree, "script", with_tail=False)  # or it reads linked data as the page
    document = bare_extraction(
        tree,
        url=page.url,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    return paragraphs(getattr(document, "text", None) or ""), asides


def plain_text(markup: str) -> str:
    """Return a fragment of HTML, or text that holds none, as paragraphs."""
    if not _MARKUP.search(markup):
        return paragraphs(markup)
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return paragraphs(_MARKUP.sub(" ", markup))
    return paragraphs("".join(_pieces(tree)))


def paragraphs(text: str) -> str:
    """Return `text` with a paragraph a line as paragraphs split by blank lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    """Give the text of `tree`, a line feed around each block; without recursion."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        silent = not isinstance(element.tag, str) or element.tag in _SILENT
        if event == "start":
            yield "\n" if element.tag in _BLOCKS else ""
            yield "" if silent else _flat(element.text)
        elif element is not tree:
            yield "\n" if element.tag in _BLOCKS else ""
            yield _flat(element.tail)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
