"""The attribution adapter and the training of its scorer, on a corpus written here."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import train_attribution
from benchmarks.adapters.attribution import predict

TEXT = (
    "MARIA KENT: I did not vote and I never will.\n\n"
    "The mayor said that it would rain on Sunday. Rain fell, the mayor said.\n\n"
    "She found a coin. He found a key.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "polnear" / "train"
    folder.mkdir(parents=True)
    cues = [index for index in range(len(TEXT)) if TEXT.startswith("said", index)]
    lines = [f"T{number}\tCue {start} {start + 4}\tsaid" for number, start in enumerate(cues)]
    for number in range(10):
        (folder / f"{number}.txt").write_bytes(TEXT.encode())
        (folder / f"{number}.ann").write_text("\n".join(lines), "utf-8")
    return tmp_path


def test_adapter(corpus: Path) -> None:
    lines: list[Any] = list(predict(corpus / "polnear" / "train"))
    assert [line["doc"] for line in lines] == [str(number) for number in range(10)]
    _, first, second, *_ = lines[0]["attributions"]
    assert TEXT[slice(*first["cue"])] == "said"
    assert [TEXT[start:end] for start, end in second["content"]] == ["Rain fell"]


def test_a_colon_is_a_cue(corpus: Path) -> None:
    line: Any = next(predict(corpus / "polnear" / "train"))
    cues = [found["cue"] for found in line["attributions"] if found["cue"]]
    assert ":" in {TEXT[start:end] for start, end in cues}


def test_gold_cues_may_be_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text("T1\tSource 0 3\tshe\nT2\tCue 4 8;12 15\tsaid of\n", "utf-8")
    assert train_attribution.gold_cues(path) == [(4, 8), (12, 15)]


def test_training_writes_coefficients_only(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = corpus / "scorer.json"
    assert train_attribution.main(["--data", str(corpus), "--out", str(out)]) == 0
    model = json.loads(out.read_text("utf-8"))
    assert set(model) == {"version", "threshold", "weights"}
    assert model["weights"]["lemma=say"] > 0 > model["weights"]["lemma=find"]
    assert "weights" in capsys.readouterr().out
