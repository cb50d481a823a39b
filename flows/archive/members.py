"""The gzip members of an archive file, a record each; damage is passed over, never a full stop.

A WARC file is a row of gzip members (WARC 1.1, annex D), so a damaged one is left behind by looking
for the next that begins as a record does.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 64 * 1024
_MAGIC = re.compile(rb"\x1f\x8b\x08")  # RFC 1952, 2.3: the two identifying bytes, and deflate
_MAGIC_BYTES = 3
_RECORD = b"WARC/"
_LOOK = 4096  # bytes that are inflated to see whether a record begins


@dataclass(frozen=True, slots=True)
class Member:
    """The bytes `[start, end)` of a file: a record's, inflated, or None where they are damaged."""

    start: int
    end: int
    record: bytes | None


def members(file: BinaryIO, start: int = 0) -> Iterator[Member]:
    """Yield what `file` holds from `start` on, in order, without a gap: records and damage."""
    size = file.seek(0, os.SEEK_END)
    while start < size:
        member = _whole(file, start)
        if member is None:
            member = Member(start, _next_record(file, start + 1, size), None)
        yield member
        start = member.end


def _whole(file: BinaryIO, start: int) -> Member | None:
    """Return the whole member at `start`, if there is one; its checksum is right then."""
    file.seek(start)
    inflater, pieces, end = zlib.decompressobj(16 + zlib.MAX_WBITS), [], start
    try:
        while not inflater.eof:
            data = file.read(_CHUNK)
            if not data:
                return None
            pieces.append(inflater.decompress(data))
            end += len(data) - len(inflater.unused_data)
    except zlib.error:
        return None
    return Member(start, end, b"".join(pieces))


def _next_record(file: BinaryIO, start: int, size: int) -> int:
    """Return where the next record begins at `start` or later, or the end of the file."""
    while start < size:
        file.seek(start)
        data = file.read(_CHUNK)
        for found in _MAGIC.finditer(data):
            if _begins_record(file, start + found.start()):
                return start + found.start()
        start += max(len(data) - _MAGIC_BYTES + 1, 1)
    return size


def _begins_record(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    try:
        begun = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(_LOOK), len(_RECORD))
    except zlib.error:
        return False
    return begun == _RECORD
