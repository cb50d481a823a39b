"""Writing the archive: append, sync, rotate; a torn tail is cut off when a series is opened."""

from __future__ import annotations

import asyncio
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from extractors.errors import ArchiveError
from flows.archive.files import files_of, sync_folder, told, whole_bytes
from flows.archive.records import encode, encode_info
from flows.http.exchange import Exchange, Position

MAX_FILE_BYTES = 256 * 1024 * 1024
_LARGE_BYTES = 64 * 1024  # of a payload; less is compressed in two milliseconds, in this thread


class Archive:
    """Writes the exchanges of one run. A context manager.

    Raises (from every method):
        ArchiveError: the folder cannot be written, the disk is full, or another process writes.
    """

    def __init__(
        self, folder: Path, name: str = "claimwire", max_file_bytes: int = MAX_FILE_BYTES
    ) -> None:
        self._folder = folder
        self._name = name
        self._max_file_bytes = max_file_bytes
        self._out: BinaryIO | None = None
        self._full: list[BinaryIO] = []
        self._file = ""
        self._written = 0
        self._durable = 0
        self._syncing = asyncio.Lock()

    def __enter__(self) -> Self:
        with told(self._folder, "written"):
            self._folder.mkdir(parents=True, exist_ok=True)
            existing = files_of(self._folder, self._name)
            self._open(existing[-1] if existing else self._numbered(1))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.sync()
        finally:
            self._close()

    async def keep(self, exchange: Exchange) -> Position:
        """Store `exchange` and return its place once it is on the disk.

        Calls that wait at the same time share one sync.
        """
        if len(exchange.payload) > _LARGE_BYTES:
            blob = await asyncio.to_thread(encode, exchange)
        else:
            blob = encode(exchange)
        position = self._write(exchange, blob)
        ticket = self._written
        while self._durable < ticket:
            async with self._syncing:
                if self._durable < ticket:
                    await asyncio.to_thread(self.sync)
        return position

    def append(self, exchange: Exchange) -> Position:
        """Store `exchange` without waiting for the disk; `sync` makes it durable."""
        return self._write(exchange, encode(exchange))

    def sync(self) -> None:
        """Have everything appended so far on the disk."""
        # Read in this order: what was written before a change of files is synced by then.
        written = self._written
        with told(self._folder, "written"):
            os.fsync(self._opened.fileno())
        self._durable = max(self._durable, written)

    @property
    def _opened(self) -> BinaryIO:
        if self._out is None:
            raise ArchiveError(f"The archive in {self._folder} is not open.", "Open it first.")
        return self._out

    def _write(self, exchange: Exchange, blob: bytes) -> Position:
        with told(self._folder, "written"):
            start = self._opened.tell()
            if start and start + len(blob) > self._max_file_bytes:
                self._rotate()
                start = 0
            head = b"" if start else encode_info(self._file, exchange)
            self._write_whole(head + blob, start)
        self._written += 1
        return Position(self._file, start + len(head))

    def _write_whole(self, blob: bytes, start: int) -> None:
        """Write all of `blob`, or nothing when the disk is full."""
        rest = memoryview(blob)
        try:
            while rest:
                rest = rest[self._opened.write(rest) :]
        except OSError:
            self._opened.truncate(start)
            raise

    def _rotate(self) -> None:
        self.sync()
        # A sync may still run in another thread: the full file stays open until the end.
        self._full.append(self._opened)
        number = int(self._file.removesuffix(".warc.gz").rpartition("-")[2])
        self._open(self._numbered(number + 1))

    def _numbered(self, number: int) -> Path:
        return self._folder / f"{self._name}-{number:05d}.warc.gz"

    def _open(self, path: Path) -> None:
        """Open `path` for appending after its last whole record."""
        out = path.open("ab", buffering=0)
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            out.close()
            raise ArchiveError(
                f"Another process writes to the archive file {path}.", "Wait until it has ended."
            ) from None
        out.truncate(whole_bytes(path))
        out.seek(0, os.SEEK_END)
        sync_folder(self._folder)
        self._out, self._file = cast(BinaryIO, out), path.name

    def _close(self) -> None:
        for out in (*self._full, self._out):
            if out is not None:
                out.close()
        self._out = None
