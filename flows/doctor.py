"""Checks of the installation and the home, each of which says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from extractors.errors import ClaimwireError
from flows.cells import counted
from flows.settings import Settings

State = Literal["fine", "warning", "problem"]
PACKAGES = ("flows", "extractors", "warehouse")
# Releases from which on Prefect's server dies on the first run, or never fires a scheduled one.
BROKEN_FROM = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}
LEAST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    check: str
    state: State
    detail: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the findings, check by check; a check that fails is a finding."""
    checks: dict[str, Callable[[], Finding]] = {
        "python": _python,
        "versions": _versions,
        "packages": _packages,
        "model": _model,
        "home": lambda: _home(settings.home),
        "feeds": lambda: _feeds(settings),
        "warehouse": lambda: _warehouse(settings),
        "runs": lambda: _runs(settings),
    }
    for name, check in checks.items():
        try:
            yield check()
        except ClaimwireError as error:
            yield Finding(name, "problem", str(error))


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < LEAST_PYTHON:
        return Finding("python", "problem", f"Python {found} is too old; 3.11 is the oldest.")
    return Finding("python", "fine", f"Python {found}.")


def _versions() -> Finding:
    found = {name: _version(name) for name in ("prefect", "duckdb", *BROKEN_FROM)}
    for name, first_bad in BROKEN_FROM.items():
        if _number(found[name]) >= first_bad:
            bad = ".".join(map(str, first_bad))
            return Finding(
                "versions",
                "problem",
                f"{name} {found[name]} breaks Prefect's schedule; install {name}<{bad}.",
            )
    return Finding("versions", "fine", ", ".join(f"{n} {v}" for n, v in found.items()) + ".")


def _packages() -> Finding:
    """Check that nobody else owns our import names, and that all come from one place."""
    owners = packages_distributions()
    others = {
        name: sorted(set(owners.get(name, [])) - {"claimwire"})
        for name in PACKAGES
        if set(owners.get(name, [])) - {"claimwire"}
    }
    if others:
        said = "; ".join(f"{name} also belongs to {', '.join(o)}" for name, o in others.items())
        return Finding("packages", "warning", f"{said}: use an environment of its own.")
    places = {_place(name) for name in PACKAGES}
    if len(places) > 1:
        said = ", ".join(sorted(map(str, places)))
        return Finding("packages", "problem", f"Our packages come from different places: {said}.")
    return Finding("packages", "fine", f"All from {places.pop()}.")


def _model() -> Finding:
    from extractors.parse.model import MODEL, MODEL_VERSION, load_model

    load_model()
    return Finding("model", "fine", f"{MODEL} {MODEL_VERSION} has the pinned weights.")


def _home(home: Path) -> Finding:
    if not home.is_dir():
        return Finding("home", "warning", f"{home} does not exist; make it: claimwire init.")
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding("home", "problem", f"{home} cannot be written; check its rights.")
    return Finding("home", "fine", f"{home} can be written.")


def _feeds(settings: Settings) -> Finding:
    from flows.sources import load_feeds

    count = len(load_feeds(settings.feeds_path))
    if not count:
        return Finding("feeds", "warning", "There are none; add one: claimwire feeds add URL.")
    return Finding("feeds", "fine", f"{count} in the list.")


def _warehouse(settings: Settings) -> Finding:
    from warehouse.connection import open_reader

    place = settings.published
    if isinstance(place, Path) and not place.exists():
        return Finding("warehouse", "warning", "There is none yet; make it: claimwire run.")
    with open_reader(place) as con:
        row = con.execute("SELECT count(*) FROM ops.runs").fetchone()
    runs = counted(row[0] if row else 0, "run")
    where = f"{place.stat().st_size / 1e6:,.1f} MB" if isinstance(place, Path) else f"in {place}"
    return Finding("warehouse", "fine", f"{runs}, {where}.")


def _runs(settings: Settings) -> Finding:
    from flows.ingest.journal import Journal

    left = [order.run_id for order in Journal(settings.staging_dir).interrupted()]
    if left:
        said = f"Not finished: {', '.join(left)}; the next run takes it up."
        return Finding("runs", "warning", said)
    return Finding("runs", "fine", "None is unfinished.")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0 (missing)"


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


def _place(name: str) -> Path:
    spec = find_spec(name)
    return Path(spec.origin).parent.parent if spec and spec.origin else Path()
