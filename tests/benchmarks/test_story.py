"""A story in several articles, copies and revisions, parsed, loaded and asked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import story
from tests.extractors.claim_helpers import claim_parser

OWN = Path(__file__).parent.parent / "golden" / "series"
KINDS = (
    "figures", "range_by_day", "contested", "disputes", "corrections", "changed", "withdrawn",
    "confirmations", "copy_groups", "partial_figures",
)  # fmt: skip


@cache
def judged(folder: Path) -> dict[str, Any]:
    return story.judge_story(folder, claim_parser())


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_tell_the_story(kind: str) -> None:
    answers = judged(OWN)[kind]
    assert (answers["missing"], answers["extra"]) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_tell_the_shared_story(kind: str, shared_dir: Path) -> None:
    answers = judged(shared_dir / "gold" / "series")[kind]
    # Of bodies that police found the text says so in a sentence without a source.
    unsourced = [one for one in answers["missing"] if one.get("claimant") == "Bulgarian police"]
    assert answers["missing"] == (unsourced if kind == "partial_figures" else [])
    assert answers["extra"] == []


def test_a_wrong_answer_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in ("07.txt", "07.json", "08.txt", "08.json"):
        (tmp_path / number).write_text((OWN / number).read_text("utf-8"), "utf-8")
    expected = json.loads((OWN / "expected.json").read_text("utf-8"))
    (tmp_path / "expected.json").write_text(json.dumps(expected), "utf-8")
    monkeypatch.setattr(story, "ClaimParser", claim_parser)
    assert story.main([str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "corrections" in told
    assert '  missing {"articles": ["01", "02", "03"]}' in told
