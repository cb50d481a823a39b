"""Damage to the archive: what is whole is found, wherever it lies, and no writer cuts it off."""

from __future__ import annotations

import gzip
import io
import os
import time
from pathlib import Path

import pytest
from warcio.checker import Checker

from extractors.errors import ArchiveError
from flows.archive import Archive, files_of, read, replay, whole_bytes
from flows.archive.members import Member, members
from flows.archive.reading import Damage, scan
from flows.http import Position
from tests.flows.test_archive import exchange

pytestmark = pytest.mark.area("Archive")

NAMES = ("a", "b", "c")


def keep(folder: Path, *names: str, body: int = 3000) -> list[Position]:
    with Archive(folder) as archive:
        return [archive.append(exchange(name, os.urandom(body))) for name in names]


def urls(*names: str) -> list[str]:
    return [exchange(name).url for name in names]


def replayed(folder: Path) -> list[str]:
    return [one.url for one in replay(folder)]


def scratch(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


@pytest.mark.rule("Damage in the middle hides nothing after it", source="WARC 1.1 (ISO 28500:2017)")
@pytest.mark.parametrize("into", [0, 1, 2, 3, 40, 200, 700, 1500, 3000])
@pytest.mark.parametrize("count", [1, 300])
def test_damage_in_the_middle_hides_nothing_after_it(tmp_path: Path, into: int, count: int) -> None:
    places = keep(tmp_path, *NAMES)
    path = tmp_path / places[0].file
    whole = path.read_bytes()
    start = places[1].offset + into
    scratch(path, start, bytes(byte ^ 0xFF for byte in whole[start : start + count]))

    found = list(scan(path))

    assert replayed(tmp_path) in (urls("a", "c"), urls("a", "b", "c"))
    assert any(isinstance(one, Damage) for one in found)
    assert read(tmp_path, places[2]) == list(replay(tmp_path))[-1]
    with pytest.raises(ArchiveError, match="no answer at byte"):
        read(tmp_path, places[1])
    with Archive(tmp_path):  # an opening writer cuts torn tails off
        assert path.stat().st_size == len(whole)


@pytest.mark.rule(
    "An answer whose request is damaged comes without it", source="WARC 1.1 (ISO 28500:2017)"
)
def test_an_answer_whose_request_is_damaged_comes_without_it(tmp_path: Path) -> None:
    places = keep(tmp_path, *NAMES)
    scratch(tmp_path / places[1].file, places[1].offset + 30, b"rot")
    found = list(replay(tmp_path))
    assert [one.url for one in found] == urls(*NAMES)
    assert [bool(one.request_headers) for one in found] == [True, False, True]
    assert found[1].position is not None
    assert read(tmp_path, found[1].position) == found[1]


@pytest.mark.rule(
    "An answer is never given the request of another", source="WARC 1.1 (ISO 28500:2017)"
)
def test_an_answer_is_never_given_the_request_of_another(tmp_path: Path) -> None:
    places = keep(tmp_path, *NAMES)
    start, end = places[1].offset + 1000, places[2].offset + 50
    scratch(tmp_path / places[1].file, start, bytes(end - start))
    assert replayed(tmp_path) == urls("a", "c")
    assert list(replay(tmp_path))[-1].request_headers == ()


@pytest.mark.rule("Damage in the middle hides nothing after it", source="WARC 1.1 (ISO 28500:2017)")
@pytest.mark.parametrize("count", range(65_534, 65_540))
def test_records_are_found_wherever_they_begin(tmp_path: Path, count: int) -> None:
    (place,) = keep(tmp_path, "a")
    path = tmp_path / place.file
    path.write_bytes(b"?" * count + path.read_bytes())
    assert replayed(tmp_path) == urls("a")
    with path.open("rb") as file:
        assert next(members(file)) == Member(0, count, None)


@pytest.mark.rule("What is no record is passed over and told", source="WARC 1.1 (ISO 28500:2017)")
def test_a_record_that_is_none_is_passed_over(tmp_path: Path) -> None:
    places = keep(tmp_path, "a")
    path = tmp_path / places[0].file
    with path.open("ab") as file:
        file.write(gzip.compress(b"no record\r\n", mtime=0))
    keep(tmp_path, "b")
    assert replayed(tmp_path) == urls("a", "b")
    assert sum(isinstance(one, Damage) for one in scan(path)) == 1


@pytest.mark.rule(
    "A torn tail is cut off, and nothing before it", source="WARC 1.1 (ISO 28500:2017)"
)
@pytest.mark.parametrize("zeros", [1, 4096, 300_000])
def test_zeros_after_a_power_cut_are_cut_off(tmp_path: Path, zeros: int) -> None:
    places = keep(tmp_path, "a", "b")
    path = tmp_path / places[0].file
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(bytes(zeros))
    assert whole_bytes(path) == size
    keep(tmp_path, "c")
    assert replayed(tmp_path) == urls("a", "b", "c")
    assert not any(isinstance(one, Damage) for one in scan(path))


@pytest.mark.rule("A file torn at its beginning is taken up", source="WARC 1.1 (ISO 28500:2017)")
@pytest.mark.parametrize("left", [b"", bytes(4096), b"\x1f\x8b\x08\x00\x00"])
def test_a_file_begun_and_torn_at_a_change_of_files_is_taken_up(
    tmp_path: Path, left: bytes
) -> None:
    first = keep(tmp_path, "a")
    begun = tmp_path / "claimwire-00002.warc.gz"
    begun.write_bytes(left)
    assert replayed(tmp_path) == urls("a")
    (second,) = keep(tmp_path, "b")
    assert second.file == begun.name
    assert replayed(tmp_path) == urls("a", "b")
    assert [path.name for path in files_of(tmp_path, "claimwire")] == [first[0].file, begun.name]
    assert Checker(_Files(begun)).process_all() == 0


@pytest.mark.rule(
    "A torn tail is cut off, and nothing before it", source="WARC 1.1 (ISO 28500:2017)"
)
def test_a_torn_request_and_a_torn_head_leave_nothing_behind(tmp_path: Path) -> None:
    (place,) = keep(tmp_path, "a")
    path = tmp_path / place.file
    whole = path.read_bytes()
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        assert replayed(tmp_path) == []
        keep(tmp_path, "b", body=10)
        assert replayed(tmp_path) == urls("b")


@pytest.mark.rule(
    "An answer made to look like records costs little",
    source="CWE-400; newspaper4k 340, trafilatura 216: hangs without timeouts",
)
def test_answers_that_look_like_records_are_looked_through_fast(tmp_path: Path) -> None:
    places = keep(tmp_path, "a")
    path = tmp_path / places[0].file
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00 " * 40_000)
    began = time.monotonic()
    assert replayed(tmp_path) == urls("a")
    assert time.monotonic() - began < 10


@pytest.mark.rule(
    "Any WARC reader reads it, requests and responses", source="WARC 1.1 (ISO 28500:2017); warcio"
)
def test_files_pass_the_check_of_warcio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, *NAMES)
    (path,) = files_of(tmp_path, "claimwire")
    assert Checker(_Files(path)).process_all() == 0
    assert capsys.readouterr().out.count("digest pass") == 1 + 2 * len(NAMES)


def test_reading_an_answer_reads_no_other(tmp_path: Path) -> None:
    places = keep(tmp_path, *("x" * 20), body=100_000)
    path = tmp_path / places[9].file
    with path.open("rb") as file:
        counting = _Counting(file)
        pair = members(counting, places[9].offset)  # type: ignore[arg-type]
        assert [next(pair).record is not None for _ in range(2)] == [True, True]
    assert counting.read_bytes < 400_000


class _Counting:
    def __init__(self, file: io.BufferedReader) -> None:
        self._file, self.read_bytes = file, 0

    def seek(self, *place: int) -> int:
        return self._file.seek(*place)

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.read_bytes += len(data)
        return data


class _Files:
    """What `warcio check -v` is called with."""

    def __init__(self, *paths: Path) -> None:
        self.inputs, self.verbose = [str(path) for path in paths], True
