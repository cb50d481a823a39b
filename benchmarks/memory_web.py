"""A network in memory: every connection gives the same bytes, piece by piece, and ends."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpcore2

from flows.clock import StoppedClock
from flows.http import Client, Exchange, HttpPolicy, Internet

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)

_PIECE = 4096


class _Stream(httpcore2.AsyncNetworkStream):
    def __init__(self, answer: bytes) -> None:
        self._rest = answer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        size = min(max_bytes, _PIECE)
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take what is asked; the answer is the same."""

    async def aclose(self) -> None:
        self._rest = b""

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class Answering(httpcore2.AsyncNetworkBackend):
    """Connects to nothing, whatever the address; `answer` is what is read there."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Return a stream of the answer."""
        return _Stream(self._answer)


async def fetched(answer: bytes, policy: HttpPolicy | None = None) -> Exchange:
    """Return what the client makes of `answer`, whatever is asked, at `NOW`."""
    internet = Internet(_resolve, Answering(answer))
    clock = StoppedClock(NOW)
    async with Client(policy, clock=clock, internet=internet, tls=_trusting_nobody()) as client:
        return await client.fetch("http://news.example/feed", kind="feed")


async def _resolve(host: str, port: int) -> Sequence[str]:
    return ("1.1.1.1",)


@cache
def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
