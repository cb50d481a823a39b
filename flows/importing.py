"""Figures from a file: archived, read and loaded as a run of its own, once.

The run is named by the file's bytes, so that the same file is loaded once, whatever it is called.
Killed on the way, it has loaded everything or nothing; the next time takes up what is archived.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from extractors.errors import SettingsError, TextError
from extractors.imported import IMPORTER, BadLine, Line, document_of, read_lines
from extractors.records import stable_id
from extractors.urls import registered_domain
from flows import archive
from flows.archive import Archive
from flows.http import Exchange, Position
from flows.ingest.journal import Journal
from flows.ingest.ledger import Ledger
from flows.ingest.records import feed_id, fetch_id, item_key, revision_id, version_id
from flows.lock import hold
from flows.polling import new_feed
from flows.settings import Settings
from flows.versions import versions
from warehouse.connection import open_writer
from warehouse.load import LoadReport, load_run
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.rows import FeedItemRow, FeedRow, FetchRow, QuarantineRow, RevisionRow, RunRow
from warehouse.staging import StageRow
from warehouse.state import read_feeds, run_exists

PREFIX = "import-"
MAX_BYTES = 200_000_000
_TYPE = "text/csv; charset=utf-8"
_AHEAD = timedelta(days=1)  # somewhere it is tomorrow already


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A file as it was read: its name, its bytes, and the lines of both kinds.

    `run_id` names the run that loads these bytes.
    """

    name: str
    body: bytes
    lines: Sequence[Line]
    bad: Sequence[BadLine]
    run_id: str

    @property
    def url(self) -> str:
        """What stands for an address: the name alone, for the folder is nobody's business."""
        return f"import:{self.name}"


def read_file(path: Path, now: datetime) -> FigureFile:
    """Read a file of figures that were given until `now`.

    Raises:
        SettingsError: it cannot be read, or is too large.
        TextError: it is empty, is not UTF-8, or its header is not as it should be.
    """
    try:
        with path.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", "Name a file.") from None
    if len(body) > MAX_BYTES:
        raise SettingsError(f"{path} is larger than {MAX_BYTES:,} bytes.", "Split it.")
    try:
        lines = list(read_lines(body, (now + _AHEAD).date()))
    except TextError as error:
        raise TextError(f"{path} cannot be imported. {error.problem}", error.remedy) from None
    return FigureFile(
        name=path.name,
        body=body,
        lines=[line for line in lines if isinstance(line, Line)],
        bad=[line for line in lines if isinstance(line, BadLine)],
        run_id=f"{PREFIX}{stable_id(IMPORTER, hashlib.sha256(body).hexdigest()):016x}",
    )


def import_file(settings: Settings, file: FigureFile, now: datetime) -> LoadReport:
    """Load a file and publish; one that was loaded before changes nothing.

    Raises `WarehouseBusyError`, `SettingsError`, `ArchiveError` and `WarehouseError` as
    `ingest.run_once` does; nothing of the file is loaded then.
    """
    with hold(settings.lock_path):
        for left in settings.staging_dir.glob(f"{PREFIX}*"):  # by an import that was killed
            shutil.rmtree(left)
        with open_writer(settings.work) as con:
            migrate(con)
            if run_exists(con, file.run_id):
                return LoadReport(file.run_id, already_loaded=True)
            feeds = {feed.feed_id: feed for feed in read_feeds(con)}
        feed = feeds.get(feed_id(file.url)) or _feed(file, now)
        exchange = _archived(settings.archive_dir, file, now)
        journal = Journal(settings.staging_dir)
        ledger = Ledger(journal.stage_dir(file.run_id))
        ledger.write_each("lines", _rows(file, feed, exchange))
        loaded = load_run(settings.work, ledger.folder, _run(file, now))
        publish(settings.work, settings.published)
        journal.finish(file.run_id)
    return loaded


def _feed(file: FigureFile, now: datetime) -> FeedRow:
    """Return what stands for a feed: a file is never polled."""
    row = new_feed(file.url, file.name, now, is_active=False)
    return replace(row, state="imported", format="csv")


def _archived(folder: Path, file: FigureFile, now: datetime) -> Exchange:
    """Return the file as the archive holds it, archiving it unless a killed import did."""
    kept = next(archive.replay(folder, file.run_id), None)
    if kept is not None:
        return kept
    exchange = Exchange(
        "import", file.url, file.url, now, status=200, headers=(("Content-Type", _TYPE),),
        payload=file.body, body=file.body,
    )  # fmt: skip
    with Archive(folder, file.run_id) as out:
        return replace(exchange, position=out.append(exchange))


def _rows(file: FigureFile, feed: FeedRow, exchange: Exchange) -> Iterator[StageRow]:
    """Yield the rows of the file: its feed and exchange, then those of its lines."""
    fetch = _fetch(file, feed, exchange)
    yield feed
    yield fetch
    for line in file.lines:
        yield from _line(line, file, fetch)
    for bad in file.bad:
        subject = f"{file.url} line {bad.number}"
        yield QuarantineRow(
            stable_id("quarantine", "extract", subject), file.run_id, "extract", subject,
            bad.problem, bad.raw, fetch.fetch_id, exchange.fetched_at,
        )  # fmt: skip


def _fetch(file: FigureFile, feed: FeedRow, exchange: Exchange) -> FetchRow:
    position = exchange.position or Position("", 0)
    return FetchRow(
        fetch_id=fetch_id(file.run_id, "import", file.url),
        run_id=file.run_id,
        feed_id=feed.feed_id,
        kind="import",
        url=exchange.first_url,
        final_url=exchange.final_url,
        fetched_at=exchange.fetched_at,
        elapsed_ms=0,
        status_code=None,
        problem=None,
        content_type=_TYPE,
        body_bytes=len(file.body),
        body_sha256=exchange.body_sha256,
        archive_file=position.file,
        archive_offset=position.offset,
    )


def _line(line: Line, file: FigureFile, fetch: FetchRow) -> Iterator[StageRow]:
    feed, article_id = feed_id(file.url), stable_id("imported", *line.figure.key)
    document = document_of(line.figure, file.url)
    article, key = document.article, item_key(feed, str(article_id))
    item = FeedItemRow(
        feed_item_id=version_id(key, article.text_sha256),
        feed_id=feed,
        item_key=key,
        identity=f"line {line.number}",
        identity_reason="content",
        url=line.figure.url,
        canonical_url=line.figure.url,
        title=article.title,
        summary=line.raw,
        published_at=article.published.value if article.published else None,
        content_sha256=article.text_sha256,
        fetch_id=fetch.fetch_id,
        seen_at=fetch.fetched_at,
    )
    yield item
    yield RevisionRow(
        article_id=article_id,
        revision_id=revision_id(article_id, article.title, article.text_sha256),
        feed_id=feed,
        feed_item_id=item.feed_item_id,
        fetch_id=fetch.fetch_id,
        run_id=file.run_id,
        outlet_name=line.figure.outlet,
        site=registered_domain(article.url),
        fetched_at=fetch.fetched_at,
        article=article,
        claims=(document.claim,),
        parser=IMPORTER,
    )


def _run(file: FigureFile, now: datetime) -> RunRow:
    return RunRow(
        run_id=file.run_id, started_at=now, finished_at=now,
        status="partly" if file.bad else "fine", versions=json.dumps(versions()), feeds_polled=0,
        feeds_failed=0, items_new=len(file.lines), pages_fetched=0, revisions_loaded=0,
        claims_loaded=0, quarantined=0,
    )  # fmt: skip
