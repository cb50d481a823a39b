"""Runs the ingest slot by slot against the made-up web, in a home that may have been left midway.

    python -m benchmarks.simulation.driving HOME WEB

WEB is a pickled `Web`. Prints "ready" before the first slot.
"""

from __future__ import annotations

import pickle
import sys
from asyncio import Runner
from pathlib import Path

from benchmarks.simulation.feeds import moment
from benchmarks.simulation.leaping import LeapingClock, LeapingLoop
from benchmarks.simulation.network import Log, Network, read_log
from benchmarks.simulation.pulse import DAY_S
from benchmarks.simulation.reading import plain_readers
from benchmarks.simulation.web import Web
from flows.http import Internet
from flows.ingest import run_once, slot
from flows.ingest.world import World
from flows.report import RunReport
from flows.settings import Settings
from flows.sources import FeedSource, save_feeds
from warehouse.connection import first_row, open_writer

RESTART_S = 30.0  # what it takes until a killed process is started again


def settings_of(home: Path) -> Settings:
    """Return the settings of a home: the usual ones, and a reader that needs no model."""
    return Settings(home=home, workers=2, reader="benchmarks.plain_reader:PlainReader")


class Driver:
    """Runs the slots of a simulation in a home; a context manager."""

    def __init__(self, home: Path, web: Web) -> None:
        self.settings = settings_of(home)
        self._web = web
        self._runner = Runner(loop_factory=LeapingLoop)
        log_path = home / "requests.log"
        asked = read_log(log_path)
        self._begin = asked[-1].at + RESTART_S if asked else 0.0
        self._log = Log(log_path)
        if not self.settings.feeds_path.exists():
            sources = [FeedSource(feed.url, feed.site) for feed in web.feeds]
            save_feeds(self.settings.feeds_path, sources)

    @property
    def slots(self) -> int:
        """How many slots the simulation has."""
        return int(self._web.days * DAY_S / self._web.slot_s)

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()
        self._log.close()

    def loaded(self) -> int:
        """Return how many slots are in the warehouse."""
        if not self.settings.work_path.exists():
            return 0
        with open_writer(self.settings.work_path) as con:
            there = "FROM duckdb_tables() SELECT 1 WHERE table_name = 'runs'"
            row = first_row(con, there) and first_row(con, "SELECT count(*) FROM ops.runs")
            return row[0] if row else 0

    def run(self, number: int, *, publish: bool = False) -> RunReport:
        """Run slot `number`, at its moment or when the slot before has ended."""
        now = number * self._web.slot_s
        loop = self._runner.get_loop()
        assert isinstance(loop, LeapingLoop)
        loop.leap_to(max(now, self._begin))
        network = Network(self._web, self._log, now)
        world = World(LeapingClock(moment(now)), Internet(network.resolve, network), plain_readers)
        run_id = slot(moment(now))
        return self._runner.run(
            run_once(self.settings, world=world, run_id=run_id, publish=publish)
        )

    def finish(self) -> None:
        """Run every slot that is not loaded yet, and publish."""
        for number in range(self.loaded(), self.slots):
            self.run(number)
        self.run(self.slots - 1, publish=True)


def main() -> None:
    """Finish the home that the command line names."""
    home, web = Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())
    with Driver(home, web) as driver:
        print("ready", flush=True)
        driver.finish()


if __name__ == "__main__":
    main()
