"""The rows that the flows hand to the warehouse, a dataclass a staged table.

Field names are column names. Ids are `extractors.records.stable_id` of what identifies the row, so
that the same row staged twice is one row. Times are aware datetimes in UTC (stored as TIMESTAMP).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from extractors.records import Article, Claim

Fate = Literal[
    "loaded", "duplicate", "revision", "too_short", "not_html", "home_page", "blocked", "paywalled",
    "consent_page", "robots", "too_big", "http_error", "quarantined", "pending",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed and the state of polling it; replaced as a whole by the run that polled it."""

    feed_id: int
    url: str
    outlet_name: str
    title: str | None
    home_url: str | None
    format: str | None
    language: str | None
    is_active: bool
    added_at: datetime
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_changed_at: datetime | None
    last_new_item_at: datetime | None
    next_poll_at: datetime | None
    interval_s: int
    failure_weight: float
    state: str
    problem: str | None
    possible_gap_at: datetime | None
    poll_url: str
    previous_urls: tuple[str, ...] = ()
    sighted_url: str | None = None
    sighted_count: int = 0
    sighted_since_at: datetime | None = None
    distrusts_validators: bool = False
    failing_since_at: datetime | None = None
    news_gap_count: int = 0
    usual_gap_s: int | None = None
    longest_gap_s: int | None = None
    window_keys: tuple[int, ...] = ()


Outcome = Literal["changed", "unchanged", "failed", "resting", "offline"]
Continuity = Literal["first", "proven", "unproven", "possible_gap"]


@dataclass(frozen=True, slots=True)
class PollRow:
    """One poll of a feed: what it found, and whether entries can have been missed before it."""

    poll_id: int
    run_id: str
    feed_id: int
    polled_at: datetime
    outcome: Outcome
    problem: str | None
    status_code: int | None
    since_at: datetime | None
    item_count: int
    new_count: int
    shared_count: int
    continuity: Continuity | None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site's pace and rest, replaced as a whole by the run that asked it."""

    site: str
    asked_at: datetime
    average_ms: int
    rests_until_at: datetime | None = None
    problem: str | None = None


IncidentKind = Literal[
    "failing", "retired", "quiet", "possible_gap", "moved", "distrusted_validators", "offline",
    "clock_set_back",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something that a person should know of; the newest row of an incident stands."""

    incident_id: int
    kind: IncidentKind
    feed_id: int | None
    subject: str
    problem: str
    opened_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None
    run_id: str


CheckResult = Literal[
    "unchanged", "revised", "flapping", "gone", "redirected", "unreadable", "failed", "waiting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleCheckRow:
    """A visit to the page of an article that was loaded already, and what it showed.

    One that is `waiting` was put off: it has no exchange.
    """

    article_id: int
    url_id: int
    feed_item_id: int
    fetch_id: int | None
    run_id: str
    checked_at: datetime
    occasion: str
    result: CheckResult
    revision_id: int | None = None
    moved_to_url: str | None = None
    status_code: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One HTTP exchange, whatever came of it, and where its bytes lie in the archive.

    An imported file is kept as an answer, too.
    """

    fetch_id: int
    run_id: str
    feed_id: int | None
    kind: Literal["feed", "page", "robots", "import"]
    url: str
    final_url: str
    fetched_at: datetime
    elapsed_ms: int
    status_code: int | None
    problem: str | None
    content_type: str | None
    body_bytes: int
    body_sha256: str | None
    archive_file: str | None
    archive_offset: int | None


@dataclass(frozen=True, slots=True)
class FeedItemRow:
    """One version of one entry of one feed: a new one when title, summary or link changed."""

    feed_item_id: int
    feed_id: int
    item_key: int
    identity: str
    identity_reason: str
    url: str | None
    canonical_url: str | None
    title: str | None
    summary: str | None
    published_at: datetime | None
    content_sha256: str
    fetch_id: int
    seen_at: datetime
    url_id: int | None = None


@dataclass(frozen=True, slots=True)
class UrlFateRow:
    """What became of one discovered URL; the newest row of a URL stands.

    `identity_reason` says why it was taken for its article, in the run that decided it.
    """

    url_id: int
    canonical_url: str
    original_url: str
    feed_id: int
    feed_item_id: int
    fate: Fate
    reason: str | None
    discovered_at: datetime
    decided_at: datetime
    article_id: int | None
    fetch_id: int | None
    attempts: int
    identity_reason: str | None = None


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """Something that failed and is kept: what, at which stage, why."""

    quarantine_id: int
    run_id: str
    stage: Literal["poll", "fetch", "extract", "parse", "load"]
    subject: str
    problem: str
    detail: str | None
    fetch_id: int | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One version of an article's title and text, with the fetch it came from and its claims.

    The warehouse takes it apart into `core.outlets`, `core.articles`, `core.article_revisions`,
    `core.article_texts`, `core.entities` and the claim tables. Articles that share one of the
    `copy_keys` (bands of a near-duplicate signature) within a week are taken for copies.
    """

    article_id: int
    revision_id: int
    feed_id: int
    feed_item_id: int
    fetch_id: int
    run_id: str
    outlet_name: str
    site: str
    fetched_at: datetime
    article: Article
    claims: tuple[Claim, ...]
    parser: str
    copy_keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: its slot, versions, and counts."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    status: Literal["fine", "partly", "failed"]
    versions: str
    feeds_polled: int
    feeds_failed: int
    items_new: int
    pages_fetched: int
    revisions_loaded: int
    claims_loaded: int
    quarantined: int
