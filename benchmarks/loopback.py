"""What the benchmarks of the flow share: a small loopback server, a settable clock, settings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from flows.settings import Settings

HOST = "127.0.0.1"


class Answer(NamedTuple):
    """What a path holds: bytes, their content type, and an entity tag."""

    body: bytes
    content_type: str
    etag: str


class SetClock:
    """A clock that stands where it was set; pauses are real."""

    def __init__(self, now: datetime = datetime(2025, 1, 1, tzinfo=UTC)) -> None:
        self.time = now

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.time

    def monotonic(self) -> float:
        """Return seconds that pass."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Pause for real: the loopback server needs the time."""
        await asyncio.sleep(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the default of 5, connections wait a second for a second try


@contextmanager
def serve(find: Callable[[str], Answer | None]) -> Iterator[str]:
    """Serve on loopback what `find` returns for a path; yields the address.

    Understands conditional requests by entity tag.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = find(self.path)
            if answer is None:
                self.respond(404, Answer(b"not here", "text/plain", ""))
            elif answer.etag in self.headers.get("If-None-Match", "").split(", "):
                self.respond(304, answer._replace(body=b""))
            else:
                self.respond(200, answer)

        def respond(self, status: int, answer: Answer) -> None:
            self.send_response(status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("ETag", answer.etag)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = _Server((HOST, 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def loopback_settings(home: Path) -> Settings:
    """Return settings for a run against loopback: no pauses, for the server is our own."""
    return Settings(
        home=home,
        allowed_networks=("127.0.0.0/8",),
        site_interval_s=0.0,
        site_connections=16,
    )
