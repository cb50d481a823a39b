"""From the entries of polled feeds to rows and to the URLs that are worth a visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from extractors.records import FeedDocument, FeedItem
from extractors.urls import canonicalize
from flows.ingest.records import Candidate, item_key, item_sha256, url_id, version_id
from warehouse.rows import FeedItemRow, FeedRow, UrlFateRow

MAX_VERSIONS = 24  # an entry that changes more often shows the time of day or the like


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as one poll showed it: its row, and the item itself."""

    feed: FeedRow
    row: FeedItemRow
    item: FeedItem


@dataclass(slots=True)
class Discovery:
    """What the entries of a run's polls amount to."""

    rows: list[FeedItemRow] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    items_new: int = 0
    items_changed: int = 0


def entries(feed: FeedRow, document: FeedDocument, fetch: int, seen_at: datetime) -> list[Entry]:
    """Return the document's entries as rows, in its order."""
    return [Entry(feed, _row(feed, item, fetch, seen_at), item) for item in document.items]


def discover(
    seen: Iterable[Entry],
    versions: Mapping[int, frozenset[int]],
    fates: Mapping[int, UrlFateRow],
) -> Discovery:
    """Return what is new: entries, versions of entries, and URLs to visit.

    `versions` maps known entries to their known versions, `fates` known URLs to their newest fate.
    A URL is visited when it is new, or when an entry changed that leads to it.
    """
    found = Discovery()
    known: dict[int, set[int]] = {key: set(ids) for key, ids in versions.items()}
    planned: set[int] = set()
    for entry in seen:
        before = known.setdefault(entry.row.item_key, set())
        if entry.row.feed_item_id in before:
            continue
        is_changed = bool(before)
        before.add(entry.row.feed_item_id)
        found.rows.append(entry.row)
        found.items_changed += is_changed
        found.items_new += not is_changed
        for candidate in _candidate(entry, fates, is_changed and len(before) <= MAX_VERSIONS):
            if candidate.url_id not in planned:
                planned.add(candidate.url_id)
                found.candidates.append(candidate)
    return found


def again(fates: Sequence[UrlFateRow], feeds: Mapping[int, FeedRow]) -> Iterator[Candidate]:
    """Yield the candidates that earlier runs left pending."""
    for fate in fates:
        feed = feeds.get(fate.feed_id)
        if feed is not None:
            yield Candidate(
                url_id=fate.url_id,
                canonical_url=fate.canonical_url,
                original_url=fate.original_url,
                feed_id=fate.feed_id,
                feed_item_id=fate.feed_item_id,
                outlet_name=feed.outlet_name,
                discovered_at=fate.discovered_at,
                item=None,
                attempts=fate.attempts,
                prior="pending",
            )


def _candidate(
    entry: Entry, fates: Mapping[int, UrlFateRow], is_changed: bool
) -> Iterator[Candidate]:
    row = entry.row
    if row.url is None or row.canonical_url is None or row.url_id is None:
        return
    prior = fates.get(row.url_id)
    if prior is not None and (prior.fate == "pending" or not is_changed):
        return
    yield Candidate(
        url_id=row.url_id,
        canonical_url=prior.canonical_url if prior else row.canonical_url,
        original_url=row.url,
        feed_id=row.feed_id,
        feed_item_id=row.feed_item_id,
        outlet_name=entry.feed.outlet_name,
        discovered_at=prior.discovered_at if prior else row.seen_at,
        item=entry.item,
        prior=prior.fate if prior else None,
        prior_article_id=prior.article_id if prior else None,
        occasion="feed" if prior and prior.fate in ("loaded", "revision") else None,
    )


def _row(feed: FeedRow, item: FeedItem, fetch: int, seen_at: datetime) -> FeedItemRow:
    key = item_key(feed.feed_id, item.identity)
    sha256 = item_sha256(item)
    canonical = _canonical(item.url)
    return FeedItemRow(
        feed_item_id=version_id(key, sha256),
        feed_id=feed.feed_id,
        item_key=key,
        identity=item.identity,
        identity_reason=item.identity_reason,
        url=item.url,
        canonical_url=canonical,
        title=item.title,
        summary=item.summary,
        published_at=item.published.value if item.published else None,
        content_sha256=sha256,
        fetch_id=fetch,
        seen_at=seen_at,
        url_id=None if canonical is None else url_id(canonical),
    )


def _canonical(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        return canonicalize(url)
    except ValueError:
        return None
