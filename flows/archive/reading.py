"""Reading the archive: one exchange by its position, or all of a file or a run in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from extractors.errors import ArchiveError
from flows.archive.files import files_of, told
from flows.archive.members import Member, members
from flows.archive.records import exchange_of, file_of, headers_of
from flows.http.exchange import Exchange, Headers, Position


@dataclass(frozen=True, slots=True)
class Damage:
    """The bytes `[start, end)` of an archive file, which hold no readable record."""

    start: int
    end: int


def read(folder: Path, position: Position) -> Exchange:
    """Return the exchange at `position`: one seek, and its two records are read.

    Raises:
        ArchiveError: there is none.
    """
    path = folder / position.file
    with told(path, "read"), path.open("rb") as file:
        for found in _pair(islice(members(file, position.offset), 2), path.name):
            if isinstance(found, Exchange) and found.position == position:
                return found
    raise ArchiveError(
        f"There is no answer at byte {position.offset} of {path}.",
        "See what else the archive lacks: claimwire archive check.",
    )


def scan(path: Path) -> Iterator[Exchange | Damage]:
    """Yield what a file holds, in order; an exchange whose request is lost comes without it.

    Raises:
        ArchiveError: the file cannot be read.
    """
    with told(path, "read"), path.open("rb") as file:
        yield from _pair(members(file), path.name)


def replay(folder: Path, name: str = "claimwire") -> Iterator[Exchange]:
    """Yield the exchanges of a run's files in the order they were stored.

    Passes over damage, such as a torn tail. `redirects` are not joined: every hop comes as itself,
    with `first_url`.

    Raises:
        ArchiveError: a file cannot be read.
    """
    for path in files_of(folder, name):
        yield from (found for found in scan(path) if isinstance(found, Exchange))


def _pair(found: Iterator[Member], name: str) -> Iterator[Exchange | Damage]:
    """Yield the exchanges of a file: a request record each, then its response; or a file alone."""
    request: tuple[int, Headers] | None = None
    for member in found:
        try:
            record = _record(member)
            if record.rec_type == "response":
                start, headers = request or (member.start, ())
                yield exchange_of(record, headers, Position(name, start))
            elif record.rec_type == "resource":
                yield file_of(record, Position(name, member.start))
            is_request = record.rec_type == "request"
            request = (member.start, headers_of(record)) if is_request else None
        except ArchiveError:
            request = None
            yield Damage(member.start, member.end)


def _record(member: Member) -> ArcWarcRecord:
    """Return the record in a member; raises `ArchiveError` when it is damaged or no record."""
    try:
        if member.record is not None:
            return next(iter(WARCIterator(BytesIO(member.record))))
    except (ArchiveLoadFailed, StopIteration):
        pass
    raise ArchiveError(f"The bytes {member.start} to {member.end} hold no record.")
