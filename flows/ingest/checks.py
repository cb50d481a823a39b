"""Visits to pages whose article is loaded already: which are owed, and what each showed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.ingest.fates import LOADED_CLASSES, NO_ATTEMPT, Verdict, lasting_fate
from flows.ingest.records import Candidate, Failure, Visit, article_id, revision_id
from flows.polling import page_is_due
from warehouse.rows import ArticleCheckRow, CheckResult, FeedRow
from warehouse.state import DueRecheck

# GDELT's Global Difference Graph measured most edits within a day, nearly all within a week.
NAMES: Mapping[int, str] = {24: "day", 168: "week"}
GONE = frozenset({404, 410})
# A page of another class stands in the way of an article; one of these is something else.
ELSEWHERE_CLASSES = LOADED_CLASSES | {"index", "home_page"}


def occasions(hours: Iterable[int]) -> dict[str, int]:
    """Return the name of each age, in hours, at which an article is visited again."""
    return {NAMES.get(age, f"{age}h"): age for age in hours}


def owed(
    due: Iterable[DueRecheck], feeds: Mapping[int, FeedRow], now: datetime
) -> Sequence[Candidate]:
    """Return the visits that are owed at `now`; one that failed waits as a pending page does."""
    return [
        Candidate(
            url_id=one.url_id,
            canonical_url=one.canonical_url,
            original_url=one.original_url,
            feed_id=one.feed_id,
            feed_item_id=one.feed_item_id,
            outlet_name=feeds[one.feed_id].outlet_name,
            discovered_at=one.discovered_at,
            item=None,
            prior=one.fate,
            prior_article_id=one.article_id,
            occasion=one.occasion,
            is_owed=True,
        )
        for one in due
        if one.feed_id in feeds
        and (one.tried_at is None or page_is_due(one.failures, one.tried_at, now))
    ]


def combine(
    found: Iterable[Candidate], owed: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the candidates found and the visits owed besides; one visit serves both ends."""
    by_url = {one.url_id: one for one in owed}
    joined = [
        replace(one, occasion=by_url.pop(one.url_id).occasion) if one.url_id in by_url else one
        for one in found
    ]
    return joined, list(by_url.values())


def check(
    visit: Visit, verdict: Verdict, run_id: str, *, is_offline: bool
) -> ArticleCheckRow | None:
    """Return what the visit showed of an article loaded before; None if it was no such visit.

    A visit that came to nothing for no fault of the site leaves no row where it is owed already.
    """
    candidate, failure = visit.candidate, visit.failure
    if candidate.occasion is None or candidate.prior_article_id is None:
        return None
    result = _result(visit, verdict, is_offline)
    if result == "waiting":
        return put_off(candidate, run_id, visit.fetched_at)
    return ArticleCheckRow(
        article_id=candidate.prior_article_id,
        url_id=candidate.url_id,
        feed_item_id=candidate.feed_item_id,
        fetch_id=visit.fetch_id,
        run_id=run_id,
        checked_at=visit.fetched_at,
        occasion=candidate.occasion,
        result=result,
        revision_id=_revision(visit) if result in ("unchanged", "revised") else None,
        moved_to_url=_moved_to(visit, verdict) if result == "redirected" else None,
        status_code=visit.status,
        problem=failure.problem if failure else None,
    )


def put_off(candidate: Candidate, run_id: str, at: datetime) -> ArticleCheckRow | None:
    """Return the note that a visit to a loaded article is left to a later run, if there is none."""
    if candidate.occasion is None or candidate.prior_article_id is None or candidate.is_owed:
        return None
    return ArticleCheckRow(
        article_id=candidate.prior_article_id,
        url_id=candidate.url_id,
        feed_item_id=candidate.feed_item_id,
        fetch_id=None,
        run_id=run_id,
        checked_at=at,
        occasion=candidate.occasion,
        result="waiting",
    )


def _result(visit: Visit, verdict: Verdict, is_offline: bool) -> CheckResult:
    if verdict.shown == "version":
        return "revised"
    if visit.failure is not None:
        return _failed(visit.failure, is_offline)
    if _moved_to(visit, verdict) is not None:
        return "redirected"
    return verdict.shown or "unreadable"


def _failed(failure: Failure, is_offline: bool) -> CheckResult:
    if failure.status in GONE:
        return "gone"
    if failure.reason in NO_ATTEMPT or (is_offline and failure.status is None):
        return "waiting"
    return "failed" if lasting_fate(failure) is None else "unreadable"


def _moved_to(visit: Visit, verdict: Verdict) -> str | None:
    article = visit.reading.article if visit.reading else None
    if verdict.identity is not None or article is None:
        return None
    if article.page_class not in ELSEWHERE_CLASSES:
        return None
    is_other = article_id(article.canonical_url) != visit.candidate.prior_article_id
    return article.canonical_url if is_other else None


def _revision(visit: Visit) -> int | None:
    article = visit.reading.article if visit.reading else None
    identity = visit.candidate.prior_article_id
    if article is None or identity is None:
        return None
    return revision_id(identity, article.title, article.text_sha256)
