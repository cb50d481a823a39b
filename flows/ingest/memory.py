"""What the warehouse remembers when a run begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse import state
from warehouse.connection import open_writer
from warehouse.migrate import migrate
from warehouse.rows import FeedRow, UrlFateRow


@dataclass(frozen=True, slots=True)
class Memory:
    """The feeds as they were left, and the URLs that wait for a visit."""

    feeds: Sequence[FeedRow]
    pending: Sequence[UrlFateRow]


def read_memory(work_path: Path, run_id: str, *, pages: bool = True) -> Memory | None:
    """Return what is known before the run, or None if the run was loaded already.

    Without `pages` the URLs that wait are left alone.

    Makes the warehouse if there is none. Raises as `open_writer` does.
    """
    with open_writer(work_path) as con:
        migrate(con)
        if state.run_exists(con, run_id):
            return None
        return Memory(state.read_feeds(con), state.pending_urls(con) if pages else ())
