"""What the flows must know before they decide: feeds, items and URLs seen, revisions held."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import duckdb

from warehouse.connection import first_row
from warehouse.migrate import read_lookup
from warehouse.rows import (
    Fate,
    FeedItemRow,
    FeedRow,
    FetchRow,
    IncidentRow,
    SiteRow,
    UrlFateRow,
)

Row = TypeVar("Row")
_SOURCES = """SELECT * FROM ops.revision_sources
    WHERE fetched_at >= coalesce($since, fetched_at) AND (is_current OR $superseded)
    ORDER BY fetched_at, revision_id"""


@dataclass(frozen=True, slots=True)
class LatestRevision:
    """The current revision of an article, enough to tell whether a page is it, and its text new.

    `revision_ids` are those of all its revisions, `field_sources` where its fields were found, as
    JSON. `copy_keys` are only those of an article that is to be compared.
    """

    article_id: int
    text_sha256: str
    title: str | None
    revision_ids: tuple[int, ...]
    field_sources: str
    canonical_url: str
    published_at: datetime | None
    copy_keys: tuple[int, ...]

    @property
    def is_from_feed(self) -> bool:
        """Whether it was made of the feed's entry alone, because its page could not be had."""
        sources = json.loads(self.field_sources)
        return [sources.get("text"), sources.get("title")] == ["feed", "feed"]


@dataclass(frozen=True, slots=True)
class DueRecheck:
    """A loaded article to be visited again: its URL, why, and how often that failed so far."""

    url_id: int
    canonical_url: str
    original_url: str
    feed_id: int
    feed_item_id: int
    fate: Fate
    discovered_at: datetime
    article_id: int
    occasion: str
    failures: int
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class RevisionSource:
    """Where a revision came from: all that reading it anew needs to know, and how it was read."""

    fetched_at: datetime
    article_id: int
    revision_id: int
    run_id: str
    feed_id: int
    feed_item_id: int
    fetch_id: int
    outlet_name: str
    url: str
    extractor: str
    parse_id: int
    parser: str
    canonical_url: str


def run_exists(con: duckdb.DuckDBPyConnection, run_id: str) -> bool:
    """Tell whether the run was loaded."""
    return first_row(con, "SELECT 1 FROM ops.runs WHERE run_id = ?", [run_id]) is not None


def last_run_at(con: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return when the newest run began; None before the first."""
    row = first_row(con, "SELECT max(started_at) FROM ops.runs")
    return row[0].replace(tzinfo=UTC) if row and row[0] else None


def read_feeds(con: duckdb.DuckDBPyConnection) -> list[FeedRow]:
    """Return all feeds, by URL."""
    return list(_rows(con, FeedRow, "SELECT * FROM ops.feeds ORDER BY url", []))


def read_sites(con: duckdb.DuckDBPyConnection) -> list[SiteRow]:
    """Return every site that was asked, by name."""
    return list(_rows(con, SiteRow, "SELECT * FROM ops.sites ORDER BY site", []))


def open_incidents(con: duckdb.DuckDBPyConnection) -> list[IncidentRow]:
    """Return the incidents that go on, oldest first."""
    query = "SELECT * FROM ops.incidents WHERE closed_at IS NULL ORDER BY opened_at, incident_id"
    return list(_rows(con, IncidentRow, query, []))


def known_items(
    con: duckdb.DuckDBPyConnection, item_keys: Iterable[int]
) -> dict[int, frozenset[int]]:
    """Return the ids of all versions ever seen of each of these entries, by item key."""
    query = """SELECT item_key, list(feed_item_id) FROM ops.feed_items
        WHERE item_key IN (SELECT unnest(?::BIGINT[])) GROUP BY item_key"""
    found = con.execute(query, [list(item_keys)]).fetchall()
    return {key: frozenset(versions) for key, versions in found}


def url_fates(con: duckdb.DuckDBPyConnection, url_ids: Iterable[int]) -> dict[int, UrlFateRow]:
    """Return the fate of each of these URLs that is known, by URL id."""
    query = "SELECT * FROM ops.url_fates WHERE url_id IN (SELECT unnest(?::BIGINT[]))"
    return {row.url_id: row for row in _rows(con, UrlFateRow, query, [list(url_ids)])}


def pending_urls(con: duckdb.DuckDBPyConnection) -> list[UrlFateRow]:
    """Return the URLs that wait for a fetch, those waiting longest first."""
    query = "SELECT * FROM ops.url_fates WHERE fate = 'pending' ORDER BY discovered_at, url_id"
    return list(_rows(con, UrlFateRow, query, []))


def latest_revisions(
    con: duckdb.DuckDBPyConnection,
    article_ids: Iterable[int],
    *,
    text_sha256s: Iterable[str] = (),
    compared_ids: Iterable[int] = (),
) -> dict[int, LatestRevision]:
    """Return the current revision of each known article with one of these ids or texts, by id.

    The copy keys of `compared_ids` come with them.
    """
    params = {
        "article_ids": list(article_ids),
        "text_sha256s": list(text_sha256s),
        "compared_ids": list(compared_ids),
    }
    rows = _rows(con, LatestRevision, read_lookup("latest_revisions"), params)
    return {row.article_id: row for row in rows}


def due_rechecks(
    con: duckdb.DuckDBPyConnection,
    occasions: Mapping[str, int],
    now: datetime,
    most_attempts: int,
) -> list[DueRecheck]:
    """Return the articles to be visited again at `now`, oldest first.

    `occasions` maps each to how many hours after the article's first fetch it comes. An article
    that missed several is due for the last of them alone. One whose visit failed `most_attempts`
    times is given up for this occasion.
    """
    params = {
        "names": list(occasions),
        "hours": list(occasions.values()),
        "now": now.astimezone(UTC).replace(tzinfo=None),
        "most_attempts": most_attempts,
    }
    return list(_rows(con, DueRecheck, read_lookup("due_rechecks"), params))


def read_items(
    con: duckdb.DuckDBPyConnection, feed_item_ids: Iterable[int]
) -> dict[int, FeedItemRow]:
    """Return these versions of feed entries, by id."""
    query = "SELECT * FROM ops.feed_items WHERE feed_item_id IN (SELECT unnest(?::BIGINT[]))"
    return {row.feed_item_id: row for row in _rows(con, FeedItemRow, query, [list(feed_item_ids)])}


def read_fetches(con: duckdb.DuckDBPyConnection, fetch_ids: Iterable[int]) -> dict[int, FetchRow]:
    """Return these exchanges, by id."""
    query = "SELECT * FROM ops.fetches WHERE fetch_id IN (SELECT unnest(?::BIGINT[]))"
    return {row.fetch_id: row for row in _rows(con, FetchRow, query, [list(fetch_ids)])}


def archive_files(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the archive files that exchanges lie in, in order."""
    query = "SELECT DISTINCT archive_file FROM ops.fetches WHERE archive_file IS NOT NULL"
    return sorted(file for (file,) in con.execute(query).fetchall())


def archived_fetches(con: duckdb.DuckDBPyConnection, file: str) -> dict[int, FetchRow]:
    """Return the exchanges that lie in an archive file, by byte offset."""
    query = "SELECT * FROM ops.fetches WHERE archive_file = ? AND archive_offset IS NOT NULL"
    return {row.archive_offset or 0: row for row in _rows(con, FetchRow, query, [file])}


def revision_sources(
    con: duckdb.DuckDBPyConnection, since: datetime | None = None, *, superseded: bool = False
) -> list[RevisionSource]:
    """Return every current revision first fetched at `since` or later, oldest first.

    The `superseded` ones are among them if asked for.
    """
    moment = since and since.astimezone(UTC).replace(tzinfo=None)
    params = {"since": moment, "superseded": superseded}
    return list(_rows(con, RevisionSource, _SOURCES, params))


def _rows(
    con: duckdb.DuckDBPyConnection,
    kind: type[Row],
    query: str,
    params: Sequence[object] | Mapping[str, object],
) -> Iterator[Row]:
    cursor = con.execute(query, params)
    names = [column[0] for column in cursor.description or ()]
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    places = [names.index(field.name) for field in fields]
    for values in cursor.fetchall():
        yield kind(*[_native(values[place]) for place in places])


def _native(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return tuple(value) if isinstance(value, list) else value
