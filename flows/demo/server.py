"""Serves the sample site on loopback: one small web server an outlet, as of a point in time.

Understands GET and HEAD, answers conditional requests (RFC 9110 section 13) and compresses for
whoever accepts gzip. Nothing is bound but 127.0.0.1.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from flows.demo.content import Outlet, Version, load_outlets, load_versions
from flows.demo.pages import render_article, render_home
from flows.demo.syndication import CONTENT_TYPES, render_feed

HOST = "127.0.0.1"
END = datetime(2025, 3, 31, tzinfo=UTC)  # the sample site has run its course
_ROBOTS = b"User-agent: *\nDisallow: /service/\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Resource:
    """What the site holds under a path: bytes, their type, and when they last changed."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong validator: a hash of the bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass
class SampleSite:
    """The running site. Move `as_of` to show the site as it stood at another time."""

    as_of: datetime
    bases: dict[str, str]

    @property
    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Return (name of the outlet, URL of its feed) for every outlet."""
        outlets = load_outlets()
        return tuple((outlets[key].name, base + outlets[key].feed_path)
                     for key, base in self.bases.items())  # fmt: skip

    def find(self, outlet: Outlet, target: str) -> Resource | None:
        """Return what `outlet` serves for a request target, or None."""
        base, path = self.bases[outlet.key], urlsplit(target).path
        if path == "/robots.txt":
            return Resource(_ROBOTS, "text/plain", datetime(2025, 1, 1, tzinfo=UTC))
        shown = _shown(outlet, self.as_of)
        newest = max((version.updated for version in shown), default=self.as_of)
        if path == outlet.feed_path:
            feed = render_feed(outlet, shown, base)
            return Resource(feed, CONTENT_TYPES[outlet.feed_format], newest)
        if path == "/":
            return Resource(render_home(outlet, shown), _html(outlet), newest)
        return _article(outlet, shown, target, base)


@contextmanager
def serve_site(as_of: datetime = END, *, fixed_ports: bool = True) -> Iterator[SampleSite]:
    """Serve the sample site until the block ends.

    Every outlet takes its own port if that is free, and any free one otherwise or without
    `fixed_ports`.
    """
    site = SampleSite(as_of, {})
    with ExitStack() as stack:
        for outlet in load_outlets().values():
            server = _bind(site, outlet, outlet.port if fixed_ports else 0)
            stack.enter_context(_running(server))
            site.bases[outlet.key] = f"http://{HOST}:{server.server_port}"
        yield site


def _shown(outlet: Outlet, as_of: datetime) -> list[Version]:
    """Return the newest visible version of each of the outlet's articles, newest article first."""
    newest: dict[str, Version] = {}
    for version in load_versions():
        if version.outlet == outlet and version.updated <= as_of:
            newest[version.slug] = version
    return sorted(newest.values(), key=lambda version: version.published, reverse=True)


def _article(outlet: Outlet, shown: Sequence[Version], target: str, base: str) -> Resource | None:
    for version in shown:
        if version.matches(target):
            related = [other for other in shown if other is not version][:4]
            page = render_article(version, base, related)
            return Resource(page, _html(outlet), version.updated)
    return None


def _html(outlet: Outlet) -> str:
    """Return the content type; the Courier's server, as some do, names no charset."""
    named = outlet.charset == "utf-8"
    return f"text/html; charset={outlet.charset}" if named else "text/html"


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # with the default of 5, connections wait a second for a second try


def _bind(site: SampleSite, outlet: Outlet, port: int) -> _Server:
    class Handler(_Handler):
        pass

    Handler.site, Handler.outlet = site, outlet
    try:
        return _Server((HOST, port), Handler)
    except OSError:
        return _Server((HOST, 0), Handler)


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: SampleSite
    outlet: Outlet
    protocol_version = "HTTP/1.1"
    server_version = "SampleNews/1"

    def do_GET(self) -> None:
        resource = self.site.find(self.outlet, self.path)
        if resource is None:
            self._answer(404, b"<h1>Not found</h1>", {"Content-Type": "text/html"})
        elif self._has(resource):
            self._answer(304, b"", self._validators(resource))
        else:
            headers = {"Content-Type": resource.content_type} | self._validators(resource)
            self._answer(200, resource.body, headers)

    do_HEAD = do_GET  # noqa: N815 - the name http.server asks for

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the run's own report tells what was asked."""

    def _has(self, resource: Resource) -> bool:
        """Whether the client already has this; an entity tag outranks a date (RFC 9110 13.2.2)."""
        if tags := self.headers["If-None-Match"]:
            return resource.etag in tags
        return self.headers["If-Modified-Since"] == self._validators(resource)["Last-Modified"]

    def _validators(self, resource: Resource) -> dict[str, str]:
        modified = format_datetime(resource.modified.astimezone(UTC), usegmt=True)
        return {"ETag": resource.etag, "Last-Modified": modified, "Vary": "Accept-Encoding"}

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers = gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
