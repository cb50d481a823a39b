"""What workers are asked and what they answer: pages and what they say, feeds and their entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extractors.errors import ClaimwireError
from extractors.records import Article, Claim, FeedDocument, FeedItem


@dataclass(frozen=True, slots=True)
class Page:
    """A page to read; without a body, the feed's own text of it is read."""

    url: str
    body: bytes | None
    content_type: str | None
    fetched_at: datetime
    item: FeedItem | None
    outlet: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says; `problem` says why it could not be read.

    `parser` names the rules and models behind `claims`, or says why there are none.
    """

    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    parser: str = ""
    copy_keys: tuple[int, ...] = ()
    problem: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What a feed's address answered, to be parsed."""

    url: str
    body: bytes
    content_type: str | None


FeedReading = FeedDocument | ClaimwireError
"""A feed as parsed, or why it could not be."""
