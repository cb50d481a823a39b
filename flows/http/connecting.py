"""Connections that go to the address that was checked, and to no other.

A name is resolved once; its answers are checked; the connection goes to one of those that passed.
The name itself is used for TLS (SNI, certificate) and for the Host header only. A second look-up,
which an attacker could answer differently (DNS rebinding), never happens.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial

import httpcore2

from extractors.errors import FetchError
from flows.addresses import Address, Network, parse_address, why_blocked
from flows.http.metering import Metered

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_MAX_ADDRESSES = 4


async def resolve_name(host: str, port: int) -> Sequence[str]:
    """Return the addresses of `host`, as the system's resolver orders them.

    Raises:
        OSError: there are none, or the resolver does not answer.
    """
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_lookups(), ask)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def _lookups() -> ThreadPoolExecutor:
    """Return threads for name look-ups alone: slow ones must not hold up the archive's."""
    return ThreadPoolExecutor(16, thread_name_prefix="look-up")


@dataclass(frozen=True, slots=True)
class Internet:
    """How names become addresses, and addresses connections; a simulation gives its own."""

    resolve: Resolve = resolve_name
    dial: httpcore2.AsyncNetworkBackend = field(default_factory=httpcore2.AnyIOBackend)


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections, but only to addresses that may be connected to."""

    def __init__(self, internet: Internet, allowed: Sequence[Network]) -> None:
        self._internet = internet
        self._allowed = allowed

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of `host` that is permitted and answers.

        Raises:
            FetchError: `dns`, `blocked_address`, `refused` or `unreachable`.
        """
        addresses = await self.permitted(host, port, timeout)
        share = timeout / len(addresses) if timeout else None
        failure: Exception | None = None
        for address in addresses:
            try:
                stream = await self._internet.dial.connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
                return Metered(stream)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise _unreached(host, port, failure)

    async def permitted(self, host: str, port: int, timeout: float | None = None) -> list[Address]:
        """Return the addresses of `host` that may be connected to, at most four.

        Raises:
            FetchError: `dns` or `blocked_address`.
        """
        addresses = [parse_address(text) for text in await self._look_up(host, port, timeout)]
        verdicts = [(address, why_blocked(address, self._allowed)) for address in addresses]
        passed = [address for address, verdict in verdicts if verdict is None]
        if not passed:
            address, verdict = verdicts[0]
            place = "is" if host.strip("[]") == str(address) else f"is at {address},"
            raise FetchError(
                f"{host} {place} {verdict} address, which may not be connected to.",
                "If you trust this network, name it in the setting allowed_networks.",
                reason="blocked_address",
            )
        return passed[:_MAX_ADDRESSES]

    async def _look_up(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        try:
            return (str(parse_address(host)),)
        except ValueError:
            pass
        try:
            async with asyncio.timeout(timeout):
                found = await self._internet.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _unknown(host) from error
        if not found:
            raise _unknown(host)
        return found


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield `error`, what caused it, what caused that, and so on."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _unknown(host: str) -> FetchError:
    return FetchError(
        f"The host name {host} does not resolve.",
        "Check its spelling, and that this machine has a name server.",
        reason="dns",
    )


def _unreached(host: str, port: int, error: Exception | None) -> FetchError:
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes(error)):
        problem, reason = f"{host} refuses connections on port {port}.", "refused"
    else:
        problem, reason = f"{host} cannot be reached on port {port}.", "unreachable"
    return FetchError(problem, "Check the address, or try again later.", reason=reason)
