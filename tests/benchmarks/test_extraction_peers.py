from __future__ import annotations

import json
import socket
from itertools import islice
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks import extraction_peers
from benchmarks.adapters.extraction import read_pages
from benchmarks.extraction_peers import Run, figures, read_all
from benchmarks.peer_tables import table
from benchmarks.peers import EXTRACTORS, OURS, PLAIN, Extraction, Extractor
from benchmarks.tasks import Task, extraction_tasks
from benchmarks.worst_pages import worst_pages

TEXTS = {
    "us/A": ["The bridge over the Orla was closed on Monday.", "Nobody was hurt, police said."],
    "us/B": ["The council voted for a new school on Tuesday.", "It will cost two million crowns."],
}
SCORER = """
import json, sys
lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
right = sum(line["title"] == "Title of " + line["id"] for line in lines)
print(json.dumps({"pages": len(lines), "title": {"accuracy": right / len(lines)}}))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A set of two pages like fundus, and a toy scorer."""
    (tmp_path / "extraction.py").write_text(SCORER)
    corpus = tmp_path / "data" / "small"
    (corpus / "pages" / "us").mkdir(parents=True)
    rows = ["html,json,url"]
    for name, lines in TEXTS.items():
        record = {"authors": ["Ada Berg", "Tom Lind"], "body": {"summary": lines}}
        corpus.joinpath(f"pages/{name}.json").write_text(json.dumps(record))
        rows.append(f"pages/{name}.html.gz,pages/{name}.json,https://example.org/{name}")
    corpus.joinpath("index.csv").write_text("\n".join(rows))
    return tmp_path


def small_set(root: Path) -> Task:
    [task] = extraction_tasks(root / "data")
    assert isinstance(task, Task)
    return task


def right(url: str, body: bytes) -> Extraction:
    name = url.removeprefix("https://example.org/")
    authors = ("tom  lind", "ADA BERG")
    return Extraction(body.decode(), f"Title of {name}", "2026-01-02", authors)


def failing_on_b(url: str, body: bytes) -> Extraction:
    if url.endswith("B"):
        raise ValueError("no article")
    return right(url, body)


EXAMPLES: dict[str, Extractor] = {OURS: right, PLAIN: failing_on_b}


def pages() -> list[tuple[str, str, bytes]]:
    return [
        (name, f"https://example.org/{name}", "\n".join(lines).encode())
        for name, lines in TEXTS.items()
    ]


def test_a_page_that_raises_is_empty_and_counted(root: Path) -> None:
    scores = figures(small_set(root), read_all(pages(), EXAMPLES), root)
    assert scores[OURS]["raised"] == 0
    assert scores[OURS]["title"]["accuracy"] == 1
    assert scores[PLAIN]["errors"] == {"ValueError": 1}
    assert scores[PLAIN]["title"]["accuracy"] == 0.5


def test_authors_are_equal_in_any_order_and_case(root: Path) -> None:
    scores = figures(small_set(root), read_all(pages(), EXAMPLES), root)
    assert scores[OURS]["authors"] == {"gold": 2, "equal": 1}
    assert scores[PLAIN]["authors"] == {"gold": 2, "equal": 0.5}


def test_speed_is_the_ratio_to_plain_trafilatura(root: Path) -> None:
    runs = read_all(pages(), EXAMPLES)
    runs[OURS].cpu_s, runs[PLAIN].cpu_s = 4.0, 1.0
    scores = figures(small_set(root), runs, root)
    assert scores[OURS]["speed"] == 0.25
    assert scores[OURS]["pages_per_cpu_second"] == 0.5


def test_pages_are_read_from_first_to_last_and_back() -> None:
    order: list[str] = []

    def noted(name: str) -> Extractor:
        def extract(url: str, body: bytes) -> Extraction:
            order.append(name)
            return Extraction()

        return extract

    read_all(pages(), {"a": noted("a"), "b": noted("b")})
    assert "".join(order[-4:]) == "abba"


def test_the_worst_page_comes_first_with_its_lines(root: Path) -> None:
    found = {"us/A": "\n".join(TEXTS["us/A"]), "us/B": f"{TEXTS['us/B'][0]}\nRead more on page two"}
    predictions = {name: Extraction(text) for name, text in found.items()}
    worst, best = worst_pages(small_set(root).corpus, predictions, 5)
    assert (best.name, best.figure) == ("us/A", 1)
    assert worst.extra == ("Read more on page two",)
    assert worst.lost == ("It will cost two million crowns.",)
    assert "  - It will cost" in str(worst)


def test_wrong_segments_are_those_found_and_those_missing(tmp_path: Path) -> None:
    row = {"file": "a.html", "with": ["one two", "three"], "without": ["Subscribe", "Share"]}
    tmp_path.joinpath("evaldata.json").write_text(json.dumps({"https://a.example/": row}))
    [page] = worst_pages(tmp_path, {"a.html": Extraction("one\n two. Share")}, 1)
    assert (page.extra, page.lost, page.figure) == (("Share",), ("three",), 0.5)


def test_tables_have_the_figures_that_there_are() -> None:
    scores: dict[str, dict[str, object]] = {
        "a": {"text": {"p": 0.25, "f1": 0.5}, "raised": 0},
        "longer": {"raised": 2},
    }
    scores["longer"]["text"] = {"f1": 0.0, "predicted": 0}
    assert table(scores).splitlines() == [
        "            P     F1  raised",
        "a       0.250  0.500       0",
        "longer      -      -       2",
    ]
    assert table(scores, markdown=True).splitlines()[1:3] == [
        "| --- | ---: | ---: | ---: |",
        "| a | 0.250 | 0.500 | 0 |",
    ]


def test_missing_extractors_and_sets_are_named(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Extractor:
        raise ImportError("no module of that name")

    monkeypatch.setitem(EXTRACTORS, "goose3", missing)
    monkeypatch.setitem(EXTRACTORS, OURS, lambda: right)
    monkeypatch.setattr(extraction_peers, "read_pages", lambda corpus: pages())
    folders = ["--data", str(root / "data"), "--eval", str(root)]
    code = extraction_peers.main(
        [*folders, "--only", "small", "other", "--peers", "goose3", "--json"]
    )
    captured = capsys.readouterr()
    assert code == 0
    assert "other: skipped" in captured.err
    assert "goose3: skipped" in captured.err
    result = json.loads(captured.out)
    assert list(result["sets"]["small"]) == [OURS]
    assert result["worker_peak_bytes"] is None


def test_extractors_have_no_network(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def curious(url: str, body: bytes) -> Extraction:
        with socket.socket() as one:
            one.connect(("127.0.0.1", 9))
        return Extraction()

    monkeypatch.setitem(EXTRACTORS, OURS, lambda: curious)
    monkeypatch.setattr(extraction_peers, "read_pages", lambda corpus: pages())
    before = socket.socket.connect
    arguments = ["--data", str(root / "data"), "--eval", str(root), "--only", "small", "--peers"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extraction_peers, "figures", _errors)
        extraction_peers.main([*arguments, "--json"])
    assert socket.socket.connect is before


def _errors(task: Task, runs: dict[str, extraction_peers.Run], scorers: Path) -> dict[str, object]:
    assert runs[OURS].raised == {"OSError": 2}
    return {}


def test_ours_is_better_than_plain_trafilatura_on_a_corpus(shared_dir: Path) -> None:
    tasks = [task for task in extraction_tasks(shared_dir / "data") if isinstance(task, Task)]
    corpora = {task.corpus.name: task for task in tasks}
    if "newspaper4k_tests" not in corpora:
        pytest.skip(f"no newspaper4k_tests in {shared_dir / 'data'}")
    task = corpora["newspaper4k_tests"]
    extractors = {name: EXTRACTORS[name]() for name in (OURS, PLAIN)}
    some = islice(read_pages(task.corpus), 12)
    scores = figures(task, read_all(some, extractors), shared_dir / "eval")
    assert scores[OURS]["raised"] == scores[PLAIN]["raised"] == 0
    assert scores[OURS]["text"]["f1"] >= scores[PLAIN]["text"]["f1"]


def test_predictions_that_the_scorer_refuses_cost_their_extractor_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def judge_all(task: Task, lines: list[dict[str, object]], scorers: Path) -> dict[str, object]:
        if any(line["title"] == "odd" for line in lines):
            raise CalledProcessError(2, "scorer", stderr="error: title is no string")
        return {"pages": len(lines), "text": {"f1": 0.5}}

    monkeypatch.setattr(extraction_peers, "judge", judge_all)
    runs = {"good": Run(), "bad": Run()}
    for name, title in (("good", "fine"), ("bad", "odd")):
        runs[name].predictions["a"] = Extraction("text", title)
        runs[name].cpu_s = 1.0
    found = figures(Task("x", "m:f", tmp_path, ("scorer",)), runs, tmp_path)
    assert found["good"]["text"] == {"f1": 0.5}
    assert found["bad"]["pages"] == 1 and "text" not in found["bad"]
    assert "bad: error: title is no string" in capsys.readouterr().err
