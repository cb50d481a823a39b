"""A pass of the ingest: take up what was interrupted, then poll, visit, load and publish."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from flows.health.aftermath import follow_up
from flows.ingest.journal import Journal, Order
from flows.ingest.memory import read_memory
from flows.ingest.run import Run
from flows.ingest.world import World
from flows.lock import hold
from flows.progress import Meter, Silent
from flows.report import RunReport
from flows.settings import Settings
from warehouse.connection import open_writer
from warehouse.publish import publish as publish_copy

T = TypeVar("T")


class Step(Protocol):
    """Runs a stage of a run under its name; an orchestrator gives its own."""

    async def __call__(self, name: str, stage: Callable[[], Awaitable[T]], /) -> T:
        """Await the stage and return what it returns."""


async def plain(name: str, stage: Callable[[], Awaitable[T]], /) -> T:
    """Just await the stage."""
    return await stage()


def slot(moment: datetime) -> str:
    """Return the id of the run of a moment, to the millisecond: `20260131T120000.000Z`."""
    return f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z"


async def run_once(
    settings: Settings,
    *,
    world: World | None = None,
    run_id: str | None = None,
    feeds: str | None = None,
    limit: int | None = None,
    pages: bool = True,
    publish: bool = True,
    force: bool = False,
    step: Step = plain,
    meter: Meter | None = None,
) -> RunReport:
    """Do one pass and return its report; a run id that was loaded before is not run again.

    `feeds` picks feeds by URL or outlet as the shell does, due or not; `force` polls all. At most
    `limit` pages are fetched, none without `pages`; the other URLs stay pending.

    Raises:
        WarehouseBusyError: another run is going on in this home.
        SettingsError: the home cannot be written, or the feed list cannot be read.
        ArchiveError, WarehouseError, ModelError: as the names say; nothing is loaded then.
    """
    world = world or World()
    started_at = world.clock.now()
    order = Order(run_id or slot(started_at), started_at, feeds, limit, pages, force)
    attempt = _Pass(settings, world, step, meter or Silent(), publish)
    with hold(settings.lock_path):
        orders = [left for left in attempt.journal.interrupted() if left.run_id != order.run_id]
        for one in [*orders, order]:
            report = await attempt.carry_out(one)
    return report


@dataclass(frozen=True, slots=True)
class _Pass:
    """How the runs of a pass are done: in which world, and by whose steps."""

    settings: Settings
    world: World
    step: Step
    meter: Meter
    publish: bool

    @property
    def journal(self) -> Journal:
        return Journal(self.settings.staging_dir)

    async def carry_out(self, order: Order) -> RunReport:
        settings = self.settings
        # The stages open the warehouse again and again; held open, that costs them nothing.
        with open_writer(settings.work):
            report = await self._run(order)
        if self.publish:
            publish_copy(settings.work, settings.published)
        await asyncio.to_thread(follow_up, settings, report)
        self.journal.finish(order.run_id)
        return report

    async def _run(self, order: Order) -> RunReport:
        memory = read_memory(self.settings.work, order.run_id, pages=order.pages)
        if memory is None:
            now = order.started_at
            return RunReport(order.run_id, now, now, is_already_loaded=True)
        self.journal.begin(order)
        async with Run(self.settings, order, memory, self.world, self.meter) as run:
            await self.step("poll", run.poll)
            await self.step("visit", run.visit)
            return await self.step("load", run.load)
