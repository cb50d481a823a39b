"""Writes the results into cookbook.md: what its queries and commands give on the demo's warehouse.

    python docs/cookbook.py

A `sql` block, or a `sh` block of one claimwire command, is followed by a `text` block: what comes
out on a terminal 120 columns wide. Ids depend on the site's port, which may be another tomorrow, so
they are left out.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

PAGE = Path(__file__).resolve().with_suffix(".md")
sys.path.insert(0, str(PAGE.parent.parent))

from flows.cli import main  # noqa: E402
from flows.clock import StoppedClock  # noqa: E402
from flows.commands import demo  # noqa: E402
from flows.context import Context  # noqa: E402
from flows.ingest import run_once  # noqa: E402
from flows.ingest.world import World  # noqa: E402

_BLOCK = re.compile(r"^```(sql|sh)\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.S | re.M)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ID = re.compile(r"\b\d{15,}\b")


class Terminal(io.StringIO):
    """What a command draws on a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def build(home: Path) -> None:
    """Make the warehouse of `claimwire demo --revisit` in `home`, without a Prefect server."""
    context = Context({"home": str(home), "workers": "1"})
    with demo.site_of(context) as (resolved, site):
        for moment in demo.VISITS:
            site.as_of = moment
            asyncio.run(run_once(resolved.settings, world=World(StoppedClock(moment))))


def results(page: str, home: Path) -> Iterator[tuple[str, str]]:
    """Yield each block of the page that can be run, and what it prints."""
    for found in _BLOCK.finditer(page):
        yield found[2], _printed(found[1], found[2], home)


def filled(page: str, home: Path) -> str:
    """Return the page with the results of its blocks."""

    def fill(found: re.Match[str]) -> str:
        printed = _printed(found[1], found[2], home)
        return f"```{found[1]}\n{found[2]}```\n\n```text\n{printed}```\n"

    return _BLOCK.sub(fill, page)


def _printed(language: str, text: str, home: Path) -> str:
    words = ["sql", text] if language == "sql" else shlex.split(text)[1:]
    screen = Terminal()
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "120", "NO_COLOR": "1"}),
        contextlib.redirect_stdout(screen),
    ):
        code = main(["--home", str(home), *words])
    if code:
        raise RuntimeError(f"exit code {code}: {text}")
    plain = _ID.sub(lambda found: "…".rjust(len(found[0])), _COLOUR.sub("", screen.getvalue()))
    return "".join(line.rstrip() + "\n" for line in plain.rstrip().splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "home")
        PAGE.write_text(filled(PAGE.read_text("utf-8"), Path(folder) / "home"), "utf-8")
