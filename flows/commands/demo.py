"""The command `demo`: the whole way once, on the bundled sample news site."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Annotated

from cyclopts import Parameter

from extractors.errors import SettingsError
from flows.context import Context, Ctx
from flows.demo.server import END, SampleSite, serve_site
from flows.demo.trend import print_trend
from flows.settings import Resolved, Settings

FLAG = Parameter(negative="")
HOME = Path("claimwire-demo")
# Before two articles of the site are changed, and after its end.
VISITS = (datetime(2025, 3, 5, 12, tzinfo=UTC), datetime(2025, 3, 14, 12, tzinfo=UTC), END)
# Our own server needs no pauses, and made-up news no place in anybody's lake.
ON_LOOPBACK = {"allowed_networks": "127.0.0.0/8", "site_interval_s": "0", "warehouse": ""}

NEXT = """
Ask it more:
  {program} --home {home} claims "Halden Copper"
  {program} --home {home} trend --measure killed --by day
  {program} --home {home} sql "SELECT * FROM disagreements"
"""


def demo(*, revisit: Annotated[bool, FLAG] = False, context: Ctx) -> None:
    """Serve the bundled sample news site on loopback, run the flow once, show the trend it finds.

    The warehouse is made in ./claimwire-demo, or where --home says.

    Args:
        revisit: Run the flow three times, by the clock of the site's own days: for articles that
            change, and days on which nobody looked. The cookbook is about that warehouse.
    """
    with site_of(context) as (resolved, site):
        _say(f"The sample news site runs on {', '.join(site.bases.values())}.")
        times = "three times; a minute or two" if revisit else "once; half a minute or so"
        _say(f"Starting Prefect and running the ingest flow {times}.")
        _run_flow(resolved, _visits(site) if revisit else iter((None,)))
    print_trend(resolved.settings.published, context.output)
    if context.output == "auto":
        home = _short(resolved.settings.home)
        print(f"\nThe warehouse: {_short(resolved.settings.published_path)}")
        print(NEXT.format(program=_program(), home=home).rstrip())


@contextmanager
def site_of(context: Context) -> Iterator[tuple[Resolved, SampleSite]]:
    """Serve the site for the demo's home, whose feed list becomes the site's."""
    resolved = _resolved(context)
    with serve_site() as site:
        _subscribe(resolved.settings, site)
        yield resolved, site


def _visits(site: SampleSite) -> Iterator[None]:
    """Move the site and the clock to one visit after the other."""
    for moment in VISITS:
        site.as_of = moment
        os.environ["CLAIMWIRE_NOW"] = moment.isoformat()
        yield


def _resolved(context: Context) -> Resolved:
    """Return the settings for our own server, in the demo's home unless one is given."""
    home = {} if context.home_given else {"home": str(HOME)}
    return Context(dict(context.flags) | home | ON_LOOPBACK).resolved


def _subscribe(settings: Settings, site: SampleSite) -> None:
    """Make the feed list of the home the sample site's; raises `SettingsError` over another one."""
    from flows.sources import FeedSource, load_feeds, save_feeds

    ours = {outlet for outlet, _ in site.feeds}
    others = [feed.url for feed in load_feeds(settings.feeds_path) if feed.outlet not in ours]
    if others:
        raise SettingsError(
            f"{settings.home} holds a feed list of its own.", "Give the demo another --home."
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    save_feeds(settings.feeds_path, [FeedSource(url, outlet) for outlet, url in site.feeds])


def _run_flow(resolved: Resolved, visits: Iterator[None]) -> None:
    """Run the flow as the schedule would at each visit, on a Prefect server of its own."""
    from flows.schedule import prefect_environment, server, settings_environment

    os.environ.update(settings_environment(resolved) | prefect_environment(resolved.settings))
    with server(resolved.settings) as url:
        os.environ["PREFECT_API_URL"] = url
        from flows.orchestration import ingest

        for _ in visits:
            asyncio.run(ingest())


def _program() -> str:
    """Return how this program is called from here: by its name, or by its path."""
    return "claimwire" if which("claimwire") else str(_short(Path(sys.argv[0]).absolute()))


def _short(path: Path) -> Path:
    """Return `path` as it is typed from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
