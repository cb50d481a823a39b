"""Finishes a simulation in a process that SIGKILL ends again and again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent


def finish_despite(home: Path, web: Path, kills: int, took_s: float, chance: Random) -> list[float]:
    """Run the simulation of the pickled `web` in `home` to its end; kill it `kills` times.

    Each time it is killed at a random moment, so that the kills are spread over about `took_s`,
    the seconds of an undisturbed simulation. Returns these moments, seconds after each start.

    Raises:
        RuntimeError: it ended by itself with an error.
    """
    moments: list[float] = []
    longest = 1.5 * took_s / (kills + 1)
    while True:
        moment = chance.uniform(0, longest) if len(moments) < kills else None
        with _start(home, web) as process:
            if not _is_killed(process, moment):
                _, said = process.communicate()
                if process.returncode:
                    raise RuntimeError(f"The simulation ended: {said.decode()}")
                return moments
        moments.append(round(moment or 0.0, 2))


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
