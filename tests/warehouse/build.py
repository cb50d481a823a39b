"""Builds rows for the tests of the warehouse: small, readable, with real offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extractors.records import (
    Article,
    Claim,
    Claimant,
    ContentSpan,
    Cue,
    DateCandidate,
    Quantity,
    Span,
    Verification,
    stable_id,
)
from warehouse.rows import FeedItemRow, FeedRow, FetchRow, RevisionRow, RunRow, UrlFateRow
from warehouse.staging import Stage, StageRow

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)


def feed(name: str = "Morning Courier", **changes: Any) -> FeedRow:
    url = f"http://news.test/{name.casefold().replace(' ', '-')}.xml"
    values: dict[str, Any] = dict(
        feed_id=stable_id("feed", url), url=url, outlet_name=name, title=name, home_url=None,
        format="rss20", language="en", is_active=True, added_at=NOW, etag=None,
        last_modified=None, body_sha256=None, last_polled_at=NOW, last_success_at=NOW,
        last_changed_at=NOW, last_new_item_at=NOW, next_poll_at=NOW + timedelta(hours=1),
        interval_s=3600, failure_weight=0.0, state="ok", problem=None, possible_gap_at=None,
        poll_url=url,
    )  # fmt: skip
    return FeedRow(**{**values, **changes})


def fetch(url: str, at: datetime = NOW, run_id: str = "run-1", **changes: Any) -> FetchRow:
    values: dict[str, Any] = dict(
        fetch_id=stable_id("fetch", run_id, url), run_id=run_id, feed_id=None, kind="page", url=url,
        final_url=url, fetched_at=at, elapsed_ms=12, status_code=200, problem=None,
        content_type="text/html", body_bytes=1000, body_sha256="ab", archive_file="a.warc.gz",
        archive_offset=7,
    )  # fmt: skip
    return FetchRow(**{**values, **changes})


def claim(
    text: str, who: str | None, words: str, *, figure: str | None = None, **changes: Any
) -> Claim:
    """Cut a claim out of `text`: `who` says `words`, with `figure` as its quantity."""
    start = text.index(words)
    mention = _span(text, who) if who and who in text else None
    quantities = [_quantity(text, figure, changes)] if figure else []
    values: dict[str, Any] = dict(
        claim_id=f"c{start}", kind="indirect", cue=_cue(text),
        claimant=Claimant(mention, who, "person", changes.pop("side", None), None, "name"),
        relayed_by=(), content=(ContentSpan(words, start, start + len(words), False),),
        quantities=tuple(quantities), times=(), places=(), hedges=(), modality="asserted",
        polarity="affirmative", verification=Verification("not_stated", None, None), links=(),
        confidence=0.9, extractor="test 1",
    )  # fmt: skip
    return Claim(**{**values, **changes})


def revision(
    text: str,
    claims: Sequence[Claim] = (),
    *,
    slug: str = "story",
    outlet: str = "Morning Courier",
    published: datetime | None = NOW,
    fetched: datetime = NOW,
    run_id: str = "run-1",
    parser: str = "test 1",
    **changes: Any,
) -> list[StageRow]:
    """Return all rows that one fetched article stages: feed, exchange, item, fate, revision."""
    source = feed(outlet)
    url = f"http://news.test/{outlet.casefold().replace(' ', '-')}/{slug}"
    page = fetch(url, fetched, run_id, feed_id=source.feed_id)
    item = _item(source, url, page, fetched)
    article_id = stable_id("article", url)
    title = changes.pop("title", slug.replace("-", " ").capitalize())
    row = RevisionRow(
        article_id=article_id,
        revision_id=stable_id("revision", article_id, title, text),
        feed_id=source.feed_id,
        feed_item_id=item.feed_item_id,
        fetch_id=page.fetch_id,
        run_id=run_id,
        outlet_name=outlet,
        site="news.test",
        fetched_at=fetched,
        article=article(url, title, text, published, **changes),
        claims=tuple(claims),
        parser=parser,
    )
    return [source, page, item, _fate(url, item, row), row]


def article(url: str, title: str, text: str, published: datetime | None, **changes: Any) -> Article:
    date = published and DateCandidate(published, "minute", True, "json_ld", str(published))
    values: dict[str, Any] = dict(
        url=url, canonical_url=url, page_class="article", title=title, text=text,
        authors=("A. Writer",), published=date, modified=None, language="en",
        site_name="News", sources={"title": "json_ld"}, extractor="articles 1",
    )  # fmt: skip
    return Article(**{**values, **changes})


def run(run_id: str = "run-1", at: datetime = NOW) -> RunRow:
    return RunRow(run_id, at, at + timedelta(minutes=1), "fine", "{}", 1, 0, 1, 1, 0, 0, 0)


def stage(folder: Path, *rows: Sequence[StageRow], name: str = "a") -> Path:
    """Stage rows into `folder` and return it."""
    Stage(folder).write([row for part in rows for row in part], name)
    return folder


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(words, start, start + len(words))


def _cue(text: str) -> Cue | None:
    start = text.find("said")
    return Cue("said", start, start + 4, "say", "say") if start >= 0 else None


def _quantity(text: str, figure: str, changes: dict[str, Any]) -> Quantity:
    span = _span(text, figure)
    values: dict[str, Any] = dict(
        value=float(figure.split()[0].replace(",", "")), low=None, high=None, bound="exact",
        unit="person", counted=None, measure="killed", party=None, change="level", scope=None,
    )  # fmt: skip
    values |= changes.pop("quantity", {})
    return Quantity(span.text, span.start, span.end, **values)


def _item(source: FeedRow, url: str, page: FetchRow, at: datetime) -> FeedItemRow:
    key = stable_id("item", source.feed_id, url)
    return FeedItemRow(
        feed_item_id=stable_id("version", key), feed_id=source.feed_id, item_key=key, identity=url,
        identity_reason="url", url=url, canonical_url=url, title="t", summary=None,
        published_at=None, content_sha256=hashlib.sha256(url.encode()).hexdigest(),
        fetch_id=page.fetch_id, seen_at=at,
    )  # fmt: skip


def _fate(url: str, item: FeedItemRow, row: RevisionRow) -> UrlFateRow:
    return UrlFateRow(
        url_id=stable_id("url", url), canonical_url=url, original_url=url, feed_id=row.feed_id,
        feed_item_id=item.feed_item_id, fate="loaded", reason=None, discovered_at=row.fetched_at,
        decided_at=row.fetched_at, article_id=row.article_id, fetch_id=row.fetch_id, attempts=1,
    )  # fmt: skip
