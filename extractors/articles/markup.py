"""HTML: elements by their path, and plain text, paragraphs split by blank lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import cast

from lxml import etree, html

_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:\w+|#\d+);")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{1,300})\]\(https?://[^\s)]{1,2000}\)")
_LAYOUT = re.compile(
    r"^(?:\+\+\+[\w-]*|\[#\w+:[^\]\n]{0,300}\])[ \t]*$|\{:[^}\n]{0,200}\}", re.MULTILINE
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*|_)(?=\S)([^*_\n]{1,300})(?<=\S)\1(?![\w*])")
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "section", "article",
     "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "header", "footer", "aside",
     "pre")
)  # fmt: skip
_BLOCK_TAG = re.compile(rf"<(?:{'|'.join(sorted(_BLOCKS))})\b", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "figcaption"))


def select(path: etree.XPath, tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the elements at a path that names elements, in the order of the page."""
    return cast(list[html.HtmlElement], path(tree))


def plain_text(markup: str) -> str:
    """Return a fragment of HTML, or text that holds none, as paragraphs.

    Where nothing but inline markup is in it, its lines are paragraphs, too.
    """
    if not _MARKUP.search(markup):
        return paragraphs(markup)
    if not _BLOCK_TAG.search(markup):
        markup = "<br>".join(markup.splitlines())
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        tree = html.fragment_fromstring(markup, create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return paragraphs(_MARKUP.sub(" ", markup))
    return element_text(tree)


def without_markdown(text: str) -> str:
    """Return a text in Markdown, as some publishers' linked data are, as words; others as they are.

    What tells it is a link. Lines such as "+++dropcap" are instructions for the layout.
    """
    if not _MARKDOWN_LINK.search(text):
        return text
    text = _MARKDOWN_LINK.sub(r"\1", _LAYOUT.sub("", text))
    return _EMPHASIS.sub(r"\2", text)


def element_text(tree: html.HtmlElement, *, without: Collection[str] = ()) -> str:
    """Return what an element shows as paragraphs; nothing of the elements named `without`."""
    return paragraphs("".join(_pieces(tree, _SILENT.union(without))))


def paragraphs(text: str) -> str:
    """Return `text` with a paragraph a line as paragraphs split by blank lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _pieces(tree: html.HtmlElement, silent: Collection[str]) -> Iterator[str]:
    """Give the text of `tree`, a line feed around each block; without recursion."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            yield "\n" if element.tag in _BLOCKS else ""
            if element is not tree and element.tag in silent:
                walk.skip_subtree()
            else:
                yield _flat(element.text)
        elif element is not tree:
            yield "\n" if element.tag in _BLOCKS else ""
            yield _flat(element.tail)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
