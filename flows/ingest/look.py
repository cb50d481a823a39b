"""A pass that stores nothing: what the feeds show, and which pages a run would fetch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.ingest.journal import Order
from flows.ingest.memory import Memory, read_memory
from flows.ingest.once import slot
from flows.ingest.run import Run
from flows.ingest.world import World
from flows.lock import hold
from flows.progress import Meter, Silent
from flows.report import RunReport
from flows.settings import Settings


async def look(
    settings: Settings,
    *,
    world: World | None = None,
    feeds: str | None = None,
    limit: int | None = None,
    meter: Meter | None = None,
) -> RunReport:
    """Poll as `run_once` would and return what it found; archive, staging and state are left alone.

    Raises as `run_once` does.
    """
    world = world or World()
    now = world.clock.now()
    order = Order(slot(now), now, feeds, limit)
    with hold(settings.lock_path), TemporaryDirectory(prefix="claimwire-") as folder:
        memory = read_memory(settings.work, order.run_id) or Memory()
        run = Run(settings, order, memory, world, meter or Silent(), scratch=Path(folder))
        async with run:
            await run.poll()
            return replace(run.report(), is_dry_run=True, would_fetch=run.would_fetch())
