import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import __version__, cli
from flows.settings import KEYS
from flows.settings_file import example
from tests.conftest import ROOT
from tests.flows.newsroom import FLAGS, Item, Newsroom, make_home, newsroom


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for key, value in FLAGS.items():
        monkeypatch.setenv(f"CLAIMWIRE_{key.upper()}", value)
    monkeypatch.setenv("CLAIMWIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAIMWIRE_NOW", "2026-01-01T12:00:00Z")
    return tmp_path / "home"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_version_and_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == (0, __version__ + "\n", "")
    code, out, _ = said(capsys, "--help")
    assert code == 0
    for words in cli.COMMANDS:
        assert f" {words.split()[0]} " in out
    assert "Poll the feeds that are due" in out


def test_all_global_options_are_known_as_such() -> None:
    options = inspect.signature(cli._launcher(cli.build_app())).parameters
    named = {f"--{name.strip('_')}" for name in options if name != "tokens"}
    assert named == {*cli.VALUED, *cli.FLAGS}


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for words in cli.COMMANDS:
        code, out, _ = said(capsys, *words.split(), "--help")
        assert code == 0
        assert f"claimwire {words}" in out
        assert "--home" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["frobnicate"], "frobnicate"),
        (["config", "show", "--frobnicate"], "Unknown option"),
        (["config", "show", "--set", "workers"], "KEY=VALUE"),
        (["config", "show", "--set", "workers=x"], "whole number"),
        (["config", "show", "--json", "--csv"], "exclude each other"),
        (["run", "--limit", "-1"], "--limit"),
        (["run", "--limit", "many"], "many"),
        (["run"], "claimwire feeds add URL"),
        (["serve"], "claimwire feeds add URL"),
        (["serve", "--interval", "5", "--cron", "* * * * *"], "exclude each other"),
        (["reparse", "--since", "yesterday"], "2026-01-31"),
    ],
)
def test_wrong_usage_is_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


def test_global_options_stand_anywhere(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = said(capsys, "--json", "--home", "/x", "config", "show")
    _, after, _ = said(capsys, "config", "show", "--home=/x", "--json")
    assert before == after
    shown = {row["setting"]: row for row in json.loads(before)}
    assert set(shown) == set(KEYS)
    assert (shown["home"]["value"], shown["home"]["origin"]) == ("/x", "flag")
    assert shown["workers"]["origin"] == "environment"


def test_a_home_is_made_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "init")[:2] == (0, f"{home}\n")
    assert (home / "claimwire.toml").read_text() == example()
    (home / "claimwire.toml").write_text("workers = 3\n")
    assert said(capsys, "init")[0] == 0
    assert (home / "claimwire.toml").read_text() == "workers = 3\n"


def test_the_example_in_the_repository_is_the_one_that_init_writes() -> None:
    assert (ROOT / "claimwire.example.toml").read_text() == example()


def test_a_home_that_cannot_be_made_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "init", "--home", "/proc/claimwire")
    assert code == 2
    assert "cannot be made" in err


def test_the_doctor_finds_what_is_missing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    code, out, _ = said(capsys, "doctor", "--json")
    found = {row["check"]: row["state"] for row in json.loads(out)}
    assert found | {"packages": "fine"} == {
        "python": "fine", "versions": "fine", "packages": "fine", "model": "fine",
        "home": "fine", "feeds": "warning", "warehouse": "warning", "runs": "fine",
    }  # fmt: skip
    assert code == 0
    (home / "warehouse.duckdb").write_bytes(b"no warehouse" * 1000)
    code, out, _ = said(capsys, "doctor", "--json")
    assert code == 1
    assert "problem" in {row["state"] for row in json.loads(out) if row["check"] == "warehouse"}


def test_a_run_reports_and_tells_by_its_exit_code_of_failed_feeds(
    home: Path, room: Newsroom, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    room.story("/a/1", "One", "Ann said it rained.")
    make_home(home, [room.feed("/feed", [Item("/a/1", "One")]), room.base + "/none"])
    path = tmp_path / "report.json"

    code, out, err = said(capsys, "run", "--report", str(path))

    assert code == 3
    assert "loaded 1 article version with 1 claim. 1 feed failed." in out
    assert err == ""
    assert json.loads(path.read_text())["fates"] == {"loaded": 1}
    assert json.loads(said(capsys, "run", "--json")[1])["is_already_loaded"]


def test_rereading_changes_nothing_and_asks_nobody(
    home: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.story("/a/1", "One", "Ann said it rained.")
    make_home(home, [room.feed("/feed", [Item("/a/1", "One")])])
    said(capsys, "run")
    asked = len(room.asked)
    code, out, _ = said(capsys, "reparse", "--json", "--since", "2026-01-01")
    report = json.loads(out)
    assert (code, report["fates"]["unchanged"], report["revisions_loaded"]) == (0, 1, 0)
    assert json.loads(said(capsys, "reparse", "--json", "--since", "2026-01-02")[1])["urls"] == 0
    assert len(room.asked) == asked


def test_a_corrupt_work_file_is_a_sentence(
    home: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    make_home(home, [room.feed("/feed", [])])
    (home / "warehouse.work.duckdb").write_bytes(b"no warehouse" * 1000)
    code, _, err = said(capsys, "run")
    assert code == 1
    assert "warehouse" in err
    assert "Traceback" not in err


def test_a_surprise_is_explained_and_traced_only_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(cli, "build_app", fail)
    code, _, err = said(capsys, "status")
    assert (code, "Traceback" in err, "--debug" in err) == (1, False, True)
    assert "Traceback" in said(capsys, "status", "--debug")[2]


def test_ctrl_c_is_quiet_and_says_what_is_safe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build_app", stop)
    code, _, err = said(capsys, "run")
    assert code == 130
    assert "what was loaded stays" in err


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m flows config show | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_questions_start_without_prefect_or_the_model() -> None:
    script = (
        "import sys; from flows.cli import main; main(['trend', '--help'])\n"
        "import flows.commands.asking\n"
        "heavy = {'prefect', 'spacy', 'trafilatura', 'pyarrow', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_cannot_be_written_is_said_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    code, _, error = said(capsys, "demo", "--home", str(tmp_path / "file" / "home"))
    assert code == 2
    assert "Not a directory" in error
    assert "Something failed" not in error
