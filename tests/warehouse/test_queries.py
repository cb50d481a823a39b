"""Given the story of `tests.warehouse.story`, what each named query answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.errors import QueryError, UnknownNameError
from tests.warehouse import story
from tests.warehouse.build import revision, run, stage
from warehouse.connection import open_reader
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.queries import list_queries, run_query

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2024, 3, day) for day in range(4, 8))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_reader(story.build(tmp_path_factory.mktemp("story"))) as reader:
        yield reader


def ask(con: duckdb.DuckDBPyConnection, name: str, *columns: str, **params: Any) -> list[Any]:
    records = run_query(con, name, **params).records()
    return [tuple(record[column] for column in columns) for record in records]


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_every_query_runs_without_parameters(con: duckdb.DuckDBPyConnection, name: str) -> None:
    assert run_query(con, name).columns


def test_every_query_says_what_it_answers_and_takes() -> None:
    for query in list_queries():
        assert query.summary.endswith(".")
        declared = [parameter.name for parameter in query.parameters]
        used = [name for name in declared if f"${name}" in query.sql]
        assert used == declared, query.name


def test_trend_is_the_share_of_all_stories(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        con,
        "trend",
        "period",
        "claim_count",
        "story_count",
        "total_story_count",
        "share_pct",
        "coverage",
        text="died people",
    )
    assert rows == [
        (MONDAY, 2, 1, 2, 50.0, "full"),
        (TUESDAY, 0, 0, 1, 0.0, "partial"),
        (WEDNESDAY, 0, 0, 0, None, "none"),
        (THURSDAY, 1, 1, 1, 100.0, "partial"),
    ]


@pytest.mark.parametrize(
    ("limits", "coverage"),
    [
        ({}, "partial"),  # a day without articles
        ({"until": MONDAY}, "partial"),
        ({"since": MONDAY, "until": MONDAY, "by": "day"}, "full"),
        ({"since": TUESDAY, "until": MONDAY + timedelta(days=6)}, "partial"),
    ],
)
def test_a_period_that_the_question_cuts_is_covered_in_part(
    con: duckdb.DuckDBPyConnection, limits: dict[str, Any], coverage: str
) -> None:
    asked = {"by": "week", "text": "died people"} | limits
    assert ask(con, "trend", "coverage", **asked) == [(coverage,)]
    del asked["text"]
    assert ask(con, "coverage_by_period", "coverage", **asked) == [(coverage,)]


def test_trend_by_source_counts_a_copy_for_each(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        con,
        "trend",
        "period",
        "series",
        "story_count",
        "total_story_count",
        text="died",
        per="source",
        by="week",
    )
    assert rows == [(MONDAY, "Courier", 2, 2), (MONDAY, "Echo", 1, 3)]


def test_trend_by_claimant(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "trend", "series", "claim_count", per="claimant", by="month", text="people")
    assert rows == [("Berg", 2), ("Holt", 1)]


def test_trend_of_a_claimant_in_a_window(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        con, "trend", "period", "claim_count", claimant="berg", since=TUESDAY, until=THURSDAY
    )
    assert rows == [(TUESDAY, 0), (WEDNESDAY, 0), (THURSDAY, 1)]


@pytest.mark.parametrize("per", ["all", "source", "claimant"])
@pytest.mark.parametrize(
    "asked",
    [
        {"text": "died", "claimant": "berg"},
        {"claimant": "berg", "measure": "killed"},
        {"text": "people", "claimant": "berg", "measure": "killed"},
    ],
)
def test_what_the_same_claims_hold_gives_the_same_trend(
    con: duckdb.DuckDBPyConnection, asked: dict[str, str], per: str
) -> None:
    trend = run_query(con, "trend", claimant="berg", per=per)
    assert sum(record["claim_count"] for record in trend.records()) == 2
    assert run_query(con, "trend", per=per, **asked) == trend


def test_a_trend_of_words_and_a_measure_holds_those_with_both(
    con: duckdb.DuckDBPyConnection,
) -> None:
    columns = ("period", "claim_count")
    assert ask(con, "trend", *columns, text="holt", measure="killed") == [
        (MONDAY, 1), (TUESDAY, 0), (WEDNESDAY, 0), (THURSDAY, 0),
    ]  # fmt: skip
    assert ask(con, "trend", *columns, text="weather", measure="killed") == []


def test_a_trend_chooses_its_periods_by_the_days_that_are_held(
    con: duckdb.DuckDBPyConnection,
) -> None:
    days = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]
    asked: list[dict[str, Any]] = [{}, {"since": date(2000, 1, 1)}, {"until": date(2050, 1, 1)}]
    assert [
        [period for (period,) in ask(con, "trend", "period", text="died", by="auto", **span)]
        for span in asked
    ] == [days, days, days]
    assert ask(con, "trend", "period", text="unheard", by="auto") == []


@pytest.mark.parametrize(
    ("last", "second"),
    [
        (MONDAY + timedelta(days=91), TUESDAY),
        (MONDAY + timedelta(days=92), MONDAY + timedelta(weeks=1)),
        (MONDAY + timedelta(weeks=92, days=-1), MONDAY + timedelta(weeks=1)),
        (MONDAY + timedelta(weeks=92), date(2024, 4, 1)),
    ],
)
def test_a_long_trend_has_longer_periods(tmp_path: Path, last: date, second: date) -> None:
    published = story.build(tmp_path)
    at = datetime(last.year, last.month, last.day, 9, tzinfo=UTC)
    rows = revision(
        story.WEATHER, [], slug="late", outlet="Echo", published=at, fetched=at, run_id="late"
    )
    work = tmp_path / "warehouse.work.duckdb"
    load_run(work, stage(tmp_path / "staging" / "late", rows), run("late", at))
    publish(work, published)
    with open_reader(published) as reader:
        periods = ask(reader, "trend", "period", text="died", by="auto")
    assert periods[1] == (second,)
    assert len(periods) <= 92


def test_figures_by_claimant_and_party(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        con, "figure_trend", "period", "claimant", "side_code", "party", "amount", measure="killed"
    )
    assert rows == [
        (MONDAY, "Berg", "NO", "Vell", 12.0),
        (MONDAY, "Holt", None, "Vell", 40.0),
        (THURSDAY, "Berg", "NO", "Vell", 19.0),
    ]
    assert ask(con, "figure_trend", "amount", party="vell", by="month") == [(19.0,), (40.0,)]


def test_who_lists_the_first_rows_says_so(con: duckdb.DuckDBPyConnection) -> None:
    assert run_query(con, "figures_over_time", row_limit=2).is_cut
    assert run_query(con, "figures_over_time", row_limit="2").is_cut
    assert not run_query(con, "what_changed", kind_limit=2).is_cut
    assert not run_query(con, "figures_over_time").is_cut
    newest = ask(con, "figures_over_time", "amount", row_limit=1)
    assert newest == [(19.0,)]


def test_figures_over_time(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "figures_over_time", "said_date", "amount", "difference", claimant="Berg")
    assert rows == [(MONDAY, 12.0, None), (THURSDAY, 19.0, 7.0)]


def test_top_claimants(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "top_claimants", "claimant", "story_count", "claim_count", "share_pct")
    assert rows == [("Berg", 2, 2, 50.0), ("Holt", 1, 1, 25.0), ("the office", 1, 1, 25.0)]


def test_who_disagrees(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        con, "who_disagrees", "claimant_a", "claimant_b", "amount_a", "amount_b", measure="killed"
    )
    assert rows == [("Berg", "Holt", 19.0, 40.0)]
    assert ask(con, "who_disagrees", "relation", claimant="nobody") == []


def test_first_said(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "first_said", "claimant", "content_text", "outlet", text="died")
    assert rows == [
        ("Berg", "12 people died", "Courier"),
        ("Holt", "40 people died", "Courier"),
    ]


def test_what_changed(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "what_changed", "what", "claimant", "before", "after", day_count=2)
    assert rows == [
        ("denied", "Berg", None, None),
        ("figure raised", "Berg", 12.0, 19.0),
        ("quoted", "Holt", 2.0, 0.0),
        ("quoted", "Berg", 2.0, 1.0),
        ("quoted", "the office", 1.0, 0.0),
    ]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"text": "ferry 40"}, ["40 people died"]),
        ({"who": "HOLT"}, ["40 people died"]),
        ({"who": "no"}, ["19 people died", "12 people died"]),
        ({"about": "norway"}, ["19 people died"]),
        ({"about": "Oslo", "about_code": "NO"}, ["19 people died"]),
        ({"about": "vell", "status": "unverifiable"}, ["40 people died"]),
        ({"since": "2024-03-05"}, ["19 people died"]),
        ({"until": MONDAY, "row_limit": 1, "who": "Berg"}, ["12 people died"]),
    ],
)
def test_search_claims(
    con: duckdb.DuckDBPyConnection, params: dict[str, Any], found: list[str]
) -> None:
    assert [words for (words,) in ask(con, "search_claims", "content_text", **params)] == found


def test_a_copied_claim_is_one_with_two_reports(con: duckdb.DuckDBPyConnection) -> None:
    rows = ask(con, "search_claims", "outlet", "report_count", text="40")
    assert rows == [("Courier", 2)]


def test_a_claim_is_explained_by_either_id(con: duckdb.DuckDBPyConnection) -> None:
    ((key, record),) = con.execute(
        "SELECT claim_id, record_id FROM claims WHERE content_text = '19 people died'"
    ).fetchall()
    assert ask(con, "explain_claim", "claim_id", claim=str(key)) == [(key,)]
    assert ask(con, "explain_claim", "record_id", claim=record) == [(record,)]
    parts = ask(con, "claim_parts", "role", "span_text", claim_id=key)
    assert ("content", "19 people died") in parts


def test_links_of_a_claim(con: duckdb.DuckDBPyConnection) -> None:
    ((key,),) = con.execute(
        "SELECT claim_id FROM claims WHERE claimant = 'Berg' AND outlet = 'Echo'"
    ).fetchall()
    assert ask(con, "claim_links", "relation", "claimant_name", claim_id=key) == [
        ("rival_of", "Holt")
    ]


def test_an_unknown_query_or_parameter_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownNameError, match=r"no query called nope.*trend"):
        run_query(con, "nope")
    with pytest.raises(UnknownNameError, match=r"takes no colour"):
        run_query(con, "trend", colour="red")


def test_a_wrong_value_is_said_so(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="trend failed"):
        run_query(con, "trend", since="the day before")
