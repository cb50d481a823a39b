"""The posts of a live blog, each with the time it appeared at.

They are told by linked data (https://schema.org/liveBlogUpdate), by microdata, or by being siblings
with a `time` element each; what linked data state is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree, html

from extractors.articles.linked_data import plain
from extractors.articles.markup import element_text, plain_text, select, without_markdown
from extractors.articles.page import Page
from extractors.dates import first_believable, parse_date
from extractors.records import DateCandidate, Post
from extractors.text import title_key

MAX_POSTS = 500

_MIN_POSTS = 3
"""Siblings with a `time` element each that make a live blog of a page."""

_MIN_CHARACTERS = 60
_MIN_WORDS = 4
"""A shorter paragraph may stand in several posts."""

_NEAR = 4
"""Posts within which a part of one is looked for."""

_PLACED = 0.5
"""The share of the posts that a text must have to be theirs."""

_ADDRESS = re.compile(
    r"/live(?:blog|ticker)?(?:[/\-_]|$)|[/\-_]live-?(?:blog|ticker|updates?)(?:[/\-_.]|$)|-live/?$"
)
_MARKED_BLOG = etree.XPath(
    '//*[@itemprop="liveBlogUpdate" or contains(@itemtype, "schema.org/LiveBlogPosting")]'
)
_MARKED = etree.XPath(
    '//*[@itemprop="liveBlogUpdate" or (contains(@itemtype, "schema.org/BlogPosting")'
    ' and ancestor::*[contains(@itemtype, "schema.org/LiveBlogPosting")])]'
)
_TIMED = etree.XPath("//time[@datetime]")
_DATE = etree.XPath('.//*[@itemprop="datePublished"] | .//time[@datetime]')
_HEADING = etree.XPath('.//h2 | .//h3 | .//h4 | .//*[@itemprop="headline"]')


class Statement(NamedTuple):
    """A post as the page states it; `text` has its title, too."""

    title: str | None
    text: str
    published: DateCandidate | None


def is_live_blog(page: Page) -> bool:
    """Tell by linked data, microdata or address whether a page is a live blog."""
    return (
        page.linked_data.is_live_blog
        or bool(_ADDRESS.search(page.url.lower()))
        or (page.names_live_blog and bool(select(_MARKED_BLOG, page.tree)))
    )


def stated_posts(page: Page, fetched_at: datetime) -> list[Statement]:
    """Return the posts of a live blog, as the page orders them; no date lies after `fetched_at`."""
    updates = page.linked_data.updates[:MAX_POSTS]
    found = [post for update in updates if (post := _update(update, fetched_at)).text]
    return found or [_element(one, fetched_at) for one in islice(_elements(page.tree), MAX_POSTS)]


def joined(posts: Sequence[Statement]) -> str:
    """Return the text of the posts alone."""
    return "\n\n".join(post.text for post in posts)


def place_posts(posts: Sequence[Statement], text: str) -> tuple[Post, ...]:
    """Return the posts that `text` has, where it has them; empty if it has less than half of them.

    A post reaches from its first paragraph to its last; none is found twice.
    """
    places: dict[int, tuple[int, int]] = {}
    current: int | None = None
    for start, end, owner in _owners(posts, text):
        if owner == current or owner not in places:
            places[owner] = (places.get(owner, (start,))[0], end)
            current = owner
    if len(places) < _PLACED * len(posts):
        return ()
    return tuple(
        Post(start, end, posts[number].title, posts[number].published)
        for number, (start, end) in places.items()
    )


def _owners(posts: Sequence[Statement], text: str) -> Iterator[tuple[int, int, int]]:
    """Give (start, end, number of the post) of each paragraph of `text` that a post has.

    A paragraph is a post's own one, or a part of the post that was met last, or of one that
    follows it: linked data may have a post's paragraphs in one line.
    """
    owners = {key: number for number, post in enumerate(posts) for key in _paragraph_keys(post)}
    lines = [f" {title_key(post.text)} " for post in posts]
    at, last = 0, 0
    for paragraph in text.split("\n\n"):
        start, at = at, at + len(paragraph) + 2
        key = title_key(paragraph)
        near = range(last, min(last + _NEAR, len(posts))) if _is_long(key) else ()
        part_of = (number for number in near if f" {key} " in lines[number])
        owner = owners.get(key, next(part_of, None))
        if owner is not None:
            last = owner
            yield start, start + len(paragraph), owner


def _paragraph_keys(post: Statement) -> Iterator[str]:
    if post.title:
        yield title_key(post.title)
    yield from filter(_is_long, map(title_key, post.text.split("\n\n")))


def _is_long(key: str) -> bool:
    return key.count(" ") + 1 >= _MIN_WORDS


def _update(node: dict[str, Any], fetched_at: datetime) -> Statement:
    title = plain(node.get("headline"))
    body = plain_text(without_markdown(str(node.get("articleBody") or "")))
    date = parse_date(plain(node.get("datePublished")), "json_ld.datePublished")
    return Statement(title, _text(title, body), first_believable([date], ceiling=fetched_at))


def _element(element: html.HtmlElement, fetched_at: datetime) -> Statement:
    headings = (" ".join(one.text_content().split()) for one in select(_HEADING, element))
    title = next(filter(None, headings), None)
    dates = (
        parse_date(one.get("datetime") or one.get("content") or one.text_content(), "time")
        for one in select(_DATE, element)
    )
    body = element_text(element, without=("time",))
    return Statement(title, _text(title, body), first_believable(dates, ceiling=fetched_at))


def _text(title: str | None, body: str) -> str:
    has_title = not title or title_key(title) in title_key(body)
    return body if has_title else f"{title}\n\n{body}".strip()


def _elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Give the elements of posts: those that microdata mark, else siblings with a time each."""
    yield from select(_MARKED, tree) or _siblings(tree)


def _siblings(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the largest group of siblings that have a time and a text each."""
    groups: dict[html.HtmlElement, dict[html.HtmlElement, None]] = {}
    for time in select(_TIMED, tree)[:MAX_POSTS]:
        child = time
        for parent in time.iterancestors():
            groups.setdefault(parent, {})[child] = None
            child = parent
    rich = (
        [one for one in children if len(one.text_content()) >= _MIN_CHARACTERS]
        for children in groups.values()
        if len(children) >= _MIN_POSTS
    )
    return max((group for group in rich if len(group) >= _MIN_POSTS), key=len, default=[])
