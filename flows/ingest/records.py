"""What walks between the stages of a run, and how its rows are named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from extractors.feeds.identity import place
from extractors.records import FeedItem, stable_id
from extractors.urls import url_key
from flows.http import Exchange
from flows.reading import Reading
from warehouse.rows import Fate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL whose fate this run decides, the entry that led to it, and what is known of it.

    `prior` is the fate it had, if any; `attempts` counts the fetches that failed so far. An
    `occasion` says why the page of a loaded article is visited again; the visit `is_owed` when rows
    of earlier runs ask for it.
    """

    url_id: int
    canonical_url: str
    original_url: str
    feed_id: int
    feed_item_id: int
    outlet_name: str
    discovered_at: datetime
    item: FeedItem | None
    attempts: int = 0
    prior: Fate | None = None
    prior_article_id: int | None = None
    occasion: str | None = None
    is_owed: bool = False

    @property
    def is_loaded(self) -> bool:
        """Whether the URL gave an article already."""
        return self.prior in ("loaded", "revision")

    @property
    def keeps_fate(self) -> bool:
        """Whether its fate stands while it is left to a later run."""
        return self.is_loaded or self.prior == "pending"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit to a candidate's page gave: the exchange without its bytes, and the reading.

    `reading` is None where there was nothing to read, neither page nor text in the feed; `status`
    where no answer came.
    """

    candidate: Candidate
    fetch_id: int
    fetched_at: datetime
    failure: Failure | None
    reading: Reading | None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page could not be had: a word, a sentence, the status if there was one."""

    reason: str
    problem: str
    status: int | None

    @classmethod
    def of(cls, exchange: Exchange) -> Failure | None:
        """Return why `exchange` is no page, or None if it is one."""
        error = exchange.failure()
        return None if error is None else cls(error.reason, error.problem, exchange.status)


def feed_id(url: str) -> int:
    """Return the id of the feed at `url`."""
    return stable_id("feed", url)


def item_key(feed: int, identity: str) -> int:
    """Return what all versions of an entry share."""
    return stable_id("item", feed, identity)


def item_sha256(item: FeedItem) -> str:
    """Return what makes a version of an entry: hex SHA-256 of title, summary and where it leads.

    Scheme and query of the link do not count: an address whose parameters differ each time would
    make a version a poll.
    """
    where = place(item.url or "").partition("?")[0]
    said = f"{item.title or ''}\x1f{item.summary or ''}\x1f{where}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def version_id(key: int, sha256: str) -> int:
    """Return the id of one version of an entry."""
    return stable_id("version", key, sha256)


def url_id(canonical_url: str) -> int:
    """Return the id of a discovered URL."""
    return stable_id("url", url_key(canonical_url))


def article_id(canonical_url: str) -> int:
    """Return the id of the article that calls `canonical_url` its own."""
    return stable_id("article", url_key(canonical_url))


def revision_id(article: int, title: str | None, text_sha256: str) -> int:
    """Return the id of one version of an article."""
    return stable_id("revision", article, title or "", text_sha256)


def fetch_id(run_id: str, kind: str, url: str) -> int:
    """Return the id of a run's exchange with `url`."""
    return stable_id("fetch", run_id, kind, url)
