from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import replay
from tests.benchmarks.test_history import pack


def feed(*items: tuple[str, str]) -> bytes:
    entries = "".join(
        f"<item><guid>{name}</guid><link>https://news.example/{name}</link><title>{title}</title></item>"
        for name, title in items
    )
    return f'<rss version="2.0"><channel><title>x</title>{entries}</channel></rss>'.encode()


def test_a_history_is_replayed_twice_and_nothing_doubles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(
        tmp_path,
        "early",
        {
            "20250301T010000Z_aa": feed(("1", "one"), ("2", "two")),
            "20250301T020000Z_bb": feed(("2", "two, revised"), ("3", "three")),
            "20250301T030000Z_cc": b"<rss><chan",
            "20250301T040000Z_dd": feed(("2", "two"), ("4", "four")),
        },
    )
    pack(tmp_path, "late", {"20250301T030000Z_ee": feed(("1", "one"))})
    assert replay.main(["--data", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "early": {"ids": 4, "changed_ids": 1, "rows_after_second_replay": 4},
        "late": {"ids": 1, "changed_ids": 0, "rows_after_second_replay": 1},
    }
