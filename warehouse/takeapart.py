"""Takes a `RevisionRow` apart into the normal form of the warehouse, losing nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from extractors.records import Claim, Claimant, DateCandidate, Span, TimeRef, stable_id
from warehouse.normal import (
    Alias,
    Beside,
    ClaimLink,
    ClaimPart,
    ClaimPlace,
    ClaimQuantity,
    ClaimRelay,
    ClaimSpan,
    ClaimTime,
    CopyKey,
    Entity,
    NormalRow,
    Outlet,
    Parse,
    PostPart,
    Revision,
    Text,
)
from warehouse.rows import RevisionRow

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")

# A page may be dated in a time zone ahead of ours; what lies further ahead is a wrong date.
_AHEAD = timedelta(days=1)


def take_apart(row: RevisionRow) -> Iterator[NormalRow]:
    """Yield the rows of every table that `row` reaches, claims in their order."""
    parse_id = stable_id("parse", row.revision_id, row.article.extractor, row.parser)
    yield Outlet(outlet_id(row.outlet_name), row.outlet_name, row.site, row.fetched_at)
    yield _revision(row)
    yield Text(row.revision_id, row.article.text)
    for key in (stable_id("text", row.article.text_sha256), *row.copy_keys):
        yield CopyKey(row.article_id, key)
    yield Parse(parse_id, row.revision_id, row.article_id, row.run_id, row.parser, len(row.claims))
    for ordinal, claim in enumerate(row.claims):
        yield _claim(row, parse_id, ordinal, claim)
        yield from _parts(parse_id, claim)
        yield from _entities(row, claim)


def outlet_id(name: str) -> int:
    """Return the id of the outlet called `name`, whatever its case."""
    return stable_id("outlet", _fold(name))


def entity_id(claimant: Claimant) -> int | None:
    """Return the id of the entity that `claimant` names; None when it names none."""
    if claimant.wikidata_id:
        return stable_id("wikidata", claimant.wikidata_id)
    return stable_id("entity", _fold(claimant.name)) if claimant.name else None


def _body_id(row: RevisionRow, claimant: Claimant) -> int | None:
    """Return the id of the body that `claimant` speaks for: as a claimant of the same text."""
    name = claimant.speaks_for
    if not name:
        return None
    known = (entity_id(claim.claimant) for claim in row.claims if claim.claimant.name == name)
    return next(known, None) or stable_id("entity", _fold(name))


def claim_id(parse_id: int, record_id: str) -> int:
    """Return the warehouse's id of the claim that one reading calls `record_id`."""
    return stable_id("claim", parse_id, record_id)


def _revision(row: RevisionRow) -> Revision:
    article = row.article
    return Revision(
        revision_id=row.revision_id,
        article_id=row.article_id,
        outlet_id=outlet_id(row.outlet_name),
        feed_id=row.feed_id,
        feed_item_id=row.feed_item_id,
        fetch_id=row.fetch_id,
        run_id=row.run_id,
        url=article.url,
        canonical_url=article.canonical_url,
        page_class=article.page_class,
        title=article.title,
        authors=article.authors,
        **_dated("published", article.published),
        **_dated("modified", article.modified),
        language=article.language,
        site=row.site,
        site_name=article.site_name,
        field_sources=json.dumps(article.sources, sort_keys=True, ensure_ascii=False),
        text_sha256=article.text_sha256,
        text_char_count=len(article.text),
        published_on=article.published_on,
        mojibake_ratio=article.mojibake_ratio,
        free_share=article.free_share,
        asides=tuple(Beside(one.kind, one.text) for one in article.asides),
        posts=tuple(
            PostPart(one.start, one.end, one.title, **_dated("posted", one.published))
            for one in article.posts
        ),
        extractor=article.extractor,
        first_seen_at=row.fetched_at,
        last_seen_at=row.fetched_at,
        said_at=_credible(article.published, row.fetched_at),
        revised_at=_credible(article.modified, row.fetched_at),
    )


def _dated(prefix: str, date: DateCandidate | None) -> dict[str, Any]:
    return {
        f"{prefix}_at": date.value if date else None,
        f"{prefix}_precision": date.precision if date else None,
        f"{prefix}_has_zone": date.has_zone if date else None,
        f"{prefix}_source": date.source if date else None,
        f"{prefix}_raw": date.raw if date else None,
    }


def _credible(candidate: DateCandidate | None, fetched_at: datetime) -> datetime:
    if candidate is None or candidate.value > fetched_at + _AHEAD:
        return fetched_at
    return candidate.value


def _claim(row: RevisionRow, parse_id: int, ordinal: int, claim: Claim) -> ClaimPart:
    claimant, content = claim.claimant, " ".join(piece.text for piece in claim.content)
    return ClaimPart(
        claim_id=claim_id(parse_id, claim.claim_id),
        record_id=claim.claim_id,
        parse_id=parse_id,
        revision_id=row.revision_id,
        article_id=row.article_id,
        ordinal=ordinal,
        kind=claim.kind,
        cue_lemma=claim.cue.lemma if claim.cue else None,
        cue_class=claim.cue.cue_class if claim.cue else None,
        claimant_id=entity_id(claimant),
        claimant_name=claimant.name,
        claimant_words=claimant.mention.text if claimant.mention else None,
        claimant_type=claimant.entity_type,
        claimant_wikidata_id=claimant.wikidata_id,
        claimant_method=claimant.method,
        side_code=claimant.side,
        speaks_for_id=_body_id(row, claimant),
        content_text=content,
        statement_id=_statement_id(claim, content),
        modality=claim.modality,
        polarity=claim.polarity,
        verification_status=claim.verification.status,
        verified_by=claim.verification.by,
        confidence=claim.confidence,
        extractor=claim.extractor,
        posted_at=_posted_at(row, claim),
    )


def _posted_at(row: RevisionRow, claim: Claim) -> datetime | None:
    """Return when the post that a claim stands in appeared, if one does and its page says so."""
    spans = [span for span in (*claim.content, claim.cue, claim.verification.evidence) if span]
    dates = (
        post.published
        for post in row.article.posts
        if spans and post.start <= spans[0].start < post.end
    )
    date = next(dates, None)
    return _credible(date, row.fetched_at) if date else None


def _statement_id(claim: Claim, content: str) -> int:
    who = entity_id(claim.claimant) or (claim.claimant.mention and claim.claimant.mention.text)
    words = content or " ".join(
        span.text for span in (claim.cue, claim.verification.evidence) if span
    )
    return stable_id("statement", who, claim.polarity, _fold(words))


def _fold(words: str) -> str:
    """Return `words` as they are compared: whatever their case, spacing and kind of quotes."""
    plain = unicodedata.normalize("NFKC", words).translate(_STRAIGHT)
    return " ".join(plain.casefold().split())


def _parts(parse_id: int, claim: Claim) -> Iterator[NormalRow]:
    key = claim_id(parse_id, claim.claim_id)
    yield from _spans(key, claim)
    for n, q in enumerate(claim.quantities):
        yield ClaimQuantity(
            key, n, q.value, q.low, q.high, q.bound, q.unit, q.counted, q.measure, q.party,
            q.change, q.scope, q.aspect,
        )  # fmt: skip
    for n, time in enumerate(claim.times):
        yield _time(key, n, time)
    for n, place in enumerate(claim.places):
        yield ClaimPlace(key, n, place.name, place.country, place.role)
    for n, by in enumerate(claim.relayed_by):
        yield ClaimRelay(
            key, n, entity_id(by), by.name, by.entity_type, by.wikidata_id, by.side, by.method
        )
    for n, link in enumerate(claim.links):
        yield ClaimLink(key, n, link.relation, claim_id(parse_id, link.claim_id), link.claim_id)


def _spans(key: int, claim: Claim) -> Iterator[ClaimSpan]:
    roles: dict[str, list[tuple[int, Span | None]]] = {
        "cue": [(0, claim.cue)],
        "claimant": [(0, claim.claimant.mention)],
        "relay": [(n, by.mention) for n, by in enumerate(claim.relayed_by)],
        "content": list(enumerate(claim.content)),
        "quantity": list(enumerate(claim.quantities)),
        "time": list(enumerate(claim.times)),
        "place": list(enumerate(claim.places)),
        "hedge": list(enumerate(claim.hedges)),
        "evidence": [(0, claim.verification.evidence)],
    }
    for role, spans in roles.items():
        for ordinal, span in spans:
            if span is not None:
                quoted = getattr(span, "quoted", None)
                yield ClaimSpan(key, role, ordinal, span.start, span.end, span.text, quoted)


def _time(key: int, ordinal: int, time: TimeRef) -> ClaimTime:
    begin, end = _moment(time.from_), _moment(time.to)
    return ClaimTime(key, ordinal, time.from_, time.to, begin, end, time.precision, time.role)


def _moment(iso: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _entities(row: RevisionRow, claim: Claim) -> Iterator[NormalRow]:
    for claimant in (claim.claimant, *claim.relayed_by):
        key = entity_id(claimant)
        if key is None:
            continue
        name = claimant.name or claimant.wikidata_id or ""
        kind, side = claimant.entity_type, claimant.side
        yield Entity(key, name, kind, claimant.wikidata_id, side, row.fetched_at)
        if claimant.mention and claimant.method in ("explicit", "name"):
            yield Alias(key, claimant.mention.text, claimant.method, row.fetched_at)
    body = _body_id(row, claim.claimant)
    if body is not None and claim.claimant.speaks_for:
        name, side = claim.claimant.speaks_for, claim.claimant.side
        yield Entity(body, name, "organization", None, side, row.fetched_at)
