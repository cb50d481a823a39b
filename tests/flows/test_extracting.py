import gzip
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import PageError, SettingsError
from flows.commands.extracting import PARTLY, extract
from flows.context import Context

URL = "https://post.example.com/a/ferry"
TEXT = "Two ferries collided in the harbour on Wednesday morning, the port authority said. "
HTML = (
    "<html><head><title>Ferries collide</title></head>"
    f"<body><article><p>{TEXT * 4}</p></article></body></html>"
)


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Context:
    monkeypatch.setenv("CLAIMWIRE_NOW", "2024-05-02T12:00:00Z")
    monkeypatch.chdir(tmp_path)
    return Context()


def feed_stdin(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))


def test_a_file(context: Context, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    assert extract("a.html", url=URL, fetched_at="2024-05-01", context=context) is None
    record = json.loads(capsys.readouterr().out)
    assert (record["title"], record["page_class"]) == ("Ferries collide", "article")
    assert record["text"].startswith(TEXT.strip())
    whole = [record["mojibake_ratio"], record["free_share"], record["note"]]
    assert (whole, record["sources"]["encoding"]) == ([0.0, None, None], "utf-8")
    assert record["published_at"] is None or record["published_at"] <= "2024-05-02"


def test_standard_input_may_be_gzipped(
    context: Context, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_stdin(monkeypatch, gzip.compress(HTML.encode()))
    extract(url=URL, context=context)
    assert json.loads(capsys.readouterr().out)["canonical_url"] == URL


def test_json_lines_carry_their_doc_and_go_on_after_a_bad_page(
    context: Context,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "a.html").write_text(HTML)
    (tmp_path / "empty.html").write_text("")
    lines = [
        {"doc": name, "path": f"{name}.html", "url": URL, "fetched_at": "2024-05-01T10:00:00Z"}
        for name in ("a", "empty", "absent")
    ]
    feed_stdin(monkeypatch, "\n".join(map(json.dumps, lines)).encode())
    assert extract(jsonl=True, context=context) == PARTLY
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["doc"] for record in records] == ["a", "empty", "absent"]
    assert records[0]["title"] == "Ferries collide"
    assert "empty" in records[1]["error"]
    assert "cannot be read" in records[2]["error"]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"file": "absent.html", "url": URL}, "absent.html cannot be read"),
        ({"file": "a.html"}, "address is missing"),
        ({"file": "a.html", "url": "nonsense"}, "not an absolute URL"),
        ({"file": "a.html", "url": URL, "fetched_at": "soon"}, "is no time"),
        ({"file": "a.html", "jsonl": True}, "Line 1 of the input"),
    ],
)
def test_wrong_use(options: dict[str, str], problem: str, context: Context, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    with pytest.raises(SettingsError, match=problem):
        extract(**options, context=context)  # type: ignore[arg-type]


def test_an_empty_page(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    feed_stdin(monkeypatch, b"")
    with pytest.raises(PageError, match="empty"):
        extract(url=URL, fetched_at=datetime.now(UTC).isoformat(), context=context)


def test_a_page_that_unpacks_without_end(context: Context, tmp_path: Path) -> None:
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(bytes(60_000_000)))
    with pytest.raises(SettingsError, match="larger than"):
        extract("bomb.html.gz", url=URL, context=context)
