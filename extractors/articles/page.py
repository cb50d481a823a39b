"""A page, decoded and parsed once: its tree, its meta elements, its linked data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import etree, html

from extractors.articles.decoding import decode
from extractors.articles.linked_data import MAX_LINE, LinkedData, read_linked_data
from extractors.articles.markup import select
from extractors.errors import PageError

MAX_BYTES = 5_000_000
"""What is read of a page; the rest is scripts and data, never an article."""

MAX_TAGS = 40_000
"""What is parsed of a page, by the number of tags: extraction may take their square."""

_MOST_UNREADABLE = 0.01
"""Share of characters that no markup may hold; above it the bytes are no text."""

_TAG = re.compile("<[a-zA-Z/]")

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)))

_BYLINES = etree.XPath(
    '//*[(@itemprop="author" or @rel="author" or contains(@class, "byline"))'
    " and not(self::meta or self::link)]"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Page:
    """An HTML page: `tree` is not to be changed, `url` is where it was fetched.

    `encoding` is the one that its bytes were read in, and how that was found out.
    `names_live_blog` tells whether its markup names schema.org's types of live blogs anywhere.
    """

    url: str
    tree: html.HtmlElement
    encoding: str
    names_live_blog: bool

    @cached_property
    def meta(self) -> dict[str, str]:
        """The first content of each `meta` name, property or itemprop, names in lower case."""
        found: dict[str, str] = {}
        for element in self.tree.iter("meta"):
            content = " ".join((element.get("content") or "")[:MAX_LINE].split())
            for key in ("property", "name", "itemprop"):
                name = (element.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, content)
        return found

    @cached_property
    def linked_data(self) -> LinkedData:
        """What the page's JSON-LD says of the article."""
        scripts = self.tree.iterfind(".//script[@type='application/ld+json']")
        return read_linked_data([script.text or "" for script in scripts])

    @cached_property
    def bylines(self) -> list[html.HtmlElement]:
        """What the markup names the author's: microdata, `rel=author`, a class."""
        return select(_BYLINES, self.tree)

    def first(self, names: Sequence[str]) -> tuple[str, str] | None:
        """Return (name, content) of the first of the meta `names` that the page has."""
        return next(((name, self.meta[name]) for name in names if name in self.meta), None)

    def link(self, relation: str) -> str | None:
        """Return the address of the first `<link rel=relation>`."""
        for element in self.tree.iter("link"):
            if relation in (element.get("rel") or "").lower().split() and element.get("href"):
                return str(element.get("href")).strip()
        return None


def read_page(body: bytes, *, url: str, content_type: str | None) -> Page | None:
    """Decode and parse `body`, up to `MAX_TAGS` tags; return None if it is no text at all.

    Raises:
        PageError: there is nothing in it, or nothing that can be parsed as HTML.
    """
    decoded, encoding = decode(body[:MAX_BYTES], content_type)
    readable = _readable(decoded)
    if readable is None:
        return None
    text = _cut(_DECLARATION.sub("", readable))
    if not text.strip():
        raise PageError("The page is empty.", "Open its address in a browser to see if it moved.")
    try:
        tree = html.document_fromstring(text, parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageError("The page cannot be read as HTML.", "Check its address.") from error
    for title in tree.iter("title"):
        # Character references may stand for what no markup may hold.
        title.text = _UNREADABLE.sub(" ", (title.text or "")[:MAX_LINE])
    return Page(url, tree, encoding, "LiveBlogPosting" in text or "liveBlogUpdate" in text)


def _readable(text: str) -> str | None:
    """Return `text` with spaces for what no markup may hold; None if it is no text."""
    if _is_readable(text):
        return text
    readable, count = _UNREADABLE.subn(" ", text)
    return None if count > _MOST_UNREADABLE * len(text) else readable


def _is_readable(text: str) -> bool:
    """Tell whether there is nothing to replace, ten times as fast as by looking for it."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # surrogates
        return False
    has_controls = len(data.translate(None, _CONTROLS)) < len(data)
    return not has_controls and "\ufffe" not in text and "\uffff" not in text


def _cut(text: str) -> str:
    beyond = next(islice(_TAG.finditer(text), MAX_TAGS, None), None)
    return text[: beyond.start()] if beyond else text


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
