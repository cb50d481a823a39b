"""What is cut from a page before its text is read: others' words, and ways to other pages."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from extractors.articles.linked_data import MAX_LINE
from extractors.records import Aside, AsideKind

_EMBEDS = ("twitter-", "instagram-", "tiktok-", "bluesky-", "reddit-")
_LINK_SHARE = 0.9
_ITEM_LINK_SHARE = 0.5
_MAX_LINK_LINE = 200
_MAX_KEPT = 1000
_HOLDERS = frozenset(("article", "main"))
_MENUS = frozenset(("nav", "header", "footer", "aside", "form", "dialog"))


def prune(tree: html.HtmlElement) -> list[Aside]:
    """Cut embedded posts, lists of links and lines of one link; return those beside the text."""
    asides = []
    for number, (element, kind) in enumerate(list(_prunable(tree))):
        line = " ".join(element.text_content().split())
        if number < _MAX_KEPT and 0 < len(line) <= MAX_LINE and _is_beside_text(element):
            asides.append(Aside(kind, line))
        element.drop_tree()
    return asides


def _prunable(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, AsideKind]]:
    """Give what is to be cut, and as what; nothing that stands within another."""
    walk = etree.iterwalk(tree, events=("start",), tag=("blockquote", "ul", "ol", "p"))
    for _, element in walk:
        kind = _kind(element)
        if kind is not None:
            walk.skip_subtree()
            yield element, kind


def _kind(element: html.HtmlElement) -> AsideKind | None:
    if element.tag == "blockquote":
        classes = element.get("class") or ""
        return "embed" if any(embed in classes for embed in _EMBEDS) else None
    if element.tag == "p":
        return "related" if _is_link_line(element) else None
    is_list = _is_linked(element, least=_LINK_SHARE) or _lists_links(element)
    return "related" if is_list else None


def _is_beside_text(element: html.HtmlElement) -> bool:
    """Tell what stands within an article from the menus of the page."""
    above = [ancestor.tag for ancestor in element.iterancestors()]
    return any(tag in _HOLDERS for tag in above) and not any(tag in _MENUS for tag in above)


def _lists_links(element: html.HtmlElement) -> bool:
    """Tell a list of several other pages, each behind a kicker."""
    items = element.findall("li")
    return len(items) > 1 and all(_is_linked(item, least=_ITEM_LINK_SHARE) for item in items)


def _is_link_line(element: html.HtmlElement) -> bool:
    links = sum(1 for _ in element.iter("a"))
    short = links == 1 and len(element.text_content()) <= _MAX_LINK_LINE
    return short and _is_linked(element, least=1.0)


def _is_linked(element: html.HtmlElement, *, least: float) -> bool:
    """Tell whether links hold at least that share of the letters."""
    letters = sum(map(str.isalnum, element.text_content()))
    linked = sum(
        sum(map(str.isalnum, link.text_content())) for link in element.iter("a") if link.get("href")
    )
    return letters > 0 and linked >= least * letters
