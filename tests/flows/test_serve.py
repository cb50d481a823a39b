import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import duckdb

from flows.schedule import prefect_environment, settings_environment
from flows.settings import Settings, resolve
from tests.conftest import ROOT
from tests.flows.newsroom import FLAGS, Item, make_home, newsroom, rows

PATIENCE_S = 240


def test_a_scheduled_run_fires_and_its_rows_are_published(tmp_path: Path) -> None:
    with newsroom() as room:
        room.story("/a/1", "One", "Ann said it rained.")
        settings = make_home(tmp_path / "home", [room.feed("/feed", [Item("/a/1", "One")])])
        with (tmp_path / "log").open("w+") as log, serving(settings, log) as process:
            wait_until(process, lambda: settings.published_path.exists() and loaded(settings))
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(PATIENCE_S) == 130, said(log)
            assert "Running every 5 s" in said(log)

    (run_id,), *others = rows(settings, "SELECT run_id FROM ops.runs ORDER BY 1")
    assert rows(settings, "SELECT claimant FROM claims") == [("Ann",)]
    slots = [datetime.strptime(one, "%Y%m%dT%H%M%S.%fZ") for (one,) in [(run_id,), *others]]
    assert all((later - slots[0]) % timedelta(seconds=5) == timedelta() for later in slots)
    with closing(sqlite3.connect(settings.home / "prefect" / "prefect.db")) as prefect:
        reports = prefect.execute("SELECT count(*) FROM artifact WHERE key = 'ingest-report'")
        assert reports.fetchone()[0] >= 1
        tasks = "SELECT count(*) FROM task_run GROUP BY flow_run_id"
        assert all(count <= 3 for (count,) in prefect.execute(tasks))


def test_prefect_is_told_to_report_to_nobody_before_it_is_imported(tmp_path: Path) -> None:
    told = prefect_environment(make_home(tmp_path / "home", []))
    assert told["DO_NOT_TRACK"] == "1"
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told["PREFECT_HOME"] == str(tmp_path / "home" / "prefect")


def test_flags_reach_the_processes_of_the_runs(tmp_path: Path) -> None:
    flags = {"home": str(tmp_path), "workers": "3", "allowed_networks": "127.0.0.0/8,10.0.0.0/8"}
    environment = settings_environment(resolve(flags, {}))
    assert resolve({}, environment).settings == resolve(flags, {}).settings
    assert set(environment) == {
        "CLAIMWIRE_HOME", "CLAIMWIRE_WORKERS", "CLAIMWIRE_ALLOWED_NETWORKS",
    }  # fmt: skip


@contextmanager
def serving(settings: Settings, log: IO[str]) -> Iterator[subprocess.Popen[str]]:
    environment = {f"CLAIMWIRE_{key.upper()}": value for key, value in FLAGS.items()}
    command = [sys.executable, "-m", "flows", "--home", str(settings.home), "serve"]
    with subprocess.Popen(
        [*command, "--interval", "5", "--set", "serve_port=0"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=log,
        stderr=log,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_until(process: subprocess.Popen[str], is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_done():
        assert time.monotonic() < deadline, "no scheduled run fired"
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"it ended with {process.returncode}")


def loaded(settings: Settings) -> bool:
    with duckdb.connect(str(settings.published_path), read_only=True) as con:
        return bool(con.sql("SELECT 1 FROM ops.runs WHERE revisions_loaded = 1").fetchall())


def said(log: IO[str]) -> str:
    log.seek(0)
    return log.read()
