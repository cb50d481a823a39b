"""What the views say of feeds in trouble, gaps, fates and quarantine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from extractors.errors import WarehouseError
from extractors.records import stable_id
from tests.warehouse.build import NOW, feed, fetch, revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_writer
from warehouse.rows import (
    FeedItemRow,
    FeedRow,
    IncidentRow,
    PollRow,
    QuarantineRow,
    UrlFateRow,
)

pytestmark = pytest.mark.area("Fates and health")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GAP: dict[str, Any] = {"continuity": "possible_gap", "shared_count": 1, "new_count": 19}


def poll(source: FeedRow, at: datetime, since: datetime | None, **changes: Any) -> PollRow:
    values: dict[str, Any] = dict(
        poll_id=stable_id("poll", source.url, at), run_id="run-1", feed_id=source.feed_id,
        polled_at=at, outcome="changed", problem=None, status_code=200, since_at=since,
        item_count=20, new_count=5, shared_count=15, continuity="proven",
    )  # fmt: skip
    return PollRow(**{**values, **changes})


def incident(source: FeedRow, kind: Any, closed_at: datetime | None = None) -> IncidentRow:
    key = stable_id(kind, source.url)
    return IncidentRow(
        key, kind, source.feed_id, source.url, "Hm.", NOW - DAY, NOW, closed_at, "run-1"
    )


@pytest.mark.rule(
    "One query names the feeds in trouble: since when, why, what was missed, what next",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_feeds_in_trouble_say_since_when_why_what_and_what_next(home: Home) -> None:
    failing = feed(
        "Failing", state="failing", failing_since_at=NOW - 3 * HOUR, last_success_at=NOW - DAY,
        problem="It broke.",
    )  # fmt: skip
    quiet, gapped, fine = feed("Quiet"), feed("Gapped"), feed("Fine")
    retired = feed("Retired", state="retired", next_poll_at=None, problem="410.")
    never = feed("Never", state="gone", last_success_at=None, problem="410.")
    resting = feed("Resting", state="resting", next_poll_at=None, problem="429.")
    paused = feed("Paused", state="failing", is_active=False)
    old = feed("Old")
    feeds = [failing, quiet, gapped, fine, retired, never, resting, paused, old]
    polls = [
        poll(gapped, NOW - 2 * DAY, NOW - 3 * DAY, **GAP),
        poll(gapped, NOW - HOUR, NOW - 2 * HOUR, **GAP),
        poll(old, NOW - 8 * DAY, NOW - 9 * DAY, **GAP),
    ]
    incidents = [incident(quiet, "quiet"), incident(fine, "quiet", NOW)]
    home.load("run-1", [*feeds, *polls, *incidents])

    told = home.ask(
        "SELECT outlet, trouble, since_at, why, may_have_missed, what_next FROM feed_trouble"
    )

    noon = NOW.replace(tzinfo=None)
    again = "it is asked again at 2024-03-10 13:00"
    lost = "what it showed and dropped after 2024-03-"
    assert told == [
        ("Retired", "retired", noon, "410.", lost + "10 12:00", "it is not asked again"),
        ("Never", "gone", noon, "410.", "all that it showed so far",
         "it is asked once more at 2024-03-10 13:00"),
        ("Failing", "failing", noon - 3 * HOUR, "It broke.", lost + "09 12:00", again),
        ("Quiet", "quiet", noon - DAY, "Hm.", "whatever it published without showing it", again),
        ("Resting", "resting", noon, "429.", lost + "10 12:00", "it is asked in the next run"),
        ("Gapped", "possible_gap", noon - 2 * HOUR,
         "the answer does not reach back to the one before; it shares 1 of 20 entries",
         "entries between 2024-03-10 10:00 and 2024-03-10 11:00; "
         "1 more of the last seven days", again),
    ]  # fmt: skip
    states = "SELECT outlet, trouble, severity FROM feed_health ORDER BY severity, outlet"
    assert home.ask(states)[:2] == [("Retired", "retired", 1), ("Never", "gone", 2)]


@pytest.mark.rule(
    "Completeness is the share of answers that reach back", source="no system read keeps it"
)
def test_completeness_is_the_share_of_answers_that_reach_back(home: Home) -> None:
    source = feed("Gapped")
    polls = [
        poll(source, NOW - 4 * HOUR, None, continuity="first"),
        poll(source, NOW - 3 * HOUR, NOW - 4 * HOUR),
        poll(source, NOW - 2 * HOUR, NOW - 3 * HOUR, continuity="unproven"),
        poll(source, NOW - HOUR, NOW - 2 * HOUR, **GAP),
        poll(source, NOW, NOW - HOUR),
        poll(source, NOW + HOUR, NOW, outcome="failed", continuity=None),
    ]
    answer = fetch(source.url, NOW, kind="feed", feed_id=source.feed_id)
    home.load("run-1", [source, answer, *polls])
    shares = """SELECT answered_count, compared_count, proven_count, gap_count, proven_pct
        FROM completeness"""
    assert home.ask(shares) == [(1, 4, 2, 1, 50.0)]
    home.load("run-2", [poll(source, NOW + 2 * HOUR, NOW + HOUR)])
    assert home.ask(shares) == [(1, 5, 3, 1, 60.0)]


@pytest.mark.rule("A gap makes all its days partial", source="no system read keeps it")
def test_a_gap_makes_all_its_days_partial(home: Home) -> None:
    source = feed("Morning Courier")
    polls = [poll(source, NOW + 3 * DAY, NOW + DAY, **GAP), poll(source, NOW + 5 * DAY, None)]
    answers = [
        fetch(source.url, NOW + n * DAY, f"run-{n}", kind="feed", feed_id=source.feed_id)
        for n in range(6)
    ]
    articles = [
        row
        for n in range(6)
        for row in revision(
            f"Text {n}.", slug=f"s{n}", published=NOW + n * DAY, fetched=NOW + n * DAY
        )
    ]
    home.load("run-1", [*articles, source, *polls, *answers])
    days = "SELECT gap_feed_count, proven_pct, coverage FROM coverage ORDER BY day"
    assert home.ask(days) == [
        (0, None, "full"), (1, None, "partial"), (1, None, "partial"), (1, 0.0, "partial"),
        (0, None, "full"), (0, 100.0, "partial"),
    ]  # fmt: skip


def test_incidents_name_their_outlet_and_polls_their_feed(home: Home) -> None:
    source = feed("Quiet")
    machine = replace(incident(source, "offline"), feed_id=None, subject="the network")
    home.load("run-1", [source, incident(source, "quiet", NOW), machine, poll(source, NOW, None)])
    assert home.ask("SELECT kind, outlet, is_open FROM incidents ORDER BY kind") == [
        ("offline", None, True),
        ("quiet", "Quiet", False),
    ]
    assert home.ask("SELECT outlet, continuity FROM polls") == [("Quiet", "proven")]


def test_an_incident_has_one_row_from_opening_to_closing(home: Home) -> None:
    source = feed("Quiet")
    home.load("run-1", [source, incident(source, "quiet")])
    later = replace(incident(source, "quiet"), problem="Still.", last_seen_at=NOW + HOUR)
    home.load("run-2", [replace(later, run_id="run-2")])
    home.load("run-3", [replace(later, closed_at=NOW + DAY, run_id="run-3")])
    told = "SELECT opened_at, closed_at, problem, run_id FROM ops.incidents"
    noon = NOW.replace(tzinfo=None)
    assert home.ask(told) == [(noon - DAY, noon + DAY, "Still.", "run-3")]


@pytest.mark.rule("Quarantine leads to its bytes", source="what fails is kept")
def test_quarantine_leads_to_its_bytes(home: Home) -> None:
    page = fetch("http://news.test/1")
    kept = QuarantineRow(1, "run-1", "extract", page.url, "It hung.", None, page.fetch_id, NOW)
    home.load("run-1", [page, kept])
    told = "SELECT stage, problem, archive_file, archive_offset FROM quarantine"
    assert home.ask(told) == [("extract", "It hung.", "a.warc.gz", 7)]


def test_fates_add_up_by_day_and_feed(home: Home) -> None:
    home.load(
        "run-1",
        revision("One.", slug="one"),
        revision("Two.", slug="two"),
        revision("Three.", slug="three", outlet="Echo", fetched=NOW + DAY),
    )
    told = "SELECT day::VARCHAR, outlet, fate, url_count FROM fates ORDER BY day"
    assert home.ask(told) == [
        ("2024-03-10", "Morning Courier", "loaded", 2),
        ("2024-03-11", "Echo", "loaded", 1),
    ]


@pytest.mark.rule(
    "A run that leaves a URL without its one fate is refused",
    source="Media Cloud story-indexer: incr_stories once a story",
)
@pytest.mark.parametrize("fates", [0, 1, 2])
def test_a_run_that_leaves_a_url_without_its_one_fate_is_refused(home: Home, fates: int) -> None:
    source, page, item, fate, article = revision("One.", slug="one")
    assert isinstance(item, FeedItemRow)
    assert isinstance(fate, UrlFateRow)
    found = replace(item, url_id=fate.url_id)
    rows = [source, page, found, article, *[fate][:fates]]
    if fates == 1:
        home.load("run-1", rows)
        return
    if fates == 2:
        home.load("run-0", [source, fate])
        with open_writer(home.work) as con:
            con.execute("INSERT INTO ops.url_fates FROM ops.url_fates")
    with pytest.raises(WarehouseError, match="one_fate_a_url"):
        home.load("run-1", rows)
