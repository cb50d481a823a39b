"""The question and the answer of a worker: a page, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extractors.records import Article, Claim, FeedItem


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
