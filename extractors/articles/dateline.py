"""The date that stands beside the headline, for pages whose markup states none."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from extractors.articles.page import Page
from extractors.dates import dates_in
from extractors.records import DateCandidate
from extractors.text import title_key

_HEADINGS = ("h1", "h2", "h3")
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "svg"))
_BEFORE = 100
_AFTER = 120
"""Characters around the headline within which a date is that of the article."""

_MIN_PART = 15
"""A heading of so many characters may be a part of the title, or the title a part of it."""


def find_dateline(page: Page, title: str | None) -> DateCandidate | None:
    """Return the date nearest to the heading that is the `title`; the later in the text of equals.

    A date further off belongs to another article, to a comment, or to what the article tells, one
    within the title is that of an event.
    """
    if not title:
        return None
    before, heading, after = _around(page.tree, title_key(title))
    near = [(0, date) for _, date in dates_in(heading, "dateline") if date.raw not in title]
    near += [(len(before) - start, date) for start, date in dates_in(before, "dateline")]
    near += [(start, date) for start, date in dates_in(after, "dateline")]
    return min(near, key=lambda found: found[0], default=(0, None))[1]


def _around(tree: html.HtmlElement, key: str) -> tuple[str, str, str]:
    """Return the text before the title's heading, its own, and what follows; empty without one."""
    headings = (one for name in _HEADINGS for one in tree.iter(name) if _is_title(one, key))
    heading = next(headings, None)
    if heading is None:
        return "", "", ""
    before, after, is_after = "", "", False
    for event, piece in _pieces(tree, heading):
        if event == "heading":
            is_after = True
        elif not is_after:
            before = f"{before} {piece}"[-_BEFORE:]
        else:
            after = f"{after} {piece}"
            if len(after) > _AFTER:
                break
    return before, _flat(heading.text_content()), after[:_AFTER]


def _pieces(tree: html.HtmlElement, heading: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Give ("text", words) for what the page shows, and ("heading", "") in the heading's place."""
    body = tree.find(".//body")
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end"))
    for event, element in walk:
        is_shown = isinstance(element.tag, str) and element.tag not in _SILENT
        if event == "start":
            if element is heading:
                walk.skip_subtree()
                yield "heading", ""
            elif not is_shown:
                walk.skip_subtree()
            elif text := _flat(element.text):
                yield "text", text
        elif text := _flat(element.tail):
            yield "text", text


def _is_title(heading: html.HtmlElement, key: str) -> bool:
    own = title_key(_flat(heading.text_content()))
    return own == key or (len(own) > _MIN_PART and (own in key or key in own))


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
