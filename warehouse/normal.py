"""The normal form of a revision: one dataclass a staged table, fields named as its columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Outlet:
    """Stages `core.outlets`."""

    outlet_id: int
    name: str
    site: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """An element of `core.article_revisions.asides`."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class PostPart:
    """An element of `core.article_revisions.posts`."""

    start_offset: int
    end_offset: int
    title: str | None
    posted_at: datetime | None
    posted_precision: str | None
    posted_has_zone: bool | None
    posted_source: str | None
    posted_raw: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """Stages `core.article_revisions` and, by way of it, `core.articles`."""

    revision_id: int
    article_id: int
    outlet_id: int
    feed_id: int
    feed_item_id: int
    fetch_id: int
    run_id: str
    url: str
    canonical_url: str
    page_class: str
    title: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    published_precision: str | None
    published_has_zone: bool | None
    published_source: str | None
    published_raw: str | None
    modified_at: datetime | None
    modified_precision: str | None
    modified_has_zone: bool | None
    modified_source: str | None
    modified_raw: str | None
    language: str | None
    site: str
    site_name: str | None
    field_sources: str
    text_sha256: str
    text_char_count: int
    published_on: date | None
    mojibake_ratio: float
    free_share: float | None
    asides: tuple[Beside, ...]
    posts: tuple[PostPart, ...]
    extractor: str
    first_seen_at: datetime
    last_seen_at: datetime
    said_at: datetime
    revised_at: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """Stages `core.article_texts`."""

    revision_id: int
    article_text: str


@dataclass(frozen=True, slots=True)
class CopyKey:
    """Stages `core.article_copy_keys`."""

    article_id: int
    copy_key: int


@dataclass(frozen=True, slots=True)
class Parse:
    """Stages `core.parses`."""

    parse_id: int
    revision_id: int
    article_id: int
    run_id: str
    parser: str
    claim_count: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Stages `core.entities`."""

    entity_id: int
    name: str
    entity_type: str
    wikidata_id: str | None
    side_code: str | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Alias:
    """Stages `core.entity_aliases`."""

    entity_id: int
    alias: str
    method: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """Stages `core.claims`; dates, outlet and copy group are found when it is loaded.

    `posted_at` is when the post of a live blog that it stands in appeared.
    """

    claim_id: int
    record_id: str
    parse_id: int
    revision_id: int
    article_id: int
    ordinal: int
    kind: str
    cue_lemma: str | None
    cue_class: str | None
    claimant_id: int | None
    claimant_name: str | None
    claimant_words: str | None
    claimant_type: str
    claimant_wikidata_id: str | None
    claimant_method: str
    side_code: str | None
    speaks_for_id: int | None
    content_text: str
    statement_id: int
    modality: str
    polarity: str
    verification_status: str
    verified_by: str | None
    confidence: float
    extractor: str
    posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """Stages `core.claim_spans`."""

    claim_id: int
    role: str
    ordinal: int
    start_offset: int
    end_offset: int
    span_text: str
    is_quoted: bool | None


@dataclass(frozen=True, slots=True)
class ClaimQuantity:
    """Stages `core.claim_quantities`."""

    claim_id: int
    ordinal: int
    value: float | None
    low_value: float | None
    high_value: float | None
    bound: str
    unit: str | None
    counted: str | None
    measure: str
    party: str | None
    change: str
    scope: str | None
    aspect: str


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """Stages `core.claim_times`."""

    claim_id: int
    ordinal: int
    from_iso: str
    to_iso: str
    from_at: datetime | None
    to_at: datetime | None
    precision: str
    role: str


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Stages `core.claim_places`."""

    claim_id: int
    ordinal: int
    name: str
    country_code: str | None
    role: str


@dataclass(frozen=True, slots=True)
class ClaimRelay:
    """Stages `core.claim_relays`."""

    claim_id: int
    ordinal: int
    entity_id: int | None
    name: str | None
    entity_type: str
    wikidata_id: str | None
    side_code: str | None
    method: str


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Stages `core.claim_links`."""

    claim_id: int
    ordinal: int
    relation: str
    linked_claim_id: int
    linked_record_id: str


NormalRow = (
    Outlet | Revision | Text | CopyKey | Parse | Entity | Alias | ClaimPart | ClaimSpan
    | ClaimQuantity | ClaimTime | ClaimPlace | ClaimRelay | ClaimLink
)  # fmt: skip
