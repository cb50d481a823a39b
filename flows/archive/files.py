"""The files of an archive on disk: their names, their whole part, and the system's refusals."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from extractors.errors import ArchiveError
from flows.archive.members import members


def files_of(folder: Path, name: str) -> list[Path]:
    """Return the files of a run, in order."""
    return sorted(folder.glob(f"{escape(name)}-[0-9][0-9][0-9][0-9][0-9].warc.gz"))


def whole_bytes(path: Path) -> int:
    """Return where the last whole gzip member of `path` ends (reads it once)."""
    with path.open("rb") as file:
        return max((one.end for one in members(file) if one.record is not None), default=0)


def sync_folder(folder: Path) -> None:
    """Make a new file's name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def told(path: Path, verb: str) -> Iterator[None]:
    """Turn the system's refusals into sentences."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"The archive {path} cannot be {verb}: {error.strerror or error}.",
            "Check the rights and the space on that disk.",
        ) from error
