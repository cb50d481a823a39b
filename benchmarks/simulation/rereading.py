"""Reads a home's archive again: record by record, and page by page."""

from __future__ import annotations

from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from benchmarks.simulation.reading import plain_readers
from flows.ingest.world import World
from flows.reparse import reparse
from flows.settings import Settings


def read_archive(home: Path) -> tuple[int, int]:
    """Return how many records warcio reads in the archive of `home`, and how many files fail."""
    records = damaged = 0
    for path in sorted((home / "archive").glob("*.warc.gz")):
        try:
            with path.open("rb") as file:
                for record in ArchiveIterator(file):
                    record.content_stream().read()
                    records += 1
        except (ArchiveLoadFailed, OSError, EOFError):
            damaged += 1
    return records, damaged


async def reread(settings: Settings) -> int:
    """Read all pages from the archive again; return how many give other rows than are loaded."""
    report = await reparse(settings, world=World(readers=plain_readers))
    return sum(count for what, count in report.fates.items() if what != "unchanged")
