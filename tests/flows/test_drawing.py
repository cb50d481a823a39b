from __future__ import annotations

import io
from datetime import date

import pytest

from flows.drawing import compact, draw, fold
from flows.listing import in_brief
from warehouse.table import Table

LONG = "the count of those who were killed at the harbour would not be known for some days"
TABLE = Table(
    ("claim_id", "day", "claimant", "claim", "claims"),
    ((4229904094542714451, date(2024, 3, 4), "Mineworkers' Federation", LONG, 12),),
)


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("COLUMNS", "80")
    return monkeypatch


def drawn(table: Table) -> list[str]:
    screen = io.StringIO()
    draw(table, screen)
    return screen.getvalue().splitlines()


def test_texts_are_folded_at_words_and_nothing_else_is(columns: pytest.MonkeyPatch) -> None:
    header, first, *rest = drawn(TABLE)
    assert header.split() == ["claim_id", "day", "claimant", "claim", "claims"]
    assert first.startswith("4229904094542714451  2024-03-04  Mineworkers'")
    assert {word for line in rest for word in line.split()} <= set(LONG.split()) | {"Federation"}
    assert max(map(len, drawn(TABLE))) <= 80


def test_a_wide_terminal_folds_nothing(columns: pytest.MonkeyPatch) -> None:
    columns.setenv("COLUMNS", "200")
    assert len(drawn(TABLE)) == 2


def test_rows_are_lists_of_values_where_columns_do_not_fit(columns: pytest.MonkeyPatch) -> None:
    columns.setenv("COLUMNS", "50")
    lines = drawn(TABLE)
    assert lines[0].split() == ["claim_id", "4229904094542714451"]
    assert lines[1].split() == ["day", "2024-03-04"]
    assert max(map(len, lines)) <= 50


def test_no_columns_and_no_rows(columns: pytest.MonkeyPatch) -> None:
    assert "".join(drawn(Table((), ()))).strip() == ""
    assert drawn(Table(("a", "b"), ()))[0].split() == ["a", "b"]


def test_columns_that_hold_nothing_are_left_out() -> None:
    table = compact(Table(("a", "b", "c"), ((1, None, ""), (0, None, "x"))))
    assert table == Table(("a", "c"), ((1, ""), (0, "x")))


def test_long_lines_hang_below_their_title(columns: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    fold([f"Article    {LONG}", "", "short"], screen)
    assert screen.getvalue() == (
        "Article    the count of those who were killed at the harbour would not be known\n"
        "           for some days\n\nshort\n"
    )


def test_a_claim_in_brief_tells_what_is_remarkable() -> None:
    columns = (
        "claim_id", "claim_date", "claimant", "side_code", "content_text", "verification_status",
        "report_count",
    )  # fmt: skip
    day = date(2024, 3, 4)
    rows = (
        (1, day, "Berg", "VE", "12 people died", "no_figure_given", 3),
        (2, day, None, None, "it rained", "not_stated", 1),
    )
    assert in_brief(Table(columns, rows)).rows == (
        (1, day, "Berg (VE)", "12 people died [no figure given; 3 reports]"),
        (2, day, None, "it rained"),
    )
