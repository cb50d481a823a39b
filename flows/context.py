"""What a command is told by the command line besides its own arguments."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from extractors.errors import SettingsError
from flows.settings import Resolved, Settings, resolve

if TYPE_CHECKING:
    from flows.clock import Clock
    from flows.http import HttpPolicy

Output = Literal["auto", "json", "csv"]


@dataclass(frozen=True)
class Context:
    """The global flags, and what follows from them; settings are resolved when first asked for."""

    flags: Mapping[str, str | None] = field(default_factory=dict)
    output: Output = "auto"
    debug: bool = False

    @cached_property
    def resolved(self) -> Resolved:
        """The settings with their origins; raises `SettingsError`."""
        return resolve(self.flags)

    @property
    def settings(self) -> Settings:
        """The settings; raises `SettingsError`."""
        return self.resolved.settings

    def now(self) -> datetime:
        """The time in UTC; `CLAIMWIRE_NOW` sets it for tests and replays."""
        return now_from(os.environ)

    def clock(self) -> Clock:
        """The machine's clock, or one that `CLAIMWIRE_NOW` stops at a time."""
        from flows.clock import StoppedClock, SystemClock

        return StoppedClock(self.now()) if os.environ.get("CLAIMWIRE_NOW") else SystemClock()

    @property
    def is_drawn(self) -> bool:
        """Whether answers are drawn for a person at a terminal."""
        return self.output == "auto" and sys.stdout.isatty()

    @property
    def home_given(self) -> bool:
        """Whether the home was named rather than left to the default."""
        return self.resolved.origins["home"] != "default"

    def http_policy(self) -> HttpPolicy:
        """How servers are asked, by the settings."""
        from flows.policy import http_policy

        return http_policy(self.settings)


Ctx = Annotated[Context, Parameter(parse=False)]


def now_from(environ: Mapping[str, str]) -> datetime:
    """Return `CLAIMWIRE_NOW` as an aware UTC datetime, or the time that it is."""
    stated = environ.get("CLAIMWIRE_NOW")
    if not stated:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise SettingsError(
            f"CLAIMWIRE_NOW is not a time: {stated!r}.", "Write it as 2026-01-31T12:00:00Z."
        ) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
