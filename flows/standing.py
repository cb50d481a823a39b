"""The command `status`: how feeds stand, in words a person would use."""

from __future__ import annotations

from datetime import UTC, datetime

from warehouse.table import Table

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def in_words(feeds: Table, now: datetime) -> Table:
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
    return Table(columns, tuple(rows))


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
