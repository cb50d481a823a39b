"""Thirty simulated days: is anything lost, doubled, or silently missed? Is anybody harmed?

    python -m benchmarks.soak [--days N] [--feeds N] [--kills N] [--slot-hours N] [--seed N]
        [--data DIR] [--json]

The real ingest polls a made-up web slot by slot, with the clock, the network and the reading of
pages simulated and all else as it is. The feeds publish as the feed history in DIR did, or as it is
invented; hosts fail, pause and move, feeds end, windows roll over, our own network goes down.
What the web's own log says it showed is compared with the warehouse; then every slot is run again.
With --kills, a second home is filled by a process that SIGKILL ends again and again, and both homes
must be equal; the archive is read from end to end by warcio, and all pages are read from it again.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import pickle
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

if not __package__:  # run as a file: find this project's packages
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.contents import content_hash, contents, differences, tables
from benchmarks.history import read_history
from benchmarks.simulation.building import build
from benchmarks.simulation.driving import Driver, settings_of
from benchmarks.simulation.killing import finish_despite
from benchmarks.simulation.manners import check_manners
from benchmarks.simulation.network import read_log
from benchmarks.simulation.pulse import DAY_S, read_pulse
from benchmarks.simulation.rereading import read_archive, reread
from benchmarks.simulation.truth import check
from benchmarks.simulation.web import Web
from warehouse.connection import open_writer

ZERO = (
    "lost", "doubled", "unreported_gaps", "invented", "blamed", "pages_lost", "fates_off",
    "too_close", "impatient", "disobeyed", "asked_after_gone", "changed_by_repeating",
)  # fmt: skip
KILLED = {"tables_equal": 1, "archive_damaged": 0, "reparse_changed": 0}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 if all is as it should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=float, default=30, help="days to simulate")
    parser.add_argument("--slot-hours", type=float, default=4, help="time between two runs")
    parser.add_argument("--feeds", type=int, default=200, help="feeds to poll")
    parser.add_argument("--kills", type=int, default=0, help="SIGKILLs in a second simulation")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random")
    parser.add_argument("--data", type=Path, help="folder of a feed history")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(Path(folder), options)
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return int(any(figures.get(key, right) != right for key, right in _right().items()))


def soak(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Simulate below `folder` and return the figures."""
    began = time.monotonic()
    pulses = [read_pulse(one) for one in read_history(options.data)] if options.data else []
    web = build(options.days, 3600 * options.slot_hours, options.feeds, options.seed, pulses)
    whole = folder / "whole"
    figures = undisturbed(web, whole)
    figures["seconds"] = round(time.monotonic() - began, 1)
    if options.kills:
        killed = folder / "killed"
        chance = Random(f"{options.seed} kills")
        figures |= disturbed(web, whole, killed, options.kills, figures["run_seconds"], chance)
    return figures


def undisturbed(web: Web, home: Path) -> dict[str, Any]:
    """Run all slots in `home`, compare it with what was shown, and run all slots again."""
    home.mkdir()
    gc.freeze()  # the made-up web is no garbage
    gc.set_threshold(20_000)  # nor is most of what a run makes, before its end
    began = time.monotonic()
    # Held open, because each of the 360 runs would take 40 ms to open it; nobody else uses it.
    with Driver(home, web) as driver, open_writer(driver.settings.work_path):
        driver.finish()
        took = time.monotonic() - began
        log = read_log(home / "requests.log")
        before = content_hash(tables(home))
        for number in range(driver.slots):
            driver.run(number)
        driver.run(driver.slots - 1, publish=True)
    found, words = check(web, log, home)
    asked_again = len(read_log(home / "requests.log")) - len(log)
    is_changed = content_hash(tables(home)) != before
    return {
        **asdict(found),
        **check_manners(web, log),
        "slots": driver.slots,
        "changed_by_repeating": int(is_changed) + asked_again,
        "run_seconds": round(took, 1),
        "words": words[:20],
    }


def disturbed(
    web: Web, whole: Path, home: Path, kills: int, took_s: float, chance: Random
) -> dict[str, Any]:
    """Run all slots in `home` despite `kills` kills, and compare it with `whole`."""
    home.mkdir()
    pickled = home.with_suffix(".web")
    pickled.write_bytes(pickle.dumps(web))
    began = time.monotonic()
    moments = finish_despite(home, pickled, kills, took_s, web.days * DAY_S, chance)
    differ = differences(contents(whole), contents(home))
    log = read_log(home / "requests.log")
    records, damaged = read_archive(home)
    found, words = check(web, log, home)
    return {
        "kills": len(moments),
        "different": differ,
        "tables_equal": int(not differ),
        "killed_too_close": check_manners(web, log)["too_close"],
        "killed_lost": found.lost,
        "archive_records": records,
        "archive_damaged": damaged,
        "reparse_changed": asyncio.run(reread(settings_of(home))),
        "killed_seconds": round(time.monotonic() - began, 1),
        "killed_words": words[:20],
    }


def _right() -> Mapping[str, int]:
    return dict.fromkeys(ZERO, 0) | KILLED


def _table(figures: Mapping[str, Any]) -> str:
    width = max(map(len, figures))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
