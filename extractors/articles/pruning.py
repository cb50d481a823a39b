"""What is cut from a page before its text is read: others' words, and ways to other pages."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import html

_EMBEDS = ("twitter-", "instagram-", "tiktok-", "bluesky-", "reddit-")
_LINK_SHARE = 0.9
_ITEM_LINK_SHARE = 0.5
_MAX_LINE = 200


def pruned(tree: html.HtmlElement) -> html.HtmlElement:
    """Return a copy of `tree` without embedded posts, lists of links and lines of one link."""
    tree = copy.deepcopy(tree)
    for element in list(_prunable(tree)):
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _prunable(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in tree.iter("blockquote", "ul", "ol", "p"):
        if element.tag == "blockquote":
            found = any(embed in (element.get("class") or "") for embed in _EMBEDS)
        elif element.tag == "p":
            found = _is_link_line(element)
        else:
            found = _is_linked(element, least=_LINK_SHARE) or _lists_links(element)
        if found:
            yield element


def _lists_links(element: html.HtmlElement) -> bool:
    """Tell a list of several other pages, each behind a kicker."""
    items = element.findall("li")
    return len(items) > 1 and all(_is_linked(item, least=_ITEM_LINK_SHARE) for item in items)


def _is_link_line(element: html.HtmlElement) -> bool:
    links = sum(1 for _ in element.iter("a"))
    short = links == 1 and len(element.text_content()) <= _MAX_LINE
    return short and _is_linked(element, least=1.0)


def _is_linked(element: html.HtmlElement, *, least: float) -> bool:
    """Tell whether links hold at least that share of the letters."""
    letters = sum(map(str.isalnum, element.text_content()))
    linked = sum(
        sum(map(str.isalnum, link.text_content())) for link in element.iter("a") if link.get("href")
    )
    return letters > 0 and linked >= least * letters
