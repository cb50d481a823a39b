"""robots.txt by RFC 9309, asked once a run for each origin.

A 4xx answer means that there are no rules; an answer that cannot be had (5xx, 429, no network)
means that nothing may be fetched for now. The first 500 KiB count.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from extractors.errors import FetchError
from flows.http.exchange import Exchange
from flows.http.policy import PRODUCT

_MAX_BYTES = 500 * 1024


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What an origin allows this client; `unavailable` says why that is not known."""

    rules: Protego | None = None
    unavailable: FetchError | None = None

    @property
    def crawl_delay_s(self) -> float | None:
        """The seconds between requests that the site asks for."""
        delay = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return float(delay) if delay is not None else None

    def check(self, url: str) -> None:
        """Raise unless `url` may be fetched.

        Raises:
            FetchError: `robots`, `robots_unavailable`, or why the host gave no answer.
        """
        if self.unavailable is not None:
            raise self.unavailable
        if self.rules is not None and not self.rules.can_fetch(url, PRODUCT):
            raise FetchError(
                f"The site's robots.txt does not allow {url}.",
                "Ask its owner, or switch robots off for this feed if you may.",
                reason="robots",
            )


class Robots:
    """The rules of all origins of a run; concurrent askers of one origin share one request."""

    def __init__(self, fetch: Callable[[str], Awaitable[Exchange]]) -> None:
        self._fetch = fetch
        self._known: dict[str, asyncio.Future[RobotsRules]] = {}

    async def rules_for(self, origin: str) -> RobotsRules:
        """Return the rules of `origin` (scheme, host and port)."""
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._ask(origin))
        return await asyncio.shield(self._known[origin])

    async def _ask(self, origin: str) -> RobotsRules:
        return read_rules(await self._fetch(origin))


def read_rules(exchange: Exchange) -> RobotsRules:
    """Return the rules that an answer to /robots.txt stands for (RFC 9309, 2.3.1)."""
    if exchange.ok:
        text = exchange.body[:_MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
        return RobotsRules(Protego.parse(text))
    status = exchange.status or 0
    if exchange.error is None and 300 <= status < 500 and status != 429:
        return RobotsRules()
    if exchange.status is None:
        return RobotsRules(unavailable=exchange.error)
    return RobotsRules(
        unavailable=FetchError(
            f"{exchange.url} cannot be read ({exchange.reason}), so its site is left alone.",
            "Later runs try again by themselves.",
            reason="robots_unavailable",
        )
    )
