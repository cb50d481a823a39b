"""Spacing: how often and how many at once a site is asked.

A site is a registered domain: its hosts share servers more often than not. Requests to it start
at least the policy's spacing apart, further when it answers slowly (moving average of response
times, as Media Cloud's story-indexer keeps it, over the number of requests at once), as far as its
robots.txt asks, and 30 s after a 429. A site that asks for a longer rest gets it, up to a day, in
later runs too: requests to it fail at once until then. A server that could not be reached is not
tried again for ten minutes: whoever asks for it meanwhile gets the same failure, so that it does
not matter who asked first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from extractors.errors import FetchError
from flows.clock import Clock
from flows.http.policy import HttpPolicy
from flows.http.waits import DAY_S

_SMOOTHING = 0.25
_AFTER_429_S = 30.0
_UNREACHED = frozenset({"dns", "refused", "unreachable"})


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a site from run to run: its last request, its speed, and its rest."""

    site: str
    asked_at: datetime
    average_s: float = 0.0
    rests_until: datetime | None = None
    problem: str | None = None


@dataclass(slots=True)
class _Site:
    gate: asyncio.Semaphore
    queue: asyncio.Lock
    spacing_s: float
    waiting: int = 0
    average_s: float = 0.0
    next_at: float = 0.0
    asked_at: datetime | None = None
    rests_until: datetime | None = None


class Slots:
    """The turns of all sites; one for a client. `paces` are those of earlier runs."""

    def __init__(self, policy: HttpPolicy, clock: Clock, paces: Iterable[Pace] = ()) -> None:
        self._policy = policy
        self._clock = clock
        self._connections = asyncio.Semaphore(policy.max_connections)
        self._sites: dict[str, _Site] = {}
        self._down: dict[str, tuple[float, FetchError]] = {}
        for pace in paces:
            self._take_up(pace)

    def _take_up(self, pace: Pace) -> None:
        now, state = self._clock.now(), self._site(pace.site)
        state.average_s = pace.average_s
        passed = (now - pace.asked_at).total_seconds()
        if 0 <= passed < self._spacing_s(state):
            state.next_at = self._clock.monotonic() + self._spacing_s(state) - passed
        # A rest is a day at most: one that ends later was noted by a clock that was wrong.
        if pace.rests_until and now < pace.rests_until <= now + timedelta(seconds=DAY_S):
            state.rests_until = pace.rests_until

    def paces(self) -> list[Pace]:
        """Return the paces of the sites that were asked, by name."""
        return [
            Pace(name, state.asked_at, state.average_s, state.rests_until, self._rest_of(state))
            for name, state in sorted(self._sites.items())
            if state.asked_at is not None
        ]

    def _rest_of(self, state: _Site) -> str | None:
        return "It asked to be left alone." if state.rests_until else None

    @asynccontextmanager
    async def turn(self, site: str, server: str) -> AsyncIterator[None]:
        """Wait for the turn of a request to `server` (an origin) of `site`, and hold it.

        Raises:
            FetchError: `resting`, or the failure of a request to `server` a moment ago.
        """
        state = self._site(site)
        with self._queueing(state, site):
            await state.gate.acquire()
        try:
            await self._start(state, site, server)
            try:
                yield
            finally:
                self._connections.release()
        finally:
            state.gate.release()

    @contextmanager
    def _queueing(self, state: _Site, site: str) -> Iterator[None]:
        """Count who waits for `site`; whoever would wait too long is sent away at once."""
        if state.waiting * state.spacing_s > self._policy.max_queue_s:
            raise FetchError(
                f"{state.waiting} requests to {site} are waiting already.",
                "Later runs go on by themselves.",
                reason="resting",
            )
        state.waiting += 1
        try:
            yield
        finally:
            state.waiting -= 1

    async def _start(self, state: _Site, site: str, server: str) -> None:
        """Wait for a request's turn and for a free connection, and count from then."""
        async with state.queue:
            await self._wait(state, site, server)
            await self._connections.acquire()
            state.next_at = self._clock.monotonic() + self._spacing_s(state)

    async def _wait(self, state: _Site, site: str, server: str) -> None:
        """Sleep until the site may be asked; what others learn meanwhile counts."""
        self._refuse(state, site, server)
        while (wait := state.next_at - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)
            self._refuse(state, site, server)

    def _spacing_s(self, state: _Site) -> float:
        return max(state.spacing_s, state.average_s / self._policy.max_per_site)

    def note_request(self, site: str, at: datetime, elapsed_s: float | None) -> None:
        """Learn from a request when the site was asked, and from its answer how fast it is."""
        state = self._site(site)
        state.asked_at = max(state.asked_at or at, at)
        if elapsed_s is not None:
            state.average_s += _SMOOTHING * (elapsed_s - state.average_s)

    def note_failure(self, server: str, error: FetchError) -> None:
        """Learn that a request to `server` failed."""
        if error.reason in _UNREACHED:
            self._down[server] = (self._clock.monotonic() + self._policy.host_down_s, error)

    def rest(self, site: str, at: datetime, wait_s: float | None) -> None:
        """Leave `site` alone for `wait_s` from `at` on, or 30 s if it did not say how long."""
        state = self._site(site)
        wait = max(wait_s or 0.0, _AFTER_429_S)
        if wait_s is not None and wait_s > self._policy.patience_s:
            until = at + timedelta(seconds=wait)
            state.rests_until = max(state.rests_until or until, until)
        else:
            state.next_at = max(state.next_at, self._clock.monotonic() + wait)

    def space(self, site: str, seconds: float) -> None:
        """Ask `site` no more often than every `seconds`, up to the policy's cap."""
        state = self._site(site)
        state.spacing_s = max(state.spacing_s, min(seconds, self._policy.max_crawl_delay_s))

    def _site(self, name: str) -> _Site:
        if name not in self._sites:
            gate = asyncio.Semaphore(self._policy.max_per_site)
            self._sites[name] = _Site(gate, asyncio.Lock(), self._policy.min_spacing_s)
        return self._sites[name]

    def _refuse(self, state: _Site, site: str, server: str) -> None:
        until, error = self._down.get(server, (0.0, None))
        if error and until > self._clock.monotonic():
            raise FetchError(error.problem, error.remedy, reason=error.reason)
        rest = (state.rests_until - self._clock.now()).total_seconds() if state.rests_until else 0
        if rest > 0:
            raise FetchError(
                f"{site} asked to be left alone until {state.rests_until:%Y-%m-%d %H:%M} UTC.",
                "Later runs go on by themselves.",
                reason="resting",
                wait_s=rest,
            )
