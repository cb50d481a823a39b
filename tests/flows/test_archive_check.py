"""`claimwire archive check`, and runs on a disk that is full."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.contents import contents, differences
from extractors.errors import ArchiveError
from flows import cli
from flows.archive import Archive, files_of, replay
from flows.clock import StoppedClock
from flows.ingest import run_once
from flows.ingest.world import World
from flows.settings import Settings
from tests.flows.newsroom import Item, Newsroom, make_home, newsroom, rows
from tests.flows.test_archive import exchange

pytestmark = pytest.mark.area("Archive")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path, room: Newsroom) -> Settings:
    """A home with a feed, two pages and a robots.txt in its archive."""
    return read_news(make_home(tmp_path / "home", [news(room)]))


def news(room: Newsroom) -> str:
    room.story("/a/1", "One", "Ann said it rained.")
    room.story("/a/2", "Two", "Bob said it snowed.")
    room.put("/robots.txt", "User-agent: *\nDisallow: /private/", kind="text/plain")
    return room.feed("/feed", [Item("/a/1", "One"), Item("/a/2", "Two")])


def read_news(settings: Settings) -> Settings:
    asyncio.run(run_once(settings, world=World(StoppedClock(NOON))))
    return settings


def check(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any], str]:
    code = cli.main(["archive", "check", "--home", str(settings.home), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def archive_file(settings: Settings) -> Path:
    (path,) = settings.archive_dir.iterdir()
    return path


def positions(settings: Settings) -> dict[str, int]:
    found = rows(settings, "SELECT url, archive_offset FROM ops.fetches")
    return {"/" + url.rpartition("/")[2]: offset for url, offset in found}


@pytest.mark.rule(
    "The archive is checked against the index: lost, damaged, other answers",
    source="CC-NEWS outages noticed by users first (news-crawl 46 and 57)",
)
def test_a_whole_archive_has_no_finding(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code, findings, said = check(settings, capsys)
    assert (code, findings) == (0, [])
    assert said == "Read 1 file with 4 exchanges; the index lists 4. All are there.\n"


@pytest.mark.rule("Redirects and robots.txt are kept, too", source="news-crawl: request records")
def test_requests_of_redirects_and_of_robots_are_kept_too(tmp_path: Path, room: Newsroom) -> None:
    feed = news(room)
    room.pages["/a/1"] = (301, "text/plain", b"")
    room.moved = {"/a/1": "/a/2"}
    settings = read_news(make_home(tmp_path / "home", [feed]))
    kept = list(replay(settings.archive_dir, "20260101T120000.000Z"))
    by_path = {one.url.removeprefix(room.base): one for one in kept}
    assert {path: one.status for path, one in by_path.items()} == {
        "/feed": 200, "/robots.txt": 200, "/a/1": 301, "/a/2": 200,
    }  # fmt: skip
    assert all(dict(one.request_headers)["Host"] for one in kept)


@pytest.mark.rule(
    "The archive is checked against the index: lost, damaged, other answers",
    source="CC-NEWS outages noticed by users first (news-crawl 46 and 57)",
)
def test_a_lost_file_is_a_loss(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    path = archive_file(settings)
    path.unlink()
    code, findings, said = check(settings, capsys)
    assert code == 1
    assert [(one["file"], one["finding"]) for one in findings] == [(path.name, "missing file")]
    assert "restore the files" in said


@pytest.mark.rule(
    "The archive is checked against the index: lost, damaged, other answers",
    source="CC-NEWS outages noticed by users first (news-crawl 46 and 57)",
)
def test_a_damaged_answer_is_a_loss_and_the_others_are_found(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    place = positions(settings)["/1"]
    with archive_file(settings).open("r+b") as file:
        file.seek(place + 20)
        file.write(b"rot")
    code, findings, _ = check(settings, capsys)
    assert code == 1
    assert [(one["finding"], one["offset"]) for one in findings] == [
        ("damaged", place),
        ("missing", place),
        ("unlisted", None),  # the answer without its request
    ]


@pytest.mark.rule(
    "The archive is checked against the index: lost, damaged, other answers",
    source="CC-NEWS outages noticed by users first (news-crawl 46 and 57)",
)
def test_another_answer_in_its_place_is_a_loss(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive_file(settings)
    run_id = path.name.removesuffix("-00001.warc.gz")
    first = next(replay(settings.archive_dir, run_id))
    path.unlink()
    with Archive(settings.archive_dir, run_id) as archive:
        archive.append(replace(first, payload=b"other", headers=()))
    code, findings, _ = check(settings, capsys)
    assert code == 1
    assert [one["finding"] for one in findings] == ["different", "missing", "missing", "missing"]
    assert findings[0]["detail"].startswith("body_sha256")


@pytest.mark.rule(
    "What a killed run leaves in the archive is no loss",
    source="archive first: what is not kept is not used",
)
def test_what_a_killed_run_leaves_is_no_loss(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = archive_file(settings)
    with Archive(settings.archive_dir, path.name.removesuffix("-00001.warc.gz")) as archive:
        archive.append(exchange())
        archive.append(exchange(status=301, headers=(("Location", "/b"),)))
        torn = path.stat().st_size
        archive.append(exchange("torn", os.urandom(2000)))
    os.truncate(path, path.stat().st_size - 100)
    code, findings, said = check(settings, capsys)
    assert code == 0
    assert [one["finding"] for one in findings] == ["torn tail", "unlisted"]
    assert findings[0]["offset"] > torn
    assert findings[1]["detail"].startswith("1 exchange that no row lists")
    assert said.endswith("All are there.\n")


class FullDisk:
    """A file on a disk with this much room left, bytes."""

    def __init__(self, out: Any, room: int) -> None:
        self._out, self._room = out, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(28, "No space left on device")
        taken = data[: self._room]
        self._room -= len(taken)
        return self._out.write(taken)  # type: ignore[no-any-return]


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A full disk loads nothing, and loses nothing once there is room",
    source="archive first: what is not kept is not used",
)
@pytest.mark.parametrize("left", [300, 3500])
def test_a_run_on_a_full_disk_says_so_and_loses_nothing(
    tmp_path: Path, room: Newsroom, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    feed = news(room)
    whole = read_news(make_home(tmp_path / "whole", [feed]))
    settings = make_home(tmp_path / "full", [feed])
    with monkeypatch.context() as patched:
        open_file = Archive._open

        def open_on_full_disk(archive: Archive, path: Path) -> None:
            open_file(archive, path)
            archive._out = FullDisk(archive._out, left)  # type: ignore[assignment]

        patched.setattr(Archive, "_open", open_on_full_disk)
        with pytest.raises(ArchiveError, match=r"No space left on device.*space on that disk"):
            read_news(settings)
    assert not settings.published_path.exists()

    room.asked.clear()
    read_news(settings)

    assert differences(contents(whole.home), contents(settings.home)) == []
    assert len(files_of(settings.archive_dir, "20260101T120000.000Z")) == 1
