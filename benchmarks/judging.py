"""What the benchmarks of quality share: a scorer in a process of its own, and what it says."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.tasks import PREDICTIONS, Task


def judge(task: Task, predictions: Iterable[Mapping[str, object]], scorers: Path) -> Any:
    """Return what the task's scorer, a script in `scorers`, says of `predictions`.

    Raises `CalledProcessError` when the scorer refuses them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "predictions.jsonl")
        _write_lines(path, predictions)
        script, *rest = task.scorer
        arguments = [str(path) if part == PREDICTIONS else part for part in rest]
        command = [sys.executable, str(scorers / script), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def figure_at(score: Any, path: str) -> float | None:
    """Return the figure at `path` (keys joined by dots) of a score, or None."""
    for key in path.split("."):
        score = score.get(key) if isinstance(score, dict) else None
    return None if score is None else float(score)


def reason(error: Exception) -> str:
    """Return an error in a line; of a scorer, what it said."""
    if isinstance(error, subprocess.CalledProcessError):
        return str(error.stderr).strip()
    return f"{type(error).__name__}: {error}"


def say(line: str) -> None:
    """Print a line on standard error."""
    print(line, file=sys.stderr, flush=True)


def _write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
