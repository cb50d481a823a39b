"""Spacing: how often and how many at once a site is asked.

A site is a registered domain: its hosts share servers more often than not. Requests to it start
at least the policy's spacing apart, further when it answers slowly (moving average of response
times, as Media Cloud's story-indexer keeps it, over the number of requests at once), as far as its
robots.txt asks, and 30 s after a 429. A site that asks for a longer rest gets it: requests to it
fail at once until then. A host that could not be reached is not tried again for ten minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from extractors.errors import FetchError
from flows.clock import Clock
from flows.http.policy import HttpPolicy

_SMOOTHING = 0.25
_AFTER_429_S = 30.0
_UNREACHED = frozenset({"dns", "refused", "unreachable"})


@dataclass(slots=True)
class _Site:
    gate: asyncio.Semaphore
    queue: asyncio.Lock
    spacing_s: float
    waiting: int = 0
    average_s: float = 0.0
    next_at: float = 0.0
    rests_until: float = 0.0


class Slots:
    """The turns of all sites; one for a client."""

    def __init__(self, policy: HttpPolicy, clock: Clock) -> None:
        self._policy = policy
        self._clock = clock
        self._connections = asyncio.Semaphore(policy.max_connections)
        self._sites: dict[str, _Site] = {}
        self._down_until: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, site: str, host: str) -> AsyncIterator[None]:
        """Wait for the turn of a request to `host` of `site`, and hold it.

        Raises:
            FetchError: `host_down` or `resting`.
        """
        state = self._site(site)
        with self._queueing(state, site):
            await state.gate.acquire()
        try:
            await self._start(state, site, host)
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

    async def _start(self, state: _Site, site: str, host: str) -> None:
        """Wait for a request's turn and for a free connection, and count from then."""
        async with state.queue:
            await self._wait(state, site, host)
            await self._connections.acquire()
            state.next_at = self._clock.monotonic() + self._spacing_s(state)

    async def _wait(self, state: _Site, site: str, host: str) -> None:
        """Sleep until the site may be asked; what others learn meanwhile counts."""
        self._refuse(state, site, host)
        while (wait := state.next_at - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)
            self._refuse(state, site, host)

    def _spacing_s(self, state: _Site) -> float:
        return max(state.spacing_s, state.average_s / self._policy.max_per_site)

    def note_answer(self, site: str, elapsed_s: float) -> None:
        """Learn from an answer how fast the site is."""
        state = self._site(site)
        state.average_s += _SMOOTHING * (elapsed_s - state.average_s)

    def note_failure(self, host: str, reason: str) -> None:
        """Learn that a request to `host` failed."""
        if reason in _UNREACHED:
            self._down_until[host] = self._clock.monotonic() + self._policy.host_down_s

    def rest(self, site: str, wait_s: float | None) -> None:
        """Leave `site` alone for `wait_s`, or 30 s if it did not say how long."""
        state = self._site(site)
        until = self._clock.monotonic() + max(wait_s or 0.0, _AFTER_429_S)
        if wait_s is not None and wait_s > self._policy.patience_s:
            state.rests_until = max(state.rests_until, until)
        state.next_at = max(state.next_at, until)

    def space(self, site: str, seconds: float) -> None:
        """Ask `site` no more often than every `seconds`, up to the policy's cap."""
        state = self._site(site)
        state.spacing_s = max(state.spacing_s, min(seconds, self._policy.max_crawl_delay_s))

    def _site(self, name: str) -> _Site:
        if name not in self._sites:
            gate = asyncio.Semaphore(self._policy.max_per_site)
            self._sites[name] = _Site(gate, asyncio.Lock(), self._policy.min_spacing_s)
        return self._sites[name]

    def _refuse(self, state: _Site, site: str, host: str) -> None:
        now = self._clock.monotonic()
        if now < self._down_until.get(host, 0.0):
            raise FetchError(
                f"{host} could not be reached a moment ago.", "Try again later.", reason="host_down"
            )
        if now < state.rests_until:
            raise FetchError(
                f"{site} asked to be left alone for {state.rests_until - now:.0f} s more.",
                "Later runs go on by themselves.",
                reason="resting",
            )
