"""Whether the archive holds what the index says: every file read from end to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flows.archive.reading import Damage, scan
from flows.cells import counted
from flows.http.exchange import Exchange
from warehouse.rows import FetchRow

Kind = Literal["missing file", "missing", "different", "damaged", "torn tail", "unlisted"]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOSSES: frozenset[Kind] = frozenset({"missing file", "missing", "different"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that is not as it should be; `offset` in bytes."""

    file: str
    offset: int | None
    kind: Kind
    detail: str

    @property
    def is_loss(self) -> bool:
        """Whether something that the index lists cannot be had."""
        return self.kind in LOSSES


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file holds, what the index lists in it, and what is wrong."""

    exchanges: int
    listed: int
    findings: tuple[Finding, ...]


def check_file(path: Path, rows: Mapping[int, FetchRow]) -> FileReport:
    """Compare a file with the index; `rows` are those that point into it, by byte offset.

    Raises:
        ArchiveError: the file is there and cannot be read.
    """
    if not path.exists():
        detail = f"the index lists {counted(len(rows), 'exchange')} in it"
        return FileReport(0, len(rows), (Finding(path.name, None, "missing file", detail),))
    size, wanted = path.stat().st_size, dict(rows)
    exchanges = unlisted = 0
    findings: list[Finding] = []
    for found in scan(path):
        if isinstance(found, Damage):
            findings.append(_damaged(path.name, found, size))
            continue
        exchanges += 1
        row = wanted.pop(found.position.offset, None) if found.position else None
        if row is not None:
            findings += _different(path.name, row, found)
        elif not _is_redirect(found):  # which the answer at its end stands for
            unlisted += 1
    findings += [Finding(path.name, at, "missing", row.url) for at, row in sorted(wanted.items())]
    if unlisted:
        detail = f"{counted(unlisted, 'exchange')} that no row lists, as a killed run leaves them"
        findings.append(Finding(path.name, None, "unlisted", detail))
    return FileReport(exchanges, len(rows), tuple(findings))


def _damaged(file: str, damage: Damage, size: int) -> Finding:
    kind: Kind = "torn tail" if damage.end == size else "damaged"
    return Finding(file, damage.start, kind, f"{counted(damage.end - damage.start, 'byte')}")


def _different(file: str, row: FetchRow, found: Exchange) -> Iterator[Finding]:
    """Yield what tells the row from the exchange; a row without a hash says nothing of the body."""
    pairs = {
        "URL": (row.url, found.first_url),
        "final URL": (row.final_url, found.final_url),
        "body_sha256": (row.body_sha256, found.body_sha256 if row.body_sha256 else None),
    }
    for what, (listed, held) in pairs.items():
        if listed != held:
            yield Finding(file, row.archive_offset, "different", f"{what}: {listed} became {held}")


def _is_redirect(exchange: Exchange) -> bool:
    return exchange.status in REDIRECTS and bool(exchange.header("location"))
