"""The files of an archive on disk: their names, their whole part, and the system's refusals."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed

from extractors.errors import ArchiveError

_CHUNK = 1024 * 1024


def files_of(folder: Path, name: str) -> list[Path]:
    """Return the files of a run, in order."""
    return sorted(folder.glob(f"{escape(name)}-[0-9][0-9][0-9][0-9][0-9].warc.gz"))


def whole_bytes(path: Path) -> int:
    """Return how many bytes of `path` are whole gzip members (reads it once)."""
    whole = 0
    with path.open("rb") as file:
        inflater, seen = _inflater(), 0
        data = file.read(_CHUNK)
        while data:
            try:
                inflater.decompress(data)
            except zlib.error:
                return whole
            seen += len(data) - len(inflater.unused_data)
            data = inflater.unused_data
            if inflater.eof:
                whole, inflater = seen, _inflater()
            data = data or file.read(_CHUNK)
    return whole


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
    except ArchiveLoadFailed as error:
        raise ArchiveError(f"The archive {path} is damaged.", "Restore it from a copy.") from error
    except OSError as error:
        raise ArchiveError(
            f"The archive {path} cannot be {verb}: {error.strerror or error}.",
            "Check the rights and the space on that disk.",
        ) from error


def _inflater() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)
