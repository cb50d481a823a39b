"""The posts of a live blog, each with the time it appeared at.

They are told by linked data (https://schema.org/liveBlogUpdate), else by microdata, else they are
siblings with a `time` element each, as far as these are found in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, NamedTuple

from lxml import etree, html

from extractors.articles.linked_data import MAX_LINE, plain
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

_MIN_BEGINNING = 40
"""Characters of a post whose linked data have no more than its beginning."""

_NEAR = 4
"""Posts within which a part of one is looked for."""

_MAX_SEARCHED = 50_000_000
"""Characters; parts of posts are looked for no further."""

_MAX_GROUPS = 5
_PLACED = 0.5
"""The share of the posts that a text must have to be theirs."""

_ADDRESS = re.compile(
    r"/live(?:blog|ticker)?(?:[/\-_]|$)|[/\-_]live-?(?:blog|ticker|updates?)(?:[/\-_.]|$)"
)
_MARKED_BLOG = etree.XPath(
    '//*[@itemprop="liveBlogUpdate" or contains(@itemtype, "schema.org/LiveBlogPosting")]'
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
    """Return the posts that linked data or microdata state, as the page orders them, each once.

    No date lies after `fetched_at`.
    """
    updates = page.linked_data.updates[:MAX_POSTS]
    found = [_update(update, fetched_at) for update in updates]
    if not found and page.names_live_blog:
        found = [_element(one, fetched_at) for one in islice(_marked(page.tree), MAX_POSTS)]
    return list(dict.fromkeys(post for post in found if post.text))


def joined(posts: Sequence[Statement]) -> str:
    """Return the text of the posts alone."""
    return "\n\n".join(post.text for post in posts)


def find_posts(
    page: Page, posts: Sequence[Statement], text: str, fetched_at: datetime
) -> tuple[Post, ...]:
    """Return the stated posts where `text` has them; siblings with a time each if none are stated.

    Siblings can be comments, or teasers of other pages: they are posts if the text has them.
    """
    if posts:
        return place_posts(posts, text)
    groups = ([_element(one, fetched_at) for one in group] for group in _siblings(page.tree))
    return next(filter(None, (place_posts(group, text) for group in groups)), ())


def place_posts(posts: Sequence[Statement], text: str) -> tuple[Post, ...]:
    """Return the posts that `text` has, where it has them; empty if it has less than half of them.

    A post reaches from its first paragraph to its last before another post's. One that the text has
    twice, as where titles are listed first, stands where it has most of it.
    """
    runs: dict[int, tuple[int, int, int]] = {}
    for owner, owned in groupby(_owners(posts, text), key=lambda found: found[2]):
        paragraphs = list(owned)
        length = sum(end - start for start, end, _ in paragraphs)
        if length > runs.get(owner, (0, 0, 0))[0]:
            runs[owner] = length, paragraphs[0][0], paragraphs[-1][1]
    if len(runs) < _PLACED * len(posts):
        return ()
    return tuple(
        Post(start, end, posts[number].title, posts[number].published)
        for number, (_, start, end) in sorted(runs.items(), key=lambda run: run[1][1])
    )


def _owners(posts: Sequence[Statement], text: str) -> Iterator[tuple[int, int, int]]:
    """Give (start, end, number of the post) of each paragraph of `text` that a post has.

    A paragraph is a post's own one, or a part of the post that was met last, or of one that
    follows it: linked data may have a post's paragraphs in one line, or its beginning alone.
    """
    owners = _paragraph_owners(posts)
    lines = [title_key(post.text) for post in posts]
    at, last, searched = 0, 0, 0
    for paragraph in text.split("\n\n"):
        start, at = at, at + len(paragraph) + 2
        key = title_key(paragraph)
        owner = owners.get(key)
        if owner is None and _is_long(key) and searched < _MAX_SEARCHED:
            near = range(last, min(last + _NEAR, len(posts)))
            searched += sum(len(lines[number]) for number in near)
            owner = next((number for number in near if _is_part(key, lines[number])), None)
        if owner is not None:
            last = owner
            yield start, start + len(paragraph), owner


def _paragraph_owners(posts: Sequence[Statement]) -> dict[str, int]:
    """Return the posts by the keys of their paragraphs and titles, those of several left out."""
    owners: dict[str, int] = {}
    shared = set()
    for number, post in enumerate(posts):
        for key in _paragraph_keys(post):
            if owners.setdefault(key, number) != number:
                shared.add(key)
    return {key: number for key, number in owners.items() if key not in shared}


def _is_part(key: str, line: str) -> bool:
    is_beginning = len(line) >= _MIN_BEGINNING and key.startswith(line)
    return is_beginning or f" {key} " in f" {line} "


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
    headings = (_line(one.text_content()) for one in select(_HEADING, element))
    title = next(filter(None, headings), None)
    dates = (
        parse_date(_line(one.get("datetime") or one.get("content") or one.text_content()), "time")
        for one in select(_DATE, element)
    )
    body = element_text(element, without=("time",))
    return Statement(title, _text(title, body), first_believable(dates, ceiling=fetched_at))


def _line(text: str) -> str:
    return " ".join(text[:MAX_LINE].split())


def _text(title: str | None, body: str) -> str:
    has_title = not title or title_key(title) in title_key(body)
    return body if has_title else f"{title}\n\n{body}".strip()


def _marked(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Give the elements that microdata name posts, none within another."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        kind = (element.get("itemtype") or "")[:MAX_LINE]
        if element.get("itemprop") == "liveBlogUpdate" or "schema.org/BlogPosting" in kind:
            walk.skip_subtree()
            yield element


def _siblings(tree: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """Return the largest groups of siblings that have a time and a text each, largest first."""
    groups: dict[html.HtmlElement, dict[html.HtmlElement, None]] = {}
    for time in select(_TIMED, tree)[:MAX_POSTS]:
        child = time
        for parent in time.iterancestors():
            groups.setdefault(parent, {})[child] = None
            child = parent
    large = sorted(groups.values(), key=len, reverse=True)[:_MAX_GROUPS]
    rich = ([one for one in group if len(one.text_content()) >= _MIN_CHARACTERS] for group in large)
    return [group for group in rich if len(group) >= _MIN_POSTS]
