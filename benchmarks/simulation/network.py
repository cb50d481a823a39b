"""The network of the made-up web: names, connections without sockets, and a log of every request.

The real HTTP client talks to it; TLS is a word here, for there is nothing to encrypt.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import httpcore2

from benchmarks.simulation.web import BrokenError, Headers, Reply, Web

PHRASES = {200: "OK", 304: "Not Modified"}
_NO_ANSWER = {"refused", "unreachable"}


class Asked(NamedTuple):
    """A line of the log: when (virtual seconds), at which moment of the simulation, what, status.

    The status is 0 where there was no answer.
    """

    at: float
    now: float
    host: str
    subject: str
    status: int


class Log:
    """Appends every request to a file at once, so that a killed process leaves what it asked."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, asked: Asked) -> None:
        """Append a line."""
        os.write(self._file, ("\t".join(map(str, asked)) + "\n").encode())

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def read_log(path: Path) -> list[Asked]:
    """Return the lines of a log; none if there is no such file."""
    if not path.exists():
        return []
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [
        Asked(float(at), float(now), host, subject, int(status))
        for at, now, host, subject, status in lines
    ]


class Network(httpcore2.AsyncNetworkBackend):
    """The network at the moment `now` of the simulation."""

    def __init__(self, web: Web, log: Log, now: float) -> None:
        self.web = web
        self.log = log
        self.now = now

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the made-up address of `host`.

        Raises:
            OSError: our network or the host's name server is down, or there is no such host.
        """
        fault = self.web.fault(host, self.now)
        if fault in ("dns", "offline", "offline_half") or host not in self.web.hosts:
            self.note(host, "-", 0)
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return (self.web.hosts[host],)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to an address, unless nobody listens there."""
        name = self.web.addresses[host]
        fault = self.web.fault(name, self.now)
        if fault == "refused" or self.web.is_closed(name, port, self.now):
            self.note(name, "-", 0)
            raise httpcore2.ConnectError() from ConnectionRefusedError()
        if fault == "unreachable":
            self.note(name, "-", 0)
            await asyncio.sleep(timeout or 0)
            raise httpcore2.ConnectTimeout
        return Stream(self, name, host)

    def note(self, host: str, subject: str, status: int) -> None:
        """Log a request."""
        now = asyncio.get_running_loop().time()
        self.log.write(Asked(round(now, 3), self.now, host, subject, status))

    async def sleep(self, seconds: float) -> None:
        """Let virtual seconds pass."""
        await asyncio.sleep(seconds)


class Stream(httpcore2.AsyncNetworkStream):
    """A connection to a host: takes one request, gives one answer."""

    def __init__(self, network: Network, host: str, address: str) -> None:
        self._network = network
        self._host = host
        self._address = address
        self._asked = b""
        self._reply: Reply | None = None
        self._rest = b""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take the request; answer once it is whole."""
        self._asked += buffer
        if buffer and self._asked.endswith(b"\r\n\r\n"):
            path, headers = _request(self._asked)
            web, now = self._network.web, self._network.now
            try:
                self._reply = reply = web.answer(self._host, path, headers, now)
            except BrokenError:
                self._network.note(self._host, path, 0)
                return
            self._network.note(self._host, reply.subject, reply.status)
            self._rest = _response(reply)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next part of the answer; nothing at its end."""
        if self._reply is None:
            raise httpcore2.ReadError("Connection reset by peer")
        delay, self._reply = self._reply.delay_s, self._reply._replace(delay_s=0.0)
        if timeout is not None and delay > timeout:
            await asyncio.sleep(timeout)
            raise httpcore2.ReadTimeout
        await asyncio.sleep(delay)
        part, self._rest = self._rest[:max_bytes], self._rest[max_bytes:]
        return part

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Call the connection encrypted."""
        return self

    async def aclose(self) -> None:
        """Hang up."""

    def get_extra_info(self, info: str) -> Any:
        """Return the peer's address; nothing else is known."""
        return (self._address, 443) if info == "server_addr" else None


def _request(asked: bytes) -> tuple[str, dict[str, str]]:
    first, *lines = asked.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


def _response(reply: Reply) -> bytes:
    headers: Headers = (*reply.headers, ("Connection", "close"))
    if reply.status != 304:
        headers = (*headers, ("Content-Length", str(len(reply.body))))
    lines = [f"HTTP/1.1 {reply.status} {PHRASES.get(reply.status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join((*lines, "", "")).encode() + reply.body[: reply.cut_at]
