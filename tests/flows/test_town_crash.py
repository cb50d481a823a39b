"""What goes wrong on our side: network, clock, disk, and two of us at once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import ArchiveError, WarehouseBusyError
from flows.archive import Archive, replay
from flows.ingest import slot
from flows.report import RunReport
from flows.sources import FeedSource, save_feeds
from tests.conftest import ROOT
from tests.flows.polls import NOW
from tests.flows.town import NEWS, Town, entry, in_town, rss, story_page
from tests.web import Asked, Reply
from warehouse.staging import Stage

pytestmark = pytest.mark.area("Crash and concurrency")
OUTAGE = "Betterbird 157: feeds paused one by one after a local outage"
DAY_S = 86_400


def news(town: Town, stories: int = 2) -> None:
    town.subscribe(NEWS)
    town.web.routes["/feed"] = Reply(200, rss(*map(entry, range(stories))))
    town.web.routes |= {f"/a/{n}": Reply(200, story_page(n)) for n in range(stories)}


@pytest.mark.rule("A local outage touches no counter", source=OUTAGE)
def test_names_that_stop_resolving_in_mid_run_blame_no_feed(tmp_path: Path) -> None:
    """Half of the feeds are asked before the network goes, which the last one's answer tells."""
    feeds = [f"http://paper{number}.example/feed" for number in range(12)]

    async def story(town: Town) -> None:
        def last(asked: Asked) -> Reply:
            town.dialler.is_cut_off = True
            town.clock.advance(1)
            return Reply(200, rss(entry(1)))

        town.subscribe(*feeds)
        town.web.routes["/feed"] = Reply(200, rss(entry(1)))
        town.web.routes["paper4.example/feed"] = last
        report = await town.run(pages=False)
        assert report.is_offline
        states = town.rows("SELECT state, count(*), max(failure_weight) FROM ops.feeds GROUP BY 1")
        assert {state for state, _, _ in states} == {"fine", "offline"}
        assert max(weight for _, _, weight in states) == 0
        town.dialler.is_cut_off = False
        town.web.routes["paper4.example/feed"] = Reply(200, rss(entry(1)))
        town.clock.advance(900)
        await town.run(pages=False)
        assert town.rows("SELECT DISTINCT state FROM ops.feeds") == [("fine",)]

    in_town(tmp_path, story, connections="1")


@pytest.mark.rule("Pages lost to a local outage are no failed attempts", source=OUTAGE)
def test_pages_that_an_outage_spoilt_wait(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        hosts = [f"paper{number}.example" for number in range(6)]

        def last(asked: Asked) -> Reply:
            town.dialler.is_cut_off = True
            return Reply(200, rss(*(entry(n, host) for n, host in enumerate(hosts))))

        town.subscribe(NEWS)
        town.hosts |= dict.fromkeys(hosts, "1.1.1.1")
        town.web.routes["/feed"] = last
        await town.run()
        assert town.rows("SELECT DISTINCT fate, attempts FROM ops.url_fates") == [("pending", 0)]
        town.dialler.is_cut_off = False
        town.web.routes["/feed"] = Reply(304)
        town.web.routes |= {f"/a/{n}": Reply(200, story_page(n)) for n in range(6)}
        town.clock.advance(3600)
        report = await town.run()
        assert report.fates == {"loaded": 6}

    in_town(tmp_path, story)


@pytest.mark.rule(
    "A clock set back stops nothing and forgets nothing", source="what a wrong clock noted is void"
)
def test_a_clock_that_ran_ahead_and_was_set_right_holds_up_nothing(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        news(town)
        town.web.routes["/a/1"] = Reply(500)
        town.clock.advance(400 * DAY_S)
        await town.run()
        assert town.fates() == {"/a/0": "loaded", "/a/1": "pending"}
        town.clock.advance(-400 * DAY_S)
        town.web.routes["/a/1"] = Reply(200, story_page(1))
        town.web.routes["/feed"] = Reply(200, rss(entry(7), entry(1), entry(0)))
        town.web.routes["/a/7"] = Reply(200, story_page(7))
        report = await town.run()
        assert (report.feeds_polled, report.items_new) == (1, 1)
        assert town.fates() == {"/a/0": "loaded", "/a/1": "loaded", "/a/7": "loaded"}
        assert report.started_at < NOW + timedelta(days=1)

    in_town(tmp_path, story)


@pytest.mark.rule(
    "Of two runs at once, one is refused and nothing is doubled", source="one writer a home"
)
def test_two_runs_at_once_are_one_run_and_a_refusal(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        news(town)
        both = await asyncio.gather(
            town.run(), town.run(run_id="the-other"), return_exceptions=True
        )
        assert [type(one) for one in both] == [RunReport, WarehouseBusyError]
        assert town.web.count("/feed") == 1
        assert town.rows("SELECT count(*) FROM core.articles") == [(2,)]
        town.clock.advance(60)
        await town.run()
        assert town.rows("SELECT count(*) FROM ops.runs") == [(2,)]

    in_town(tmp_path, story)


HOLDER = """
import sys, time
from pathlib import Path
from flows.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.rule(
    "A run while another process runs is told whose turn it is", source="one writer a home"
)
def test_a_run_during_another_processs_run_says_so_and_a_killed_one_holds_nothing(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    save_feeds(home / "feeds.toml", [FeedSource("http://127.0.0.1:1/feed", "Inner")])
    command = [sys.executable, "-c", HOLDER, str(home / "run.lock")]
    run = [sys.executable, "-m", "flows", "--home", str(home), "run"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        refused = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
        holder.send_signal(signal.SIGKILL)
    assert refused.returncode == 1
    assert f"Another run is going on in {home} (process {holder.pid})" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert subprocess.run(run, cwd=ROOT, capture_output=True).returncode == 3


class FullDisk:
    """Takes `room` bytes, then no more."""

    def __init__(self, out: Any, room: int) -> None:
        self.out, self.room = out, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self.out, name)

    def write(self, data: memoryview) -> int:
        if not self.room:
            raise OSError(28, os.strerror(28))
        taken = data[: self.room]
        self.room -= len(taken)
        return int(self.out.write(taken))


@pytest.mark.rule(
    "A full disk loads nothing, and loses nothing once there is room",
    source="archive first: what is not kept is not used",
)
def test_a_disk_that_fills_up_under_the_archive_is_told_and_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(town: Town) -> None:
        news(town)
        whole = Archive._open

        def opened(archive: Archive, path: Path) -> None:
            whole(archive, path)
            archive._out = FullDisk(archive._out, 1500)  # type: ignore[assignment]

        with monkeypatch.context() as full:
            full.setattr(Archive, "_open", opened)
            with pytest.raises(ArchiveError, match="No space left"):
                await town.run()
        assert not town.settings.published_path.exists()
        kept = len(list(replay(town.settings.archive_dir, slot(NOW))))
        assert 1 <= kept < 4
        town.clock.advance(60)
        await town.run()
        assert town.fates() == {"/a/0": "loaded", "/a/1": "loaded"}
        assert town.rows("SELECT count(*) FROM ops.runs") == [(2,)]

    in_town(tmp_path, story)


@pytest.mark.rule(
    "A full disk loads nothing, and loses nothing once there is room",
    source="archive first: what is not kept is not used",
)
def test_a_disk_that_fills_up_under_the_staged_rows_is_told_and_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(town: Town) -> None:
        news(town)
        whole = Stage.write

        def full_at_visits(stage: Stage, rows: Any, name: str) -> Any:
            if name.startswith("visits"):
                raise OSError(28, os.strerror(28), str(stage.folder))
            return whole(stage, rows, name)

        with monkeypatch.context() as full:
            full.setattr(Stage, "write", full_at_visits)
            with pytest.raises(OSError, match="No space left"):
                await town.run()
        assert not town.settings.published_path.exists()
        asked = len(town.web.asked)
        town.clock.advance(60)
        await town.run()
        assert town.fates() == {"/a/0": "loaded", "/a/1": "loaded"}
        assert len(town.web.asked) == asked

    in_town(tmp_path, story)
