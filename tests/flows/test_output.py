from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from flows.cells import one_line, plain
from flows.drawing import draw
from flows.output import show, to_json
from warehouse.table import Table

TABLE = Table(
    ("name", "amount", "day", "seen_at"),
    (
        ("Ann\tLee\nsaid", 12.0, date(2024, 3, 4), datetime(2024, 3, 4, 9, 30)),
        (None, Decimal("0.5"), None, None),
    ),
)


def written(table: Table, output: Any) -> str:
    stream = io.StringIO()
    show(table, output, stream)
    return stream.getvalue()


def test_json_is_one_array() -> None:
    assert json.loads(written(TABLE, "json")) == [
        {
            "name": "Ann\tLee\nsaid",
            "amount": 12.0,
            "day": "2024-03-04",
            "seen_at": "2024-03-04T09:30:00Z",
        },
        {"name": None, "amount": 0.5, "day": None, "seen_at": None},
    ]
    assert written(Table(("a",), ()), "json") == "[]\n"


def test_json_ids_are_text_for_readers_with_doubles_only() -> None:
    record = {"claim_id": 2**62 + 1, "claim_count": 3, "parts": [{"article_id": 7}]}
    assert to_json(record) == (
        '{"claim_id": "4611686018427387905", "claim_count": 3, "parts": [{"article_id": "7"}]}'
    )


def test_csv_quotes_what_needs_it() -> None:
    assert written(TABLE, "csv") == (
        'name,amount,day,seen_at\n"Ann\tLee\nsaid",12,2024-03-04,2024-03-04 09:30:00\n,0.5,,\n'
    )


def test_a_pipe_gets_one_line_a_row() -> None:
    assert written(TABLE, "auto") == (
        "name\tamount\tday\tseen_at\nAnn Lee said\t12\t2024-03-04\t2024-03-04 09:30:00\n\t0.5\t\t\n"
    )


def test_a_drawing_keeps_escape_sequences_out() -> None:
    stream = io.StringIO()
    draw(Table(("title",), (("\x1b[31mred\x07 [bold]not markup[/bold]",),)), stream)
    assert "\x1b" not in stream.getvalue()
    assert "[bold]not markup[/bold]" in stream.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (3, "3"),
        (1234567.0, "1234567"),
        (0.25, "0.25"),
        (float("inf"), "inf"),
        (Decimal("7.50"), "7.5"),
        (["a", None, 2], "a, , 2"),
        (datetime(2024, 1, 2, tzinfo=UTC), "2024-01-02 00:00:00+00:00"),
        ("x", "x"),
    ],
)
def test_plain(value: object, text: str) -> None:
    assert plain(value) == text


def test_one_line_has_no_breaks_and_no_controls() -> None:
    assert one_line(" a\r\n b\x00\x1b[2Jc\udc80 ") == "a b[2Jc"
