"""The ingest as a Prefect flow, for `claimwire serve` and for work pools.

The stages are the same as without Prefect; here each is a task. Prefect sees five tasks a run, and
never a payload: the stages hand rows over as files. Import this only when Prefect is wanted: that
takes seconds.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.runner import Runner
from prefect.runtime import flow_run
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import Cancelled, Completed, Crashed
from prefect.types.entrypoint import EntrypointType

from extractors.errors import SettingsError
from flows.context import Context
from flows.ingest import run_once, slot
from flows.ingest.world import World
from flows.report import incident_lines, message, sentence, to_markdown
from flows.settings import Settings, resolve

T = TypeVar("T")

DEPLOYMENT = "claimwire"
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
HEAD_START_S = 5


async def as_task(name: str, stage: Callable[[], Awaitable[T]], /) -> T:
    """Run a stage as a Prefect task."""

    @task(name=name, cache_policy=NO_CACHE, persist_result=False)
    async def run_stage() -> T:
        return await stage()

    return await run_stage()


@flow(name="ingest", persist_result=False, validate_parameters=False)
async def ingest(feeds: str | None = None, limit: int | None = None) -> State[Any]:
    """Poll the feeds that are due, read the new pages, load their claims.

    The settings come from the environment and the settings file. The run's id is its place in the
    schedule, so that a run that Prefect tries again is the same run.
    """
    settings = resolve({}, os.environ).settings
    report = await run_once(
        settings,
        world=World(Context().clock()),
        run_id=slot(flow_run.scheduled_start_time),
        feeds=feeds,
        limit=limit,
        step=as_task,
    )
    print(f"{report.run_id}: {sentence(report)}", file=sys.stderr)
    await acreate_markdown_artifact(to_markdown(report), key="ingest-report")
    if report.has_incidents:
        lines = "\n".join(incident_lines(report)) + "\n"
        await acreate_markdown_artifact(lines, key="ingest-incidents")
    return Completed(message=message(report))


async def run_schedule(settings: Settings, *, owns_server: bool) -> None:
    """Run the schedule until told to stop by SIGTERM or SIGINT, one run at a time.

    On a server of our own nobody else runs anything: what it holds for running was killed, and
    what it holds for late was missed; both are closed first.
    """
    if owns_server:
        async with get_client() as client:
            await close_stale_runs(client)
    runner = Runner(name=DEPLOYMENT, limit=1, pause_on_shutdown=True)
    await runner.aadd_flow(
        ingest,
        name=DEPLOYMENT,
        schedule=schedule_of(settings, datetime.now(UTC)),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await _until_told(runner.start())


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Await `work`, cancelling it at the first SIGTERM or SIGINT; the latter is then raised.

    Prefect's own handler of SIGTERM leaves the runs behind, so ours replaces it.
    """
    loop, told = asyncio.get_running_loop(), list[int]()
    task = asyncio.create_task(work)
    await asyncio.sleep(0)  # the work installs its handlers first

    def stop(number: int) -> None:
        told.append(number)
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, number)
    try:
        await task
    except asyncio.CancelledError:
        if signal.SIGINT in told:
            raise KeyboardInterrupt from None


def schedule_of(settings: Settings, now: datetime) -> Schedule:
    """Return the schedule: the cron line (in UTC) if there is one, else the interval, from now.

    Raises `SettingsError` when the cron line cannot be read.
    """
    if settings.serve_cron:
        try:
            return Cron(settings.serve_cron, timezone="UTC")
        except ValueError:
            raise SettingsError(
                f"{settings.serve_cron!r} is no cron line.", "Write it as */15 * * * *."
            ) from None
    anchor = now + timedelta(seconds=HEAD_START_S)
    return Interval(timedelta(seconds=settings.serve_interval_s), anchor_date=anchor)


async def close_stale_runs(client: PrefectClient) -> None:
    """Mark unfinished runs as crashed and waiting ones as cancelled."""
    for run in await _runs(client, UNFINISHED):
        await client.set_flow_run_state(run.id, Crashed(message="The process ended."), force=True)
    for run in await _runs(client, [StateType.SCHEDULED]):
        await client.set_flow_run_state(run.id, Cancelled(message="Nobody served."), force=True)


async def _runs(client: PrefectClient, types: list[StateType]) -> list[FlowRun]:
    states = FlowRunFilterState(type=FlowRunFilterStateType(any_=types))
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=states),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[DEPLOYMENT])),
    )
