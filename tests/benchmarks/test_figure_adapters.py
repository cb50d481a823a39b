"""The adapters of figures and dates give what their scorers read, on tiny corpora of our own."""

import json
from pathlib import Path

from benchmarks.adapters import bulletins, casualties, dates, quantities


def write_lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_quantities(tmp_path: Path) -> None:
    corpus = write_lines(
        tmp_path / "sentences.jsonl",
        {"id": 1, "text": "Shares rose 4% to $7.36 billion, and about 50 workers left."},
        {"id": 2, "text": "Dozens of fans aged 12 to 15 saw one of the best games."},
    )
    first, second = quantities.predict(corpus)
    assert [(one["value"], one["bound"], one["unit"]) for one in first["quantities"]] == [  # type: ignore[attr-defined]
        (4.0, "up", "percent"), (7.36e9, "=", "$"), (50.0, "~", "workers"),
    ]  # fmt: skip
    assert [one["value"] for one in second["quantities"]] == [[12.0, 120.0], [12.0, 15.0], 1.0]  # type: ignore[attr-defined]


def test_dates(tmp_path: Path) -> None:
    text = "It closed on Friday, a year after March 1997."
    corpus = write_lines(
        tmp_path / "documents.jsonl", {"doc": "d", "dct": "1998-02-27", "text": text}
    )
    (row,) = dates.predict(corpus)
    assert row == {
        "doc": "d",
        "dates": [
            {"span": [13, 19], "value": "1998-02-27"},
            {"span": [34, 44], "value": "1997-03"},
        ],
    }


def test_casualties(tmp_path: Path) -> None:
    text = (
        "3 May 2016 Regime air strikes kill 12 in Aleppo. Regime air strikes killed 12 people,"
        " including four children, on Monday in Aleppo."
    )
    (tmp_path / "fakes.csv").write_text(f'article,article_content\n7,"{text}"\n', "utf-8")
    (row,) = casualties.predict(tmp_path)
    assert row == {
        "article": "7", "civilians": 12.0, "non_civilians": None, "children": 4.0, "women": None,
        "place": "Aleppo", "date": "2016-05-03", "actor": "Syrian government",
    }  # fmt: skip


def test_bulletins(tmp_path: Path) -> None:
    corpus = write_lines(
        tmp_path / "bulletins.jsonl",
        {"doc": "a", "text_en": "Toll since the start: 2,710 Martyrs and 12,592 Wounded"},
    )
    assert list(bulletins.predict(corpus)) == [
        {"doc": "a", "killed_cum": 2710.0, "injured_cum": 12592.0}
    ]
