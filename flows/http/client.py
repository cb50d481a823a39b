"""The polite client: one `fetch` from a URL to the answer at the end of its redirects.

Every hop is a request of its own: its address is parsed anew, its robots.txt asked, its site's
turn awaited, its connection guarded, its answer archived before its Location is even looked at.
"""

from __future__ import annotations

import dataclasses
import ssl
from collections.abc import Awaitable, Callable, Iterable
from types import TracebackType
from typing import Self

import ada_url
import httpcore2

from extractors.errors import FetchError
from extractors.urls import registered_domain
from flows.clock import Clock, SystemClock
from flows.http.connecting import Internet
from flows.http.exchange import Exchange, Headers, Kind, Position, Validators
from flows.http.policy import HttpPolicy
from flows.http.robots import Robots
from flows.http.slots import Pace, Slots
from flows.http.waits import retry_after_s
from flows.http.wire import Wire
from flows.urls import host_of, parse_url

Keep = Callable[[Exchange], Awaitable[Position | None]]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_VALIDATORS = Validators()


class Client:
    """Fetches politely and safely. An async context manager; one for a run.

    `keep` is awaited with every answer (of a redirect and of robots.txt, too) before anything is
    decided from it; the position it returns is the exchange's `position`.
    """

    def __init__(
        self,
        policy: HttpPolicy | None = None,
        *,
        clock: Clock | None = None,
        keep: Keep | None = None,
        internet: Internet | None = None,
        tls: ssl.SSLContext | None = None,
        paces: Iterable[Pace] = (),
    ) -> None:
        self.policy = policy or HttpPolicy()
        self._clock = clock or SystemClock()
        self._keep = keep
        self._slots = Slots(self.policy, self._clock, paces)
        self._wire = Wire(
            self.policy,
            self._clock,
            internet or Internet(),
            tls or httpcore2.default_ssl_context(),
        )
        self._robots = Robots(self._fetch_robots)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._wire.aclose()

    async def fetch(
        self,
        url: str,
        *,
        kind: Kind = "page",
        validators: Validators = _NO_VALIDATORS,
        robots: bool | None = None,
    ) -> Exchange:
        """Return what `url` answers, redirects followed.

        Never raises for what a server or a network does: see `Exchange.error`. `robots` says
        whether robots.txt is obeyed; by default it is for pages, while a feed that a user
        subscribed to is asked as any feed reader does.

        Raises:
            ArchiveError: `keep` could not store an answer.
        """
        obey = kind == "page" if robots is None else robots
        hops: list[Exchange] = []
        target, base = url, None
        while True:
            exchange = await self._hop(target, base, kind, validators.headers(), obey)
            first_url = hops[0].url if hops else exchange.url
            exchange = await self._stored(dataclasses.replace(exchange, first_url=first_url))
            location = _location(exchange)
            if location is None:
                return dataclasses.replace(exchange, redirects=tuple(hops))
            hops.append(exchange)
            if len(hops) > self.policy.max_redirects or _comes_round(hops, location):
                return dataclasses.replace(
                    exchange, redirects=tuple(hops[:-1]), error=_too_many(hops)
                )
            target, base = location, exchange.url

    async def _hop(
        self, target: str, base: str | None, kind: Kind, extra: Headers, obey: bool
    ) -> Exchange:
        """Return the answer of one address; what stands in the way becomes its `error`."""
        try:
            url = parse_url(target, base)
            if obey:
                await self._ask_robots(url)
            return await self._in_turn(url, kind, extra)
        except FetchError as error:
            return Exchange(kind, target, target, self._clock.now(), error=error)

    async def _ask_robots(self, url: ada_url.URL) -> None:
        rules = await self._robots.rules_for(url.origin)
        rules.check(url.href)
        if rules.crawl_delay_s:
            self._slots.space(registered_domain(url.href), rules.crawl_delay_s)

    async def _in_turn(self, url: ada_url.URL, kind: Kind, extra: Headers) -> Exchange:
        async with self._slots.turn(registered_domain(url.href), url.origin):
            exchange = await self._wire.get(url, kind, extra)
        if exchange.error is not None:
            self._slots.note_failure(url.origin, exchange.error)
        self.learn(exchange)
        return exchange

    def learn(self, exchange: Exchange) -> None:
        """Take from an exchange, of now or from before an interruption, how to treat its site."""
        site = registered_domain(exchange.url)
        answered = exchange.status is not None
        elapsed_s = exchange.elapsed_ms / 1000 if answered else None
        self._slots.note_request(site, exchange.fetched_at, elapsed_s)
        if exchange.status == 429 and host_of(exchange.url) not in self.policy.bridge_hosts:
            self._slots.rest(site, exchange.fetched_at, retry_after_s(exchange))

    def paces(self) -> list[Pace]:
        """Return what later runs must know of the sites that were asked."""
        return self._slots.paces()

    async def _stored(self, exchange: Exchange) -> Exchange:
        if self._keep is None or exchange.status is None:
            return exchange
        return dataclasses.replace(exchange, position=await self._keep(exchange))

    async def _fetch_robots(self, origin: str) -> Exchange:
        return await self.fetch(f"{origin}/robots.txt", kind="robots", robots=False)


def _location(exchange: Exchange) -> str | None:
    if exchange.error is not None or exchange.status not in _REDIRECTS:
        return None
    return exchange.header("location") or None


def _comes_round(hops: list[Exchange], location: str) -> bool:
    """Tell whether the redirect leads back to where the chain has been.

    A page that sends to itself once is given that chance: some set a cookie that way.
    """
    try:
        target = parse_url(location, hops[-1].url).href.partition("#")[0]
    except FetchError:
        return False
    return [hop.url for hop in hops].count(target) > 1


def _too_many(hops: list[Exchange]) -> FetchError:
    return FetchError(
        f"{hops[0].url} leads through {len(hops)} redirects without an end.",
        "Give the address where the page is now.",
        reason="redirects",
    )
