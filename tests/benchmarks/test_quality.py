from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import quality
from benchmarks.tasks import Task, find_tasks

SCORER = """
import json, sys
lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
print(json.dumps({"day": {"value": {"f1": 0.5}}, "arguments": sys.argv[3:], "lines": lines}))
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Two date corpora in one file, a PolNeAR of three splits, a set of pages; toy scorers."""
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "dates.py").write_text(SCORER)
    dates = tmp_path / "data" / "tempeval3" / "documents.jsonl"
    dates.parent.mkdir(parents=True)
    dates.write_text('{"doc": "1", "corpus": "B"}\n{"doc": "2", "corpus": "A"}\n')
    for split in ("train", "dev", "guidelines"):
        folder = tmp_path / "data" / "polnear" / split
        folder.mkdir(parents=True)
        if split != "guidelines":
            (folder / "x.ann").touch()
    pages = tmp_path / "data" / "some_pages"
    (pages / "pages").mkdir(parents=True)
    (pages / "index.csv").write_text("html,json,url\n")
    history = tmp_path / "data" / "feed_history"
    history.mkdir()
    (history / "index.csv").write_text("feed,file_in_tar\n")
    (tmp_path / "gold").mkdir()
    return tmp_path


@pytest.fixture
def dates_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    def predict(corpus: Path) -> Iterator[dict[str, object]]:
        yield {"doc": "1", "dates": [], "corpus": corpus.name}

    module = ModuleType("benchmarks.adapters.dates")
    module.predict = predict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "benchmarks.adapters.dates", module)


def found(root: Path) -> list[Task | str]:
    return list(find_tasks(root / "data", root / "gold", root / "eval"))


def test_tasks_follow_the_corpora(corpora: Path) -> None:
    tasks = [task for task in found(corpora) if isinstance(task, Task)]
    assert [task.name for task in tasks] == [
        "attribution/dev", "attribution/train", "dates/A", "dates/B", "extraction/some_pages",
    ]  # fmt: skip
    missing = [name for name in found(corpora) if isinstance(name, str)]
    assert missing == [
        "quantities", "casualties", "clusters/near-dup", "clusters/story", "bulletins", "gold",
    ]  # fmt: skip
    assert "--cues" in tasks[0].scorer


def test_train_is_run_only_when_asked_for(corpora: Path) -> None:
    tasks = {task.name: task for task in found(corpora) if isinstance(task, Task)}
    assert tasks["attribution/dev"].is_wanted([])
    assert not tasks["attribution/train"].is_wanted([])
    assert not tasks["attribution/train"].is_wanted(["attribution"])
    assert tasks["attribution/train"].is_wanted(["attribution/train"])
    assert tasks["dates/A"].is_wanted(["dates"])
    assert tasks["dates/A"].is_wanted(["*/A"])
    assert not tasks["dates/A"].is_wanted(["quantities"])


def run(root: Path, *more: str) -> int:
    folders = ["--data", root / "data", "--gold", root / "gold", "--eval", root / "eval"]
    return quality.main([*map(str, folders), *more])


@pytest.mark.usefixtures("dates_adapter")
def test_scores_are_the_scorers_own(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(corpora, "--only", "dates", "--json") == 0
    captured = capsys.readouterr()
    scores = json.loads(captured.out)
    assert list(scores) == ["dates/A", "dates/B"]
    assert scores["dates/A"]["arguments"] == ["--corpus", "A"]
    assert scores["dates/A"]["lines"] == [{"doc": "1", "dates": [], "corpus": "documents.jsonl"}]
    assert "quantities: skipped" in captured.err


@pytest.mark.usefixtures("dates_adapter")
def test_the_table_has_the_main_figures(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(corpora, "--only", "dates/B") == 0
    assert "dates/B" in capsys.readouterr().out.splitlines()[1]


@pytest.mark.usefixtures("dates_adapter")
def test_a_scorer_that_refuses_fails_the_run(
    corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refusing = "import sys; sys.exit('error: line 1: bad')"
    (corpora / "eval" / "dates.py").write_text(refusing)
    assert run(corpora, "--only", "dates/A", "--json") == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {}
    assert "dates/A: error: line 1: bad" in captured.err
