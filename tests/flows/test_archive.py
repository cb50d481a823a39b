"""The archive: what was kept comes back, and a crash costs at most the last record."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from extractors.errors import ArchiveError, FetchError
from flows.archive import Archive, files_of, read, replay, whole_bytes
from flows.http import Exchange, Position
from tests.conftest import ROOT

pytestmark = pytest.mark.area("Archive")

THEN = datetime(2024, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def exchange(path: str = "a", body: bytes = b"<rss/>", **changes: object) -> Exchange:
    url = f"https://news.example/{path}?q=1"
    made = Exchange(
        kind="feed",
        url=url,
        first_url=url,
        fetched_at=THEN,
        elapsed_ms=12,
        request_headers=(("Host", "news.example"), ("Accept", "*/*")),
        status=200,
        headers=(("Content-Type", "text/xml"), ("Set-Cookie", "a"), ("set-cookie", "b")),
        payload=body,
        body=body,
        remote_ip="192.0.2.1",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def same(got: Exchange, put: Exchange) -> bool:
    return dataclasses.replace(got, position=None) == put


@pytest.mark.rule("What was kept comes back as it was", source="WARC 1.1 (ISO 28500:2017)")
def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    put = [exchange("a"), exchange("b", bytes(range(256)) * 500), exchange("c", b"", status=304)]
    with Archive(tmp_path) as archive:
        places = [archive.append(one) for one in put]
    assert all(same(read(tmp_path, place), one) for place, one in zip(places, put, strict=True))
    again = list(replay(tmp_path))
    assert [one.position for one in again] == places
    assert [one.body for one in again] == [one.body for one in put]


@pytest.mark.rule(
    "A body is stored as received, coding and all", source="WARC 1.1 (ISO 28500:2017)"
)
def test_a_coded_body_is_stored_as_received(tmp_path: Path) -> None:
    squeezed = gzip.compress(b"words" * 100, mtime=0)
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    put = exchange(payload=squeezed, body=b"words" * 100, headers=headers)
    with Archive(tmp_path) as archive:
        place = archive.append(put)
    got = read(tmp_path, place)
    assert (got.payload, got.body) == (squeezed, b"words" * 100)
    assert got.header("transfer-encoding") is None


@pytest.mark.rule("Headers and bodies of any bytes come back", source="WARC 1.1 (ISO 28500:2017)")
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(st.characters(codec="latin-1", exclude_categories=["C", "Z"])), max_size=4),
    st.binary(max_size=2000),
)
def test_headers_and_bodies_of_any_bytes_come_back(values: list[str], body: bytes) -> None:
    put = exchange(body=body, headers=tuple(("X-Any", value) for value in values))
    with tempfile.TemporaryDirectory() as folder:
        with Archive(Path(folder)) as archive:
            place = archive.append(put)
        assert same(read(Path(folder), place), put)


@pytest.mark.rule(
    "Any WARC reader reads it, requests and responses", source="WARC 1.1 (ISO 28500:2017); warcio"
)
def test_any_warc_reader_reads_it(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.append(exchange())
    with files_of(tmp_path, "claimwire")[0].open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            kinds.append(record.rec_type)
            assert record.rec_headers.protocol == "WARC/1.1"
            assert record.rec_headers.get_header("WARC-Date") == "2024-03-01T12:00:00.123456Z"
            record.content_stream().read()
    assert kinds == ["warcinfo", "request", "response"]


@pytest.mark.rule("Each file says who wrote it", source="WARC 1.1 (ISO 28500:2017): warcinfo")
def test_the_head_of_each_file_says_who_wrote_it(tmp_path: Path) -> None:
    put = exchange(request_headers=(("Host", "news.example"), ("User-Agent", "claimwire (+me)")))
    for folder in ("one", "two"):
        with Archive(tmp_path / folder, max_file_bytes=1) as archive:
            archive.append(put)
            archive.append(put)
    files = files_of(tmp_path / "one", "claimwire")
    assert len(files) == 2
    for path in files:
        with path.open("rb") as file:
            record = next(iter(ArchiveIterator(file)))
            told = record.content_stream().read().decode()
        assert record.rec_headers.get_header("WARC-Filename") == path.name
        assert "software: claimwire/" in told
        assert "http-header-user-agent: claimwire (+me)\r\n" in told
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.rule(
    "A failed answer keeps its reason", source="archive first: what is not kept is not used"
)
def test_a_failed_answer_keeps_its_reason(tmp_path: Path) -> None:
    put = exchange(body=b"", payload=b"", error=FetchError("It is large.", reason="too_big"))
    with Archive(tmp_path) as archive:
        place = archive.append(put)
    got = read(tmp_path, place)
    assert got.error is not None
    assert (got.error.reason, got.error.problem) == ("too_big", "It is large.")


@pytest.mark.rule("Files rotate by size", source="news-crawl: 1 GiB or a day")
def test_files_rotate_by_size(tmp_path: Path) -> None:
    with Archive(tmp_path, "run", max_file_bytes=6000) as archive:
        places = [archive.append(exchange(str(n), os.urandom(1500))) for n in range(5)]
    assert [place.file for place in places] == [f"run-0000{n}.warc.gz" for n in (1, 1, 2, 2, 3)]
    assert len(list(replay(tmp_path, "run"))) == 5
    assert [same(read(tmp_path, place), exchange("4")) for place in places] == [False] * 5


@pytest.mark.rule(
    "A torn tail is cut off, and nothing before it", source="WARC 1.1 (ISO 28500:2017)"
)
@pytest.mark.parametrize(
    ("torn", "tail"), [(1, b""), (7, b""), (150, b""), (7, bytes(4096)), (150, bytes(4096))]
)
def test_a_torn_tail_is_cut_and_nothing_before_it(tmp_path: Path, torn: int, tail: bytes) -> None:
    with Archive(tmp_path) as archive:
        first = archive.append(exchange("a"))
        archive.append(exchange("b"))
    path = tmp_path / first.file
    whole = path.read_bytes()
    path.write_bytes(whole[:-torn] + tail)
    assert [one.url for one in replay(tmp_path)] == [exchange("a").url]
    with Archive(tmp_path) as archive:
        assert path.stat().st_size == whole_bytes(path)
        third = archive.append(exchange("c"))
    assert [one.url for one in replay(tmp_path)] == [exchange("a").url, exchange("c").url]
    assert same(read(tmp_path, first), exchange("a"))
    assert same(read(tmp_path, third), exchange("c"))


@pytest.mark.rule(
    "What was kept is on the disk; waiting keepers share a sync",
    source="archive first: what is not kept is not used",
)
def test_waiting_keepers_share_a_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    syncs = 0
    real = os.fsync

    def counted(handle: int) -> None:
        nonlocal syncs
        syncs += 1
        real(handle)

    async def main() -> list[Position]:
        with Archive(tmp_path) as archive:
            monkeypatch.setattr(os, "fsync", counted)
            return list(await asyncio.gather(*(archive.keep(exchange(str(n))) for n in range(50))))

    places = asyncio.run(main())
    assert len(set(places)) == 50
    assert 0 < syncs < 50
    assert same(read(tmp_path, places[7]), exchange("7"))


WRITER = """
import asyncio, sys
from pathlib import Path
from flows.archive import Archive
from tests.flows.test_archive import exchange

async def main():
    with Archive(Path(sys.argv[1]), max_file_bytes=20_000) as archive:
        for number in range(100_000):
            place = await archive.keep(exchange(str(number), bytes(range(256)) * (number % 9)))
            print(place.file, place.offset, flush=True)

asyncio.run(main())
"""


@pytest.mark.rule(
    "A killed writer loses nothing that it had kept",
    source="archive first: what is not kept is not used",
)
def test_a_killed_writer_loses_nothing_that_it_had_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(60)]
        writer.kill()
        lines += writer.stdout.readlines()
    lines = [line for line in lines if line.endswith("\n")]
    with Archive(tmp_path):
        pass
    places = [Position(file, int(offset)) for file, offset in map(str.split, lines)]
    assert [read(tmp_path, place).url for place in places] == [
        exchange(str(number)).url for number in range(len(places))
    ]
    assert len(files_of(tmp_path, "claimwire")) > 1
    assert len(list(replay(tmp_path))) in (len(places), len(places) + 1)


@pytest.mark.rule("One process at a time writes a file", source="one writer a home")
def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        Archive(tmp_path),
        pytest.raises(ArchiveError, match="Another process"),
        Archive(tmp_path),
    ):
        pass


@pytest.mark.area("Crash and concurrency")
@pytest.mark.rule(
    "A full disk loads nothing, and loses nothing once there is room",
    source="archive first: what is not kept is not used",
)
def test_a_full_disk_is_told_and_leaves_whole_records(tmp_path: Path) -> None:
    class FullDisk:
        """Takes twenty bytes, then no more."""

        def __init__(self, out: object) -> None:
            self.out, self.room = out, 20

        def __getattr__(self, name: str) -> object:
            return getattr(self.out, name)

        def write(self, data: memoryview) -> int:
            if not self.room:
                raise OSError(28, "No space left on device")
            written, self.room = self.room, 0
            return self.out.write(data[:written])  # type: ignore[attr-defined, no-any-return]

    with Archive(tmp_path) as archive:
        first = archive.append(exchange("a"))
        size = (tmp_path / first.file).stat().st_size
        whole = archive._out
        archive._out = FullDisk(whole)  # type: ignore[assignment]
        with pytest.raises(ArchiveError, match="No space left"):
            archive.append(exchange("b"))
        assert (tmp_path / first.file).stat().st_size == size
        archive._out = whole
        archive.append(exchange("c"))
    assert [one.url for one in replay(tmp_path)] == [exchange("a").url, exchange("c").url]


def test_an_unusable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ArchiveError, match="cannot be written"), Archive(tmp_path / "file" / "x"):
        pass


@pytest.mark.rule(
    "A wrong position gives an error, not another answer", source="WARC 1.1 (ISO 28500:2017)"
)
def test_a_wrong_position_is_told(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.append(exchange())
    with pytest.raises(ArchiveError):
        read(tmp_path, Position("claimwire-00001.warc.gz", 3))
    with pytest.raises(ArchiveError):
        read(tmp_path, Position("none-00001.warc.gz", 0))
