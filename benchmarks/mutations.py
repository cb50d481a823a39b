"""Switches the rules of ingestion off, one at a time, and shows that their tests fail then.

    python -m benchmarks.mutations [--only TEXT ...] [--json]

`mutations.toml` lists them: a rule of docs/rules.md, the text of the code that holds it, what
stands there when it is off, and the tests that must fail. Everything happens in a copy of the tree.
`--only` picks mutations whose rule or file contains a text. Exits with 1 when a mutant survives.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".toml")
PARTS = ("flows", "extractors", "warehouse", "tests", "benchmarks", "pyproject.toml")
PATIENCE_S = 600
PASSED, FAILED = 0, 1
"""Exit codes of pytest; any other means that the tests did not run."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """`replacement` instead of `text` in `file` takes `rule` away; `tests` must notice."""

    rule: str
    file: str
    text: str
    replacement: str
    tests: tuple[str, ...]

    def applied(self, source: str) -> str:
        """Return the file's `source` without the rule.

        Raises:
            ValueError: the text is not there exactly once.
        """
        found = source.count(self.text)
        if found != 1:
            raise ValueError(f"{self.file} holds {self.text!r} {found} times, not once")
        return source.replace(self.text, self.replacement)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant."""

    rule: str
    file: str
    is_killed: bool
    seconds: float


class Tested(NamedTuple):
    """Pytest's exit code, and the end of what it said."""

    code: int
    said: str


def read_table(path: Path = TABLE) -> tuple[Mutation, ...]:
    """Return the mutations of the table."""
    listed = tomllib.loads(path.read_text("utf-8"))["mutation"]
    return tuple(Mutation(**one | {"tests": tuple(one["tests"])}) for one in listed)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[""], help="texts in a rule or a file's name")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    chosen = [
        one for one in read_table() if any(f"{one.rule} {one.file}".count(x) for x in options.only)
    ]
    results = []
    for result in run(chosen):
        results.append(result)
        print(_line(result), file=sys.stderr if options.json else sys.stdout, flush=True)
    survivors = [one.rule for one in results if not one.is_killed]
    if options.json:
        print(json.dumps(_figures(results)))
    else:
        print(f"{len(results) - len(survivors)} of {len(results)} killed")
    return int(bool(survivors))


def run(mutations: Sequence[Mutation]) -> Iterator[Result]:
    """Yield what becomes of each mutant, in a copy of the tree.

    Raises:
        RuntimeError: the tests do not pass before, or cannot be run after a mutation.
    """
    with _copy() as tree:
        named = sorted({test for mutation in mutations for test in mutation.tests})
        if (whole := _tested(tree, named)).code != PASSED:
            raise RuntimeError(f"The tests do not pass with all rules on:\n{whole.said}")
        for mutation in mutations:
            begun = time.monotonic()
            with _mutant(tree, mutation):
                tested = _tested(tree, mutation.tests)
            if tested.code not in (PASSED, FAILED):
                raise RuntimeError(f"The tests of {mutation.rule!r} did not run:\n{tested.said}")
            seconds = round(time.monotonic() - begun, 1)
            yield Result(mutation.rule, mutation.file, tested.code == FAILED, seconds)


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        for part in PARTS:
            source, target = ROOT / part, Path(folder) / part
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy2(source, target)
        yield Path(folder)


@contextmanager
def _mutant(tree: Path, mutation: Mutation) -> Iterator[None]:
    path = tree / mutation.file
    original, times = path.read_text("utf-8"), path.stat()
    path.write_text(mutation.applied(original), "utf-8")
    try:
        yield
    finally:
        path.write_text(original, "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _tested(tree: Path, tests: Iterable[str]) -> Tested:
    """Run the tests until one fails; tests that hang have failed.

    No bytecode is written: a mutant's could be taken for the original's. And assertions stay as
    they are: rewriting them takes longer than the tests.
    """
    options = ("-q", "-x", "--assert=plain", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return Tested(FAILED, "They hang.")
    return Tested(ended.returncode, ended.stdout[-3000:] + ended.stderr[-3000:])


def _line(result: Result) -> str:
    word = "killed  " if result.is_killed else "SURVIVED"
    return f"{word} {result.seconds:5.1f} s  {result.rule}  ({result.file})"


def _figures(results: Sequence[Result]) -> dict[str, object]:
    return {
        "total": len(results),
        "killed": sum(one.is_killed for one in results),
        "survived": [one.rule for one in results if not one.is_killed],
        "seconds": round(sum(one.seconds for one in results), 1),
        "results": [asdict(one) for one in results],
    }


if __name__ == "__main__":
    sys.exit(main())
