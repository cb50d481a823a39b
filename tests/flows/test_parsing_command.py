"""`claimwire parse`: files, standard input, JSON lines, and what cannot be parsed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from extractors.errors import SettingsError, TextError
from flows.commands.parsing import parse

TEXT = "The mayor said on Monday that nine people had died."


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_gives_a_record_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flood.txt"
    path.write_text(TEXT, "utf-8")
    assert parse(str(path), published="2024-05-15") is None
    (record,) = records(capsys)
    assert record["doc"] == "flood"
    times = record["times"]
    assert isinstance(times, list)
    assert times[0]["from"] == "2024-05-13"


def test_offsets_are_those_of_the_stored_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "article.txt"
    stored = "\ufeffFlood\r\n\r\n" + TEXT + "\r\n"
    path.write_bytes(stored.encode("utf-8"))
    parse(str(path))
    (record,) = records(capsys)
    assert record["doc"] == tmp_path.name
    content = record["content"]
    assert isinstance(content, list)
    assert stored[content[0]["start"] : content[0]["end"]] == content[0]["text"]


def test_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "texts.jsonl"
    lines = [
        {"doc": "a", "text": TEXT, "published_at": "2024-05-15T10:00:00Z", "outlet": "Post"},
        {"doc": "b", "text": ""},
        {"doc": "c", "text": "x " * 600_000},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    assert parse(str(path), jsonl=True) == 3
    found = records(capsys)
    assert [record["doc"] for record in found] == ["c", "a"]
    assert "error" in found[0]


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    parse()
    assert [record["doc"] for record in records(capsys)] == ["-"]


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [(b"\xff\xfe\x00", TextError, "not UTF-8"), (b" \n", TextError, "empty")],
)
def test_what_is_no_text(tmp_path: Path, body: bytes, error: type[Exception], words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(body)
    with pytest.raises(error, match=words):
        parse(str(path))


def test_missing_files_folders_and_wrong_dates(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        parse(str(tmp_path / "none.txt"))
    with pytest.raises(SettingsError, match="cannot be read"):
        parse(str(tmp_path))
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(SettingsError, match="no time"):
        parse(str(path), published="tomorrow")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no JSON object"),
        ('"text"', "it is no JSON object"),
        ('{"text": 3}', "its text is no string"),
        ('{"doc": "a"}', "it has no 'text'"),
    ],
)
def test_a_line_that_is_no_document(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(SettingsError, match=f"Line 1 of the input is no document: {words}\\."):
        parse(str(path), jsonl=True)


def test_explain_tells_rules_doubts_and_what_else_may_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "flood.txt"
    path.write_text(
        f"{TEXT} The council knew.\n\nResidents plan to sue the council over the delay.", "utf-8"
    )
    assert parse(str(path), explain=True) is None
    shown = capsys.readouterr().out
    assert "The mayor said on Monday ⟦that nine people had died⟧." in shown
    assert "a clause after the verb by “said”, score 0." in shown
    assert "2nd reading agrees (" in shown
    assert "perhaps no claims" in shown
    assert "“plan” (0." in shown


def test_explain_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "flood.txt"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(SettingsError, match="--jsonl for programs"):
        parse(str(path), explain=True, jsonl=True)
