"""The end of the visits: each URL gets its fate, in an order that no network decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from extractors.records import stable_id
from extractors.urls import registered_domain
from flows.ingest.checks import check, put_off
from flows.ingest.fates import LOADED_CLASSES, Known, Verdict, judge
from flows.ingest.records import Candidate, Visit, revision_id
from flows.ingest.sameness import Acquaintances, Identity, Sight
from flows.ingest.spool import Spool
from flows.ingest.walls import Walls
from flows.polling import Attempt, is_spoilt
from flows.urls import host_of
from warehouse.rows import ArticleCheckRow, QuarantineRow, RevisionRow, UrlFateRow

Settled = UrlFateRow | RevisionRow | ArticleCheckRow | QuarantineRow


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of an article that this run loads, and the ids of all it has."""

    title: str | None
    text_sha256: str
    revision_ids: frozenset[int] = frozenset()
    is_from_feed: bool = False
    canonical_url: str = ""
    published_at: datetime | None = None
    copy_keys: tuple[int, ...] = ()


class Visits:
    """The visits of a run, on disk; in memory only what orders them."""

    def __init__(self, spool: Spool[Visit]) -> None:
        self._spool = spool
        self._order: list[tuple[bool, str, int]] = []
        self._walls = Walls()
        self.article_ids: set[int] = set()
        self.compared_ids: set[int] = set()
        self.text_sha256s: set[str] = set()
        self.attempts: list[Attempt] = []

    def __len__(self) -> int:
        return len(self._order)

    def keep(self, visit: Visit) -> None:
        """Store a visit."""
        self.attempts.append(attempt_of(visit))
        if visit.candidate.prior_article_id is not None:
            self.article_ids.add(visit.candidate.prior_article_id)
        place = self._spool.append(visit)
        sight = _sight(visit)
        if sight is not None:
            self._look_up(sight)
            self._walls.note(place, visit, sight)
        is_guest = sight is not None and sight.is_guest
        self._order.append((is_guest, visit.candidate.canonical_url, place))

    def _look_up(self, sight: Sight) -> None:
        """Note which articles must be known before it can be said which one this is."""
        self.article_ids |= sight.possible_ids
        self.text_sha256s.add(sight.text_sha256)
        if sight.is_guest:
            self.compared_ids |= sight.possible_ids

    def __iter__(self) -> Iterator[Visit]:
        """Yield the visits: an article's own address before others that lead to it, then by URL.

        Those that a wall stood in the way of are visits to blocked pages.
        """
        for _, _, place in sorted(self._order):
            yield self._walls.unmask(place, self._spool.read(place))


def _sight(visit: Visit) -> Sight | None:
    article = visit.reading.article if visit.reading else None
    if visit.reading is None or article is None or article.page_class not in LOADED_CLASSES:
        return None
    return Sight.of(visit.candidate, article, visit.reading.copy_keys)


def attempt_of(visit: Visit) -> Attempt:
    """Return what the visit says of our own network."""
    reason = visit.failure.reason if visit.failure else None
    return Attempt(visit.fetched_at, host_of(visit.candidate.original_url), reason)


@dataclass(frozen=True, slots=True)
class Judge:
    """Turns visits into rows; `most_attempts` as in `fates.judge`.

    Failures on the way count for nothing from `offline_since` on.
    """

    run_id: str
    decided_at: datetime
    most_attempts: int
    offline_since: datetime | None

    def settle(self, visits: Iterable[Visit], known: Mapping[int, Known]) -> Iterator[Settled]:
        """Yield exactly one fate for each visit, and the versions and failures that go with it."""
        newest = Acquaintances[Known](known)
        for visit in visits:
            is_offline = is_spoilt(attempt_of(visit), self.offline_since)
            verdict = judge(visit, newest, most_attempts=self.most_attempts, is_offline=is_offline)
            yield self.fate(visit.candidate, verdict, visit.fetch_id)
            checked = check(visit, verdict, self.run_id, is_offline=is_offline)
            if checked is not None:
                yield checked
            revision = self._revision(visit, verdict.identity) if verdict.loads else None
            if revision is not None:
                before = newest.get(revision.article_id)
                newest.add(revision.article_id, _newest(revision, before))
                yield revision
            if visit.reading is not None and visit.reading.problem:
                yield self._failure(visit, visit.reading.problem, visit.reading.detail)

    def leave(self, candidate: Candidate) -> Settled | None:
        """Return what remembers a candidate that is left to a later run, where nothing does yet."""
        if candidate.keeps_fate:
            return put_off(candidate, self.run_id, self.decided_at)
        return self.fate(candidate, Verdict("pending"), None)

    def fate(self, candidate: Candidate, verdict: Verdict, fetch: int | None) -> UrlFateRow:
        """Return the fate of a URL as a row."""
        return UrlFateRow(
            url_id=candidate.url_id,
            canonical_url=candidate.canonical_url,
            original_url=candidate.original_url,
            feed_id=candidate.feed_id,
            feed_item_id=candidate.feed_item_id,
            fate=verdict.fate,
            reason=verdict.reason,
            discovered_at=candidate.discovered_at,
            decided_at=self.decided_at,
            article_id=verdict.article_id,
            fetch_id=fetch,
            attempts=verdict.attempts,
            identity_reason=verdict.identity.reason if verdict.identity else None,
        )

    def _revision(self, visit: Visit, identity: Identity | None) -> RevisionRow | None:
        reading, candidate = visit.reading, visit.candidate
        if reading is None or reading.article is None or identity is None:
            return None
        article = replace(reading.article, canonical_url=identity.address)
        return RevisionRow(
            article_id=identity.article_id,
            revision_id=revision_id(identity.article_id, article.title, article.text_sha256),
            feed_id=candidate.feed_id,
            feed_item_id=candidate.feed_item_id,
            fetch_id=visit.fetch_id,
            run_id=self.run_id,
            outlet_name=candidate.outlet_name,
            site=registered_domain(article.canonical_url),
            fetched_at=visit.fetched_at,
            article=article,
            claims=reading.claims,
            parser=reading.parser,
            copy_keys=reading.copy_keys,
        )

    def _failure(self, visit: Visit, problem: str, detail: str | None) -> QuarantineRow:
        has_article = visit.reading is not None and visit.reading.article is not None
        stage: Literal["extract", "parse"] = "parse" if has_article else "extract"
        subject = visit.candidate.canonical_url
        return QuarantineRow(
            quarantine_id=stable_id("quarantine", stage, subject),
            run_id=self.run_id,
            stage=stage,
            subject=subject,
            problem=problem,
            detail=detail,
            fetch_id=visit.fetch_id,
            seen_at=self.decided_at,
        )


def _newest(revision: RevisionRow, before: Known | None) -> Newest:
    article = revision.article
    known = frozenset(before.revision_ids) if before else frozenset()
    is_from_feed = [article.sources.get(name) for name in ("text", "title")] == ["feed", "feed"]
    return Newest(
        title=article.title,
        text_sha256=article.text_sha256,
        revision_ids=known | {revision.revision_id},
        is_from_feed=is_from_feed,
        canonical_url=article.canonical_url,
        published_at=article.published.value if article.published else None,
        copy_keys=revision.copy_keys,
    )
