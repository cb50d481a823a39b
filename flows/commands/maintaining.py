"""The command `maintain`: sort what loads wrote behind each other, keep a lake small."""

from __future__ import annotations

from dataclasses import astuple

from flows.context import Ctx
from flows.lock import hold
from flows.output import show
from warehouse.publish import publish
from warehouse.table import Table
from warehouse.upkeep import maintain as maintain_warehouse


def maintain(*, context: Ctx) -> None:
    """Sort the words and counts that questions look up; of a lake, merge small files, too.

    Worth a run a night or a week: answers stay as fast as after the first load. A lake also lets go
    of states and files older than lake_keep_days.
    """
    settings = context.settings
    with hold(settings.lock_path):
        sizes = maintain_warehouse(settings.work, context.now(), settings.lake_keep_days)
        publish(settings.work, settings.published)
    rows = tuple(
        (when, *astuple(size)) for when, size in zip(("before", "after"), sizes, strict=True)
    )
    show(Table(("state", "file_count", "file_bytes", "snapshot_count"), rows), context.output)
