"""The command `export`, on the story of `tests.warehouse.story`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from tests.warehouse import story
from warehouse import export as module


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.build(tmp_path_factory.mktemp("home")).parent


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_it_says_what_was_written(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    target = str(tmp_path / "out")
    words = ("export", "csv", target, "--table", "claims", "--json", "--home", str(home))
    code, out, err = said(capsys, *words)
    assert (code, err) == (0, f"Exported to {target}.\n")
    (told,) = json.loads(out)
    size = tmp_path.joinpath("out", "claims.csv").stat().st_size
    assert told == {"table": "claims", "row_count": 6, "file_count": 1, "bytes": size}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("xml", "{new}"), 2, 'Invalid value "xml"'),
        (("csv",), 2, "requires an argument"),
        (("csv", "{full}"), 2, "holds files that are no export"),
        (("csv", "{full}/file"), 2, "is a file"),
        (("csv", "{full}/file/below"), 2, "cannot be made"),
        (("csv", "{new}", "--table", "x"), 2, "There is no table x"),
        (("csv", "{new}", "--since", "yesterday"), 2, "Invalid value"),
    ],
)
def test_it_refuses(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    full.joinpath("file").write_text("mine")
    named = [word.format(new=tmp_path / "new", full=full) for word in words]
    got, out, err = said(capsys, "export", *named, "--home", str(home))
    assert (got, out) == (code, "")
    assert sentence in err
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_ctrl_c_leaves_nothing(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")  # as DuckDB puts it

    monkeypatch.setattr(module, "_append", interrupted)
    words = ("export", "parquet", str(tmp_path / "out"), "--home", str(home))
    code, out, err = said(capsys, *words)
    assert (code, out) == (130, "")
    assert err.startswith("Stopped.")
    assert list(tmp_path.iterdir()) == []


def test_without_a_warehouse_no_folder_is_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "a" / "out"
    code, out, err = said(capsys, "export", "csv", str(target), "--home", str(tmp_path))
    assert (code, out) == (1, "")
    assert err.startswith("There is no warehouse at")
    assert list(tmp_path.iterdir()) == []
