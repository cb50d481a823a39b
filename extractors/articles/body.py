"""The article's words: what trafilatura keeps of the page, or what publisher or feed state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction

from extractors.articles.page import Page
from extractors.articles.pruning import pruned
from extractors.articles.standfirst import find_standfirst
from extractors.articles.stopwords import keep_stopwords
from extractors.articles.trimming import trim
from extractors.records import FeedItem
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


def article_text(page: Page, item: FeedItem | None, stated_titles: list[str]) -> tuple[str, str]:
    """Return the article's text, paragraphs split by blank lines, and where it was taken from."""
    text = trim(page_text(page), stated_titles)
    rivals = [
        ("json_ld", plain_text(str(page.linked_data.article.get("articleBody") or ""))),
        ("feed", plain_text(item.content_html or "") if item else ""),
    ]
    for name, rival in rivals:
        if len(rival) > _LONGER * len(text):
            return trim(rival, stated_titles), name
    keys = frozenset(title_key(title) for title in stated_titles)
    standfirst = find_standfirst(page, text, keys) if text else None
    return (f"{standfirst}\n\n{text}" if standfirst else text), "trafilatura"


def page_text(page: Page) -> str:
    """Return the main text of the page; empty if there is none."""
    keep_stopwords()
    document = bare_extraction(
        pruned(page.tree),
        url=page.url,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    return paragraphs(getattr(document, "text", None) or "")


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
