"""The user's own command: how it is called, and that what it does wrong harms nothing."""

from __future__ import annotations

import json
import os
import select
import shlex
import sys
from pathlib import Path

import pytest

from flows.health.telling import as_json, call, in_words, message
from tests.warehouse.build import NOW
from warehouse.rows import IncidentRow

INCIDENT = IncidentRow(
    2**62, "quiet", 2**61, "http://a.test/feed", "It\nis quiet.", NOW, NOW, None, "run-1"
)
TOLD = message("run-1", [INCIDENT], [])


def python(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


def test_an_incident_as_json_has_texts_for_ids_and_zones_for_times() -> None:
    told = as_json(INCIDENT)
    assert told["incident_id"] == str(2**62)
    assert told["feed_id"] == str(2**61)
    assert (told["opened_at"], told["closed_at"]) == ("2024-03-10T12:00:00+00:00", None)


def test_an_incident_is_one_line() -> None:
    assert in_words(INCIDENT) == (
        "quiet, http://a.test/feed, since 2024-03-10 12:00 (UTC): It is quiet."
    )


def test_the_command_reads_the_incidents_and_no_shell_reads_the_command(tmp_path: Path) -> None:
    out = tmp_path / "told; rm"
    code = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
    assert call(f"{python(code)} '{out}'", TOLD) is None
    assert json.loads(out.read_text()) == TOLD


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (python("raise SystemExit(7)"), "ended with 7."),
        ("/no/such/program", "cannot be started: [Errno 2] No such file or directory"),
        ("'unbalanced", "cannot be started: No closing quotation."),
    ],
)
def test_a_command_that_fails_is_said(command: str, problem: str) -> None:
    assert problem in (call(command, TOLD) or "")


def test_a_command_that_reads_nothing_is_fine() -> None:
    long = message("run-1", [INCIDENT] * 5_000, [])
    assert call(python("pass"), long) is None


def test_a_command_that_never_ends_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alive")
    reader = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    script = f"exec 3> '{tmp_path}/alive'; sleep 600 & wait"  # both hold the pipe open
    problem = call(shlex.join(["sh", "-c", script]), TOLD, 1.0)
    ended, _, _ = select.select([reader], [], [], 30)
    os.close(reader)
    assert "did not end within 1 seconds" in (problem or "")
    assert ended
