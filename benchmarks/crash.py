"""What a killed run costs: nothing. And what readers see meanwhile: whole states.

    python -m benchmarks.crash [--kills N] [--opens N] [--seed N] [--reader PLACE] [--json]

Polls the sample site on loopback into an undisturbed home; then, N times, into a new home with a
run that SIGKILL ends at a random moment and a second run, and compares all tables row by row.
Left out are only columns that tell how long something took and where in the archive it lies; the
bytes that lie there are compared instead. Then a second process opens the published file again and
again while runs replace it, and counts the errors and the states that do not add up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.contents import contents, differences
from flows.demo.server import serve_site
from flows.sources import FeedSource, save_feeds

ROOT = Path(__file__).resolve().parent.parent
NOW = "2025-04-01T12:00:00Z"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if nothing was lost, doubled or seen half."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=10, help="runs to kill")
    parser.add_argument("--opens", type=int, default=1000, help="opens by the second process")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--reader", default="flows.reader:Reader", help="what reads the pages")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with serve_site() as site, tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), site.feeds, options.reader)
        figures = bench.kill(options.kills, random.Random(options.seed))
        figures |= bench.read(options.opens)
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return int(bool(figures["different_after_kill"] or figures["open_errors"] or figures["torn"]))


class Bench:
    """Homes below a folder that poll the same feeds."""

    def __init__(self, folder: Path, feeds: Sequence[tuple[str, str]], reader: str) -> None:
        self._folder = folder
        self._feeds = feeds
        self._reader = reader

    def kill(self, kills: int, chance: random.Random) -> dict[str, Any]:
        """Kill runs at random moments, repeat them, and compare with an undisturbed one."""
        whole = self._home("whole")
        began = time.monotonic()
        _finish(start_run(whole, NOW, self._reader))
        duration = time.monotonic() - began
        expected = contents(whole)
        moments: list[float] = []
        different: list[str] = []
        while len(moments) < kills:
            home, moment = self._home(f"kill-{len(moments)}"), chance.uniform(0, duration)
            if not kill_at(start_run(home, NOW, self._reader), moment):
                shutil.rmtree(home)  # it was faster than the moment
                continue
            _finish(start_run(home, NOW, self._reader))
            moments.append(round(moment, 2))
            different += [f"{moment:.2f} s: {one}" for one in differences(expected, contents(home))]
        return {
            "run_s": round(duration, 2), "kills": len(moments), "kill_moments_s": moments,
            "different_after_kill": different, "rows": sum(map(len, expected.values())),
        }  # fmt: skip

    def read(self, opens: int) -> dict[str, Any]:
        """Open the published file `opens` times while runs replace it."""
        home = self._home("read")
        _finish(start_run(home, "2025-04-01T00:00:00Z", self._reader, "--limit", "3"))
        command = [sys.executable, "-m", "benchmarks.crash_reader", str(home), str(opens)]
        reader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        runs = 0
        while reader.poll() is None:
            runs += 1
            at = f"2025-04-{1 + runs // 1440:02}T{runs // 60 % 24:02}:{runs % 60:02}:30Z"
            _finish(start_run(home, at, self._reader, "--limit", "3", "--feeds", "*"))
        said: dict[str, Any] = json.loads(reader.communicate()[0])
        return said | {"runs_meanwhile": runs}

    def _home(self, name: str) -> Path:
        home = self._folder / name
        home.mkdir()
        save_feeds(home / "feeds.toml", [FeedSource(url, outlet) for outlet, url in self._feeds])
        return home


def start_run(home: Path, now: str, reader: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start `claimwire run` in `home` with the clock at `now`, in a process group of its own."""
    settings = {
        "CLAIMWIRE_HOME": str(home), "CLAIMWIRE_NOW": now, "CLAIMWIRE_READER": reader,
        "CLAIMWIRE_SITE_INTERVAL_S": "0", "CLAIMWIRE_ALLOWED_NETWORKS": "127.0.0.0/8",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "run", *arguments],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill_at(process: subprocess.Popen[bytes], moment_s: float) -> bool:
    """Kill the run and its workers at `moment_s`; tell whether it was still running."""
    with process:
        try:
            process.wait(moment_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def _finish(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(f"The run ended with {process.returncode}: {said.decode()}")


def _table(figures: Mapping[str, Any]) -> str:
    width = max(map(len, figures))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
