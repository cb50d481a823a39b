from __future__ import annotations

import queue
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from flows import limits
from flows.limits import bounded
from tests.warehouse import story


def test_the_limits_end_with_the_block() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with bounded(60):
        assert 0 < resource.getrlimit(resource.RLIMIT_DATA)[0] <= limits.MEMORY_BYTES
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_what_cannot_be_interrupted_ends_with_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(limits, "GRACE_S", 0.0)
    codes: queue.SimpleQueue[int] = queue.SimpleQueue()
    with bounded(0.01, codes.put):
        assert codes.get(timeout=10) == 1
    said = capsys.readouterr().err
    assert said.startswith("The query could not be interrupted and was ended after 0.01 seconds.")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits this memory")
@pytest.mark.parametrize("sql", ["SELECT repeat('x', 4000000000)", "SELECT range(2000000000)"])
def test_one_huge_value_is_refused_at_once(tmp_path: Path, sql: str) -> None:
    home = story.build(tmp_path / "home").parent
    command = [sys.executable, "-m", "flows", "--home", str(home), "sql", sql]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "The query needs more memory than it may use. Narrow it.\n"
