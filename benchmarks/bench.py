"""Runs the benchmarks that the corpora allow and holds their figures against the floors.

    python -m benchmarks.bench --shared DIR [--only NAME ...]

DIR holds `data`, `gold` and `eval`. Figures that cannot be measured for want of a corpus are named
and pass. Exits with 1 when a figure breaks its limit, or a limit is laxer than in the last commit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.floors import FILE, Check, Floors, check, committed, loosened

NAMES = ("quality", "holdout", "unseen", "fresh", "recognizers", "feeds", "replay", "throughput")
PAGES = 500
GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder of data, gold, eval")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    options = parser.parse_args(arguments)
    pinned = Floors.parse(FILE.read_text("utf-8"))
    lax = loosened(pinned, committed())
    figures = {name: _MEASURES[name](options.shared) for name in options.only}
    checks = list(check(pinned, figures))
    print("\n".join(map(_line, checks)))
    for name in lax:
        print(f"LOOSENED  {name}: a limit may only be tightened")
    return int(bool(lax) or not all(one.holds for one in checks))


def _quality(shared: Path) -> Any:
    folders = ("--data", shared / "data", "--gold", shared / "gold", "--eval", shared / "eval")
    return _run("quality", *folders)


def _own(shared: Path, name: str) -> Any:
    """Score the articles of our own that were annotated before the parser saw them."""
    folders = ("--data", shared / "data", "--gold", GOLDEN / name, "--eval", shared / "eval")
    return _run("quality", *folders, "--only", "gold")


def _replay(shared: Path) -> Any:
    history = shared / "data" / "feed_history"
    if not history.is_dir():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        result.write_text(json.dumps(_run("replay", "--data", history)))
        command = [sys.executable, str(shared / "eval" / "feeds.py"), str(history), str(result)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def _recognizers(shared: Path) -> Any:
    if not (shared / "data" / "recognizers_text_specs").is_dir():
        return {}
    return _run("recognizers", "--data", shared / "data")


def _feeds(shared: Path) -> Any:
    return _run("feed_cases", "--data", shared / "data")


def _throughput(shared: Path) -> Any:
    packed = shared / "data" / "trafilatura_eval" / "html.tar.xz"
    if not packed.is_file():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(packed) as archive:
            archive.extractall(folder, filter="data")
        return _run("throughput", "--pages", folder, "--limit", PAGES)


_MEASURES = {
    "quality": _quality,
    "holdout": lambda shared: _own(shared, "holdout"),
    "unseen": lambda shared: _own(shared, "unseen"),
    "fresh": lambda shared: _own(shared, "fresh"),
    "recognizers": _recognizers,
    "feeds": _feeds,
    "replay": _replay,
    "throughput": _throughput,
}


def _run(name: str, *arguments: object) -> Any:
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def _line(one: Check) -> str:
    verdict = "BROKEN" if not one.holds else "absent" if one.measured is None else "ok"
    measured = "" if one.measured is None else f"{one.measured:,.3f}"
    sign = "<=" if one.is_ceiling else ">="
    return f"{verdict:<9} {one.figure:<66} {measured:>16} {sign} {one.limit:,}"


if __name__ == "__main__":
    sys.exit(main())
