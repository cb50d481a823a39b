"""A story in short articles, parsed and loaded as a run would load it.

A folder holds `NN.txt` with `NN.json` (`url`, `outlet`, `title`, `published_at`, `fetched_at`) and
`expected.json`. Articles are told by their number; one address fetched twice is a revision.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from extractors.claims import ClaimParser
from extractors.copies import copy_keys
from extractors.records import Article, Claim, DateCandidate, TextDocument, stable_id
from flows.ingest.records import article_id, revision_id
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.rows import FeedItemRow, FeedRow, FetchRow, RevisionRow, RunRow, UrlFateRow
from warehouse.staging import Stage, StageRow


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the story as it was fetched."""

    number: str
    url: str
    outlet: str
    title: str
    text: str
    published_at: datetime
    fetched_at: datetime

    @property
    def article_id(self) -> int:
        """The warehouse's id of the article."""
        return article_id(self.url)

    @property
    def revision_id(self) -> int:
        """The warehouse's id of this version of it."""
        return revision_id(self.article_id, self.title, _sha256(self.text))

    @property
    def document(self) -> TextDocument:
        """What the parser is given."""
        return TextDocument(
            self.number, self.text, self.published_at, self.title, self.url, self.outlet
        )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_story(folder: Path) -> list[Told]:
    """Return the articles of a folder in the order in which they were fetched."""
    told = [_read(path) for path in sorted(folder.glob("[0-9]*.txt"))]
    return sorted(told, key=lambda one: (one.fetched_at, one.number))


def _read(path: Path) -> Told:
    meta = json.loads(path.with_suffix(".json").read_text("utf-8"))
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    published, fetched = (_moment(meta[name]) for name in ("published_at", "fetched_at"))
    return Told(path.stem, meta["url"], meta["outlet"], meta["title"], text, published, fetched)


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso.replace("Z", "+00:00"))


def load_story(story: Sequence[Told], folder: Path, parser: ClaimParser) -> Path:
    """Parse the articles, load each day's as a run and return the published warehouse."""
    work, published = folder / "warehouse.work.duckdb", folder / "warehouse.duckdb"
    claims = parser.parse_batch(one.document for one in story)
    parsed = zip(story, claims, strict=True)
    for day, articles in groupby(parsed, key=lambda pair: pair[0].fetched_at.date()):
        run_id = f"run-{day}"
        stage = Stage(folder / "staging" / run_id)
        rows = [row for one, found in articles for row in _rows(one, found, parser.version, run_id)]
        stage.write(rows, "story")
        load_run(work, stage.folder, _run(run_id, story[0].fetched_at))
    publish(work, published)
    return published


def _rows(one: Told, claims: tuple[Claim, ...], parser: str, run_id: str) -> Iterator[StageRow]:
    """Yield what one fetched article stages: feed, exchange, entry, fate, revision."""
    feed = _feed(one)
    fetch = _fetch(one, run_id, feed)
    item = _item(one, feed, fetch)
    yield from (feed, fetch, item, _fate(one, item))
    yield RevisionRow(
        article_id=one.article_id, revision_id=one.revision_id,
        feed_id=feed.feed_id, feed_item_id=item.feed_item_id, fetch_id=fetch.fetch_id,
        run_id=run_id, outlet_name=one.outlet, site="news.example", fetched_at=one.fetched_at,
        article=_article(one), claims=claims, parser=parser, copy_keys=copy_keys(one.text),
    )  # fmt: skip


def _article(one: Told) -> Article:
    dated = DateCandidate(one.published_at, "minute", True, "json_ld", one.published_at.isoformat())
    return Article(
        url=one.url, canonical_url=one.url, page_class="article", title=one.title, text=one.text,
        authors=(), published=dated, modified=None, language="en", site_name=one.outlet,
        sources={}, extractor="story",
    )  # fmt: skip


def _feed(one: Told) -> FeedRow:
    url = f"https://feeds.example/{one.outlet.casefold().replace(' ', '-')}.xml"
    at = one.fetched_at
    return FeedRow(
        feed_id=stable_id("feed", url), url=url, outlet_name=one.outlet, title=one.outlet,
        home_url=None, format="rss20", language="en", is_active=True, added_at=at, etag=None,
        last_modified=None, body_sha256=None, last_polled_at=at, last_success_at=at,
        last_changed_at=at, last_new_item_at=at, next_poll_at=at, interval_s=3600,
        failure_weight=0.0, state="ok", problem=None, possible_gap_at=None, poll_url=url,
    )  # fmt: skip


def _fetch(one: Told, run_id: str, feed: FeedRow) -> FetchRow:
    return FetchRow(
        fetch_id=stable_id("fetch", run_id, one.url, one.number), run_id=run_id,
        feed_id=feed.feed_id, kind="page", url=one.url, final_url=one.url,
        fetched_at=one.fetched_at, elapsed_ms=1, status_code=200, problem=None,
        content_type="text/html", body_bytes=len(one.text), body_sha256=None,
        archive_file="story.warc.gz", archive_offset=0,
    )  # fmt: skip


def _item(one: Told, feed: FeedRow, fetch: FetchRow) -> FeedItemRow:
    key = stable_id("item", feed.feed_id, one.url)
    return FeedItemRow(
        feed_item_id=stable_id("version", key, one.number), feed_id=feed.feed_id, item_key=key,
        identity=one.url, identity_reason="url", url=one.url, canonical_url=one.url,
        title=one.title, summary=None, published_at=one.published_at, content_sha256=one.number,
        fetch_id=fetch.fetch_id, seen_at=one.fetched_at,
    )  # fmt: skip


def _fate(one: Told, item: FeedItemRow) -> UrlFateRow:
    return UrlFateRow(
        url_id=stable_id("url", one.url), canonical_url=one.url, original_url=one.url,
        feed_id=item.feed_id, feed_item_id=item.feed_item_id, fate="loaded", reason=None,
        discovered_at=one.fetched_at, decided_at=one.fetched_at, article_id=one.article_id,
        fetch_id=item.fetch_id, attempts=1,
    )  # fmt: skip


def _run(run_id: str, at: datetime) -> RunRow:
    return RunRow(run_id, at, at, "fine", "{}", 1, 0, 1, 1, 0, 0, 0)
