"""Commands that fetch and read news: run, serve, reparse."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from extractors.errors import SettingsError
from flows.context import Context, Ctx
from flows.priority import give_way
from flows.progress import meter
from flows.report import RunReport, to_markdown
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.ingest.world import World

PLAIN = Parameter(negative="")


def run(
    *,
    feeds: str | None = None,
    limit: int | None = None,
    dry_run: Annotated[bool, PLAIN] = False,
    report: Path | None = None,
    context: Ctx,
) -> int:
    """Poll the feeds that are due, fetch their new pages, load the claims: one pass, now.

    Ends with exit code 3 when some feeds failed or an incident was opened; the rest is loaded then.

    Args:
        feeds: Only feeds whose URL or outlet matches this pattern, due or not: "*bbc*".
        limit: Fetch at most this many pages; the others wait for the next run.
        dry_run: Poll, and list the pages that would be fetched; store nothing.
        report: Write the report to this file too: JSON if its name ends in .json, else Markdown.
    """
    from flows.ingest import run_once
    from flows.ingest.look import look

    give_way()
    if limit is not None and limit < 0:
        raise SettingsError("--limit cannot be negative.", "Give the number of pages.")
    settings, world = _ready(context), _world(context)
    with meter() as bars:
        if dry_run:
            pass_ = look(settings, world=world, feeds=feeds, limit=limit, meter=bars)
        else:
            pass_ = run_once(settings, world=world, feeds=feeds, limit=limit, meter=bars)
        done = asyncio.run(pass_)
    _show(done, context, report)
    if done.feeds_not_due and not done.feeds_polled:
        print("No feed is due; --feeds '*' polls all the same.", file=sys.stderr)
    return done.exit_code


def serve(
    *,
    interval: Annotated[int | None, Parameter(name="--interval")] = None,
    cron: str | None = None,
    context: Ctx,
) -> None:
    """Run the schedule under Prefect, in the foreground, until Ctrl-C.

    Args:
        interval: Seconds between runs; replaces the setting serve_interval_s.
        cron: Cron line of the runs, in UTC; replaces the setting serve_cron.
    """
    from flows.schedule import serve as serve_schedule

    give_way()
    if interval is not None and cron is not None:
        raise SettingsError("--interval and --cron exclude each other.", "Give one of them.")
    flags = dict(context.flags) | {
        "serve_interval_s": str(interval) if interval is not None else None,
        "serve_cron": "" if interval is not None else cron,
    }
    served = Context(flags)
    _ready(served)
    serve_schedule(served.resolved)


def reparse(
    *, since: str | None = None, diff: Annotated[bool, PLAIN] = False, context: Ctx
) -> None:
    """Read archived pages again with today's extractors and rules; ask no server.

    Args:
        since: Only pages fetched on this day or later, as 2026-01-31.
        diff: Only show what would change: titles, texts, dates and claims, a row each.
    """
    from flows.reparse import reparse as read_again

    give_way()
    if diff:
        _compare(context, _day(since))
        return
    world = _world(context)
    with meter() as bars:
        done = asyncio.run(read_again(context.settings, since=_day(since), world=world, meter=bars))
    _show(done, context, None)


def _compare(context: Context, since: datetime | None) -> None:
    from flows.comparing import compare
    from flows.output import show

    with meter() as bars:
        found = asyncio.run(
            compare(context.settings, since=since, world=_world(context), meter=bars)
        )
    show(found.table(), context.output)
    print(found.summary(), file=sys.stderr)


def _world(context: Context) -> World:
    from flows.ingest.world import World

    return World(context.clock())


def _ready(context: Context) -> Settings:
    """Return the settings, once there are feeds to poll."""
    from flows.sources import load_feeds

    settings = context.settings
    if not load_feeds(settings.feeds_path):
        raise SettingsError(
            f"There are no feeds in {settings.feeds_path}.", "Add one: claimwire feeds add URL."
        )
    return settings


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise SettingsError(f"{text!r} is no day.", "Write it as 2026-01-31.") from None


def _show(done: RunReport, context: Context, path: Path | None) -> None:
    as_json = json.dumps(done.to_dict(), indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(as_json if context.output == "json" else to_markdown(done))
    if path is None:
        return
    try:
        path.write_text(as_json if path.suffix == ".json" else to_markdown(done), "utf-8")
    except OSError as error:
        raise SettingsError(
            f"The report cannot be written to {path}: {error.strerror}.", "Name another file."
        ) from error
