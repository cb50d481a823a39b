"""Fitting the confidence of claims."""

from __future__ import annotations

import json
import random
import shutil
import tomllib
from pathlib import Path

import pytest

from benchmarks import calibrate
from extractors.confidence import log_odds
from tests.golden import FOLDER


def test_the_fit_finds_the_curve_that_made_the_examples() -> None:
    chance = random.Random(7)
    rows, right = [], []
    for _ in range(4000):
        score, by_pronoun = chance.uniform(0.05, 0.95), float(chance.random() < 0.5)
        odds = 1.0 + 0.5 * log_odds(score) - by_pronoun
        rows.append([1.0, log_odds(score), by_pronoun])
        right.append(chance.random() < 1 / (1 + 2.718281828 ** (-odds)))
    assert calibrate.fit(rows, right) == pytest.approx([1.0, 0.5, -1.0], abs=0.2)


def test_weights_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted((FOLDER / "holdout").glob("ferry-live*")):
        shutil.copy(path, tmp_path)
    out = tmp_path / "confidence.toml"
    monkeypatch.setattr("sys.argv", ["calibrate", "--gold", str(tmp_path), "--out", str(out)])
    calibrate.main()
    written = tomllib.loads(out.read_text("utf-8"))
    assert set(written["methods"]) == set(calibrate.METHODS)
    assert written["intercept"] > 0


def test_annotations_are_read(tmp_path: Path) -> None:
    row = {"claimant": {"name": "Ana Reyes"}, "content": [{"start": 2, "end": 5}]}
    path = tmp_path / "a.claims.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    assert calibrate.gold_rows(path) == [("ana reyes", frozenset({2, 3, 4}))]
