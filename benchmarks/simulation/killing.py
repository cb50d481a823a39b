"""Finishes a simulation in a process that SIGKILL ends again and again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from random import Random

from benchmarks.simulation.network import read_log

ROOT = Path(__file__).resolve().parent.parent.parent


def finish_despite(
    home: Path, web: Path, kills: int, took_s: float, span_s: float, chance: Random
) -> list[float]:
    """Run the simulation of the pickled `web` in `home` to its end; kill it `kills` times.

    Each time it is killed at a random moment, such that the kills are spread over all of it: an
    undisturbed simulation of `span_s` virtual seconds took `took_s`. Returns the moments, seconds
    after each start.

    Raises:
        RuntimeError: it ended by itself with an error.
    """
    moments: list[float] = []
    while True:
        left = kills - len(moments)
        longest = 1.5 * took_s * _share_left(home, span_s) / (left + 1)
        moment = chance.uniform(0, longest) if left else None
        with _start(home, web) as process:
            if not _is_killed(process, moment):
                _, said = process.communicate()
                if process.returncode:
                    raise RuntimeError(f"The simulation ended: {said.decode()}")
                return moments
        moments.append(round(moment or 0.0, 2))


def _share_left(home: Path, span_s: float) -> float:
    """Return how much of the simulation is still to come, by the log of its requests."""
    asked = read_log(home / "requests.log")
    return 1 - asked[-1].now / span_s if asked else 1.0


def _start(home: Path, web: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.simulation.driving", str(home), str(web)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()  # ready, or dead
    return process


def _is_killed(process: subprocess.Popen[bytes], moment: float | None) -> bool:
    """Kill the process `moment` seconds from now; tell whether it was still running."""
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return process.returncode == -signal.SIGKILL
