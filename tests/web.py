"""A web on loopback that can misbehave, a clock that only moves when told to, and false names.

The server speaks raw HTTP/1.1 over asyncio, so that a route can send whatever bytes it likes:
too many, too few, none at all. Nothing here sleeps: a slow route waits at a gate.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flows.http import Internet

Headers = Mapping[str, str]
# Trusts nobody, and saves tests without TLS the reading of the machine's certificates.
NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that stands still but for its sleepers, each of whom moves it to their hour."""

    start: datetime = NEW_YEAR
    passed_s: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s

    async def sleep(self, seconds: float) -> None:
        until = self.passed_s + seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.passed_s = max(self.passed_s, until)

    def advance(self, seconds: float) -> None:
        self.passed_s += seconds


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    method: str
    target: str
    headers: dict[str, str]
    at: float = 0.0

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Reply:
    """An answer. `body` may be chunks; `gate` is waited for before each chunk but the first.

    With a `Transfer-Encoding` header the chunks are framed (RFC 9112, 7.1).

    `raw` replaces everything, and is followed by silence at a gate; `length` replaces the true
    Content-Length; `cut` closes the connection after that many bytes of body.
    """

    status: int = 200
    body: bytes | str | Sequence[bytes] = b""
    headers: Headers = field(default_factory=dict)
    gate: asyncio.Event | None = None
    length: int | None = None
    cut: int | None = None
    raw: bytes | None = None

    def chunks(self) -> list[bytes]:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        chunks = [body] if isinstance(body, bytes) else list(body)
        if "Transfer-Encoding" not in self.headers:
            return chunks
        return [b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b"")]


Route = Reply | Callable[[Asked], Reply | Awaitable[Reply]]


class Web:
    """Routes by path (or by `host/path` where hosts matter), and the log of what was asked."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.clock = clock
        self.port = 0
        self.scheme = "http"

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)

    async def answer(self, asked: Asked) -> Reply:
        host = asked.headers.get("host", "").partition(":")[0]
        route = self.routes.get(f"{host}{asked.path}") or self.routes.get(asked.path)
        if route is None:
            return Reply(404, "nothing here")
        if isinstance(route, Reply):
            return route
        reply = route(asked)
        return reply if isinstance(reply, Reply) else await reply

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (asked := await _read_request(reader)) is not None:
                at = self.clock.monotonic() if self.clock else 0.0
                asked = dataclasses.replace(asked, at=at)
                self.asked.append(asked)
                if not await _send(writer, await self.answer(asked)):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        except asyncio.CancelledError:
            # The test is over while a client still held on.
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(
    clock: FakeClock | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Web]:
    """Serve a `Web` on a free port of 127.0.0.1."""
    web = Web(clock)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0, ssl=tls)
    web.port = server.sockets[0].getsockname()[1]
    web.scheme = "https" if tls else "http"
    try:
        yield web
    finally:
        server.close()


@contextmanager
def web_in_thread() -> Iterator[Web]:
    """Serve a `Web` from a thread, for what runs an event loop of its own."""
    ready, done = threading.Event(), asyncio.Event()
    made: list[tuple[Web, asyncio.AbstractEventLoop]] = []

    async def main() -> None:
        async with serving() as web:
            made.append((web, asyncio.get_running_loop()))
            ready.set()
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
    thread.start()
    assert ready.wait(10), "the web did not start"
    web, loop = made[0]
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)


def names(**hosts: str | Sequence[str]) -> Internet:
    """Return an internet whose names are `hosts` (`example_org="127.0.0.1"`) and no others."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        found = hosts.get(host.replace(".", "_"))
        if found is None:
            raise OSError(f"no such name: {host}")
        return [found] if isinstance(found, str) else found

    return Internet(resolve)


def gzip_bomb(megabytes: int) -> bytes:
    """Return a small gzip body that unfolds into `megabytes` of zeros."""
    return gzip.compress(bytes(megabytes * 1024 * 1024), compresslevel=1, mtime=0)


async def _read_request(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return Asked(method, target, {name.strip().lower(): value.strip() for name, _, value in pairs})


async def _send(writer: asyncio.StreamWriter, reply: Reply) -> bool:
    """Send `reply`; return whether the connection can go on."""
    if reply.raw is not None:
        writer.write(reply.raw)
        await writer.drain()
        if reply.gate is not None:
            await reply.gate.wait()
        return False
    chunks = reply.chunks()
    size = sum(map(len, chunks)) if reply.length is None else reply.length
    headers = {"Content-Length": str(size), **reply.headers}
    if reply.status == 304 or "Transfer-Encoding" in reply.headers:
        del headers["Content-Length"]
    lines = [f"HTTP/1.1 {reply.status} Status", *(f"{k}: {v}" for k, v in headers.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    if reply.status == 304:
        return True
    if reply.cut is not None:
        chunks = [b"".join(chunks)[: reply.cut]]
    for number, chunk in enumerate(chunks):
        if number and reply.gate is not None:
            await reply.gate.wait()
        writer.write(chunk)
        await writer.drain()
    return reply.cut is None and reply.length is None
