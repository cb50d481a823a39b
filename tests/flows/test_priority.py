"""Runs leave the processor to whoever asks the warehouse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import flows
from flows.cli import main

TWICE = """
import os
from flows.priority import give_way
before = os.nice(0)
give_way()
give_way()
child = "import os; print(os.nice(0))"
import subprocess, sys
print(before, os.nice(0), subprocess.run([sys.executable, "-c", child],
    capture_output=True, text=True).stdout)
"""


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule("Runs give way to whoever asks the warehouse meanwhile", source="nice(2)")
def test_a_run_and_what_it_starts_give_way() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TWICE], capture_output=True, text=True, check=True,
        cwd=Path(flows.__file__).parent.parent,
    )  # fmt: skip
    before, now, child = map(int, ended.stdout.split())
    assert now == child == max(before, 5)


@pytest.mark.parametrize(
    "command", [["run", "--limit", "-1"], ["reparse", "--since", "x"], ["serve"]]
)
def test_commands_that_work_long_give_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    gave_way: list[bool] = []
    monkeypatch.setattr("flows.commands.running.give_way", lambda: gave_way.append(True))
    assert main(["--home", str(tmp_path), *command]) == 2
    assert gave_way
