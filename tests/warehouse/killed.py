"""Loads and publishes a run, and kills itself at a given line of the warehouse's code."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from tests.warehouse.build import NOW, claim, revision

_TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."
_LATER = "The mayor, Ann Lee, said 19 people died. No more is known."
FIRST = revision(_TEXT, [claim(_TEXT, "Ann Lee", "12 people died", figure="12 people")])
SECOND = revision(
    _LATER,
    [claim(_LATER, "Ann Lee", "19 people died", figure="19 people")],
    fetched=NOW + timedelta(days=1),
    run_id="run-2",
)
_WATCHED = ("load.py", "publish.py", "staging.py")


class Reaper:
    """Counts the lines that run; at the one wanted, SIGKILL."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.count = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        path = Path(frame.f_code.co_filename)
        if path.parent.name != "warehouse" or path.name not in _WATCHED:
            return None
        if event == "line":
            self.count += 1
            if self.count == self.deadly:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


if __name__ == "__main__":
    from tests.warehouse.conftest import Home

    reaper = Reaper(int(sys.argv[2]))
    sys.settrace(reaper)
    Home(Path(sys.argv[1])).load("run-2", SECOND)
    sys.settrace(None)
    print(reaper.count)
