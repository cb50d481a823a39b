"""Fuzz what takes in other people's bytes: feeds, answers, pages, addresses; invented sites, too.

    python -m benchmarks.fuzz [--data DIR] [--inputs N] [--only NAME ...] [--seed N] [--json]

Seeds are the real feeds, pages and addresses in DIR, or a few of our own. Mutations are
deterministic: the same seed, data and code give the same inputs, whatever the number of processes.
Every eighth input is traced, and one that reaches new lines of ours becomes a seed. An input that
raises what its target does not document, or takes more than two seconds of CPU, is shown and kept
in --keep DIR; then the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from benchmarks.coverage_trace import Coverage
from benchmarks.fuzz_targets import TARGETS, words
from benchmarks.mutator import Mutator
from extractors.errors import ClaimwireError

BLOCK = 2_500
TRACED = 8
LIMIT_S = 2.0
TRIES = 4


class Hang(BaseException):
    """An input took too long; no parser may swallow it."""


@dataclass
class Tally:
    """How a target fared."""

    inputs: int = 0
    refused: int = 0
    seeds: int = 0
    kept: int = 0
    lines: set[tuple[str, int]] = field(default_factory=set)
    uncaught: list[tuple[str, bytes]] = field(default_factory=list)
    hangs: list[bytes] = field(default_factory=list)
    slowest_s: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in what another block of inputs gave."""
        self.inputs += other.inputs
        self.refused += other.refused
        self.seeds = other.seeds
        self.kept += other.kept
        self.lines |= other.lines
        self.uncaught += other.uncaught
        self.hangs += other.hangs
        self.slowest_s = max(self.slowest_s, other.slowest_s)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts, JSON-ready."""
        counts = {"inputs": self.inputs, "refused": self.refused, "seeds": self.seeds}
        found = {"kept": self.kept, "lines": len(self.lines), "uncaught": len(self.uncaught)}
        return {**counts, **found, "hangs": len(self.hangs), "slowest_s": round(self.slowest_s, 3)}


def fuzz_block(name: str, data: Path | None, seed: int, block: int, inputs: int) -> Tally:
    """Run `inputs` inputs of one block."""
    corpus = list(_seeds(name, data))
    random = Random(f"{seed} {name} {block}")
    mutator = Mutator(random, words(name), TARGETS[name].longest)
    coverage, tally = Coverage(), Tally(seeds=len(corpus))
    for number in range(inputs):
        changed = mutator.mutate(random.choice(corpus), random.choice(corpus))
        with coverage.tracing(number % TRACED == 0):
            _try(name, changed, random.getrandbits(64), tally)
        if coverage.has_grown():
            corpus.append(changed)
            tally.kept += 1
    tally.lines = coverage.lines
    return tally


@cache
def _seeds(name: str, data: Path | None) -> list[bytes]:
    return TARGETS[name].seeds(data)


def _try(name: str, changed: bytes, luck: int, tally: Tally) -> None:
    """Run one input; one that takes too long is tried again: tables that load at first use."""
    tally.inputs += 1
    if not any(_ends(name, changed, luck, tally) for _ in range(TRIES)):
        tally.hangs.append(changed)


def _ends(name: str, changed: bytes, luck: int, tally: Tally) -> bool:
    """Tell whether the input was read, refused or failed in time."""
    _RUNG.clear()
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
    try:
        TARGETS[name].check(changed, Random(luck))
    except ClaimwireError:
        tally.refused += not _RUNG
    except Hang:
        pass
    except Exception as error:
        if not _RUNG:
            tally.uncaught.append((f"{type(error).__name__}: {error}"[:300], changed))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if not _RUNG:
        tally.slowest_s = max(tally.slowest_s, time.process_time() - begun)
    return not _RUNG


_RUNG: list[bool] = []  # whether the alarm rang; what it raises may be lost in a destructor


def _hang(_signal: int, _frame: FrameType | None) -> None:
    _RUNG.append(True)
    raise Hang


def _block(job: tuple[str, Path | None, int, int, int]) -> Tally:
    signal.signal(signal.SIGPROF, _hang)
    return fuzz_block(*job)


def fuzz(name: str, data: Path | None, *, inputs: int, seed: int = 0, processes: int = 1) -> Tally:
    """Fuzz a target; deterministic in all but the times."""
    jobs = [
        (name, data, seed, block, min(BLOCK, inputs - start))
        for block, start in enumerate(range(0, inputs, BLOCK))
    ]
    total = Tally()
    for tally in _each(jobs, processes):
        total.add(tally)
    return total


def _each(jobs: list[tuple[str, Path | None, int, int, int]], processes: int) -> Iterator[Tally]:
    if processes == 1:
        yield from map(_block, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(_block, jobs)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of real feeds and pages")
    parser.add_argument("--inputs", type=int, default=100_000, help="of each target")
    parser.add_argument("--only", nargs="+", choices=TARGETS, default=list(TARGETS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="where inputs that fail are kept")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    options = parser.parse_args(arguments)
    figures, is_sound = {}, True
    for name in options.only:
        begun = time.monotonic()
        tally = fuzz(
            name, options.data,
            inputs=options.inputs, seed=options.seed, processes=options.processes,
        )  # fmt: skip
        figures[name] = {**tally.to_dict(), "seconds": round(time.monotonic() - begun, 1)}
        is_sound &= _report(name, tally, options.keep)
        if not options.json:
            print(name, *(f"{key}={value}" for key, value in figures[name].items()), flush=True)
    if options.json:
        print(json.dumps(figures))
    return 0 if is_sound else 1


def _report(name: str, tally: Tally, keep: Path | None) -> bool:
    failed = [*tally.uncaught, *(("hang", data) for data in tally.hangs)]
    for number, (problem, data) in enumerate(failed):
        print(f"{name}: {problem}", file=sys.stderr)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            keep.joinpath(f"{name}-{number}").write_bytes(data)
    return not failed


if __name__ == "__main__":
    sys.exit(main())
