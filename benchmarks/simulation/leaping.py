"""Virtual time: an event loop whose clock leaps to the next timer when nothing else can happen.

Sleeps, timeouts and spacing then cost no real time, and their order is that of the real clock. The
clock stands still while a thread works (archive, warehouse): what it does takes no virtual time.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_EPSILON_S = 1e-6


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time; `time()` is seconds since the loop was made, plus leaps."""

    def __init__(self) -> None:
        self._now = 0.0
        self._working = 0
        self._real = selectors.DefaultSelector()
        super().__init__(_LeapingSelector(self._real, self._leap))
        self._clock_resolution = _EPSILON_S

    def time(self) -> float:
        """Return the virtual time, seconds."""
        return self._now

    def leap_to(self, moment: float) -> None:
        """Let the time until `moment` pass at once; a moment that is over is now."""
        self._now = max(self._now, moment)

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Have a thread do it; time stands still meanwhile."""
        future = super().run_in_executor(executor, func, *args)
        self._working += 1
        future.add_done_callback(self._done)
        return future

    def _done(self, future: object) -> None:
        self._working -= 1

    def _leap(self, seconds: float) -> bool:
        """Let `seconds` pass unless a thread works; tell whether they did."""
        if self._working:
            return False
        self._now += seconds
        return True


class _LeapingSelector(selectors.BaseSelector):
    """Waits for files as another selector does, but leaps over what would be idle waiting."""

    def __init__(self, real: selectors.BaseSelector, leap: Callable[[float], bool]) -> None:
        self._real = real
        self._leap = leap

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return self._real.select(timeout)
        ready = self._real.select(0)
        if ready or self._leap(timeout):
            return ready
        return self._real.select(None)

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def get_map(self) -> Any:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class LeapingClock:
    """The clock of a run in virtual time: the time of day stands at `moment` while it goes on.

    A run that is killed and repeated then stores the same times, however long it takes.
    """

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment."""
        return self._moment

    def monotonic(self) -> float:
        """Return the loop's virtual seconds."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Let virtual seconds pass."""
        await asyncio.sleep(seconds)
