"""OPML (http://opml.org/spec2.opml): the format in which feed readers exchange their lists.

Folders may be nested; only their feeds matter here. Entities are not resolved and no document type
is loaded, so that a file from elsewhere can neither read this disk nor blow up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from extractors.errors import FetchError, SettingsError
from flows.sources.feedlist import FeedSource
from flows.urls import parse_url

# libxml2 compares each attribute with all before it.
_HUGE_TAG = re.compile(rb"<[^<>]{50000}")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)")


def read_opml(body: bytes, name: str = "the OPML file") -> tuple[FeedSource, ...]:
    """Return the feeds that an OPML document lists, in its order, each once.

    Raises:
        SettingsError: it is no well-formed OPML, or lists no feed. The line is named.
    """
    if _HUGE_TAG.search(body):
        raise SettingsError(f"{name} is no OPML: a tag is too long.", "Is it the right file?")
    try:
        root = _tree(body)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unusable(name, error) from error
    if etree.QName(root).localname.lower() != "opml":
        raise SettingsError(
            f"{name} is no OPML: line {root.sourceline} has <{etree.QName(root).localname}>.",
            "Export the list of feeds as OPML from your feed reader.",
        )
    feeds: dict[str, FeedSource] = {}
    for outline in root.iter("{*}outline", "outline"):
        feed = _feed(outline, name)
        if feed is not None:
            feeds.setdefault(feed.url, feed)
    if not feeds:
        raise SettingsError(f"{name} lists no feeds.", "Is it the right file?")
    return tuple(feeds.values())


def write_opml(feeds: Iterable[FeedSource], title: str = "claimwire") -> bytes:
    """Return `feeds` as an OPML 2.0 document, UTF-8."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        names = {"text": feed.outlet, "title": feed.outlet}
        etree.SubElement(body, "outline", {"type": "rss", **names, "xmlUrl": feed.url})
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _tree(body: bytes) -> etree._Element:
    """Parse; ampersands that nobody escaped, the fault of most broken lists, are forgiven."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        escaped = _BARE_AMPERSAND.sub(b"&amp;", body)
        if escaped == body:
            raise
        return etree.fromstring(escaped, parser)


def _feed(outline: etree._Element, name: str) -> FeedSource | None:
    """Return the feed of one outline; a folder or a link has none."""
    attributes = {str(key).lower(): str(value).strip() for key, value in outline.attrib.items()}
    url = attributes.get("xmlurl")
    if not url:
        return None
    try:
        host = parse_url(url).hostname
    except FetchError as error:
        raise SettingsError(
            f"{name} cannot be used: line {outline.sourceline} has the xmlUrl {url[:100]!r}.",
            "Correct or remove that line.",
        ) from error
    return FeedSource(url, attributes.get("title") or attributes.get("text") or host)


def _unusable(name: str, error: Exception) -> SettingsError:
    line = getattr(error, "lineno", None)
    where = f" (line {line})" if line else ""
    words = str(getattr(error, "msg", None) or error).split(", line ")[0]
    return SettingsError(
        f"{name} is no well-formed XML{where}: {words}.", "Export it again, or correct that line."
    )
