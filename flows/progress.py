"""Progress of long work: bars on a terminal's standard error, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Meter(Protocol):
    """What long work tells of itself."""

    def expect(self, stage: str, count: int) -> None:
        """Say that `count` more steps of `stage` are ahead."""

    def step(self, stage: str) -> None:
        """Say that one of them is done."""


class Silent:
    """A meter that shows nothing."""

    def expect(self, stage: str, count: int) -> None:
        """Take note of nothing."""

    def step(self, stage: str) -> None:
        """Take note of nothing."""


@contextmanager
def meter() -> Iterator[Meter]:
    """Give bars when standard error is a terminal, else silence."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from flows.bars import Bars

    with Bars() as bars:
        yield bars
