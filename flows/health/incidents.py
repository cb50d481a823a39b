"""Incidents: what a run saw that a person should know of. Pure; the time is an argument.

Some go on until something ends them, and have one row from opening to closing: `failing`,
`retired`, `quiet`, `offline`, `clock_set_back`. Others are over when they are found, and are opened
and closed at once: `possible_gap`, `moved`, `distrusted_validators`.

A poll that says nothing of a condition (a feed that is quiet and now fails) leaves its incident as
it was. Beginnings are taken from the feed's own state, not from the run that noticed, so the same
answers give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extractors.records import stable_id
from flows.health.conditions import Condition, judged
from flows.health.events import Event, events
from flows.health.words import stated
from warehouse.rows import FeedRow, IncidentKind, IncidentRow, PollRow

CLOCK_TOLERANCE = timedelta(minutes=1)
"""Clocks are corrected by seconds every day; nobody needs to know of that."""

NETWORK, CLOCK = "the network", "the clock"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run saw: feeds before it (by id), feeds it changed, its polls, its circumstances."""

    run_id: str
    at: datetime
    before: Mapping[int, FeedRow]
    feeds: Sequence[FeedRow]
    polls: Sequence[PollRow]
    is_offline: bool = False
    last_run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents that a run opened, found to go on, and closed."""

    opened: tuple[IncidentRow, ...] = ()
    going_on: tuple[IncidentRow, ...] = ()
    closed: tuple[IncidentRow, ...] = ()

    @property
    def rows(self) -> list[IncidentRow]:
        """All of them: what is to be written."""
        return [*self.opened, *self.going_on, *self.closed]


@dataclass(frozen=True, slots=True)
class _Finding:
    """Whether something is wrong (`condition`) or over (None), as found `at`."""

    kind: IncidentKind
    subject: str
    feed_id: int | None
    at: datetime
    condition: Condition | None


def watch(seen: Seen, known: Iterable[IncidentRow]) -> Incidents:
    """Return what the run changes in the incidents, given those `known` to go on."""
    going_on = {(row.kind, row.subject): row for row in known}
    opened, kept, closed = [], [], []
    for finding in [*_of_the_machine(seen), *_of_the_feeds(seen)]:
        row = going_on.get((finding.kind, finding.subject))
        if finding.condition is None:
            if row is not None:
                closed.append(replace(row, closed_at=finding.at, run_id=seen.run_id))
        elif row is None:
            opened.append(_opened(finding, finding.condition, seen.run_id))
        else:
            problem = finding.condition.problem
            kept.append(replace(row, problem=problem, last_seen_at=finding.at, run_id=seen.run_id))
    opened += [_over_at_once(event, seen.run_id) for event in _events(seen)]
    return Incidents(*(tuple(sorted(rows, key=_order)) for rows in (opened, kept, closed)))


def _of_the_machine(seen: Seen) -> Iterator[_Finding]:
    """Yield what is found of network and clock; without an answer, an outage is not over."""
    spoilt = [poll.polled_at for poll in seen.polls if poll.outcome == "offline"]
    if seen.is_offline:
        since = min(spoilt, default=seen.at)
        down = Condition("This machine's network was down: no feed and no page is blamed.", since)
        yield _Finding("offline", NETWORK, None, seen.at, down)
    elif any(poll.status_code is not None for poll in seen.polls):
        yield _Finding("offline", NETWORK, None, seen.at, None)
    yield _Finding("clock_set_back", CLOCK, None, seen.at, _set_back(seen))


def _set_back(seen: Seen) -> Condition | None:
    if seen.last_run_at is None or seen.at >= seen.last_run_at - CLOCK_TOLERANCE:
        return None
    return Condition(
        f"The clock says {stated(seen.at)}, but a run began at {stated(seen.last_run_at)} (UTC).",
        seen.at,
    )


def _of_the_feeds(seen: Seen) -> Iterator[_Finding]:
    polls = {poll.feed_id: poll for poll in seen.polls}
    for feed in seen.feeds:
        poll = polls.get(feed.feed_id)
        at = poll.polled_at if poll else seen.at
        for kind, condition in judged(feed, poll).items():
            yield _Finding(kind, feed.url, feed.feed_id, at, condition)


def _events(seen: Seen) -> Iterator[Event]:
    polls = {poll.feed_id: poll for poll in seen.polls}
    for feed in seen.feeds:
        if poll := polls.get(feed.feed_id):
            yield from events(seen.before.get(feed.feed_id), feed, poll)


def _opened(finding: _Finding, condition: Condition, run_id: str) -> IncidentRow:
    return IncidentRow(
        incident_id=stable_id("incident", finding.kind, finding.subject, condition.since),
        kind=finding.kind,
        feed_id=finding.feed_id,
        subject=finding.subject,
        problem=condition.problem,
        opened_at=condition.since,
        last_seen_at=finding.at,
        closed_at=None,
        run_id=run_id,
    )


def _over_at_once(event: Event, run_id: str) -> IncidentRow:
    condition = Condition(event.problem, event.since)
    finding = _Finding(event.kind, event.feed.url, event.feed.feed_id, event.until, condition)
    return replace(_opened(finding, condition, run_id), closed_at=event.until)


def _order(row: IncidentRow) -> tuple[datetime, str, str]:
    return row.opened_at, row.kind, row.subject
