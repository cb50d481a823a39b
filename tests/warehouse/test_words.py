"""Claims are found by whole words, and what is counted ahead equals what is held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from tests.empty import lay_empty
from tests.warehouse.build import NOW, claim, revision, run, stage
from tests.warehouse.conftest import Home
from warehouse.connection import open_reader, open_writer
from warehouse.load import load_run
from warehouse.publish import publish
from warehouse.queries import run_query
from warehouse.staging import StageRow
from warehouse.upkeep import maintain

FLOODS = "Ann Lee said the floods reached Café Zürich. The bank said losses grew."
WARDS = "Bob Ray said the ward was full."


def _story() -> list[StageRow]:
    said = [
        claim(FLOODS, "Ann Lee", "the floods reached Café Zürich"),
        claim(FLOODS, "The bank", "losses grew"),
    ]
    return revision(FLOODS, said, slug="rivers-rise-again")


def _ward(outlet: str = "Echo", run_id: str = "run-1", hour: int = 0) -> list[StageRow]:
    said = [claim(WARDS, "Bob Ray", "the ward was full")]
    at = NOW - timedelta(hours=9 - hour)
    return revision(
        WARDS, said, slug="hospital", outlet=outlet, run_id=run_id, published=at, fetched=at
    )


def _found(home: Home, words: str) -> list[str]:
    query = """SELECT content_text FROM claims
        WHERE claim_number IN (FROM claims_with_words($words)) ORDER BY content_text"""
    with open_reader(home.published) as con:
        return [text for (text,) in con.execute(query, {"words": words}).fetchall()]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the story and the ward, to be asked."""
    home = Home(tmp_path_factory.mktemp("told"))
    lay_empty(home.work)
    home.load("run-1", _story(), _ward())
    return home


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flood", ["the floods reached Café Zürich"]),
        ("FLOODS reached", ["the floods reached Café Zürich"]),
        ("cafe zurich", ["the floods reached Café Zürich"]),
        ("loss", ["losses grew"]),
        ("war", []),
        ("war*", ["the ward was full"]),
        ("ray", ["the ward was full"]),
        ("river", ["losses grew", "the floods reached Café Zürich"]),
        ("rivers grew", ["losses grew"]),
        ("the ward", ["the ward was full"]),
        ("flood ward", []),
        ("flood* f* reach*", ["the floods reached Café Zürich"]),
        ("r* rivers*", ["losses grew", "the floods reached Café Zürich"]),
        ("flood floods", ["the floods reached Café Zürich"]),
        ("flood nothing", []),
        ("nothing", []),
        ("the", []),
        ("!?", []),
    ],
)
def test_claims_are_found_by_whole_words(told: Home, words: str, found: list[str]) -> None:
    assert _found(told, words) == found


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("floods", "flood"), ("losses", "loss"), ("clashes", "clash"), ("boxes", "box"),
        ("casualties", "casualty"), ("houses", "house"), ("bus", "bus"), ("loss", "loss"),
        ("gas", "gas"), ("movies", "movie"), ("said", "said"),
    ],
)  # fmt: skip
def test_stems_take_off_the_ending_of_a_plural(told: Home, word: str, stem: str) -> None:
    with open_reader(told.published) as con:
        ((found, itself),) = con.execute(
            "SELECT stem_of($word), stem_of($stem)", {"word": word, "stem": stem}
        ).fetchall()
    assert found == itself, "both are found by either"


def _counts(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute(
        """SELECT claim_date, kind, coalesce(w.stem, key_id::VARCHAR), claim_count, story_count
        FROM core.day_counts LEFT JOIN core.words AS w ON kind = 'word' AND w.word_id = key_id
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()


def test_counts_kept_by_many_loads_are_those_of_one(home: Home) -> None:
    parts = [_story(), _ward(), _ward("Third", hour=1), _ward("Fourth", hour=2)]
    for number, rows in enumerate(parts):
        home.load(f"run-{number}", rows)
    other = Home(home.folder / "other")
    other.folder.mkdir()
    lay_empty(other.work)
    load_run(other.work, stage(other.folder / "all", *parts), run("run-1"))
    publish(other.work, other.published)
    with open_reader(home.published) as many, open_reader(other.published) as one:
        assert _counts(many) == _counts(one)


def test_a_statement_of_a_story_counts_once(home: Home) -> None:
    home.load("run-1", _ward())
    home.load("run-2", _ward("Third", "run-2", 1))
    with open_reader(home.published) as con:
        trend = run_query(con, "trend", text="ward").records()
        assert [(r["claim_count"], r["story_count"]) for r in trend] == [(1, 1)]
        assert con.execute("SELECT is_repeat FROM claims ORDER BY 1").fetchall() == [
            (False,), (True,),
        ]  # fmt: skip


@pytest.fixture(scope="module")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which a later run brought the ward once more."""
    home = Home(tmp_path_factory.mktemp("retold"))
    lay_empty(home.work)
    home.load("run-1", _story(), _ward())
    home.load("run-2", _ward("Third", "run-2", 1))
    return home


@pytest.mark.parametrize("per", ["all", "source", "claimant"])
@pytest.mark.parametrize("text", [None, "ward", "flood"])
def test_kept_counts_equal_counted_claims(retold: Home, text: str | None, per: str) -> None:
    with open_reader(retold.published) as con:
        kept = run_query(con, "trend", text=text, per=per).records()
        # A wildcard is not counted ahead; all words begin with nothing or with themselves.
        counted = run_query(con, "trend", text=f"{text}*" if text else None, per=per).records()
    assert kept == counted


@pytest.mark.parametrize("word", ["flood", "Floods", " ward ", "zurich", "Zürich", "the", "moon"])
def test_one_word_finds_the_same_with_the_plan_for_several(told: Home, word: str) -> None:
    query = "SELECT claim_number FROM {} ORDER BY 1"
    one, several = (f"claims_with_word{s}('{word}')" for s in ("", "s"))
    assert told.ask(query.format(one)) == told.ask(query.format(several))
    with open_reader(told.published) as con:
        rows = run_query(con, "search_claims", text=word).rows
    assert len(rows) == len(_found(told, word))


def test_compaction_changes_no_answer(home: Home) -> None:
    home.load("run-1", _story())
    home.load("run-2", _ward(run_id="run-2"))
    before = [_found(home, words) for words in ("flood", "ward", "bank")]
    with open_reader(home.published) as con:
        counts = _counts(con)
    maintain(home.work, NOW, 0)
    publish(home.work, home.published)
    assert [_found(home, words) for words in ("flood", "ward", "bank")] == before
    with open_reader(home.published) as con:
        assert _counts(con) == counts
        rows = con.execute("SELECT word_id FROM core.word_claims").fetchall()
    assert rows == sorted(rows)


def test_a_claim_is_found_once_by_all_words_that_begin_so(told: Home) -> None:
    assert told.ask("SELECT count(*) FROM claims_with_words('r*')") == [(3,)]


def test_facts_are_those_of_the_claims(home: Home) -> None:
    home.load("run-1", _story(), _ward(), _ward("Third", hour=1))
    again = WARDS.replace("full", "empty")
    later = NOW - timedelta(hours=1)
    said = [claim(again, "Bob Ray", "the ward was empty")]
    changed = revision(
        again, said, slug="hospital", outlet="Echo", run_id="run-2", fetched=later, published=later
    )
    home.load("run-2", changed)
    claims = """SELECT
        claim_number, claim_date, claimant_id, outlet_id, copy_group_id, side_code,
        is_current AND kind <> 'status_statement', is_repeat, copy_group_id <> article_id,
        row_number() OVER (PARTITION BY parse_id, statement_id ORDER BY claim_id DESC) > 1
        FROM core.claims ORDER BY claim_number"""
    facts = home.ask("FROM core.claim_facts ORDER BY claim_number")
    assert facts == home.ask(claims)
    assert {fact[-4:-2] for fact in facts} == {(True, False), (False, False)}


def test_months_answer_as_their_days_do(home: Home) -> None:
    home.load("run-1", _story(), _ward(), _ward("Third", hour=1))
    assert home.ask("FROM core.closed_months") == []
    by_days = _quoted(home)
    maintain(home.work, NOW, 0)
    publish(home.work, home.published)
    assert home.ask("FROM core.closed_months") == [(NOW.date().replace(day=1),)]
    assert _quoted(home) == by_days
    home.load("run-2", _ward("Fourth", "run-2", hour=2))
    assert home.ask("FROM core.closed_months") == []
    assert _quoted(home) != by_days


def _quoted(home: Home) -> list[list[tuple[Any, ...]]]:
    """Who is quoted most: ever, in a whole month, in a part of one."""
    first = NOW.date().replace(day=1)
    spans: tuple[dict[str, date], ...] = (
        {},
        {"since": first, "until": first + timedelta(days=60)},
        {"since": NOW.date()},
    )
    with open_reader(home.published) as con:
        return [list(run_query(con, "top_claimants", **span).rows) for span in spans]


def test_a_warehouse_without_words_gets_them_with_its_next_run(home: Home) -> None:
    home.load("run-1", _story())
    with open_writer(home.work) as con:  # as the sixth migration leaves it
        con.execute("UPDATE core.claims SET is_repeat = NULL")
        for table in ("words", "word_claims", "day_counts"):
            con.execute(f"DELETE FROM core.{table}")
    home.load("run-2")
    assert _found(home, "flood") == ["the floods reached Café Zürich"]
    with open_reader(home.published) as con:
        (row,) = run_query(con, "trend", text="flood").records()
    assert row["claim_count"] == 1
