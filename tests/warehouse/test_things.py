"""Figures of one measure that count different things are different series."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from extractors.records import Measure, Quantity
from tests.empty import lay_empty
from tests.warehouse import story
from tests.warehouse.build import NOW, claim, revision
from tests.warehouse.conftest import Home, read_everything
from warehouse.connection import open_writer
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.queries import run_query
from warehouse.staging import StageRow

# The rule before things destroyed or captured were told apart.
OLD_RULE = """CREATE OR REPLACE MACRO thing_of(measure, unit, counted) AS
    lower(CASE WHEN measure IN ('count', 'other', 'share', 'money') THEN counted END)"""
STATED = """SELECT measure, thing, amount, previous_amount, status, is_part
    FROM stated_figures ORDER BY ALL"""


def losses(
    day: int, *counts: str, who: str = "Berg", measure: Measure = "destroyed"
) -> list[StageRow]:
    """Return an article in which `who` gives the totals `counts`, such as "80 tanks"."""
    words = f"{' and '.join(counts)} were hit"
    text = f"{who} said {words}."
    figures = tuple(_figure(text, one, measure) for one in counts)
    at = NOW + timedelta(days=day)
    return revision(
        text, [claim(text, who, words, quantities=figures)], published=at, fetched=at,
        slug=f"{who}-{day}-{measure}".casefold(), title=f"Losses of day {day}",
    )  # fmt: skip


def _figure(text: str, words: str, measure: Measure) -> Quantity:
    number, _, counted = words.partition(" ")
    start = text.index(words)
    return Quantity(
        words, start, start + len(words), value=float(number), low=None, high=None, bound="exact",
        unit="person" if counted == "soldiers" else "item", counted=counted, measure=measure,
        party="RU", change="level", scope="cumulative",
    )  # fmt: skip


def test_fewer_ships_are_no_correction_of_more_tanks(home: Home) -> None:
    home.load("run-1", losses(0, "80 tanks"), losses(1, "12 ships"), losses(2, "79 Tanks"))
    assert home.ask(STATED) == [
        ("destroyed", "ships", 12.0, None, "standing", False),
        ("destroyed", "tanks", 79.0, 80.0, "standing", False),
        ("destroyed", "tanks", 80.0, None, "corrected", False),
    ]


def test_of_two_things_in_a_claim_neither_is_a_part(home: Home) -> None:
    home.load("run-1", losses(0, "80 tanks", "12 ships", "9 ships"))
    assert [(row[1], row[2], row[5]) for row in home.ask(STATED)] == [
        ("ships", 9.0, True),
        ("ships", 12.0, False),
        ("tanks", 80.0, False),
    ]


def test_people_are_people_whatever_they_are_called(home: Home) -> None:
    home.load("run-1", losses(0, "80 soldiers", measure="captured"))
    assert [row[1] for row in home.ask(STATED)] == [None]


def test_who_counts_other_things_contradicts_nobody(home: Home) -> None:
    home.load("run-1", losses(0, "80 tanks"), losses(0, "12 ships", who="Holt"))
    assert home.ask("SELECT count(*) FROM disagreements") == [(0,)]
    home.load("run-2", losses(-1, "60 tanks", who="Holt"))
    assert home.ask("SELECT amount_a, amount_b FROM disagreements") == [(80.0, 60.0)]


@pytest.mark.parametrize(
    ("query", "names"),
    [("figure_trend", ("thing", "amount")), ("figure_range", ("thing", "high_amount"))],
)
def test_a_question_tells_things_apart(home: Home, query: str, names: tuple[str, str]) -> None:
    home.load("run-1", losses(0, "80 tanks", "12 ships"))
    with open_writer(home.work) as con:
        rows = run_query(con, query, measure="destroyed").records()
    assert [tuple(row[name] for name in names) for row in rows] == [("ships", 12), ("tanks", 80)]


def test_a_trend_may_be_of_one_thing(home: Home) -> None:
    home.load("run-1", losses(0, "80 tanks", "12 ships"), losses(1, "13 Ships"))
    with open_writer(home.work) as con:
        rows = run_query(con, "figure_trend", measure="destroyed", counted="SHIPS").records()
    assert [row["amount"] for row in rows] == [12.0, 13.0]


@pytest.fixture
def other(tmp_path: Path) -> Home:
    (tmp_path / "other").mkdir()
    lay_empty(Home(tmp_path / "other").work)
    return Home(tmp_path / "other")


def test_a_warehouse_of_the_old_rule_is_followed_anew(home: Home, other: Home) -> None:
    def first(home: Home) -> None:
        home.load("run-1", losses(0, "80 tanks", "12 ships"), losses(1, "14 ships"))
        home.load("run-2", losses(2, "79 tanks"), losses(2, "7 soldiers", measure="captured"))
        home.load("run-3", losses(3, "9 homes", who="Holt", measure="count"))

    change(home, OLD_RULE)
    first(home)
    assert ("destroyed", None, 80.0, None, "corrected", False) in home.ask(STATED)
    change(
        home, *COLUMNS, *PAIR_COLUMNS, "DROP TABLE core.stale_series",
        "DROP TABLE ops.day_coverage",
        "DELETE FROM ops.migrations WHERE number = 0 OR number > 11",
    )  # fmt: skip
    first(other)
    for one in (home, other):
        one.load("run-4", losses(9, "20 ships", who="Holt"))
    assert home.ask(STATED) == other.ask(STATED)
    assert figures(home) == figures(other)


COLUMNS = [
    f"ALTER TABLE core.stated_figures DROP COLUMN {name}"
    for name in ("thing", "is_latest", "event_id")
]
PAIR_COLUMNS = [
    f"ALTER TABLE core.disagreements DROP COLUMN {name}"
    for name in (
        "claim_id_a", "claim_id_b", "claimant_words_a", "claimant_words_b", "side_code_a",
        "side_code_b", "content_text_a", "content_text_b", "verification_status", "outlet_id",
    )
]  # fmt: skip


def test_pairs_of_an_older_schema_get_the_words_of_their_claims(home: Home) -> None:
    story.load(home.work, home.folder)
    publish(home.work, home.published)
    pairs = read_everything(home)["core.disagreements"]
    assert {pair[0] for pair in pairs} == {"article", "figures"}
    change(
        home, *PAIR_COLUMNS, "DROP TABLE ops.day_coverage",
        "DELETE FROM ops.migrations WHERE number = 0 OR number > 12",
    )  # fmt: skip
    with open_writer(home.work) as con:
        migrate(con)
    publish(home.work, home.published)
    assert sorted(read_everything(home)["core.disagreements"], key=repr) == sorted(pairs, key=repr)


def change(home: Home, *statements: str) -> None:
    with open_writer(home.work) as con:
        if any(statement.startswith(("ALTER", "DROP")) for statement in statements):
            views = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
            for (view,) in views.fetchall():
                con.execute(f"DROP VIEW IF EXISTS {view}")
        for statement in statements:
            con.execute(statement)


def figures(home: Home) -> list[list[str]]:
    every = read_everything(home)
    names = "core.figure_reports", "core.disagreements", "core.stale_series"
    return [sorted(map(repr, every[name])) for name in names]
