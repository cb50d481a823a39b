"""The command `status`: how feeds and runs stand, in words a person would use."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.drawing import compact
from warehouse.table import Table

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def feeds_in_words(feeds: Table, now: datetime) -> Table:
    """Return the rows of the query `feed_status` with times told relative to `now`."""
    rows = [
        (
            feed["outlet"], feed["state"], feed["problem"],
            ago(feed["last_new_item_at"], now), due(feed["next_poll_at"], now),
            ago(feed["possible_gap_at"], now), feed["item_count"], feed["loaded_count"],
            feed["pending_count"],
        )
        for feed in feeds.records()
    ]  # fmt: skip
    columns = (
        "outlet", "state", "reason", "last new item", "next try", "possible gap", "items",
        "articles", "waiting",
    )  # fmt: skip
    return compact(Table(columns, tuple(rows)))


def runs_in_words(runs: Table, now: datetime) -> Table:
    """Return the rows of the query `last_runs` with their age, and what counts of each."""
    rows = tuple(
        (
            run["run_id"], ago(run["started_at"], now), run["status"], run["feeds_polled"],
            run["feeds_failed"], run["pages_fetched"], run["claims_loaded"],
        )
        for run in runs.records()
    )  # fmt: skip
    return Table(("run", "started", "state", "feeds", "failed", "pages", "claims"), rows)


def due(moment: datetime | None, now: datetime) -> str | None:
    """Return `in 5 minutes` for a time in UTC that lies ahead, `due` for one that has passed."""
    words = ago(moment, now)
    return words if words is None or words.startswith("in ") else "due"


def ago(moment: datetime | None, now: datetime) -> str | None:
    """Return `2 hours ago`, `in 5 minutes` or `now` for a time in UTC; None for none."""
    if moment is None:
        return None
    seconds = (now - moment.replace(tzinfo=UTC)).total_seconds()
    for length, unit in _UNITS:
        count = int(abs(seconds) // length)
        if count:
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "now"
