"""What is read of a feed: so many entries, so much markup, fields of such a length.

None of 7,489 feeds of the test corpora is cut by them, the costliest takes 58 % of `MAX_COST`; they
hold what a hostile or broken feed can cost. What lies beyond is left out, and a warning says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise

from extractors.errors import FeedError
from extractors.feeds.identity import identify
from extractors.records import DateCandidate, FeedDocument, FeedItem

MAX_ITEMS = 2000
"""Entries read of one feed; a feed that lists more is an archive, newest first."""

MAX_COST = 300_000
"""Of markup, in character references; a tag costs `_TAG_COST` of them. About two seconds."""

MAX_PROLOG_BYTES = 20_000
"""Before the first element: a declaration, comments, a document type."""

MAX_TAG_BYTES = 500_000
MAX_NAMESPACES = 200

MAX_LINE = 10_000
"""Characters of a title, an id or an address."""

MAX_NAME = 1000
"""Characters of a name, a category, a date as written."""

MAX_TEXT = 2_000_000
"""Characters of a summary or of a whole text."""

MAX_NAMES = 100
"""Authors, and categories, of one entry."""

_TAG_COST = 8
_MAX_TAIL_BYTES = 20_000

_ENTRY_START = re.compile(rb"<(?:\w{1,20}:)?(item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:\w{1,20}:)?(item|entry)\s*>", re.IGNORECASE)
_ELEMENT_START = re.compile(rb"<\w")
_UNPARSED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_NAMESPACE = re.compile(rb"\sxmlns:[^\s=<>]{1,100}")
_HUGE_TAG = re.compile(rb"<[^<>]{%d}" % MAX_TAG_BYTES)


def cut(body: bytes) -> tuple[bytes, list[str]]:
    """Take out the entries that would cost too much to parse, and say how many.

    Raises:
        FeedError: what is no entry is beyond the bounds.
    """
    marks = _UNPARSED.sub(lambda found: b" " * len(found[0]), body)
    _check(marks)
    starts = [match.start() for match in _ENTRY_START.finditer(marks)]
    kept = _affordable(marks, starts)
    if kept == len(starts):
        return body, []
    ends = [match.end() for match in _ENTRY_END.finditer(marks, starts[-1])]
    tail = body[ends[-1] :][:_MAX_TAIL_BYTES] if ends else b""
    return body[: starts[kept]] + tail, [left_out(len(starts) - kept, kept)]


def left_out(count: int, kept: int) -> str:
    """Say that `count` entries were not read, only the first `kept`."""
    return f"{count} entries beyond the first {kept} were left out"


def ends_within_entry(body: bytes) -> bool:
    """Tell whether a response broke off inside its last entry."""
    starts = [match.start() for match in _ENTRY_START.finditer(body)]
    return bool(starts) and _ENTRY_END.search(body, starts[-1]) is None


def bounded(document: FeedDocument) -> FeedDocument:
    """Return the feed with overlong fields shortened, a warning that says in how many entries.

    An id or an address that is too long is left out: a part of it would be another one.
    """
    items = [_bounded(item) for item in document.items]
    count = sum(before is not after for before, after in zip(document.items, items, strict=True))
    said = (f"{count} entries have overlong fields, which were shortened",) if count else ()
    return replace(
        document,
        title=_short(document.title, MAX_LINE),
        home_url=_whole(document.home_url),
        self_url=_whole(document.self_url),
        hub_url=_whole(document.hub_url),
        language=_short(document.language, MAX_NAME),
        items=tuple(items),
        warnings=(*document.warnings, *said),
    )


def _check(marks: bytes) -> None:
    first = _ELEMENT_START.search(marks)
    is_long = (first.start() if first else len(marks)) > MAX_PROLOG_BYTES
    if is_long or _HUGE_TAG.search(marks):
        raise FeedError("The response is no feed that we know.", "Give the address of a feed.")
    if len(set(_NAMESPACE.findall(marks))) > MAX_NAMESPACES:
        raise FeedError(
            f"The feed declares more than {MAX_NAMESPACES} namespaces.", "Tell its publisher."
        )


def _affordable(marks: bytes, starts: list[int]) -> int:
    """Return how many entries can be parsed, from the first on."""
    bounds = [0, *starts, len(marks)]
    head, *sums = accumulate(_cost(marks, start, end) for start, end in pairwise(bounds))
    if head > MAX_COST:
        raise FeedError("The feed's head is longer than any feed's.", "Tell its publisher.")
    return min(MAX_ITEMS, sum(spent <= MAX_COST for spent in sums))


def _cost(marks: bytes, start: int, end: int) -> int:
    return _TAG_COST * marks.count(b"<", start, end) + marks.count(b"&", start, end)


def _bounded(item: FeedItem) -> FeedItem:
    """Return `item` itself where nothing is too long."""
    guid, url = _whole(item.guid), _whole(item.url)
    title = _short(item.title, MAX_LINE)
    summary = _short(item.summary, MAX_TEXT)
    content = _short(item.content_html, MAX_TEXT)
    identity, reason = item.identity, item.identity_reason
    if len(identity) > MAX_LINE:
        identity, reason = identify(guid, url, title, summary or content)
    short = replace(
        item,
        identity=identity,
        identity_reason=reason,
        guid=guid,
        url=url,
        title=title,
        summary=summary,
        content_html=content,
        authors=_few(item.authors),
        published=_dated(item.published),
        updated=_dated(item.updated),
        language=_short(item.language, MAX_NAME),
        categories=_few(item.categories),
    )
    return item if short == item else short


def _whole(text: str | None) -> str | None:
    return text if text is None or len(text) <= MAX_LINE else None


def _short(text: str | None, limit: int) -> str | None:
    return text if text is None else text[:limit]


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[:MAX_NAME] for name in names[:MAX_NAMES])


def _dated(date: DateCandidate | None) -> DateCandidate | None:
    if date is None or len(date.raw) <= MAX_NAME:
        return date
    return replace(date, raw=date.raw[:MAX_NAME])
