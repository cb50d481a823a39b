"""What the warehouse remembers when a run begins, and the pace of sites on its way there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.http import Pace
from warehouse import state
from warehouse.connection import open_writer
from warehouse.lake import turn
from warehouse.migrate import migrate
from warehouse.place import Place
from warehouse.rows import FeedRow, IncidentRow, SiteRow, UrlFateRow


@dataclass(frozen=True, slots=True)
class Memory:
    """Feeds and sites as they were left, what waits, what goes on, when the last run began."""

    feeds: Sequence[FeedRow] = ()
    pending: Sequence[UrlFateRow] = ()
    sites: Sequence[SiteRow] = ()
    incidents: Sequence[IncidentRow] = ()
    last_run_at: datetime | None = None

    @property
    def paces(self) -> list[Pace]:
        """The sites as the client knows them."""
        return [
            Pace(row.site, row.asked_at, row.average_ms / 1000, row.rests_until_at, row.problem)
            for row in self.sites
        ]


def site_rows(paces: Iterable[Pace]) -> list[SiteRow]:
    """Return the sites as the warehouse keeps them."""
    return [
        SiteRow(one.site, one.asked_at, round(one.average_s * 1000), one.rests_until, one.problem)
        for one in paces
    ]


def read_memory(work: Place, run_id: str, *, pages: bool = True) -> Memory | None:
    """Return what is known before the run, or None if the run was loaded already.

    Without `pages` the URLs that wait are left alone.

    Makes the warehouse if there is none. Raises as `open_writer` does.
    """
    with open_writer(work) as con, turn(con):
        migrate(con)
        if state.run_exists(con, run_id):
            return None
        return Memory(
            feeds=state.read_feeds(con),
            pending=state.pending_urls(con) if pages else (),
            sites=state.read_sites(con),
            incidents=state.open_incidents(con),
            last_run_at=state.last_run_at(con),
        )
