"""What one poll came to, as far as deciding goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from extractors.records import Cadence, FeedDocument
from flows.http.exchange import Exchange
from flows.http.waits import fresh_s, retry_after_s

PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """What one poll came to.

    `keys` are the document's entries in its order, `items_known` how many of them had been seen at
    any time before. `found_at` is the address where the feed seems to be now: at the end of
    permanent redirects, or the https twin that answered for a dead http address.
    """

    at: datetime
    url: str
    status: int | None = None
    reason: str | None = None
    problem: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    retry_after_s: float | None = None
    fresh_s: float | None = None
    found_at: str | None = None
    document: FeedDocument | None = None
    keys: tuple[int, ...] = ()
    items_known: int = 0

    @property
    def items_total(self) -> int:
        """How many items the document holds."""
        return len(self.document.items) if self.document else 0

    @property
    def has_new(self) -> bool:
        """Whether the document holds an item never seen before."""
        return self.items_known < self.items_total

    @property
    def cadence(self) -> Cadence:
        """What the document says about when to come back."""
        return self.document.cadence if self.document else Cadence()

    def with_document(self, document: FeedDocument, keys: tuple[int, ...] = ()) -> PollOutcome:
        """Return the outcome with what was read from the body."""
        return replace(self, document=document, keys=keys)

    def with_problem(self, problem: str) -> PollOutcome:
        """Return the outcome of a body that is no feed, with a sentence why."""
        return replace(self, reason="no_feed", problem=problem)


def outcome_of(exchange: Exchange) -> PollOutcome:
    """Return the outcome of a poll as far as HTTP goes."""
    failure = exchange.failure()
    stale = (exchange.header("expires") or "").strip() == "0"
    return PollOutcome(
        at=exchange.fetched_at,
        url=exchange.first_url,
        status=exchange.status,
        reason=exchange.reason,
        problem=failure.problem if failure else None,
        etag=None if stale else exchange.header("etag"),
        last_modified=None if stale else exchange.header("last-modified"),
        body_sha256=exchange.body_sha256,
        retry_after_s=failure.wait_s if failure and failure.wait_s else retry_after_s(exchange),
        fresh_s=fresh_s(exchange),
        found_at=moved_to(exchange),
    )


def moved_to(exchange: Exchange) -> str | None:
    """Return where the permanent redirects at the beginning of the chain lead; None without any.

    A temporary redirect ends them: what lies behind it is nobody's new address (RFC 9110, 15.4).
    """
    target = None
    for hop, following in zip(exchange.redirects, exchange.chain[1:], strict=True):
        if hop.status not in PERMANENT:
            break
        target = following
    return target
