"""When an incident opens, goes on and closes: rules by rule, without a network or a warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from flows.health.incidents import Incidents, Seen, watch
from tests.warehouse.build import NOW, feed
from warehouse.rows import FeedRow, IncidentRow, PollRow

pytestmark = pytest.mark.area("Fates and health")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = feed(state="fine", news_gap_count=9, usual_gap_s=3600, longest_gap_s=7200)


def polled(row: FeedRow, outcome: str = "unchanged", **changes: Any) -> PollRow:
    values: dict[str, Any] = dict(
        poll_id=1, run_id="run-1", feed_id=row.feed_id, polled_at=NOW, outcome=outcome,
        problem="It broke." if outcome == "failed" else None, status_code=200, since_at=NOW - HOUR,
        item_count=20, new_count=0, shared_count=20, continuity="proven",
    )  # fmt: skip
    return PollRow(**{**values, **changes})


def seen(row: FeedRow, poll: PollRow | None = None, **changes: Any) -> Seen:
    values: dict[str, Any] = dict(
        run_id="run-1", at=NOW, before={FEED.feed_id: FEED}, feeds=[row],
        polls=[poll] if poll else [],
    )  # fmt: skip
    return Seen(**{**values, **changes})


def kinds(rows: tuple[IncidentRow, ...]) -> list[str]:
    return [row.kind for row in rows]


def opened(row: FeedRow, poll: PollRow, **changes: Any) -> list[str]:
    return kinds(watch(seen(row, poll, **changes), ()).opened)


def failing(weight: float, since: datetime = NOW - HOUR) -> FeedRow:
    return replace(FEED, state="failing", failure_weight=weight, failing_since_at=since)


def incident(kind: Any, subject: str = FEED.url, feed_id: int | None = FEED.feed_id) -> IncidentRow:
    return IncidentRow(7, kind, feed_id, subject, "Then.", NOW - DAY, NOW - HOUR, None, "run-0")


@pytest.mark.rule(
    "A feed that fails hard or long is an incident",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
@pytest.mark.parametrize(
    ("row", "outcome", "expected"),
    [
        (failing(1.0), "failed", []),
        (failing(1.5), "failed", []),
        (failing(2.0), "failed", ["failing"]),
        (failing(0.5, NOW - DAY), "failed", ["failing"]),
        (failing(0.5, NOW - DAY), "resting", ["failing"]),
        (failing(9.0), "offline", []),
        (replace(FEED, state="retired"), "failed", ["retired"]),
    ],
)
def test_a_feed_that_fails_hard_or_long_is_an_incident(
    row: FeedRow, outcome: str, expected: list[str]
) -> None:
    assert opened(row, polled(row, outcome)) == expected


@pytest.mark.rule(
    "An answer with nothing new far beyond the usual gap is an incident",
    source="Feeder 374, feedbin 172; NewsBlur PR 2132",
)
@pytest.mark.parametrize(
    ("hours", "usual_s", "longest_s", "measured", "expected"),
    [
        (6.0, 3600, 3600, 5, []),  # six hours is the least
        (6.1, 3600, 3600, 5, ["quiet"]),
        (6.1, 3600, 3600, 4, []),  # too little is known of it
        (9.9, 7200, 3600, 9, []),
        (10.1, 7200, 3600, 9, ["quiet"]),  # five usual gaps
        (47.0, 7200, 86_400, 9, []),
        (49.0, 7200, 86_400, 9, ["quiet"]),  # two of the longest
    ],
)
def test_a_feed_that_answers_without_news_for_too_long_is_an_incident(
    hours: float, usual_s: int, longest_s: int, measured: int, expected: list[str]
) -> None:
    row = replace(
        FEED,
        last_new_item_at=NOW - hours * HOUR,
        usual_gap_s=usual_s,
        longest_gap_s=longest_s,
        news_gap_count=measured,
    )
    assert opened(row, polled(row)) == expected
    assert opened(row, polled(row, "changed")) == expected
    assert opened(row, polled(row, "failed")) == []


def test_the_sentence_of_a_quiet_feed_says_how_long_and_what_is_normal() -> None:
    row = replace(FEED, last_new_item_at=NOW - 3 * DAY)
    (found,) = watch(seen(row, polled(row)), ()).opened
    assert found.problem == (
        "It answers, and has had nothing new for 3 days; normally there is something every hour."
    )
    assert (found.opened_at, found.last_seen_at, found.closed_at) == (NOW - 3 * DAY, NOW, None)


@pytest.mark.rule(
    "A possible gap is an incident that names its time", source="no system read keeps it"
)
def test_a_possible_gap_is_opened_and_closed_at_once_and_names_the_time() -> None:
    poll = polled(FEED, "changed", continuity="possible_gap", shared_count=0, new_count=20)
    (found,) = watch(seen(FEED, poll), ()).opened
    assert (found.kind, found.opened_at, found.closed_at) == ("possible_gap", NOW - HOUR, NOW)
    assert "between 2024-03-10 11:00 and 2024-03-10 12:00 (UTC)" in found.problem
    assert "shares 0 of 20 entries" in found.problem


@pytest.mark.rule(
    "A move and a distrust are told once",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (replace(FEED, poll_url="https://b.test/", previous_urls=(FEED.url,)), "moved"),
        (replace(FEED, distrusts_validators=True), "distrusted_validators"),
    ],
)
def test_what_happens_to_a_feed_once_is_told_once(row: FeedRow, kind: str) -> None:
    (found,) = watch(seen(row, polled(row)), ()).opened
    assert (found.kind, found.closed_at) == (kind, NOW)
    assert opened(row, polled(row), before={row.feed_id: row}) == []


@pytest.mark.rule(
    "Only an answer ends an incident",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
@pytest.mark.parametrize(
    ("known", "row", "outcome", "closes"),
    [
        ("failing", FEED, "unchanged", True),
        ("failing", failing(0.5), "failed", False),
        ("failing", FEED, "offline", False),
        ("quiet", replace(FEED, last_new_item_at=NOW), "changed", True),
        ("quiet", failing(1.0), "failed", False),
        ("failing", replace(FEED, state="retired"), "failed", True),
        ("retired", FEED, "changed", True),
    ],
)
def test_only_an_answer_ends_an_incident(
    known: str, row: FeedRow, outcome: str, closes: bool
) -> None:
    closed = watch(seen(row, polled(row, outcome)), [incident(known)]).closed
    assert kinds(closed) == ([known] if closes else [])
    assert [one.closed_at for one in closed] == ([NOW] if closes else [])


@pytest.mark.rule(
    "An incident that goes on keeps its row",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_an_incident_that_goes_on_keeps_its_row() -> None:
    row, known = failing(3.0), incident("failing")
    found = watch(seen(row, polled(row, "failed")), [known])
    (kept,) = found.going_on
    assert (kept.incident_id, kept.opened_at) == (known.incident_id, known.opened_at)
    assert (kept.problem, kept.last_seen_at, kept.run_id) == ("It broke.", NOW, "run-1")
    assert found.opened == found.closed == ()


def test_a_feed_that_left_the_list_has_no_incidents_and_an_edited_one_keeps_them() -> None:
    known = [incident("failing"), incident("quiet")]
    edited = watch(seen(FEED), known)
    assert edited == Incidents()
    removed = watch(seen(replace(FEED, is_active=False)), known)
    assert kinds(removed.closed) == ["failing", "quiet"]


@pytest.mark.rule(
    "An outage is an incident until somebody answers",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_an_outage_goes_on_until_somebody_answers() -> None:
    spoilt = polled(FEED, "offline", status_code=None, polled_at=NOW - HOUR)
    (found,) = watch(seen(FEED, spoilt, is_offline=True), ()).opened
    assert (found.kind, found.feed_id, found.opened_at) == ("offline", None, NOW - HOUR)
    silent = polled(failing(0.5), "failed", status_code=None)
    assert watch(seen(failing(0.5), silent), [found]).closed == ()
    assert watch(seen(FEED), [found]).closed == ()
    assert kinds(watch(seen(FEED, polled(FEED)), [found]).closed) == ["offline"]


@pytest.mark.rule(
    "A clock that was set back is an incident until it is past",
    source="what a wrong clock noted is void",
)
@pytest.mark.parametrize(("minutes", "expected"), [(0.5, []), (2.0, ["clock_set_back"])])
def test_a_clock_that_was_set_back_is_an_incident_until_it_is_past(
    minutes: float, expected: list[str]
) -> None:
    later = NOW + minutes * timedelta(minutes=1)
    found = watch(seen(FEED, last_run_at=later), ()).opened
    assert kinds(found) == expected
    assert kinds(watch(seen(FEED, last_run_at=NOW), found).closed) == expected


def test_an_incident_is_the_same_whichever_poll_notices_it() -> None:
    row = failing(3.0)
    (now,) = watch(seen(row, polled(row, "failed")), ()).opened
    late = polled(row, "failed", polled_at=NOW + HOUR)
    (later,) = watch(seen(row, late, at=NOW + HOUR, run_id="run-2"), ()).opened
    assert (now.incident_id, now.opened_at) == (later.incident_id, later.opened_at)


@pytest.mark.rule(
    "Incidents do not depend on the order of the answers", source="rows are deterministic"
)
def test_rows_do_not_depend_on_the_order_of_the_answers() -> None:
    feeds = [replace(failing(3.0), feed_id=n, url=f"http://{n}.test/") for n in range(9)]
    polls = [polled(row, "failed") for row in feeds]
    there = watch(Seen("run-1", NOW, {}, feeds, polls), ())
    back = watch(Seen("run-1", NOW, {}, feeds[::-1], polls[::-1]), ())
    assert there == back
    assert len(there.opened) == 9
