"""The archive: every answer as received, in WARC 1.1, synced before anything is decided from it.

One series of files a run (`<name>-00001.warc.gz`, ...), each record a gzip member of its own, so
that any WARC tool reads it and a record is read by its offset. A request record stands before its
response. The payload is stored as it came over the wire: Content-Encoding is still true of it; a
Transfer-Encoding has been undone by then, so that header is renamed, as crawlers do.

A process that dies in the middle of a record leaves a torn tail; opening the series again cuts it
off, and nothing before it is lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gzip
import os
import uuid
import zlib
from collections.abc import Iterator
from datetime import datetime
from glob import escape
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import ArchiveError, FetchError
from flows.http.decoding import decode
from flows.http.exchange import FETCH_REASONS, Exchange, Headers, Kind, Position

MAX_FILE_BYTES = 256 * 1024 * 1024
_DECODE_LIMIT = 1024 * 1024 * 1024
_CHUNK = 1024 * 1024
_TRUNCATED = {"too_big": "length", "timeout": "time", "truncated": "disconnect"}
_RENAMED = {"transfer-encoding": "X-Archive-Transfer-Encoding"}


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
        with _told(self._folder, "written"):
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
        blob, offset = await asyncio.to_thread(encode, exchange)
        position = self._write(blob, offset)
        ticket = self._written
        while self._durable < ticket:
            async with self._syncing:
                if self._durable < ticket:
                    await asyncio.to_thread(self.sync)
        return position

    def append(self, exchange: Exchange) -> Position:
        """Store `exchange` without waiting for the disk; `sync` makes it durable."""
        return self._write(*encode(exchange))

    def sync(self) -> None:
        """Have everything appended so far on the disk."""
        # Read in this order: what was written before a change of files is synced by then.
        written = self._written
        with _told(self._folder, "written"):
            os.fsync(self._opened.fileno())
        self._durable = max(self._durable, written)

    @property
    def _opened(self) -> BinaryIO:
        if self._out is None:
            raise ArchiveError(f"The archive in {self._folder} is not open.", "Open it first.")
        return self._out

    def _write(self, blob: bytes, offset: int) -> Position:
        with _told(self._folder, "written"):
            start = self._opened.tell()
            if start and start + len(blob) > self._max_file_bytes:
                self._rotate()
                start = 0
            self._write_whole(blob, start)
        self._written += 1
        return Position(self._file, start + offset)

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
        _sync_folder(self._folder)
        self._out, self._file = cast(BinaryIO, out), path.name

    def _close(self) -> None:
        for out in (*self._full, self._out):
            if out is not None:
                out.close()
        self._out = None


def encode(exchange: Exchange) -> tuple[bytes, int]:
    """Return the records of `exchange` as bytes, and the offset of its response in them.

    The same exchange gives the same bytes.
    """
    request = _member(exchange, "request", _request_line(exchange), exchange.request_headers, b"")
    status_line = f"{exchange.status} {_phrase(exchange)}"
    response = _member(exchange, "response", status_line, exchange.headers, exchange.payload)
    return request + response, len(request)


def read(folder: Path, position: Position) -> Exchange:
    """Return the exchange at `position`.

    Raises:
        ArchiveError: there is none.
    """
    path = folder / position.file
    with _told(path, "read"), path.open("rb") as file:
        file.seek(position.offset)
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                return _exchange(record, (), position)
            break
    raise ArchiveError(
        f"There is no answer at byte {position.offset} of {path}.", "Is the file the right one?"
    )


def replay(folder: Path, name: str = "claimwire") -> Iterator[Exchange]:
    """Yield the exchanges of a run's files in the order they were stored.

    Stops quietly at a torn tail. `redirects` are not joined: every hop comes as itself, with
    `first_url`.

    Raises:
        ArchiveError: a file cannot be read.
    """
    for path in files_of(folder, name):
        with _told(path, "read"):
            yield from _replay_file(path)


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


def _replay_file(path: Path) -> Iterator[Exchange]:
    request_headers: Headers = ()
    with path.open("rb") as file:
        records = ArchiveIterator(LimitReader(file, whole_bytes(path)))
        for record in records:
            if record.rec_type == "request":
                request_headers = _headers(record)
            elif record.rec_type == "response":
                place = Position(path.name, records.offset)
                yield _exchange(record, request_headers, place)


def _member(exchange: Exchange, kind: str, line: str, headers: Headers, payload: bytes) -> bytes:
    """Return one record as a gzip member."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    is_request = kind == "request"
    renamed = [(_RENAMED.get(name.lower(), name), value) for name, value in headers]
    protocol = "" if is_request else "HTTP/1.1"
    record = writer.create_warc_record(
        exchange.url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=StatusAndHeaders(line, renamed, protocol=protocol),
        warc_headers_dict=_warc_headers(exchange, kind),
    )
    writer.write_record(record)
    return gzip.compress(out.getvalue(), compresslevel=6, mtime=0)


def _warc_headers(exchange: Exchange, kind: str) -> dict[str, str]:
    headers = {
        "WARC-Record-ID": _record_id(exchange, kind),
        "WARC-Date": exchange.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
    if kind == "request":
        return headers | {"WARC-Concurrent-To": _record_id(exchange, "response")}
    if exchange.remote_ip:
        headers["WARC-IP-Address"] = exchange.remote_ip
    if exchange.error is not None:
        headers["WARC-Truncated"] = _TRUNCATED.get(exchange.error.reason, "unspecified")
        headers["X-Claimwire-Reason"] = exchange.error.reason
        headers["X-Claimwire-Problem"] = exchange.error.problem
    headers["X-Claimwire-Kind"] = exchange.kind
    headers["X-Claimwire-First-URL"] = exchange.first_url
    headers["X-Claimwire-Elapsed-Ms"] = str(exchange.elapsed_ms)
    return headers


def _record_id(exchange: Exchange, kind: str) -> str:
    name = f"{kind} {exchange.fetched_at.isoformat()} {exchange.url}"
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def _request_line(exchange: Exchange) -> str:
    host = dict(exchange.request_headers).get("Host", "")
    target = exchange.url.partition("://")[2].removeprefix(host) or "/"
    return f"GET {target} HTTP/1.1"


def _phrase(exchange: Exchange) -> str:
    try:
        return HTTPStatus(exchange.status or 0).phrase
    except ValueError:
        return "Unknown"


def _exchange(record: ArcWarcRecord, request_headers: Headers, position: Position) -> Exchange:
    warc = record.rec_headers
    url = warc.get_header("WARC-Target-URI")
    payload = record.raw_stream.read()
    error = _error(record)
    body = b"" if error else _decoded(payload, record.http_headers.get_header("content-encoding"))
    return Exchange(
        kind=cast(Kind, warc.get_header("X-Claimwire-Kind", "page")),
        url=url,
        first_url=warc.get_header("X-Claimwire-First-URL", url),
        fetched_at=datetime.fromisoformat(warc.get_header("WARC-Date")),
        elapsed_ms=int(warc.get_header("X-Claimwire-Elapsed-Ms", "0")),
        request_headers=request_headers,
        status=int(record.http_headers.get_statuscode()),
        headers=_headers(record),
        payload=payload,
        body=body,
        error=error,
        remote_ip=warc.get_header("WARC-IP-Address"),
        position=position,
    )


def _decoded(payload: bytes, coding: str | None) -> bytes:
    try:
        return decode(payload, coding, _DECODE_LIMIT)
    except FetchError as error:
        raise ArchiveError(f"An archived body is damaged: {error}", "") from error


def _error(record: ArcWarcRecord) -> FetchError | None:
    reason = record.rec_headers.get_header("X-Claimwire-Reason")
    if reason is None:
        return None
    problem = record.rec_headers.get_header("X-Claimwire-Problem", FETCH_REASONS.get(reason, ""))
    return FetchError(problem, reason=reason)


def _headers(record: ArcWarcRecord) -> Headers:
    return tuple((name, value) for name, value in record.http_headers.headers)


def _inflater() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _told(path: Path, verb: str) -> Iterator[None]:
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
