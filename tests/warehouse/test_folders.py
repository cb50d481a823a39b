from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.errors import SettingsError
from warehouse.folders import filled


def ours(folder: Path) -> bool:
    return folder.joinpath("ours").exists()


def fill(target: Path, text: str, *, replace: bool = False) -> None:
    with filled(target, ours, replace=replace) as folder:
        folder.joinpath("ours").write_text(text)


@pytest.fixture
def dead() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_new_and_an_empty_folder_are_filled(tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    for name in ("empty", "a/new"):
        fill(tmp_path / name, name)
        assert (tmp_path / name / "ours").read_text() == name


def test_nothing_is_there_before_the_end(tmp_path: Path) -> None:
    with filled(tmp_path / "out", ours) as folder:
        folder.joinpath("ours").write_text("x")
        assert not tmp_path.joinpath("out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_link_to_a_folder_leads_to_it(tmp_path: Path) -> None:
    tmp_path.joinpath("far").mkdir()
    tmp_path.joinpath("link").symlink_to(tmp_path / "far")
    fill(tmp_path / "link", "x")
    assert tmp_path.joinpath("far", "ours").read_text() == "x"
    assert tmp_path.joinpath("link").is_symlink()


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("mine")
    tmp_path.joinpath("full").mkdir()
    tmp_path.joinpath("full", "mine").write_text("mine")
    for name, sentence in (("file", "is a file"), ("full", "no export")):
        with pytest.raises(SettingsError, match=sentence):
            fill(tmp_path / name, "x", replace=True)
    assert tmp_path.joinpath("full", "mine").read_text() == "mine"


def test_ours_is_replaced_only_when_that_is_allowed(tmp_path: Path) -> None:
    fill(tmp_path / "out", "old")
    with pytest.raises(SettingsError, match="earlier export"):
        fill(tmp_path / "out", "new")
    fill(tmp_path / "out", "new", replace=True)
    assert tmp_path.joinpath("out", "ours").read_text() == "new"


def test_what_a_killed_process_left_is_removed(tmp_path: Path, dead: int) -> None:
    for name in (f".out.{dead}.tmp", f".out.{os.getppid()}.tmp", ".out.letters.tmp"):
        tmp_path.joinpath(name).mkdir()
    fill(tmp_path / "out", "x")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"out", f".out.{os.getppid()}.tmp", ".out.letters.tmp"}


def test_a_kill_between_two_renames_is_mended(tmp_path: Path, dead: int) -> None:
    fill(tmp_path / "out", "old")
    tmp_path.joinpath("out").rename(tmp_path / f".out.{dead}.old")
    with (
        pytest.raises(RuntimeError),
        filled(tmp_path / "out", ours, replace=True),
    ):
        raise RuntimeError
    assert tmp_path.joinpath("out", "ours").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
