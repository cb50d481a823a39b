from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from extractors.errors import WarehouseError
from extractors.records import Span
from tests.empty import lay_empty
from tests.warehouse.build import NOW, claim, feed, revision, run, stage
from tests.warehouse.conftest import Home, read_everything
from tests.warehouse.killed import FIRST, SECOND
from warehouse.load import LoadReport, load_run
from warehouse.publish import publish
from warehouse.rows import QuarantineRow, RevisionRow, UrlFateRow
from warehouse.staging import StageRow

pytestmark = pytest.mark.area("Crash and concurrency")

TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."
LATER = "The mayor, Ann Lee, said 12 people died. Then she said 19 people died."
DAY = timedelta(days=1)


def toll(text: str, *figures: str, **changes: Any) -> list[Any]:
    return [
        claim(text, "Ann Lee", f"{figure} died", figure=figure, **changes) for figure in figures
    ]


@pytest.mark.rule(
    "A run that was loaded is not run again",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_run_is_loaded_once(home: Home) -> None:
    rows = revision(TEXT, toll(TEXT, "12 people"))
    assert home.load("run-1", *[rows]) == LoadReport("run-1", False, 1, 1, 0, 1)
    before = read_everything(home)
    assert home.load("run-1", rows) == LoadReport("run-1", True)
    assert read_everything(home) == before


@pytest.mark.rule(
    "The same rows in another run are not doubled", source="one transaction a run, ids by content"
)
def test_the_same_rows_in_another_run_are_not_doubled(home: Home) -> None:
    rows = revision(TEXT, toll(TEXT, "12 people"))
    home.load("run-1", rows)
    report = home.load("run-2", rows, rows)
    assert (report.revisions, report.claims) == (0, 0)
    counts = "SELECT count(*), count(DISTINCT claim_id) FROM core.claims"
    assert home.ask(counts) == [(1, 1)]
    assert home.ask("SELECT count(*) FROM core.claim_spans") == [(4,)]
    assert home.ask("SELECT run_id, claims_loaded FROM runs ORDER BY 1") == [
        ("run-1", 1),
        ("run-2", 0),
    ]


def test_an_empty_stage_loads_as_a_run(home: Home) -> None:
    report = load_run(home.work, home.folder / "nothing", run())
    assert report == LoadReport("run-1", False)


def test_a_newer_revision_supersedes_the_claims_of_the_old(home: Home) -> None:
    home.load("run-1", revision(TEXT, toll(TEXT, "12 people")))
    home.load(
        "run-2",
        revision(
            LATER, toll(LATER, "12 people", "19 people"), fetched=NOW + 2 * DAY, run_id="run-2"
        ),
    )
    claims = home.ask("SELECT content_text, claim_date FROM claims ORDER BY ALL")
    first, second = NOW.date(), (NOW + 2 * DAY).date()
    assert claims == [("12 people died", first), ("19 people died", second)]
    assert home.ask("SELECT count(*) FROM core.claims WHERE NOT is_current") == [(1,)]
    assert home.ask("SELECT revision_count, claim_count FROM articles") == [(2, 2)]
    daily = home.ask("SELECT claim_date, claim_count FROM core.claim_daily ORDER BY 1")
    assert daily == [(first, 1), (second, 1)]


def test_a_text_that_comes_back_is_current_again(home: Home) -> None:
    for number, text, figures in (
        (1, TEXT, ["12 people"]),
        (2, LATER, ["12 people", "19 people"]),
        (3, TEXT, ["12 people"]),
    ):
        run_id = f"run-{number}"
        rows = revision(text, toll(text, *figures), fetched=NOW + number * DAY, run_id=run_id)
        home.load(run_id, rows)
    assert home.ask("SELECT content_text FROM claims") == [("12 people died",)]
    assert home.ask("SELECT count(*), sum(is_current::INTEGER) FROM core.article_revisions") == [
        (2, 1)
    ]


def test_a_newer_parser_replaces_the_reading(home: Home) -> None:
    home.load("run-1", revision(TEXT, toll(TEXT, "12 people")))
    home.load("run-2", revision(TEXT, [], parser="test 2"))
    assert home.ask("FROM claims") == []
    assert home.ask("SELECT parser, is_current FROM core.parses ORDER BY 1") == [
        ("test 1", False),
        ("test 2", True),
    ]
    assert home.ask("SELECT sum(claim_count) FROM core.claim_daily") == [(None,)]


def test_a_date_in_the_future_is_not_believed(home: Home) -> None:
    home.load("run-1", revision(TEXT, toll(TEXT, "12 people"), published=NOW + 30 * DAY))
    assert home.ask("SELECT claim_date FROM claims") == [(NOW.date(),)]


def test_copies_form_a_group_named_after_the_earliest(home: Home) -> None:
    wire = revision(
        TEXT, toll(TEXT, "12 people"), outlet="Wire", published=NOW - timedelta(hours=2)
    )
    home.load("run-1", revision(TEXT, toll(TEXT, "12 people"), outlet="Courier"), wire)
    home.load("run-2", revision(TEXT, toll(TEXT, "12 people"), outlet="Post", run_id="run-2"))
    home.load(
        "run-3",
        revision(
            TEXT,
            toll(TEXT, "12 people"),
            outlet="Late",
            run_id="run-3",
            fetched=NOW + 20 * DAY,
            published=NOW + 20 * DAY,
        ),
    )
    claims = home.ask("SELECT outlet, is_copy FROM claims ORDER BY outlet")
    assert claims == [("Courier", True), ("Late", False), ("Post", True), ("Wire", False)]
    assert home.ask("SELECT count(*), sum(is_original::INTEGER) FROM core.copy_groups") == [(3, 1)]


def test_near_copies_are_found_by_their_keys(home: Home) -> None:
    def near(text: str, outlet: str, keys: tuple[int, ...], hours: int) -> list[StageRow]:
        rows = revision(text, outlet=outlet, published=NOW + timedelta(hours=hours))
        return [
            dataclasses.replace(r, copy_keys=keys) if isinstance(r, RevisionRow) else r
            for r in rows
        ]

    # The chain A - B - C shares keys pairwise only; D shares none.
    home.load(
        "run-1",
        near("one.", "A", (1, 2), 0),
        near("two.", "B", (2, 3), 1),
        near("three.", "C", (3, 4), 2),
        near("four.", "D", (9,), 3),
    )
    groups = home.ask("SELECT outlet, is_copy FROM articles ORDER BY outlet")
    assert groups == [("A", False), ("B", True), ("C", True), ("D", False)]
    assert home.ask("SELECT count(DISTINCT copy_group_id) FROM articles") == [(2,)]


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "Every URL found has exactly one fate",
    source="Media Cloud story-indexer: incr_stories once a story",
)
def test_the_newest_fate_of_a_url_stands(home: Home) -> None:
    rows = revision(TEXT)
    fate = rows[3]
    assert isinstance(fate, UrlFateRow)
    waiting = dataclasses.replace(
        fate, fate="pending", decided_at=NOW - DAY, discovered_at=NOW - DAY
    )
    home.load("run-1", [waiting])
    home.load("run-2", rows, [waiting])
    assert home.ask("SELECT fate, discovered_at FROM ops.url_fates") == [
        ("loaded", (NOW - DAY).replace(tzinfo=None))
    ]


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "What fails again is one row with its first and last time",
    source="what fails is kept",
)
def test_feeds_are_replaced_and_failures_counted_once(home: Home) -> None:
    failure = QuarantineRow(7, "run-1", "extract", "http://x.test", "It broke.", None, None, NOW)
    home.load("run-1", [feed(state="ok")], [failure])
    report = home.load(
        "run-2",
        [feed(state="failing", last_polled_at=NOW + DAY)],
        [dataclasses.replace(failure, seen_at=NOW + DAY, run_id="run-2")],
    )
    assert home.ask("SELECT state FROM feed_health") == [("failing",)]
    seen = home.ask("SELECT first_seen_at, last_seen_at FROM ops.quarantine")
    assert seen == [(NOW.replace(tzinfo=None), (NOW + DAY).replace(tzinfo=None))]
    assert report.failures == 1


def test_polls_leave_no_dead_rows_of_feeds(home: Home) -> None:
    for number in range(12):
        polled = [feed(name, window_keys=(number, number + 1)) for name in ("Courier", "Echo")]
        home.load(f"run-{number}", polled)
    assert home.ask("SELECT count(*), max(rowid) < 2 * 2 FROM ops.feeds") == [(2, True)]


@pytest.mark.rule(
    "Rows that break a check are set aside and nothing is loaded",
    source="one transaction a run, ids by content",
)
def test_a_batch_that_fails_a_check_is_set_aside(home: Home) -> None:
    home.load("run-0", revision(TEXT, slug="before"))
    before = read_everything(home)
    wrong = dataclasses.replace(toll(TEXT, "12 people")[0], hedges=(Span("maybe", 0, 5),))
    folder = stage(home.folder / "staging" / "run-1", revision(TEXT, [wrong]))
    with pytest.raises(WarehouseError, match=r"spans_match_the_text.*set aside"):
        load_run(home.work, folder, run())
    assert not folder.exists()
    assert (home.folder / "staging" / "rejected" / "run-1").is_dir()
    publish(home.work, home.published)
    assert read_everything(home) == before


@pytest.mark.parametrize(
    ("left_out", "check"), [(0, "claims_trace_back"), (1, "claims_trace_back")]
)
def test_claims_without_feed_or_exchange_are_refused(home: Home, left_out: int, check: str) -> None:
    rows = revision(TEXT, toll(TEXT, "12 people"))
    del rows[left_out]
    with pytest.raises(WarehouseError, match=check):
        home.load("run-1", rows)


def test_confidence_must_be_a_probability(home: Home) -> None:
    rows = revision(TEXT, toll(TEXT, "12 people", confidence=1.2))
    with pytest.raises(WarehouseError, match="values_are_plausible"):
        home.load("run-1", rows)


@pytest.mark.rule(
    "Rows that break a check are set aside and nothing is loaded",
    source="one transaction a run, ids by content",
)
def test_files_that_do_not_fit_are_set_aside(home: Home) -> None:
    folder = home.folder / "staging" / "run-1"
    folder.mkdir(parents=True)
    (folder / "claims-a.parquet").write_bytes(b"no parquet")
    with pytest.raises(WarehouseError, match="run-1 cannot be loaded"):
        load_run(home.work, folder, run())
    assert (home.folder / "staging" / "rejected" / "run-1").is_dir()


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, int]:
    """A home where nothing went wrong, and how many lines its second run took."""
    home = Home(tmp_path_factory.mktemp("calm"))
    lay_empty(home.work)
    home.load("run-1", FIRST)
    return home, int(_load_in_process(home, deadly=0).stdout)


@pytest.mark.rule(
    "A load killed anywhere, run again, is as if nothing had happened",
    source="news-please 228 and 219: runs that cannot be resumed",
)
@pytest.mark.parametrize("fraction", [0.1, 0.5, 0.7, 0.8, 0.9, 0.98])
def test_killed_anywhere_then_run_again_is_as_if_nothing_happened(
    home: Home, calm: tuple[Home, int], fraction: float
) -> None:
    undisturbed, lines = calm
    home.load("run-1", FIRST)
    assert _load_in_process(home, deadly=int(lines * fraction)).returncode == -signal.SIGKILL
    assert len(home.ask("FROM claims")) == 1
    home.load("run-2", SECOND)
    assert read_everything(home) == read_everything(undisturbed)
    assert not list(home.folder.glob(".*"))


def _load_in_process(home: Home, *, deadly: int) -> subprocess.CompletedProcess[str]:
    """Run the second run in a process that dies at a line; 0 lets it live and say how many."""
    arguments = [sys.executable, "-m", "tests.warehouse.killed", str(home.folder), str(deadly)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)
