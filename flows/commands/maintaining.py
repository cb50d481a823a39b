"""The command `maintain`: merge a lake's small files, let go of what is old."""

from __future__ import annotations

from dataclasses import astuple

from flows.context import Ctx
from flows.output import show
from warehouse.table import Table
from warehouse.upkeep import maintain as maintain_lake


def maintain(*, context: Ctx) -> None:
    """Merge a lake's small files, and let go of states and files older than lake_keep_days.

    For a warehouse that is a file there is nothing to do.
    """
    settings = context.settings
    sizes = maintain_lake(settings.work, context.now(), settings.lake_keep_days)
    rows = tuple(
        (when, *astuple(size)) for when, size in zip(("before", "after"), sizes, strict=True)
    )
    show(Table(("state", "file_count", "file_bytes", "snapshot_count"), rows), context.output)
