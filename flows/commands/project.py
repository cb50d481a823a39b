"""Commands about the installation and the home: init, config show, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.errors import SettingsError
from flows.context import Ctx
from flows.output import show as show_table
from flows.settings import KEYS
from flows.settings_file import example
from warehouse.table import Table


def init(*, context: Ctx) -> None:
    """Create the home folder with a settings file and an empty feed list; change nothing there."""
    from flows.sources import save_feeds

    settings = context.settings
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        _create(settings.settings_path, example())
        if not settings.feeds_path.exists():
            save_feeds(settings.feeds_path, ())
    except OSError as error:
        raise SettingsError(
            f"The home {settings.home} cannot be made: {error.strerror}.",
            "Name another folder with --home.",
        ) from error
    print(settings.home)
    print("Next: claimwire feeds add URL, then claimwire run.", file=sys.stderr)


def show(*, context: Ctx) -> None:
    """Show every setting, its value and where it came from."""
    settings, origins = context.resolved.settings, context.resolved.origins
    rows = tuple(
        (key, _shown(getattr(settings, key)), origins[key], KEYS[key].metadata["text"])
        for key in KEYS
    )
    show_table(Table(("setting", "value", "origin", "meaning"), rows), context.output)


def doctor(*, context: Ctx) -> int:
    """Check the installation and the home; exit code 1 if something does not work."""
    from flows.doctor import examine

    findings = list(examine(context.settings))
    rows = tuple((one.check, one.state, one.detail) for one in findings)
    show_table(Table(("check", "state", "detail"), rows), context.output)
    return int(any(finding.state == "problem" for finding in findings))


def _create(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, "utf-8")


def _shown(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
