"""A warehouse of made articles, at a size that shows that every question is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import warehouse
from flows.demo.content import load_versions
from flows.demo.pages import render_article
from warehouse.queries import list_queries


def test_made_articles_are_loaded_and_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, version in enumerate(load_versions()[:3]):
        page = render_article(version, "https://one.example", [])
        (pages / f"{number}.html").write_bytes(page)
    for name, small in {"BATCH": 40, "RUN": 10, "RUNS": 1, "WARM_UP": 0}.items():
        monkeypatch.setattr(warehouse, name, small)
    asked = ["--pages", str(pages), "--articles", "40", "--work", str(tmp_path / "work")]
    assert warehouse.main([*asked, "--rounds", "1", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["articles"] == 40
    assert figures["claims"] > 100
    assert figures["run_cost_ratio"] > 0
    assert {query.name for query in list_queries()} <= set(figures["queries"])
    assert max(figures["queries"].values()) < float("inf")
