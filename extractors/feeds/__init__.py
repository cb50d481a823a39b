"""Bytes to feed: every dialect of RSS, Atom, RDF and CDF, and JSON Feed 1.0 and 1.1."""

from __future__ import annotations

from dataclasses import replace

from extractors.errors import FeedError
from extractors.feeds.bounds import bounded
from extractors.feeds.identity import tell_apart
from extractors.feeds.jsonfeed import parse_json_feed
from extractors.feeds.syndication import parse_syndication
from extractors.records import FeedDocument

__all__ = ["parse_feed"]


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> FeedDocument:
    """Parse the body of a response as a feed.

    Args:
        body: the bytes, after HTTP decompression.
        url: where they came from, the base of relative links; nothing is fetched.
        content_type: the HTTP header, whose charset counts where the body does not contradict it.

    Raises:
        FeedError: the bytes are empty, an HTML page, or otherwise no feed. Damaged feeds do not
            raise: what can be read of them is returned, and `warnings` says what is missing.
    """
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:1]
    if not start:
        raise FeedError(
            "The feed's response is empty.", "Open its address in a browser to see if it moved."
        )
    if start == b"{":
        document = parse_json_feed(body, url=url)
    else:
        document = parse_syndication(body, url=url, content_type=content_type)
    document = bounded(document)
    return replace(document, items=tell_apart(document.items))
