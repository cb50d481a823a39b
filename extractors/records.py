"""The records that walk through the house: frozen, typed, and the same wherever they are met.

Offsets are code points, half-open, into the text a record was made from: for every span
`text[span.start:span.end] == span.text`. Times are aware datetimes in UTC unless a field says
otherwise. `Claim` is the contract of `docs/claim-record.md`, field for field.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal


def stable_id(*parts: object) -> int:
    """Return a positive 63-bit id that depends on nothing but `parts` (BLAKE2b of their text)."""
    joined = "\x1f".join(str(part) for part in parts)
    digest = hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


# ---------------------------------------------------------------- feeds

Precision = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that a document states: `value` in UTC, how exact it is, where it stood, how."""

    value: datetime
    precision: Precision
    has_zone: bool
    source: str
    raw: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """What a feed says about how often to ask: minutes, hours of the day (UTC), weekday names."""

    ttl_minutes: int | None = None
    update_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed, as published; `identity` is what tells it from the feed's others.

    `identity_reason` says which field gave it: `guid`, `url`, or `content`.
    """

    identity: str
    identity_reason: Literal["guid", "url", "content"]
    guid: str | None
    url: str | None
    title: str | None
    summary: str | None
    content_html: str | None
    authors: tuple[str, ...]
    published: DateCandidate | None
    updated: DateCandidate | None
    language: str | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as one response showed it: newest or not, in document order."""

    format: str
    title: str | None
    home_url: str | None
    self_url: str | None
    hub_url: str | None
    language: str | None
    updated: DateCandidate | None
    cadence: Cadence
    items: tuple[FeedItem, ...]
    warnings: tuple[str, ...] = ()


# ---------------------------------------------------------------- articles

PageClass = Literal[
    "article", "live_blog", "media", "index", "home_page", "paywalled", "consent_page",
    "blocked", "error_page", "not_html", "too_short",
]  # fmt: skip


AsideKind = Literal[
    "caption", "byline", "dateline", "notice", "related", "quote", "embed", "comment"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of a page beside its article's text, on one line.

    `dateline` ("SOFIA (AP)") alone stands in the text, too; `quote` is a pull quote, which the
    text has where it belongs.
    """

    kind: AsideKind
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a live blog: `text[start:end]` of the article's text, and when it appeared."""

    start: int
    end: int
    title: str | None
    published: DateCandidate | None


@dataclass(frozen=True, slots=True)
class Article:
    """The article a page holds, each field with the source that won.

    `text` is plain, paragraphs split by blank lines. `sources` maps a field's name to where it was
    taken from (`trafilatura`, `json_ld`, `meta`, `feed`, ...), `encoding` to the page's.
    `mojibake_ratio` is the share of the text's characters that were damaged in decoding.
    `free_share` is the share of the article that the page shows, where the page says how long the
    whole is. `note` says in words what the page is, where more is known than its class.
    `published_on` is the day of `published` by the newsroom's calendar, which in the evening can
    differ from UTC's. `asides` are the page's words that are not of the text, in kinds; `posts` are
    those of a live blog, in the order of the text, without overlap.
    """

    url: str
    canonical_url: str
    page_class: PageClass
    title: str | None
    text: str
    authors: tuple[str, ...]
    published: DateCandidate | None
    modified: DateCandidate | None
    language: str | None
    site_name: str | None
    sources: dict[str, str]
    extractor: str
    published_on: date | None = None
    mojibake_ratio: float = 0.0
    free_share: float | None = None
    note: str | None = None
    asides: tuple[Aside, ...] = ()
    posts: tuple[Post, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Hex SHA-256 of the UTF-8 text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


# ---------------------------------------------------------------- claims

ClaimKind = Literal["direct", "indirect", "mixed", "non_disclosure", "status_statement"]
CueClass = Literal[
    "say", "report", "announce", "claim", "deny", "confirm", "estimate", "believe", "order",
    "promise", "warn", "accuse", "according_to", "other",
]  # fmt: skip
EntityType = Literal["person", "organization", "place", "group", "outlet", "unknown"]
Method = Literal["explicit", "name", "nominal", "pronoun", "outlet", "none"]
Bound = Literal[
    "exact", "approx", "at_least", "more_than", "at_most", "less_than", "range", "vague"
]
Measure = Literal[
    "killed", "wounded", "killed_or_wounded", "missing", "captured", "destroyed", "displaced",
    "arrested", "infected", "money", "share", "count", "other",
]  # fmt: skip
Change = Literal["level", "increase", "decrease"]
Scope = Literal["incident", "cumulative"]
Aspect = Literal["whole", "part", "previous"]
TimeRole = Literal["utterance", "event", "as_of"]
PlaceRole = Literal["utterance", "event"]
Modality = Literal["asserted", "believed", "planned", "possible", "conditional", "narrated"]
Polarity = Literal["affirmative", "negative"]
Status = Literal["not_stated", "unverifiable", "confirmed", "denied", "disputed", "no_figure_given"]
Relation = Literal["rival_of", "denies", "repeats", "qualifies"]


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text to parse, with what its claims need to know about it.

    `published_at` (UTC) is the reference of relative times; without it they stay unresolved.
    `parts` are pieces of the text with a reference of their own: (start, end, UTC), in order.
    """

    doc: str
    text: str
    published_at: datetime | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    parts: tuple[tuple[int, int, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: `text[start:end]`, code points."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut the span `[start, end)` out of `text`."""
        return cls(text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """The words that attribute."""

    lemma: str
    cue_class: CueClass


@dataclass(frozen=True, slots=True)
class ContentSpan(Span):
    """A piece of the words claimed."""

    quoted: bool


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who speaks, and how the mention was resolved; `side` is the state spoken for, alpha-2.

    `speaks_for` is the body that a person heads or is the spokesman of, as the article says.
    """

    mention: Span | None
    name: str | None
    entity_type: EntityType
    side: str | None
    wikidata_id: str | None
    method: Method
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity(Span):
    """A figure: `value` or bounds, what is counted, whose it is (`party`), level or change.

    `aspect` tells the figure that a claim gives from one that is a part of it, or that it replaces.
    """

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    counted: str | None
    measure: Measure
    party: str | None
    change: Change
    scope: Scope | None
    aspect: Aspect = "whole"


@dataclass(frozen=True, slots=True)
class TimeRef(Span):
    """A time expression as a half-open interval `[from_, to)` of ISO dates or date-times."""

    from_: str
    to: str
    precision: Precision
    role: TimeRole


@dataclass(frozen=True, slots=True)
class PlaceRef(Span):
    """A place named; `country` alpha-2."""

    name: str
    country: str | None
    role: PlaceRole


@dataclass(frozen=True, slots=True)
class Verification:
    """What the article says about whether the claim holds, the words for it, and who says so."""

    status: Status
    evidence: Span | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another claim of the same article."""

    relation: Relation
    claim_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One source, saying one thing, once, in one article."""

    claim_id: str
    kind: ClaimKind
    cue: Cue | None
    claimant: Claimant
    relayed_by: tuple[Claimant, ...]
    content: tuple[ContentSpan, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeRef, ...]
    places: tuple[PlaceRef, ...]
    hedges: tuple[Span, ...]
    modality: Modality
    polarity: Polarity
    verification: Verification
    links: tuple[Link, ...]
    confidence: float
    extractor: str = field(default="")

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON-ready values, with the contract's field names."""
        record = dataclasses.asdict(self)
        for time in record["times"]:
            time["from"] = time.pop("from_")
        return record
