"""Whether a reading depends on nothing but its page: read twice, in another order and process.

    python -m benchmarks.twice ORDER READER DATA OUT

is one of the two processes: ORDER is `straight` or `shuffled`; its readings are pickled to OUT.
"""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import seeds
from benchmarks.adapters.extraction import FETCHED_AT, read_pages
from extractors.articles import extract_article
from extractors.errors import ClaimwireError
from flows.reading import Page, Reading

PLACES = {"fundus": "flows.reader:Reader", "trafilatura_eval": f"{__name__}:ArticleReader"}
"""Sets of pages and what reads them; claims of a thousand pages would take half an hour."""

OWN = "own"
_PASSES = (("straight", "1"), ("shuffled", "2"))  # the order, and the seed of hashes


class ArticleReader:
    """Reads articles and leaves their claims."""

    def read(self, things: Sequence[Page]) -> Iterator[Reading]:
        """Yield a reading for each page."""
        return map(_article, things)


def _article(page: Page) -> Reading:
    try:
        return Reading(extract_article(page.body or b"", url=page.url, fetched_at=page.fetched_at))
    except ClaimwireError as error:
        return Reading(problem=error.problem)


def read_twice(data: Path | None, places: dict[str, str] | None = None) -> dict[str, Any]:
    """Read the sets in `data`, or our own pages, twice; count the readings that differ.

    Returns `{"differing", "seconds", "sets": {name: {"pages", "differing"}}}`; where readings
    differ, also their ids, as `"which"`.
    """
    begun = time.monotonic()
    places = PLACES if places is None else places
    found = {name: place for name, place in places.items() if data and (data / name).is_dir()}
    found = found or {OWN: PLACES["fundus"]}
    sets = {name: _compared((data or Path()) / name, place) for name, place in found.items()}
    differing = sum(figures["differing"] for figures in sets.values())
    return {"differing": differing, "seconds": round(time.monotonic() - begun, 1), "sets": sets}


def _compared(folder: Path, place: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        first, second = (
            _read_apart(order, seed, place, folder, Path(home, order)) for order, seed in _PASSES
        )
    which = sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )
    figures = {"pages": len(first), "differing": len(which)}
    return figures | {"which": which} if which else figures


def _read_apart(order: str, seed: str, place: str, folder: Path, out: Path) -> dict[str, Reading]:
    """Read the pages in a process of its own.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", __name__, order, place, str(folder), str(out)]
    paths = os.pathsep.join(filter(None, sys.path))
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    subprocess.run(command, env=environment, check=True)
    readings: dict[str, Reading] = pickle.loads(out.read_bytes())
    return readings


def _read(order: str, place: str, folder: Path) -> dict[str, Reading]:
    module, _, name = place.partition(":")
    reader = getattr(importlib.import_module(module), name)()
    found = list(_pages(folder))
    if order == "shuffled":
        Random(0).shuffle(found)
    return dict(
        zip((name for name, _ in found), reader.read([page for _, page in found]), strict=True)
    )


def _pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """Give the pages of a set with their ids; our own if it is none."""
    real = (
        read_pages(folder)
        if folder.is_dir()
        else (
            (str(at), f"https://news.example/{at}", body) for at, body in enumerate(seeds.OWN_PAGES)
        )
    )
    for name, url, body in real:
        yield name, Page(url, body, None, FETCHED_AT, None, "Post")


def main(arguments: Sequence[str]) -> None:
    """Read a set and leave what it says."""
    order, place, folder, out = arguments
    Path(out).write_bytes(pickle.dumps(_read(order, place, Path(folder))))


if __name__ == "__main__":
    main(sys.argv[1:])
