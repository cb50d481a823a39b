from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.history import read_history, slots


def pack(folder: Path, feed: str, snapshots: dict[str, bytes]) -> None:
    with tarfile.open(folder / f"{feed}.tar.xz", "w:xz") as archive:
        for name, body in snapshots.items():
            member = tarfile.TarInfo(f"{feed}/{name}.xml")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))


def at(hour: int) -> datetime:
    return datetime(2025, 3, 1, hour, tzinfo=UTC)


def test_snapshots_stand_until_the_next_one(tmp_path: Path) -> None:
    pack(tmp_path, "a", {"20250301T020000Z_bb": b"2", "20250301T010000Z_aa": b"1"})
    pack(tmp_path, "b", {"20250301T020000Z_cc": b""})
    history = read_history(tmp_path)
    first, second = history
    assert (first.name, second.name) == ("a", "b")
    assert [first.index_at(at(hour)) for hour in (0, 1, 2, 3)] == [None, 0, 1, 1]
    assert first.bodies == (b"1", b"2")
    assert first.tags[0] == '"20250301T010000Z_aa"'
    assert slots(history) == [at(1), at(2)]


def test_an_empty_folder_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no"):
        read_history(tmp_path)
