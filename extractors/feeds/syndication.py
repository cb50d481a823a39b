"""RSS, Atom, RDF and CDF through feedparser, with its traps avoided.

HTML is not sanitised (15 times slower, and nothing here is shown as HTML), dates and cadence are
read by ourselves, and feedparser is never given anything but bytes, so that it cannot fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from extractors.dates import parse_date
from extractors.errors import FeedError
from extractors.feeds import mended
from extractors.feeds.bounds import MAX_LINE, cut, ends_within_entry
from extractors.feeds.cadence import read_cadence
from extractors.feeds.identity import identify
from extractors.feeds.taming import narrowed, tamed
from extractors.records import DateCandidate, FeedDocument, FeedItem
from extractors.urls import web_url

_HTML_START = re.compile(
    rb"^(?>\s+|<\?xml[^>]*>|<!--.{0,5000}?-->)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(rss|rdf|feed|channel)[\s>]", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RELATIVE = re.compile(r'((?:href|src)=")([^"]*)"')
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)[\"']?", re.IGNORECASE)


def parse_syndication(body: bytes, *, url: str, content_type: str | None) -> FeedDocument:
    """Parse `body` as an XML feed.

    Raises:
        FeedError: an HTML page, or XML that is no feed.
    """
    body = narrowed(body).lstrip()
    head = body[:20_000].removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(head) and not _ROOT.search(head):
        raise FeedError(
            "The response is an HTML page, not a feed.",
            f"Look for its feeds with `claimwire feeds discover {url}`.",
        )
    kept, warnings = cut(body)
    kept, damage = tamed(kept)
    parsed = _parsed(kept, content_type)
    if not (parsed.get("version") or parsed.entries or _ROOT.search(head)):
        raise FeedError("The response is no feed that we know.", "Give the address of a feed.")
    warnings += damage
    if parsed.bozo:
        warnings.append(_damage(parsed.bozo_exception, len(parsed.entries)))
        if ends_within_entry(kept):
            warnings.append("the feed breaks off inside its last entry, which is incomplete")
    return _document(parsed, kept, url, tuple(warnings))


def _parsed(body: bytes, content_type: str | None) -> Any:
    """Parse without a base address: feedparser would resolve guids against it, too."""
    header = _trusted_type(body, content_type) if content_type else "application/xml"
    try:
        return mended.parse(body, header)
    except Exception as error:  # whatever its hundreds of handlers make of damaged values
        raise FeedError(
            f"The feed cannot be parsed ({type(error).__name__}).", "Tell its publisher."
        ) from error


def _trusted_type(body: bytes, content_type: str) -> str:
    """Drop a charset that the body disproves: servers label UTF-8 as Latin-1, never the reverse.

    Bytes beyond ASCII that form valid UTF-8 are, in practice, UTF-8.
    """
    charset = _CHARSET.search(content_type)
    if charset is None or charset[1].lower() in ("utf-8", "utf8") or body.isascii():
        return content_type
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return content_type
    return _CHARSET.sub("; charset=utf-8", content_type)


def _damage(error: Exception, entries: int) -> str:
    kind = type(error).__name__
    if kind == "CharacterEncodingOverride":
        return "the declared character encoding is wrong"
    if kind == "NonXMLContentType":
        return "the content type is not XML"
    return f"malformed XML ({error}); {entries} entries could be read"


def _document(parsed: Any, body: bytes, base: str, warnings: tuple[str, ...]) -> FeedDocument:
    feed = parsed.feed
    version = parsed.get("version") or _dialect(body)
    is_rss = version.startswith("rss")
    items = (_item(entry, base, _text(feed, "language"), is_rss) for entry in parsed.entries)
    return FeedDocument(
        format=version,
        title=_title(feed, base),
        home_url=web_url(_text(feed, "link"), base=base),
        self_url=_link(feed, "self", base),
        hub_url=_link(feed, "hub", base),
        language=_text(feed, "language"),
        updated=_date(feed, "updated") or _date(feed, "published"),
        cadence=read_cadence(_decoded(body, parsed.get("encoding"))),
        items=tuple(items),
        warnings=warnings,
    )


def _decoded(body: bytes, encoding: str | None) -> str:
    try:
        return body.decode(encoding or "utf-8", "replace")
    except (UnicodeError, LookupError):  # of codecs that are none for text (idna, hex)
        return body.decode("utf-8", "replace")


def _dialect(body: bytes) -> str:
    """Name what feedparser does not: CDF in capitals."""
    root = _ROOT.search(body)
    return "cdf" if root and root[1].lower() == b"channel" else "unknown"


def _item(entry: Any, base: str, language: str | None, is_rss: bool) -> FeedItem:
    guid, link, title = _text(entry, "id"), _text(entry, "link"), _title(entry, base)
    summary = _text(entry, "summary")
    content = _longest(part.get("value") or "" for part in dict.get(entry, "content") or ())
    identity, reason = identify(guid, link, title, summary or content)
    published = _date(entry, "published") or _date(entry, "created")
    updated = _date(entry, "updated")
    return FeedItem(
        identity=identity,
        identity_reason=reason,
        guid=guid,
        url=web_url(link, base=base),
        title=title,
        summary=summary,
        content_html=content,
        authors=_authors(entry),
        # feedparser calls an RSS item's dc:date `updated`; it is when the item was published.
        published=published or (updated if is_rss else None),
        updated=updated,
        language=_language(entry) or language,
        categories=_categories(entry),
    )


def _text(holder: Any, name: str) -> str | None:
    # dict.get: feedparser's own lookup gives `published` for a missing `updated`.
    value = dict.get(holder, name)
    if not isinstance(value, str):
        return None
    return _CONTROL.sub("", value.replace("\r\n", "\n")).strip() or None


def _title(holder: Any, base: str) -> str | None:
    """Return the title as published, relative links in its markup resolved."""
    title = _text(holder, "title")
    if title is None or "<" not in title or len(title) > MAX_LINE:
        return title
    own = (dict.get(holder, "title_detail") or {}).get("base") or base
    return _RELATIVE.sub(
        lambda found: f'{found[1]}{web_url(found[2], base=own) or found[2]}"', title
    )


def _date(holder: Any, name: str) -> DateCandidate | None:
    raw = _text(holder, name)
    source = f"feed.{name}"
    candidate = parse_date(raw, source)
    return _rare_date(source, raw) if candidate is None and raw else candidate


def _rare_date(source: str, raw: str) -> DateCandidate | None:
    """Take feedparser's reading of a form that we do not know (Korean, Greek, Hungarian)."""
    value = mended.read_date(raw)
    return DateCandidate(value, "second", False, source, raw) if value else None


def _link(feed: Any, relation: str, base: str) -> str | None:
    links = dict.get(feed, "links") or ()
    found = (web_url(link.get("href"), base=base) for link in links if link.get("rel") == relation)
    return next((address for address in found if address), None)


def _authors(entry: Any) -> tuple[str, ...]:
    people = [person.get("name") or "" for person in dict.get(entry, "authors") or ()]
    names = people if any(people) else [_text(entry, "author") or ""]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _language(entry: Any) -> str | None:
    details = [*(dict.get(entry, "content") or ()), dict.get(entry, "title_detail") or {}]
    named = (detail["language"] for detail in details if detail.get("language"))
    return _text(entry, "language") or next(named, None)


def _categories(entry: Any) -> tuple[str, ...]:
    terms = [tag.get("term") or tag.get("label") or "" for tag in dict.get(entry, "tags") or ()]
    return tuple(dict.fromkeys(term.strip() for term in terms if term.strip()))


def _longest(texts: Iterable[str]) -> str | None:
    return max(texts, key=len, default="").strip() or None
