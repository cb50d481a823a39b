"""JSON-LD (https://schema.org/NewsArticle): what a page's publisher states of its article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_ARTICLE = re.compile(r"(Article|BlogPosting|Report|Review|Claim)$")
_MEDIA = frozenset(
    ("VideoObject", "AudioObject", "PodcastEpisode", "ImageGallery", "MediaObject", "TVEpisode")
)
_INDEX = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"))
_MAX_NODES = 2000
_MAX_LISTED = 100
"""Authors or publishers."""

MAX_LINE = 2000
"""Characters of a title, a name, a description, a date as written."""

_CONTROL = re.compile("[\x00-\x1f]+")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The node of the article, if there is one, the types of all nodes, the posts of live blogs."""

    article: dict[str, Any]
    types: frozenset[str]
    updates: tuple[dict[str, Any], ...] = ()

    @property
    def is_live_blog(self) -> bool:
        """Whether the page calls itself a live blog."""
        return "LiveBlogPosting" in self.types

    @property
    def is_media(self) -> bool:
        """Whether the page is about a recording or a gallery, and about no article."""
        return not self.article and bool(self.types & _MEDIA)

    @property
    def is_index(self) -> bool:
        """Whether the page lists others, and is no article."""
        return not self.article and bool(self.types & _INDEX)

    @property
    def is_locked(self) -> bool:
        """Whether the article says that it is not free to read."""
        return str(self.article.get("isAccessibleForFree", "")).lower() == "false"

    def text(self, name: str) -> str | None:
        """Return a field of the article as plain text on one line."""
        return plain(self.article.get(name))

    def names(self, name: str) -> tuple[str, ...]:
        """Return the names of the people or organizations in a field of the article."""
        found = (plain(_name(value)) for value in _listed(self.article.get(name))[:_MAX_LISTED])
        return tuple(dict.fromkeys(name for name in found if name))


def read_linked_data(scripts: Sequence[str]) -> LinkedData:
    """Read the contents of a page's JSON-LD scripts; broken ones count as absent."""
    nodes = [node for script in scripts for node in _nodes(_load(script))][:_MAX_NODES]
    articles = [node for node in nodes if any(map(_ARTICLE.search, _types(node)))]
    articles += [node for node in nodes if "LiveBlogPosting" in _types(node)]
    article = max(articles, key=_worth, default={})
    updates = [one for node in nodes for one in _listed(node.get("liveBlogUpdate"))]
    return LinkedData(
        article,
        frozenset(kind for node in nodes for kind in _types(node)),
        tuple(one for one in updates if isinstance(one, dict)),
    )


def plain(value: object) -> str | None:
    """Return the line of a string, without entities and needless white space; else None."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value[:MAX_LINE]).split()) or None


def _load(script: str) -> object:
    text = _COMMENT.sub("", script).strip()
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.JSONDecoder(strict=False).raw_decode(_CONTROL.sub(" ", text))[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Give the top nodes, those of `@graph`, and those that a page names as its main entity."""
    if depth > 4:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for name in ("@graph", "mainEntity"):
            yield from _nodes(value.get(name), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds: Iterable[object] = _listed(node.get("@type"))
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _worth(node: dict[str, Any]) -> int:
    """Prefer the node that says most of what we ask of it; the first of equals stands."""
    asked = ("headline", "datePublished", "author", "articleBody", "dateModified", "publisher")
    return sum(bool(node.get(name)) for name in asked)


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _name(value: object) -> object:
    if isinstance(value, dict):
        value = value.get("name")
    return value[0] if isinstance(value, list) and value else value
