"""The command `status`: how feeds and runs stand, in words a person would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from flows.cells import counted
from flows.health.words import ago, aware, between, clause, each, span, when
from warehouse.table import Table

Feed = Mapping[str, Any]


def headline(totals: Mapping[str, int]) -> str:
    """Return in a sentence or two what the query `standing` counts."""
    feeds, troubled = totals["feed_count"], totals["troubled_feed_count"]
    said = f"{counted(feeds, 'feed')}, {troubled or 'none'} in trouble."
    if kept := totals["quarantined_count"]:
        said += f" {counted(kept, 'failure')} in quarantine."
    return f"{said} Times are UTC."


def feeds_in_words(feeds: Table, now: datetime) -> Table:
    """Return the rows of the query `feed_status`, a sentence each."""
    records = feeds.records()
    outlets = Counter(feed["outlet"] for feed in records)
    rows = tuple((_name(feed, outlets), sentence(feed, now)) for feed in records)
    return Table(("feed", "how it stands"), rows)


def sentence(feed: Feed, now: datetime) -> str:
    """Return how a feed stands at `now`, given its row of the query `feed_status`."""
    if feed["state"] == "imported":
        return "a file that was imported"
    if not feed["is_active"]:
        return "not polled: paused, or no longer in the feed list"
    kind = feed["trouble"] or feed["state"]
    return "; ".join([_SAID.get(kind, _fine)(feed, now), *_asides(feed, now)])


def incidents_in_words(incidents: Table, now: datetime) -> Table:
    """Return the rows of the query `open_incidents` with their age."""
    rows = tuple(
        (
            row["kind"].replace("_", " "), row["outlet"] or row["subject"],
            when(row["opened_at"], now), row["problem"],
        )
        for row in incidents.records()
    )  # fmt: skip
    return Table(("incident", "of", "since", "what is wrong"), rows)


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


def _name(feed: Feed, outlets: Counter[str]) -> str:
    """Return the feed's outlet, with its own title or address where the outlet has several."""
    if outlets[feed["outlet"]] == 1:
        return str(feed["outlet"])
    return f"{feed['outlet']}: {feed['title'] or feed['url']}"


def _retired(feed: Feed, now: datetime) -> str:
    return f"retired: gone for good since {when(feed['trouble_since_at'], now)}"


def _gone(feed: Feed, now: datetime) -> str:
    return f"says that it is gone for good; last try {_next_time(feed, now)}"


def _failing(feed: Feed, now: datetime) -> str:
    since = feed["trouble_since_at"]
    length = span(_seconds(since, now))
    return (
        f"failing since {when(since, now)} ({length}): {clause(feed['problem'])}; "
        f"next try {_next_time(feed, now)}"
    )


def _quiet(feed: Feed, now: datetime) -> str:
    length = span(_seconds(feed["trouble_since_at"], now))
    usual = f", normally {each(feed['usual_gap_s'])}" if feed["usual_gap_s"] else ""
    return f"quiet for {length}{usual}; next try {_next_time(feed, now)}"


def _resting(feed: Feed, now: datetime) -> str:
    until = f" until {when(feed['next_poll_at'], now)}" if feed["next_poll_at"] else ""
    return f"resting{until}: the site asked for a pause"


def _offline(feed: Feed, now: datetime) -> str:
    return f"not asked: this machine's network was down; next try {_next_time(feed, now)}"


def _new(feed: Feed, now: datetime) -> str:
    return f"not asked yet; first try {_next_time(feed, now)}"


def _fine(feed: Feed, now: datetime) -> str:
    return f"fine; {_last_item(feed, now)}"


def _gapped(feed: Feed, now: datetime) -> str:
    return f"{_missed(feed, now)}; {_last_item(feed, now)}"


_SAID: Mapping[str, Callable[[Feed, datetime], str]] = {
    "retired": _retired, "gone": _gone, "failing": _failing, "quiet": _quiet,
    "resting": _resting, "possible_gap": _gapped, "offline": _offline, "new": _new,
}  # fmt: skip


def _asides(feed: Feed, now: datetime) -> Iterator[str]:
    """Yield what else is to be said of a feed that is polled."""
    if feed["gap_until_at"] and feed["trouble"] != "possible_gap":
        yield _missed(feed, now)
    if feed["sighted_url"]:
        seen = _times(feed["sighted_count"])
        yield f"seems to have moved to {feed['sighted_url']} (seen {seen})"
    if feed["poll_url"] != feed["url"]:
        yield f"moved to {feed['poll_url']}"
    if feed["state"] == "fine" and feed["problem"]:
        yield clause(feed["problem"])
    if feed["pending_count"]:
        yield f"{counted(feed['pending_count'], 'page')} waiting"


def _missed(feed: Feed, now: datetime) -> str:
    until = feed["gap_until_at"]
    return f"may have missed entries {between(feed['gap_since_at'] or until, until, now)}"


def _last_item(feed: Feed, now: datetime) -> str:
    age = ago(feed["last_new_item_at"], now)
    return f"last new item {age}" if age else "no item so far"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _next_time(feed: Feed, now: datetime) -> str:
    """Return when a feed is asked again: how soon, or the time of day when that is near."""
    due = feed["next_poll_at"]
    if due is None or aware(due) <= now:
        return "in the next run"
    return when(due, now) if aware(due).date() == now.date() else f"in {span(_seconds(now, due))}"


def _seconds(since: datetime, until: datetime) -> float:
    return (aware(until) - aware(since)).total_seconds()
