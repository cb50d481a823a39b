"""Reading the archive: one exchange by its position, or all of a run in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader

from extractors.errors import ArchiveError
from flows.archive.files import files_of, told, whole_bytes
from flows.archive.records import exchange_of, headers_of
from flows.http.exchange import Exchange, Headers, Position

_NONE: Headers = ()


def read(folder: Path, position: Position) -> Exchange:
    """Return the exchange at `position`.

    Raises:
        ArchiveError: there is none.
    """
    path = folder / position.file
    with told(path, "read"), path.open("rb") as file:
        file.seek(position.offset)
        for exchange in _exchanges(file, path.name):
            if exchange.position == position:
                return exchange
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
        with told(path, "read"), path.open("rb") as file:
            yield from _exchanges(LimitReader(file, whole_bytes(path)), path.name)


def _exchanges(file: BinaryIO | LimitReader, name: str) -> Iterator[Exchange]:
    """Yield the exchanges of a file: a request record each, then its response."""
    records = ArchiveIterator(file)
    start, request_headers = -1, _NONE
    for record in records:
        if record.rec_type == "request":
            start, request_headers = records.offset, headers_of(record)
        elif record.rec_type == "response":
            yield exchange_of(record, request_headers, Position(name, start))
