"""How right the extractors are: runs them over labelled corpora and has the predictions scored.

    python -m benchmarks.quality --data DIR --gold DIR --eval DIR [--only TASK ...] [--json]

DIR of `--data` holds corpora, of `--gold` annotated articles, of `--eval` the scorers. A corpus
that is missing is skipped and named on standard error. Prints a table of the main figures, or with
`--json` one object: the name of each task and what its scorer printed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.judging import figure_at, judge, reason, say
from benchmarks.tasks import Task, find_tasks

Adapter = Callable[[Path], Iterator[dict[str, object]]]

HEADLINES = {
    "attribution": (
        "detection.f1", "full_match_80.f1", "listed_cues.detection.f1",
        "listed_cues.full_match_80.f1",
    ),
    "quantities": ("value.f1", "value_bound.f1", "value_unit.f1", "value_bound_unit.f1"),
    "dates": ("detection.f1", "day.value_accuracy_when_found", "day.value.f1", "coarse.value.f1"),
    "casualties": ("civilians.exact.f1", "killed.exact.f1", "place.f1", "date.f1", "actor.f1"),
    "extraction": ("text.f1", "segments.f1", "title.accuracy", "date.accuracy"),
    "clusters": ("pairwise.f1", "b_cubed.f1"),
    "bulletins": ("all.f1", "bulletins_all_right"),
    "gold": (
        "detection.f1", "full_match.f1", "claimant.name_accuracy",
        "quantities.value_bound_party_measure.f1", "times.days.f1", "verification.macro_f1",
        "links.f1", "calibration.ece_detection",
    ),
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where a task failed."""
    options = _options(arguments)
    scores: dict[str, Any] = {}
    failed = False
    for task in _wanted(options):
        started = time.monotonic()
        try:
            scores[task.name] = measure(task, options.eval)
        except Exception as error:  # a task that fails must not take the others' figures along
            failed = True
            say(f"{task.name}: {reason(error)}")
        else:
            say(f"{task.name}: {time.monotonic() - started:.1f} s")
    print(json.dumps(scores, indent=2) if options.json else _table(scores))
    return int(failed)


def measure(task: Task, scorers: Path) -> Any:
    """Return what the task's scorer says of our predictions.

    Raises `ImportError` without the adapter, `CalledProcessError` when the scorer refuses them.
    """
    module, _, function = task.adapter.partition(":")
    predict: Adapter = getattr(importlib.import_module(f"benchmarks.adapters.{module}"), function)
    return judge(task, predict(task.corpus), scorers)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotated articles")
    parser.add_argument("--eval", type=Path, required=True, help="folder of the scorers")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="TASK",
        help="only these: a name (dates/TimeBank), a family (dates) or a pattern",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def _wanted(options: argparse.Namespace) -> list[Task]:
    """Return the tasks to run; names the missing corpora on standard error."""
    tasks = []
    for found in find_tasks(options.data, options.gold, options.eval):
        if isinstance(found, str):
            say(f"{found}: skipped, its corpus is not there")
        elif found.is_wanted(options.only):
            tasks.append(found)
    return tasks


def _table(scores: Mapping[str, Any]) -> str:
    """Return the main figures, a line each: task, figure, value."""
    lines = [f"{'task':<28} {'figure':<42} {'value':>6}"]
    for name, score in scores.items():
        for figure in HEADLINES[name.split("/")[0]]:
            value = figure_at(score, figure)
            if value is not None:
                lines.append(f"{name:<28} {figure:<42} {value:>6.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
