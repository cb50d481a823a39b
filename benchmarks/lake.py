"""Whether several writers at once lose, double or show half of anything in a lake: they must not.

    make lake
    PYTHONPATH=.lake python -m benchmarks.lake [--writers N] [--loads N] [--kills N] [--no-turns]

Starts a PostgreSQL of its own and N processes that each load N runs into one lake: every run holds
an article of its own, and one that the other writers' runs hold too, in a revision of each
writer's, all with the same people and outlets. Meanwhile a reader asks, each time within one
snapshot, whether the counts that a load keeps agree with what they count. `--kills` ends the first
writer with SIGKILL so often, in turn when its rows are in and unchecked, and shortly before or
while it commits; it is started again with all its runs.

Then the runs are loaded into a file, in the order in which the lake took them, and all tables are
compared row by row. One JSON object is printed; the exit status is 1 when anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.contents import Contents, differences
from benchmarks.postgres import serve_postgres
from tests.warehouse.build import NOW, claim, revision, run, stage
from warehouse import load
from warehouse.connection import open_reader, open_writer
from warehouse.migrate import migrate
from warehouse.place import Lake
from warehouse.staging import StageRow

ROOT = Path(__file__).resolve().parent.parent
ORDER = """SELECT run_id FROM core.article_revisions
    GROUP BY run_id ORDER BY min(load_number), run_id"""
CONSISTENT = """SELECT
    (SELECT count(*) FROM ops.runs) AS runs,
    (SELECT count(*) FROM core.claims WHERE is_current)
        = (SELECT coalesce(sum(claim_count), 0) FROM core.claim_daily) AS rollups_agree,
    (SELECT count(*) = count(DISTINCT claim_id) FROM core.claims) AS claims_are_unique,
    (SELECT count(*) = count(DISTINCT article_id) FROM core.articles) AS articles_are_unique,
    (SELECT count(*) = count(DISTINCT entity_id) FROM core.entities) AS entities_are_unique,
    (SELECT count(*) = count(DISTINCT run_id) FROM ops.runs) AS runs_are_unique,
    NOT EXISTS (FROM core.claims ANTI JOIN core.articles USING (article_id))
        AS claims_have_articles,
    (SELECT sum(claims_loaded) FROM ops.runs) IS NOT DISTINCT FROM
        (SELECT nullif(count(*), 0) FROM core.claims) AS runs_count_claims"""


def rows(writer: int, number: int) -> list[list[StageRow]]:
    """Return what the run of a writer holds: an article of its own, and one that others revise."""
    at, run_id = NOW + timedelta(hours=7 * number, minutes=writer), run_name(writer, number)
    found = []
    for slug, extra in (
        (f"own-{writer}-{number}", ""),
        (f"shared-{number}", f" Seen by {writer}."),
    ):
        text = f"The mayor, Ann Lee, said {number + 3} people died.{extra} No more is known."
        toll = f"{number + 3} people"
        said = claim(text, "Ann Lee", f"{toll} died", figure=toll)
        outlet = ("Courier", "Echo", "Tribune")[number % 3]
        found.append(
            revision(text, [said], slug=slug, outlet=outlet, fetched=at, run_id=run_id, title=slug)
        )
    return found


def run_name(writer: int, number: int) -> str:
    """Return the id of a writer's run."""
    return f"run-{writer}-{number:03}"


def stage_dir(folder: Path, writer: int, number: int) -> Path:
    """Return where the run's rows are staged."""
    return folder / "staging" / run_name(writer, number)


# ---------------------------------------------------------------- the processes


def write(lake: Lake, folder: Path, writer: int, loads: int, turns: bool) -> None:
    """Load the runs of a writer; print what becomes of each, and how far it has come."""
    check, pauses = load._check, Pauses()

    def told_check(con: duckdb.DuckDBPyConnection) -> None:
        print("checks", flush=True)
        check(con)
        print("commits", flush=True)

    load._check = told_check
    if not turns:
        setattr(load, "turn", lambda *_: contextlib.nullcontext())  # noqa: B010
    with open_writer(lake):  # as a run holds it
        for number in range(loads):
            began = time.monotonic()
            report = load.load_run(
                lake,
                stage_dir(folder, writer, number),
                run(run_name(writer, number)),
                wait_s=600,
                sleep=pauses.sleep,
            )
            said = {"seconds": time.monotonic() - began, "overtaken": pauses.taken()}
            print(json.dumps(said | {"already_loaded": report.already_loaded}), flush=True)


class Pauses:
    """Sleeps, and counts how often."""

    def __init__(self) -> None:
        self._count = 0

    def sleep(self, seconds: float) -> None:
        """Sleep, and count it."""
        self._count += 1
        time.sleep(seconds)

    def taken(self) -> int:
        """Return how often that was since the last call."""
        count, self._count = self._count, 0
        return count


def read(lake: Lake) -> None:
    """Ask until the standard input ends; print how often, and every answer that does not hold.

    Rests four times as long as an answer took, or a reader has a processor for itself.
    """
    ended = threading.Thread(target=sys.stdin.read, daemon=True)
    ended.start()
    answers, runs, took_s = 0, 0, 0.05
    wrong: list[Any] = []
    errors: list[str] = []
    while ended.is_alive():
        ended.join(4 * took_s)
        began = time.monotonic()
        try:
            with open_reader(lake) as con:
                first, again = (con.execute(CONSISTENT).fetchall()[0] for _ in range(2))
        except Exception as error:
            errors.append(str(error).splitlines()[0])
            continue
        finally:
            took_s = time.monotonic() - began
        answers += 1
        if first != again or not all(first[1:]) or first[0] < runs:
            wrong.append([first, again])
        runs = first[0]
    print(json.dumps({"answers": answers, "wrong": wrong, "errors": errors}))


# ---------------------------------------------------------------- the whole


class Bench:
    """A lake, its staged runs, and the processes that write and read it."""

    def __init__(self, lake: Lake, folder: Path, writers: int, loads: int, turns: bool) -> None:
        self.lake, self.folder, self.writers, self.loads = lake, folder, writers, loads
        self._turns = turns
        for writer in range(writers):
            for number in range(loads):
                stage(stage_dir(folder, writer, number), *rows(writer, number))

    def measure(self, kills: int, chance: random.Random) -> dict[str, Any]:
        """Have all writers load, the first one killed `kills` times, and a reader ask meanwhile."""
        with open_writer(self.lake) as con:
            migrate(con)
        reader = self._start("read", stdin=subprocess.PIPE)
        began = time.monotonic()
        others = [self._start_writer(number) for number in range(1, self.writers)]
        moments = ("checks", "commits")
        died = [self._kill(moments[number % 2], chance) for number in range(kills)]
        loads = [_loads(one) for one in [self._start_writer(0), *others]]
        seconds = time.monotonic() - began
        asked: dict[str, Any] = json.loads(reader.communicate("")[0])
        own = [one for part in loads for one in part if not one["already_loaded"]]
        figures = {
            "loads": len(own), "seconds": round(seconds, 1),
            "median_load_s": round(sorted(one["seconds"] for one in own)[len(own) // 2], 2),
            "overtaken": sum(one["overtaken"] for one in own), "kills": len(died),
            "killed_after_commit": sum(died), "reader": asked,
        }  # fmt: skip
        return figures | self._compare()

    def _kill(self, moment: str, chance: random.Random) -> bool:
        """Kill the first writer before its checks or around its commit.

        Tell whether that load had been committed.
        """
        process, left = self._start_writer(0), chance.randint(1, 3)
        assert process.stdout is not None
        for line in process.stdout:
            left -= line == f"{moment}\n"
            if not left:
                break
        if moment == "commits":
            time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0]
        return "seconds" in rest

    def _compare(self) -> dict[str, Any]:
        with open_reader(self.lake) as con:
            order = [run_id for (run_id,) in con.execute(ORDER).fetchall()]
            found = _tables(con)
        file = self.folder / "file.duckdb"
        with open_writer(file) as con:
            for run_id in order:
                load.load_run(file, self.folder / "staging" / run_id, run(run_id))
            different = differences(_tables(con), found)
        return {
            "runs": len(order), "rows": sum(map(len, found.values())),
            "lost": self.writers * self.loads - len(order), "different": different,
        }  # fmt: skip

    def _start_writer(self, number: int) -> subprocess.Popen[str]:
        turns = "turns" if self._turns else ""
        return self._start("write", str(self.folder), str(number), str(self.loads), turns)

    def _start(self, *arguments: str, stdin: int | None = None) -> subprocess.Popen[str]:
        part, *others = arguments
        place = (self.lake.catalog, str(self.lake.files))
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.lake", part, *place, *others],
            cwd=ROOT, stdin=stdin, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip


def _loads(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    said = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"A writer ended with {process.returncode}.")
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def _tables(con: duckdb.DuckDBPyConnection) -> Contents:
    names = con.execute(
        """SELECT schema_name || '.' || table_name FROM duckdb_tables()
        WHERE schema_name <> 'main' AND database_name = current_database()"""
    ).fetchall()
    return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for (name,) in names}


def bench(writers: int, loads: int, kills: int, turns: bool, seed: int = 1) -> dict[str, Any]:
    """Return the figures of a lake of its own."""
    with serve_postgres() as postgres, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lake = Lake(postgres.create("lake"), folder / "lake")
        return Bench(lake, folder, writers, loads, turns).measure(kills, random.Random(seed))


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    if arguments[:1] == ["write"]:
        catalog, files, folder, writer, loads, turns = arguments[1:]
        write(Lake(catalog, Path(files)), Path(folder), int(writer), int(loads), bool(turns))
        return 0
    if arguments[:1] == ["read"]:
        catalog, files = arguments[1:]
        read(Lake(catalog, Path(files)))
        return 0
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writers", type=int, default=4, help="processes that load")
    parser.add_argument("--loads", type=int, default=25, help="runs that each loads")
    parser.add_argument("--kills", type=int, default=0, help="how often the first one is killed")
    parser.add_argument("--no-turns", action="store_true", help="let writers cross")
    options = parser.parse_args(arguments)
    figures = bench(options.writers, options.loads, options.kills, not options.no_turns)
    print(json.dumps({"duckdb": duckdb.__version__} | figures, indent=2))
    reader = figures["reader"]
    return int(bool(figures["different"] or figures["lost"] or reader["wrong"] or reader["errors"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
