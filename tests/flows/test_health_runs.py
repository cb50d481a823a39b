"""Whole runs over a small news site: what goes wrong is seen, told, counted and ended."""

from __future__ import annotations

import asyncio
import json
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.look import look
from flows.ingest.world import World
from flows.report import RunReport, message, to_markdown
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, make_home, newsroom, rows
from tests.flows.test_metrics import parse

pytestmark = pytest.mark.area("Fates and health")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


def run(settings: Settings, at: datetime = NOON, **options: Any) -> RunReport:
    options = {"force": True} | options
    return asyncio.run(run_once(settings, world=World(StoppedClock(at)), **options))


def one_story(room: Newsroom, number: int = 1) -> str:
    room.story(f"/a/{number}", "One", "Ann said it rained.")
    return room.feed("/feed", [Item(f"/a/{number}", f"Story {number}")])


def noting(path: Path) -> str:
    """Return a command that adds what it is told to the file at `path`."""
    code = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
    return shlex.join([sys.executable, "-c", code, str(path)])


def incidents(settings: Settings) -> list[tuple[Any, ...]]:
    return rows(settings, "SELECT kind, is_open FROM incidents ORDER BY opened_at, kind")


@pytest.mark.rule(
    "A feed that fails hard or long is an incident",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_a_failing_feed_opens_one_incident_and_its_answer_closes_it(
    tmp_path: Path, room: Newsroom
) -> None:
    feed = one_story(room)
    settings = make_home(tmp_path / "home", [feed])
    assert run(settings).exit_code == 0
    good = room.pages["/feed"]
    room.put("/feed", "no", status=403)
    first, second, third = (run(settings, NOON + n * HOUR) for n in (1, 2, 3))
    assert [len(one.incidents_opened) for one in (first, second, third)] == [0, 1, 0]
    assert rows(settings, "SELECT count(*), min(opened_at) FROM incidents") == [
        (1, (NOON + HOUR).replace(tzinfo=None))
    ]
    assert rows(settings, "SELECT trouble, may_have_missed FROM feed_trouble") == [
        ("failing", "what it showed and dropped after 2026-01-01 12:00")
    ]
    room.pages["/feed"] = good

    report = run(settings, NOON + 4 * HOUR)

    assert [row.kind for row in report.incidents_closed] == ["failing"]
    assert (report.exit_code, incidents(settings)) == (0, [("failing", False)])
    assert "- closed: failing, http" in to_markdown(report)
    assert rows(settings, "FROM feed_trouble") == []


@pytest.mark.rule(
    "A possible gap is an incident that names its time", source="no system read keeps it"
)
def test_a_possible_gap_is_an_incident_a_gap_and_a_partial_day(
    tmp_path: Path, room: Newsroom
) -> None:
    settings = make_home(tmp_path / "home", [one_story(room)])
    run(settings)
    one_story(room, 2)

    report = run(settings, NOON + 2 * DAY)

    assert (report.exit_code, [row.kind for row in report.incidents_opened]) == (
        3,
        ["possible_gap"],
    )
    assert message(report).endswith(f" Opened: possible_gap ({room.base}/feed).")
    times = ["2026-01-01 12:00:00", "2026-01-03 12:00:00"]
    assert rows(settings, "SELECT since_at::VARCHAR, until_at::VARCHAR FROM gaps") == [tuple(times)]
    days = "SELECT day::VARCHAR, gap_feed_count FROM coverage ORDER BY day"
    assert rows(settings, days) == [(f"2026-01-0{n}", 1) for n in (1, 2, 3)]
    assert rows(settings, "SELECT proven_pct, gap_count FROM completeness ORDER BY day") == [
        (None, 0),
        (0.0, 1),
    ]
    assert rows(settings, "SELECT trouble FROM feed_trouble") == [("possible_gap",)]


@pytest.mark.rule(
    "An answer with nothing new far beyond the usual gap is an incident",
    source="Feeder 374, feedbin 172; NewsBlur PR 2132",
)
def test_a_feed_that_falls_silent_is_an_incident_until_it_speaks_again(
    tmp_path: Path, room: Newsroom
) -> None:
    def shown(hour: int) -> str:
        return room.feed(
            "/feed", [Item(f"/a/{n}", f"Story {n}") for n in range(hour + 4, hour, -1)]
        )

    settings = make_home(tmp_path / "home", [shown(0)])
    hourly = {"pages": False, "publish": False}
    for hour in range(7):
        shown(hour)
        assert run(settings, NOON + hour * HOUR, **hourly).exit_code == 0
    assert run(settings, NOON + 12 * HOUR, **hourly).exit_code == 0
    silent = run(settings, NOON + 13 * HOUR, pages=False)
    assert [row.kind for row in silent.incidents_opened] == ["quiet"]
    assert rows(settings, "SELECT trouble, why FROM feed_trouble") == [
        (
            "quiet",
            "It answers, and has had nothing new for 7 hours; "
            "normally there is something every hour.",
        )
    ]
    assert run(settings, NOON + 20 * HOUR, pages=False).incidents_opened == ()
    shown(8)
    again = run(settings, NOON + 21 * HOUR, pages=False)
    assert [row.kind for row in again.incidents_closed] == ["quiet"]
    assert incidents(settings) == [("quiet", False)]


@pytest.mark.rule("A retired feed is an incident for good", source="FreshRSS PR 3561: mute on 410")
def test_a_feed_that_is_gone_for_good_is_an_incident(tmp_path: Path, room: Newsroom) -> None:
    feed = one_story(room)
    settings = make_home(tmp_path / "home", [feed])
    run(settings)
    room.put("/feed", "gone", status=410)
    first, second = (run(settings, NOON + n * DAY) for n in (2, 4))
    assert [row.kind for row in first.incidents_opened] == []
    assert [row.kind for row in second.incidents_opened] == ["retired"]
    told = "SELECT trouble, what_next FROM feed_trouble"
    assert rows(settings, told) == [("retired", "it is not asked again")]
    make_home(tmp_path / "home", [room.feed("/other/feed", [])])
    run(settings, NOON + 5 * DAY)
    assert incidents(settings) == [("retired", False)]
    assert rows(settings, told) == []


@pytest.mark.rule(
    "An outage is an incident until somebody answers",
    source="Betterbird 157: feeds paused one by one after a local outage",
)
def test_an_outage_is_an_incident_and_no_feed_is_blamed(tmp_path: Path) -> None:
    hosts = [f"http://no-such-host-{n}.invalid/feed" for n in range(4)]
    settings = make_home(tmp_path / "home", hosts)
    report = run(settings)
    assert [row.kind for row in report.incidents_opened] == ["offline"]
    assert run(settings, NOON + HOUR).incidents_opened == ()
    assert incidents(settings) == [("offline", True)]
    assert rows(settings, "FROM feed_trouble") == []


@pytest.mark.rule(
    "A clock that was set back is an incident until it is past",
    source="what a wrong clock noted is void",
)
def test_a_clock_set_back_is_an_incident(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [one_story(room)])
    run(settings)
    report = run(settings, NOON - DAY)
    assert [row.kind for row in report.incidents_opened] == ["clock_set_back"]
    assert run(settings, NOON + HOUR).incidents_closed[0].kind == "clock_set_back"


@pytest.mark.rule(
    "The hook is told once of what opened and closed",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_the_hook_is_told_once_of_what_opened_and_closed(tmp_path: Path, room: Newsroom) -> None:
    told = tmp_path / "told"
    settings = make_home(tmp_path / "home", [one_story(room)], incident_hook=noting(told))
    run(settings)
    assert not told.exists()
    one_story(room, 2)
    run(settings, NOON + 2 * DAY, run_id="twice")
    assert run(settings, NOON + 2 * DAY, run_id="twice").is_already_loaded

    (line,) = told.read_text().splitlines()

    assert json.loads(line)["run_id"] == "twice"
    assert [one["kind"] for one in json.loads(line)["opened"]] == ["possible_gap"]
    assert json.loads(line)["closed"] == []


def test_the_hook_is_never_called_in_a_dry_run(tmp_path: Path, room: Newsroom) -> None:
    told = tmp_path / "told"
    settings = make_home(tmp_path / "home", [one_story(room)], incident_hook=noting(told))
    run(settings)
    one_story(room, 2)
    report = asyncio.run(look(settings, world=World(StoppedClock(NOON + 2 * DAY)), feeds="*"))
    assert (report.items_new, told.exists()) == (1, False)


@pytest.mark.rule(
    "A hook that fails is said and fails nothing",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_a_hook_that_fails_is_said_and_fails_nothing(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = make_home(tmp_path / "home", [one_story(room)], incident_hook="/no/such/program")
    run(settings)
    one_story(room, 2)
    assert run(settings, NOON + 2 * DAY).revisions_loaded == 1
    assert "The incident hook cannot be started" in capsys.readouterr().err


def test_each_run_leaves_its_figures_below_the_home(tmp_path: Path, room: Newsroom) -> None:
    settings = make_home(tmp_path / "home", [one_story(room)], metrics_path="out/claimwire.prom")
    run(settings)
    one_story(room, 2)
    run(settings, NOON + 2 * DAY)
    figures = parse((settings.home / "out" / "claimwire.prom").read_text())
    assert figures["claimwire_runs"] == {None: 2.0}
    assert figures["claimwire_possible_gaps"] == {None: 1.0}
    assert figures["claimwire_urls"]["loaded"] == 2.0
    assert figures["claimwire_archive_bytes"][None] > 0


def test_figures_that_cannot_be_written_are_said_and_fail_nothing(
    tmp_path: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = make_home(tmp_path / "home", [one_story(room)], metrics_path="/proc/no/such.prom")
    assert run(settings).revisions_loaded == 1
    assert "The figures cannot be written to /proc/no/such.prom" in capsys.readouterr().err


WAYS: list[dict[str, Any]] = [{}, {"limit": 0}, {"limit": 1}, {"limit": 3}, {"pages": False}]


@pytest.mark.rule(
    "Every URL found has exactly one fate",
    source="Media Cloud story-indexer: incr_stories once a story",
)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_url_has_one_fate_and_the_report_counts_each(
    tmp_path: Path, room: Newsroom, way: dict[str, Any]
) -> None:
    paths = ["/a/1", "/a/2", "/", "/gone", "/a/1?utm_source=x"]
    for path in paths[:2]:
        room.story(path, path, "Ann said it rained.")
    room.put("/down", "", status=503)
    entries = [Item(path, path) for path in [*paths, "/down"]]
    feeds = [room.feed("/feed", entries), room.feed("/other/feed", entries[::-1])]
    settings = make_home(tmp_path / "home", feeds)
    one_each = """SELECT count(*), count(u.url_id), count(DISTINCT u.url_id), count(u.fate)
        FROM (SELECT DISTINCT url_id FROM ops.feed_items WHERE url_id IS NOT NULL)
        LEFT JOIN ops.url_fates AS u USING (url_id)"""
    for number, options in enumerate([way, way, {}]):
        if number == 1:
            room.feed("/feed", [Item(path, f"{path}, changed") for path in paths])
        report = run(settings, NOON + number * DAY, **options)
        assert sum(report.fates.values()) == report.urls
        assert rows(settings, one_each) == [(5, 5, 5, 5)]
        assert rows(settings, "SELECT sum(url_count) FROM fates") == [(5,)]
