"""Archived pages read again with today's extractors and parsers; what differs is loaded.

The current revision of each article is read again. Superseded ones keep the reading they had: no
query counts them, and what an article said then was loaded with the rules of then. A reparse that
is killed has loaded everything or nothing; the next one starts afresh, to the same rows.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from extractors.urls import registered_domain
from flows.ingest import slot
from flows.ingest.journal import Journal
from flows.ingest.world import World
from flows.lock import hold
from flows.progress import Meter, Silent
from flows.report import RunReport
from flows.rereading import Outcome, Reread, read_again, read_shelf
from flows.settings import Settings
from flows.versions import versions
from warehouse.connection import open_writer
from warehouse.lake import turn
from warehouse.load import load_run
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.rows import RevisionRow, RunRow
from warehouse.staging import Stage

PREFIX = "reparse-"


async def reparse(
    settings: Settings,
    *,
    since: datetime | None = None,
    world: World | None = None,
    meter: Meter | None = None,
) -> RunReport:
    """Read again what was fetched at `since` or later; load what differs, publish, report.

    Where nothing differs, nothing is loaded. Raises as `run_once` does.
    """
    world, meter = world or World(), meter or Silent()
    started_at = world.clock.now()
    run_id = f"{PREFIX}{slot(started_at)}"
    with hold(settings.lock_path):
        for left in settings.staging_dir.glob(f"{PREFIX}*"):  # by a reparse that was killed
            shutil.rmtree(left)
        with open_writer(settings.work) as con, turn(con):
            migrate(con)
            shelf = read_shelf(con, since)
        journal = Journal(settings.staging_dir)
        staging = Staging(Stage(journal.stage_dir(run_id)), run_id)
        await read_again(settings, shelf, world, meter, staging.take)
        report = RunReport(
            run_id, started_at, world.clock.now(), urls=len(shelf.sources),
            fates=dict(sorted(staging.outcomes.items())), versions=versions(),
        )  # fmt: skip
        report = await asyncio.to_thread(_load, settings, staging, report)
        journal.finish(run_id)
    return report


class Staging:
    """Stages what was read anew, and counts the outcomes."""

    def __init__(self, stage: Stage, run_id: str) -> None:
        self.stage = stage
        self.outcomes: Counter[Outcome] = Counter()
        self._run_id = run_id

    def take(self, number: int, batch: Sequence[Reread]) -> None:
        """Stage one batch; `number` names its files."""
        self.outcomes.update(one.outcome for one in batch)
        anew = [one for one in batch if one.outcome == "read anew"]
        if rows := list(revisions(anew, self._run_id)):
            self.stage.write(rows, f"{number:05d}")


def revisions(batch: Sequence[Reread], run_id: str) -> Iterator[RevisionRow]:
    """Yield what was read as rows of the run `run_id`."""
    for one in batch:
        source, reading, identity = one.source, one.reading, one.revision_id
        if reading is None or reading.article is None or identity is None:
            continue
        yield RevisionRow(
            article_id=source.article_id,
            revision_id=identity,
            feed_id=source.feed_id,
            feed_item_id=source.feed_item_id,
            fetch_id=source.fetch_id,
            run_id=run_id,
            outlet_name=source.outlet_name,
            site=registered_domain(source.canonical_url),
            fetched_at=source.fetched_at,
            article=replace(reading.article, canonical_url=source.canonical_url),
            claims=reading.claims,
            parser=reading.parser,
            copy_keys=reading.copy_keys,
        )


def _load(settings: Settings, staging: Staging, report: RunReport) -> RunReport:
    if staging.outcomes["read anew"]:
        row = RunRow(
            run_id=report.run_id, started_at=report.started_at, finished_at=report.finished_at,
            status="fine", versions=json.dumps(report.versions), feeds_polled=0, feeds_failed=0,
            items_new=0, pages_fetched=0, revisions_loaded=0, claims_loaded=0, quarantined=0,
        )  # fmt: skip
        loaded = load_run(settings.work, staging.stage.folder, row)
        report = replace(report, revisions_loaded=loaded.revisions, claims_loaded=loaded.claims)
    publish(settings.work, settings.published)
    return report
