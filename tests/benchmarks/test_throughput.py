from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import throughput
from flows.demo.content import load_versions
from flows.demo.pages import render_article


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Two pages of the sample site, one of them compressed and further down."""
    first, second = load_versions()[:2]
    (tmp_path / "first.html").write_bytes(render_article(first, "https://one.example", []))
    (tmp_path / "below").mkdir()
    packed = gzip.compress(render_article(second, "https://two.example", []))
    (tmp_path / "below" / "second.html.gz").write_bytes(packed)
    (tmp_path / "index.csv").touch()
    return tmp_path


def test_pages_become_published_articles(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert throughput.main(["--pages", str(pages), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["pages"] == figures["articles"] == 2
    assert figures["claims"] > 2
    assert figures["articles_per_second"] > 0
    assert figures["peak_memory_bytes"] > 50_000_000
    assert list(figures["stages"]) == ["poll", "fetch", "extract", "parse", "load", "publish"]
    assert sum(figures["stages"].values()) == pytest.approx(1, abs=0.01)


def test_a_folder_without_pages_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        throughput.main(["--pages", str(tmp_path)])
    assert stopped.value.code == 2
