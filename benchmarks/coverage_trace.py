"""Which lines of ours an input reaches, by the interpreter's own tracing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_OURS = tuple(str(_ROOT / package) for package in ("extractors", "flows"))


class Coverage:
    """The lines of our packages that traced inputs have reached."""

    def __init__(self) -> None:
        self.lines: set[tuple[str, int]] = set()
        self._known = 0

    @contextmanager
    def tracing(self, is_on: bool) -> Iterator[None]:
        """Trace what runs inside, if `is_on`."""
        if not is_on:
            yield
            return
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(None)

    def has_grown(self) -> bool:
        """Tell whether there are more lines than when last asked."""
        before, self._known = self._known, len(self.lines)
        return self._known > before

    def _enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._line if frame.f_code.co_filename.startswith(_OURS) else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line
