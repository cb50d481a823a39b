"""A short soak, and whether the soak would notice what it is there for."""

import json
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks import soak
from benchmarks.simulation.building import build
from benchmarks.simulation.manners import check_manners
from benchmarks.simulation.network import Asked, read_log
from benchmarks.simulation.truth import Findings, check
from benchmarks.simulation.web import Web

pytestmark = pytest.mark.area("Crash and concurrency")

DAYS, HOURS, FEEDS, SEED = 3.0, 8.0, 12, 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soak")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict[str, Any]:
    options = Namespace(
        days=DAYS, slot_hours=HOURS, feeds=FEEDS, kills=2, seed=SEED, data=None, json=True
    )
    return soak.soak(folder, options)


@pytest.fixture
def web() -> Web:
    return build(DAYS, 3600 * HOURS, FEEDS, SEED)


@pytest.fixture
def home(figures: dict[str, Any], folder: Path, tmp_path: Path) -> Path:
    for name in ("warehouse.duckdb", "requests.log"):
        shutil.copy(folder / "whole" / name, tmp_path)
    return tmp_path


@pytest.mark.rule(
    "Simulated days of faults lose, double and hide nothing, and harm nobody",
    source="no system read tests it",
)
def test_three_days_lose_double_and_hide_nothing_and_harm_nobody(figures: dict[str, Any]) -> None:
    wrong = {name: figures[name] for name in soak.ZERO if figures[name]}
    assert wrong == {}, figures["words"]
    parts = ("stored", "gaps", "unproven", "before", "after")
    assert figures["published"] == sum(figures[part] for part in parts)
    assert figures["stored"] > 100
    assert figures["pages_shown"] > 10
    assert figures["gaps"] > 0


@pytest.mark.rule(
    "A killed run, run again, gives the rows of an undisturbed one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_killed_runs_come_to_the_same_tables_archive_and_readings(figures: dict[str, Any]) -> None:
    assert figures["kills"] == 2
    assert {name: figures[name] for name in soak.KILLED} == soak.KILLED, figures["different"]
    assert figures["archive_records"] > 100


def spoilt(web: Web, home: Path, statement: str) -> Findings:
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute(statement)
    return check(web, read_log(home / "requests.log"), home)[0]


def test_a_missing_entry_is_lost(web: Web, home: Path) -> None:
    first = "(SELECT min(feed_item_id) FROM ops.feed_items)"
    found = spoilt(web, home, f"DELETE FROM ops.feed_items WHERE feed_item_id = {first}")
    assert found.lost == 1


def test_a_second_row_of_an_entry_is_doubled(web: Web, home: Path) -> None:
    found = spoilt(web, home, "INSERT INTO ops.feed_items FROM ops.feed_items LIMIT 1")
    assert found.doubled == 1


def test_a_gap_without_its_mark_is_unreported(web: Web, home: Path) -> None:
    found = spoilt(web, home, "UPDATE ops.polls SET continuity = 'proven'")
    assert found.unreported_gaps > 0
    assert found.gaps == 0


def test_a_url_without_a_fate_and_a_page_without_its_text_are_found(web: Web, home: Path) -> None:
    first = "(SELECT min(url_id) FROM ops.url_fates)"
    assert spoilt(web, home, f"DELETE FROM ops.url_fates WHERE url_id = {first}").fates_off == 1
    assert spoilt(web, home, "UPDATE core.article_texts SET article_text = ''").pages_lost > 10


def asked(*lines: tuple[float, str, str, int]) -> Iterator[Asked]:
    for at, host, subject, status in lines:
        yield Asked(at, at, host, subject, status)


def test_requests_to_one_site_too_close_together_are_counted(web: Web) -> None:
    log = [
        *asked((1.0, "www.a.org", "x", 200), (3.0, "www.b.org", "x", 200)),
        *asked((5.9, "feeds.a.org", "x", 200), (8.0, "www.b.org", "x", 200)),
    ]
    assert check_manners(web, log)["too_close"] == 1
    assert check_manners(web, log)["closest_s"] == 4.9


def test_a_feed_asked_a_third_time_after_it_was_gone_is_counted(web: Web) -> None:
    log = list(asked(*((60.0 * n, "www.a.org", "feed001", 410) for n in range(3))))
    assert check_manners(web, log[:2])["asked_after_gone"] == 0
    assert check_manners(web, log)["asked_after_gone"] == 1


def test_the_figures_are_printed_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right = dict.fromkeys(soak.ZERO, 0) | {"seconds": 1.5}
    monkeypatch.setattr(soak, "soak", lambda folder, options: right)
    assert soak.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out) == right
    monkeypatch.setattr(soak, "soak", lambda folder, options: right | {"lost": 1})
    assert soak.main([]) == 1
