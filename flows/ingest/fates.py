"""What becomes of a URL: pure decisions, so that every one of them can be tested by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from extractors.records import Article, PageClass
from flows.ingest.records import Candidate, Failure, Visit, revision_id
from flows.ingest.sameness import Acquaintance, Acquaintances, Identity, Sight, identify
from flows.reading import Reading
from warehouse.rows import Fate

# A page of these classes is an article; what the others become, and why if nobody knows better.
LOADED_CLASSES: frozenset[PageClass] = frozenset({"article", "live_blog"})
CLASS_FATES: Mapping[PageClass, tuple[Fate, str]] = {
    "media": ("too_short", "a page of pictures, sound or film"),
    "index": ("home_page", "a list of articles"),
    "home_page": ("home_page", "the front page"),
    "paywalled": ("paywalled", "the text is behind a paywall"),
    "consent_page": ("consent_page", "the site asks for consent first"),
    "blocked": ("blocked", "the site shows a wall to machines"),
    "error_page": ("http_error", "an error page sent as if it were fine"),
    "not_html": ("not_html", "not a web page"),
    "too_short": ("too_short", "less text than an article"),
}

STATUS_FATES: Mapping[int, Fate] = {
    401: "blocked", 402: "paywalled", 403: "blocked", 407: "blocked", 451: "blocked",
}  # fmt: skip
REASON_FATES: Mapping[str, Fate] = {
    "robots": "robots", "too_big": "too_big", "bad_url": "http_error", "redirects": "http_error",
    "blocked_address": "blocked",
}  # fmt: skip
# These say nothing of the page: the site asked us to wait, or we did not even ask.
NO_ATTEMPT = frozenset({"resting", "robots_unavailable"})
TRANSIENT_STATUSES = frozenset({408, 425, 429, *range(500, 600)})


# A text that changes more often alternates or shows the time of day: nothing more is learnt of it.
MAX_REVISIONS = 24

# What a visit shows of an article: a version to load, the newest one, or one too many.
Shown = Literal["version", "unchanged", "flapping"]


class Known(Acquaintance, Protocol):
    """What the warehouse knows of an article: its newest version, and the ids of all of them."""

    @property
    def revision_ids(self) -> Collection[int]: ...  # noqa: D102
    @property
    def is_from_feed(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Verdict:
    """A URL's fate and why; `attempts` counts its failed fetches, this one included.

    `identity` says which article the page is, where it is one.
    """

    fate: Fate
    reason: str | None = None
    attempts: int = 0
    article_id: int | None = None
    shown: Shown | None = None
    identity: Identity | None = None

    @property
    def loads(self) -> bool:
        """Whether a version of an article goes into the warehouse."""
        return self.shown == "version"


def judge(
    visit: Visit, known: Acquaintances[Known], *, most_attempts: int, is_offline: bool
) -> Verdict:
    """Return the fate of a visited URL.

    `known` has the newest versions of the articles it may be. A fetch that failed while the whole
    network was down (`is_offline`) does not count as an attempt.
    """
    reading = visit.reading
    if reading is not None and reading.article is not None and _may_count(visit, known):
        verdict = _judge_article(visit.candidate, reading, reading.article, known)
        if visit.failure is None or verdict.loads or verdict.article_id is not None:
            return verdict
    if visit.failure is not None:
        return _judge_failure(visit.candidate, visit.failure, most_attempts, is_offline)
    problem = reading.problem if reading else None
    return _keep_prior(visit.candidate, Verdict("quarantined", problem))


def _may_count(visit: Visit, known: Acquaintances[Known]) -> bool:
    """Tell whether what was read is the article: not so a feed's text in place of its page."""
    if visit.failure is None or not visit.candidate.is_loaded:
        return True
    before = known.get(visit.candidate.prior_article_id)
    return before is not None and before.is_from_feed


def _judge_article(
    candidate: Candidate, reading: Reading, article: Article, known: Acquaintances[Known]
) -> Verdict:
    if article.page_class not in LOADED_CLASSES:
        fate, usual = CLASS_FATES[article.page_class]
        return _keep_prior(candidate, Verdict(fate, article.note or usual))
    identity = identify(Sight.of(candidate, article, reading.copy_keys), known)
    if identity is None:
        return _keep_prior(candidate, Verdict("http_error", "leads to another page"))
    fate, why, shown = _judge_version(candidate, article, identity, known)
    return Verdict(fate, why, 0, identity.article_id, shown, identity)


def _judge_version(
    candidate: Candidate, article: Article, identity: Identity, known: Acquaintances[Known]
) -> tuple[Fate, str | None, Shown | None]:
    newest = known.get(identity.article_id)
    reason = _unparsed(article)
    if newest is None:
        return "loaded", reason, "version"
    if not _may_revise(candidate, identity):
        return "duplicate", "another address of a known article", None
    if (newest.title, newest.text_sha256) == (article.title, article.text_sha256):
        return candidate.prior or "duplicate", reason or "unchanged", "unchanged"
    version = revision_id(identity.article_id, article.title, article.text_sha256)
    if len(newest.revision_ids) >= MAX_REVISIONS and version not in newest.revision_ids:
        return candidate.prior or "duplicate", "changes too often", "flapping"
    return "revision", reason, "version"


def _may_revise(candidate: Candidate, identity: Identity) -> bool:
    """Tell whether the page is the article's own: another edition of it always differs a little."""
    return identity.reason == "url" or candidate.is_loaded


def _judge_failure(
    candidate: Candidate, failure: Failure, most_attempts: int, is_offline: bool
) -> Verdict:
    counts = not (is_offline or failure.reason in NO_ATTEMPT)
    attempts = candidate.attempts + counts
    fate = lasting_fate(failure)
    if fate is None:
        fate = "pending" if attempts < most_attempts else "http_error"
    return _keep_prior(candidate, Verdict(fate, failure.problem, attempts))


def lasting_fate(failure: Failure) -> Fate | None:
    """Return the fate of a page that failed, or None if it may be had another time."""
    fate = REASON_FATES.get(failure.reason) or STATUS_FATES.get(failure.status or 0)
    return fate or (None if _is_transient(failure) else "http_error")


def _is_transient(failure: Failure) -> bool:
    if failure.status is None or not failure.reason.startswith("http_"):
        return True
    return failure.status in TRANSIENT_STATUSES


def _keep_prior(candidate: Candidate, verdict: Verdict) -> Verdict:
    """Leave a loaded article loaded when its page cannot be had again."""
    if candidate.prior not in ("loaded", "revision", "duplicate"):
        return verdict
    reason = f"not seen again: {verdict.reason}"
    return Verdict(candidate.prior, reason, 0, candidate.prior_article_id)


def _unparsed(article: Article) -> str | None:
    language = article.language or "en"
    return None if language.startswith("en") else f"no claims: no parser for {language}"
