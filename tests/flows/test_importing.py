"""Figures from a file: loaded once, corrected in place, traced back to their line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.contents import contents, differences
from flows import archive, cli, importing
from flows.clock import StoppedClock
from flows.http import Position
from flows.importing import import_file, read_file
from flows.ingest import run_once
from flows.ingest.world import World
from flows.reparse import reparse
from flows.settings import Settings, resolve
from tests.flows.newsroom import rows
from warehouse.load import LoadReport

pytestmark = pytest.mark.area("Archive")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = "date,outlet,claimant,measure,value,counted,party,scope,url"
FIRST = "2022-02-25,Ministry,General Staff,destroyed,80,tanks,RU,cumulative,https://mil.example/1"
SECOND = "2022-02-26,Ministry,General Staff,destroyed,146,tanks,RU,cumulative,"
CLAIMS = "SELECT content_text, claim_date, claimant FROM claims ORDER BY claim_date, content_text"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return resolve({"home": str(tmp_path / "home")}, {}).settings


@pytest.fixture
def load(settings: Settings, tmp_path: Path) -> Callable[..., LoadReport]:
    def write_and_load(*lines: str, name: str = "losses.csv", at: datetime = NOON) -> LoadReport:
        path = tmp_path / name
        path.write_text("\n".join([HEAD, *lines]), "utf-8")
        return import_file(settings, read_file(path, at), at)

    return write_and_load


@pytest.mark.rule(
    "The same file imported again changes nothing, whatever it is called",
    source="a run is named by its file's bytes",
)
def test_a_file_is_loaded_once(settings: Settings, load: Callable[..., LoadReport]) -> None:
    report = load(FIRST, SECOND)
    assert (report.revisions, report.claims, report.failures) == (2, 2, 0)
    before = contents(settings.home)
    assert load(FIRST, SECOND, name="copy.csv").already_loaded
    assert differences(before, contents(settings.home)) == []


@pytest.mark.rule(
    "A corrected line is a new version of its figure, not a second one",
    source="a figure is named by all that it is a figure of, but not by its value",
)
def test_a_corrected_line_is_a_version(settings: Settings, load: Callable[..., LoadReport]) -> None:
    load(FIRST, SECOND)
    report = load(FIRST, SECOND.replace("146", "141"), at=NOON.replace(day=2))
    assert (report.revisions, report.claims) == (1, 1)
    day = datetime(2022, 2, 25).date()
    assert rows(settings, CLAIMS) == [
        ("80 tanks destroyed, RU, cumulative", day, "General Staff"),
        ("141 tanks destroyed, RU, cumulative", day.replace(day=26), "General Staff"),
    ]
    versions = rows(settings, "SELECT revision_count FROM articles ORDER BY article_date")
    assert versions == [(1,), (2,)]
    history = "SELECT content_text[:3], is_standing FROM claim_history ORDER BY ALL"
    assert rows(settings, history) == [("141", True), ("146", False), ("80 ", True)]


def test_figures_of_two_outlets_are_two_claims_and_one_statement(
    settings: Settings, load: Callable[..., LoadReport]
) -> None:
    load(FIRST, FIRST.replace("Ministry", "Agency"))
    found = rows(settings, "SELECT count(*), count(DISTINCT statement_id) FROM claims")
    assert found == [(2, 1)]


@pytest.mark.rule(
    "An imported figure leads back to its line in the archived file",
    source="every row leads back to archived bytes",
)
def test_a_figure_leads_back_to_its_line(
    settings: Settings, load: Callable[..., LoadReport]
) -> None:
    load(FIRST, SECOND)
    query = """SELECT archive_file, archive_offset, item_identity, outlet, feed_url
        FROM claim_lineage ORDER BY item_identity"""
    (first, second) = rows(settings, query)
    assert first[2:] == ("line 2", "losses.csv", "import:losses.csv")
    kept = archive.read(settings.archive_dir, Position(*first[:2]))
    assert kept.body.decode().splitlines()[1] == FIRST
    assert second[:3] == (*first[:2], "line 3")


def test_bad_lines_are_kept_and_the_others_loaded(
    settings: Settings, load: Callable[..., LoadReport]
) -> None:
    report = load(FIRST, SECOND.replace("146", "many"))
    assert (report.claims, report.failures) == (1, 1)
    assert rows(settings, "SELECT stage, subject, problem, detail FROM quarantine") == [
        (
            "extract", "import:losses.csv line 3",
            "Its value 'many' is no number. Write it as 1234.5, or as 100-150.",
            SECOND.replace("146", "many"),
        )
    ]  # fmt: skip
    assert rows(settings, "SELECT status, items_new, quarantined FROM runs") == [("partly", 1, 1)]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.rule(
    "An import that was killed is taken up, and its file archived once",
    source="archive first; one transaction a run",
)
def test_a_killed_import_is_taken_up(
    settings: Settings, load: Callable[..., LoadReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> LoadReport:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(importing, "load_run", die)
        with pytest.raises(Killed):
            load(FIRST)
    assert load(FIRST, at=NOON.replace(day=2)).claims == 1
    (file,) = settings.archive_dir.glob("*.warc.gz")
    assert len(list(archive.replay(settings.archive_dir, file.name[:-14]))) == 1
    assert rows(settings, "SELECT fetched_at FROM ops.fetches") == [(NOON.replace(tzinfo=None),)]
    assert list(settings.staging_dir.iterdir()) == []


def test_runs_and_reparses_leave_imports_alone(
    settings: Settings, load: Callable[..., LoadReport]
) -> None:
    load(FIRST)
    feeds = "SELECT url, is_active, state FROM ops.feeds"
    before = rows(settings, feeds), rows(settings, CLAIMS)
    world = World(StoppedClock(NOON.replace(day=20)))
    report = asyncio.run(run_once(settings, world=world))
    assert (report.rechecks, report.has_incidents) == (0, False)
    assert asyncio.run(reparse(settings, world=world)).urls == 0
    assert (rows(settings, feeds), rows(settings, CLAIMS)) == before
    assert before[0] == [("import:losses.csv", False, "imported")]


def test_the_command_says_what_it_loaded_and_which_lines_are_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, partly = tmp_path / "good.csv", tmp_path / "partly.csv"
    good.write_text(f"{HEAD}\n{FIRST}", "utf-8")
    partly.write_text(f"{HEAD}\n{SECOND}\n" + "no,line\n" * 12, "utf-8")
    home = ["--home", str(tmp_path / "home"), "--json"]
    assert cli.main([*home, "import", str(good), str(partly)]) == 3
    out, err = capsys.readouterr()
    loaded = [(row["file"], row["claims_loaded"], row["bad_lines"]) for row in json.loads(out)]
    assert loaded == [("good.csv", 1, 0), ("partly.csv", 1, 12)]
    said = err.splitlines()
    assert said[0].startswith("partly.csv, line 3: It has 2 fields where the header has 9.")
    assert said[10:] == ["2 more lines are bad; `claimwire sql quarantine` has them."]
    assert cli.main([*home, "import", str(good)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "was loaded before"


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"", 1, "a.csv cannot be imported. It is empty."),
        (b"\xff\xfe", 1, "a.csv cannot be imported. It is not UTF-8 (byte 0)."),
        (b"day,value\n", 1, "a.csv cannot be imported. Its first line names no column date,"),
        (None, 2, "a.csv cannot be read: No such file or directory. Name a file."),
    ],
)
def test_a_file_that_cannot_be_used_loads_nothing(
    body: bytes | None, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, path = tmp_path / "good.csv", tmp_path / "a.csv"
    good.write_text(f"{HEAD}\n{FIRST}", "utf-8")
    if body is not None:
        path.write_bytes(body)
    home = tmp_path / "home"
    assert cli.main(["--home", str(home), "import", str(good), str(path)]) == code
    assert said in capsys.readouterr().err
    assert not home.exists()


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--home", str(tmp_path / "home"), "import", str(tmp_path)]) == 2
    assert "cannot be read: Is a directory. Name a file." in capsys.readouterr().err


def test_an_import_needs_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--home", str(tmp_path / "home"), "import"]) == 2
    assert capsys.readouterr().err == "There is no file to import. Name a CSV file.\n"
