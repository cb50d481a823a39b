"""One run: poll, visit, load. Each stage leaves files behind; the warehouse changes in the last."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.archive import Archive, files_of
from flows.health.incidents import Incidents, Seen, watch
from flows.http import Client
from flows.ingest.checks import combine, occasions, owed
from flows.ingest.discovery import Discovery, again, discover
from flows.ingest.fates import Verdict
from flows.ingest.fetching import Fetcher
from flows.ingest.journal import Journal, Order
from flows.ingest.ledger import Ledger, told
from flows.ingest.memory import Memory, site_rows
from flows.ingest.pages import Visitor, needs_no_visit
from flows.ingest.polls import Poll, compared, poll, poll_row, polled_feed, unreadable
from flows.ingest.recollect import recollect
from flows.ingest.records import Candidate, Visit
from flows.ingest.settling import Judge, Settled, Visits
from flows.ingest.spool import Spool
from flows.ingest.subscriptions import subscribe
from flows.ingest.world import World
from flows.policy import http_policy, trusted
from flows.polling import down_since, is_spoilt, page_is_due
from flows.progress import Meter
from flows.report import FeedProblem, RunReport
from flows.settings import Settings
from flows.sources import load_feeds
from flows.versions import versions
from flows.workers import limits_of
from warehouse import state
from warehouse.connection import open_writer
from warehouse.load import LoadReport, load_run
from warehouse.rows import FeedRow, RunRow, UrlFateRow


class Run:
    """One run of the ingest; its stages are awaited once each: `poll`, `visit`, `load`."""

    def __init__(
        self,
        settings: Settings,
        order: Order,
        memory: Memory,
        world: World,
        meter: Meter,
        scratch: Path | None = None,
    ) -> None:
        self.settings = settings
        self.order = order
        self._memory = memory
        self._sources = load_feeds(settings.feeds_path)
        self._archive_dir = scratch or settings.archive_dir
        self._world = world
        self._clock = world.clock
        self._meter = meter
        self._ledger = Ledger(Journal(scratch or settings.staging_dir).stage_dir(order.run_id))
        self._fetcher = Fetcher(order.run_id, self._archive_dir)
        self._exit = AsyncExitStack()
        self._polls: Sequence[Poll] = ()
        self._found = Discovery()
        self._candidates: list[Candidate] = []
        self._front_pages: list[Candidate] = []
        self._offline_since: datetime | None = None
        self._rechecks: list[Candidate] = []
        self._incidents = Incidents()

    async def __aenter__(self) -> Self:
        archive = self._exit.enter_context(Archive(self._archive_dir, self.order.run_id))
        client = Client(
            http_policy(self.settings, self._sources),
            clock=self._clock,
            keep=self._fetcher.keeper(archive),
            internet=self._world.internet,
            tls=trusted(),
            paces=self._memory.paces,
        )
        self._fetcher.remind(client)
        self._client = await self._exit.enter_async_context(client)
        self._readers = await self._exit.enter_async_context(
            self._world.readers(self.settings.worker_count, limits_of(self.settings))
        )
        spool = Spool[Visit](self._ledger.folder.with_suffix(".visits"))
        self._visits = Visits(self._exit.enter_context(spool))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._exit.aclose()
        for path in files_of(self._archive_dir, self.order.run_id):
            if not path.stat().st_size:
                path.unlink()

    # ------------------------------------------------------------ poll

    async def poll(self) -> None:
        """Poll the feeds that are due, stage what they show, and find the URLs to visit."""
        self._feeds = subscribe(
            self._sources,
            self._memory.feeds,
            self._clock.now(),
            pattern=self.order.feeds,
            force=self.order.force,
        )
        self._meter.expect("feeds", len(self._feeds.due))
        polls = await asyncio.gather(*map(self._poll_one, self._feeds.due))
        since = self._offline_since = down_since(one.attempt for one in polls)
        self._polls = [replace(one, is_spoilt=is_spoilt(one.attempt, since)) for one in polls]
        self._take_in_polls()
        waiting = again(self._ready(self._memory.pending), self._feeds.picked)
        candidates, self._rechecks = combine([*waiting, *self._found.candidates], self._owed())
        for one in candidates:
            (self._front_pages if needs_no_visit(one) else self._candidates).append(one)
        self._ledger.uncounted = {one.url_id for one in self._rechecks}

    def _owed(self) -> Sequence[Candidate]:
        """Return the visits to loaded articles that are owed; the same when taken up again."""
        if not self.order.pages:
            return ()
        settings, now = self.settings, self.order.started_at
        with open_writer(settings.work) as con:
            due = state.due_rechecks(
                con, occasions(settings.recheck_hours), now, settings.page_attempts
            )
        return owed(due, self._feeds.picked, now)

    async def _poll_one(self, feed: FeedRow) -> Poll:
        try:
            return await poll(self._client, self._fetcher, self._readers, feed, self._clock.now())
        finally:
            self._meter.step("feeds")

    def _take_in_polls(self) -> None:
        seen = [entry for poll in self._polls for entry in poll.entries]
        keys = {entry.row.item_key for entry in seen}
        urls = {url for entry in seen if (url := entry.row.url_id) is not None}
        known: dict[int, frozenset[int]] = {}
        if seen:
            with open_writer(self.settings.work) as con:
                known, fates = state.known_items(con, keys), state.url_fates(con, urls)
            self._found = discover(seen, known, fates)
        self._polls = [compared(one, known) for one in self._polls]
        self._ledger.write("feeds", [*self._feeds.edited, *self._polled_feeds()])
        self._ledger.write("polls", [poll_row(one, self.order.run_id) for one in self._polls])
        self._ledger.write("entries", self._found.rows)
        self._ledger.write("unreadable", unreadable(self._polls, self.order.run_id))

    def _polled_feeds(self) -> Iterator[FeedRow]:
        for one in self._polls:
            minutes = self._feeds.sources[one.feed.feed_id].min_interval_minutes
            yield polled_feed(one, min_interval_s=60 * minutes)

    def _ready(self, pending: Iterable[UrlFateRow]) -> list[UrlFateRow]:
        now = self._clock.now()
        return [row for row in pending if page_is_due(row.attempts, row.decided_at, now)]

    # ------------------------------------------------------------ visit

    async def visit(self) -> None:
        """Fetch and read the pages of the candidates; stage what became of each."""
        chosen, left = self._chosen()
        self._meter.expect("pages", len(chosen))
        if chosen:
            await self._visit(self._recollected(chosen))
        judge = Judge(
            self.order.run_id,
            self._clock.now(),
            self.settings.page_attempts,
            self._offline_since or down_since(self._visits.attempts),
        )
        self._ledger.write_each("visits", judge.settle(self._visits, self._newest()))
        front = Verdict("home_page", "the front page")
        undone: list[Settled] = [judge.fate(one, front, None) for one in self._front_pages]
        undone += [row for one in left if (row := judge.leave(one)) is not None]
        self._ledger.write_each("undone", undone)
        standing = (one.prior for one in left if one.keeps_fate and not one.is_owed)
        self._ledger.fates.update(prior for prior in standing if prior)

    def _chosen(self) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
        """Return the candidates to visit now, and those to leave for later."""
        visitable = [*self._candidates, *self._rechecks]
        limit = self.order.limit if self.order.pages else 0
        count = len(visitable) if limit is None else limit
        return visitable[:count], visitable[count:]

    def would_fetch(self) -> tuple[str, ...]:
        """Return the addresses that a visit would ask for."""
        return tuple(one.original_url for one in self._chosen()[0])

    def _recollected(self, chosen: Sequence[Candidate]) -> Sequence[Candidate]:
        """Give candidates of earlier runs the entries that led to them."""
        waiting = [one.feed_item_id for one in chosen if one.item is None]
        if not waiting:
            return chosen
        with open_writer(self.settings.work) as con:
            rows = state.read_items(con, waiting).values()
            fetches = state.read_fetches(con, [row.fetch_id for row in rows])
        items = recollect(rows, fetches, self.settings.archive_dir)
        return [
            replace(one, item=items.get(one.feed_item_id)) if one.item is None else one
            for one in chosen
        ]

    async def _visit(self, chosen: Sequence[Candidate]) -> None:
        robots = {
            key: self.settings.respect_robots and source.robots
            for key, source in self._feeds.sources.items()
        }
        visitor = Visitor(
            self._client,
            self._fetcher,
            self._readers,
            self._keep,
            batch_pages=self.settings.batch_pages,
            readers=min(self.settings.worker_count, len(chosen)),
        )
        await visitor.visit(chosen, robots)

    def _keep(self, visit: Visit) -> None:
        self._visits.keep(visit)
        self._meter.step("pages")

    def _newest(self) -> dict[int, state.LatestRevision]:
        if not self._visits.article_ids:
            return {}
        with open_writer(self.settings.work) as con:
            return state.latest_revisions(
                con,
                self._visits.article_ids,
                text_sha256s=self._visits.text_sha256s,
                compared_ids=self._visits.compared_ids,
            )

    # ------------------------------------------------------------ load

    async def load(self) -> RunReport:
        """Load everything staged in one transaction; return what the run amounts to."""
        self._ledger.write("fetches", list(self._fetcher.rows.values()))
        self._ledger.write("sites", site_rows(self._client.paces()))
        self._incidents = watch(self._seen(), self._memory.incidents)
        self._ledger.write("incidents", self._incidents.rows)
        report = self.report()
        row = RunRow(
            run_id=report.run_id,
            started_at=report.started_at,
            finished_at=report.finished_at,
            status=report.status,
            versions=json.dumps(report.versions),
            feeds_polled=report.feeds_polled,
            feeds_failed=len(report.feeds_failed),
            items_new=report.items_new,
            pages_fetched=report.pages_fetched,
            revisions_loaded=0,
            claims_loaded=0,
            quarantined=0,
        )
        loaded: LoadReport = await asyncio.to_thread(
            load_run,
            self.settings.work,
            self._ledger.folder,
            row,
            memory_limit=f"{self.settings.warehouse_memory_bytes}B",
        )
        return replace(
            report,
            revisions_loaded=loaded.revisions,
            claims_loaded=loaded.claims,
            quarantined=loaded.failures,
        )

    def _seen(self) -> Seen:
        return Seen(
            run_id=self.order.run_id,
            at=self.order.started_at,
            before={feed.feed_id: feed for feed in self._memory.feeds},
            feeds=self._ledger.feeds,
            polls=self._ledger.polls,
            is_offline=self._offline_since is not None,
            last_run_at=self._memory.last_run_at,
        )

    def report(self) -> RunReport:
        """Return what the run amounts to so far."""
        failed = _told((one.feed, one.failure) for one in self._polls if one.word == "failed")
        damaged = _told((one.feed, one.damage) for one in self._polls)
        return RunReport(
            run_id=self.order.run_id,
            started_at=self.order.started_at,
            finished_at=self._clock.now(),
            status="partly" if failed else "fine",
            is_offline=self._offline_since is not None,
            feeds_polled=len(self._polls),
            feeds_unchanged=sum(one.is_unchanged for one in self._polls),
            feeds_not_due=self._feeds.not_due,
            feeds_failed=failed,
            feeds_damaged=damaged,
            items_new=self._found.items_new,
            items_changed=self._found.items_changed,
            urls=len(self._candidates) + len(self._front_pages),
            rechecks=len(self._rechecks),
            checks=told(self._ledger.checks),
            fates=told(self._ledger.fates),
            pages_fetched=len(self._visits),
            incidents_opened=self._incidents.opened,
            incidents_closed=self._incidents.closed,
            versions=versions(),
        )


def _told(feeds: Iterable[tuple[FeedRow, str | None]]) -> tuple[FeedProblem, ...]:
    """Return the feeds that have a problem."""
    return tuple(FeedProblem(feed.url, feed.outlet_name, said) for feed, said in feeds if said)
