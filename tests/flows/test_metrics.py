"""The figures are OpenMetrics text, by a strict reading of the specification."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from flows.cli import main
from flows.health.metrics import exposition, write_metrics
from tests.warehouse import story
from warehouse.rows import Fate, IncidentKind
from warehouse.table import Table

COLUMNS = ("metric", "label", "value")
_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_META = re.compile(rf"# (TYPE|UNIT|HELP) ({_NAME}) (.+)")
_SAMPLE = re.compile(rf'({_NAME})(?:\{{([a-z_]+)="([^"\\\n]*)"\}})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)')


def parse(text: str) -> dict[str, dict[str | None, float]]:
    """Return the samples by metric and label value; fails on what the format does not allow.

    Each family is told of once, type before unit before help before samples; a unit ends the name;
    a counter's samples end in `_total`; no sample twice; the text ends with `# EOF` and a newline.
    """
    assert text.endswith("\n# EOF\n")
    families: dict[str, dict[str | None, float]] = {}
    meta: dict[str, dict[str, str]] = {}
    current = ""
    for line in text.removesuffix("# EOF\n").splitlines():
        if found := _META.fullmatch(line):
            kind, name, value = found.groups()
            if name != current:
                assert name not in families, f"{name} is told of twice"
                current, families[name], meta[name] = name, {}, {}
            assert not families[name], f"{line} comes after samples"
            assert [*meta[name], kind] == [
                k for k in ("TYPE", "UNIT", "HELP") if k in {*meta[name], kind}
            ]
            meta[name][kind] = value
            continue
        found = _SAMPLE.fullmatch(line)
        assert found, f"{line!r} is no sample"
        sample, _, label, number = found.groups()
        total = "_total" if meta[current]["TYPE"] == "counter" else ""
        assert sample == current + total
        assert label not in families[current], f"{line!r} is there twice"
        families[current][label] = float(number)
    for name, known in meta.items():
        assert known["TYPE"] in ("gauge", "counter")
        assert "UNIT" not in known or name.endswith("_" + known["UNIT"])
    return families


def test_every_state_kind_and_fate_has_a_sample_even_when_there_is_none() -> None:
    families = parse(exposition(Table(COLUMNS, ()), 0))
    assert families["claimwire_incidents_open"] == dict.fromkeys(get_args(IncidentKind), 0.0)
    assert families["claimwire_urls"] == dict.fromkeys(get_args(Fate), 0.0)
    assert families["claimwire_feeds"]["failing"] == 0.0
    assert families["claimwire_possible_gaps"] == {}


def test_figures_are_given_as_they_are() -> None:
    rows = (
        ("claimwire_feeds", "fine", 3.0),
        ("claimwire_feeds", "odd", 1.0),
        ("claimwire_runs", None, 12.0),
        ("claimwire_last_run_timestamp_seconds", None, 1772717460.25),
        ("claimwire_last_run_duration_seconds", None, None),
    )
    text = exposition(Table(COLUMNS, rows), 70_000_000_000)
    families = parse(text)
    assert families["claimwire_feeds"] | {"fine": 3.0, "odd": 1.0} == families["claimwire_feeds"]
    assert families["claimwire_last_run_timestamp_seconds"] == {None: 1772717460.25}
    assert families["claimwire_last_run_duration_seconds"] == {}
    assert "claimwire_runs_total 12\n" in text
    assert "claimwire_archive_bytes 70000000000\n" in text


def test_the_command_prints_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.build(tmp_path)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.warc.gz").write_bytes(b"x" * 77)
    assert main(["metrics", "--home", str(tmp_path)]) == 0
    families = parse(capsys.readouterr().out)
    assert families["claimwire_articles"] == {None: 5.0}
    assert families["claimwire_claims"] == {None: 6.0}
    assert families["claimwire_urls"]["loaded"] == 5.0
    assert families["claimwire_runs"] == {None: 4.0}
    assert families["claimwire_last_run_duration_seconds"] == {None: 60.0}
    assert families["claimwire_archive_bytes"] == {None: 77.0}


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "node" / "claimwire.prom"
    write_metrics(path, "old")
    write_metrics(path, "new")
    assert path.read_text() == "new"
    assert [file.name for file in path.parent.iterdir()] == ["claimwire.prom"]
