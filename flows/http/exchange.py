"""What a request and its answer amount to, whatever came of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from extractors.errors import FetchError

Kind = Literal["feed", "page", "robots", "import"]
Headers = tuple[tuple[str, str], ...]

FETCH_REASONS: dict[str, str] = {
    "bad_url": "the address is no http or https URL",
    "dns": "the name of the host does not resolve",
    "blocked_address": "the host is at an address that may not be connected to",
    "refused": "the host refused the connection",
    "unreachable": "the host did not take the connection in time, or there is no way to it",
    "tls": "the certificate or the handshake is not in order",
    "timeout": "the answer took too long",
    "connection": "the connection broke",
    "protocol": "the answer is no HTTP",
    "truncated": "the answer ended early",
    "encoding": "the body is not what its Content-Encoding says",
    "too_big": "the answer is larger than the limit",
    "redirects": "too many redirects, or a circle of them",
    "robots": "robots.txt does not allow it",
    "robots_unavailable": "robots.txt could not be read, so nothing may be fetched",
    "resting": "the site asked to be left alone for a while",
}


_CONDITIONS = ("if-none-match", "if-modified-since")


class Position(NamedTuple):
    """Where an exchange lies in the archive: file name, and byte offset of its two records."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional (RFC 9110, 13), exactly as the server sent it."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Headers:
        """Return the request headers these validators stand for."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in pairs if value)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back.

    `url` is what was asked for, `first_url` where the chain of redirects began, `redirects` the
    hops before this one. `payload` is the body as received, still compressed if it was; `body` is
    the same decoded. An `error` says why there is no whole, usable answer; `status` is None where
    no answer began. Nothing is decided here about what a status means.
    """

    kind: Kind
    url: str
    first_url: str
    fetched_at: datetime
    elapsed_ms: int = 0
    request_headers: Headers = ()
    status: int | None = None
    headers: Headers = ()
    payload: bytes = field(default=b"", repr=False)
    body: bytes = field(default=b"", repr=False)
    error: FetchError | None = None
    remote_ip: str | None = None
    redirects: tuple[Exchange, ...] = ()
    position: Position | None = None

    @property
    def final_url(self) -> str:
        """Where the answer came from."""
        return self.url

    @property
    def chain(self) -> tuple[str, ...]:
        """Every address on the way, first to last."""
        return (*(hop.url for hop in self.redirects), self.url)

    @property
    def ok(self) -> bool:
        """Whether this is a whole answer with a 2xx status."""
        return self.error is None and self.status is not None and 200 <= self.status < 300

    @property
    def not_modified(self) -> bool:
        """Whether the server says, having been asked, that nothing changed."""
        return self.error is None and self.status == 304 and self._is_conditional

    @property
    def reason(self) -> str | None:
        """The word for what went wrong (`dns`, `http_404`, ...), or None."""
        if self.error is not None:
            return self.error.reason
        return None if self.ok or self.not_modified else f"http_{self.status}"

    @property
    def _is_conditional(self) -> bool:
        return any(name.lower() in _CONDITIONS for name, _ in self.request_headers)

    @property
    def content_type(self) -> str | None:
        """The Content-Type header as received."""
        return self.header("content-type")

    @property
    def body_sha256(self) -> str | None:
        """Hex SHA-256 of the decoded body (also of an empty one), None where there is none."""
        if self.error is not None or self.status in (None, 304):
            return None
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Return the first header called `name` (any case)."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def failure(self) -> FetchError | None:
        """Return what went wrong as an error to show: the `error`, or one made of the status."""
        if self.error is not None or self.reason is None:
            return self.error
        return FetchError(
            f"{self.url} answered with status {self.status}.",
            _remedy(self.status),
            reason=self.reason,
        )


def combined(headers: Headers, wanted: str) -> str | None:
    """Return all values of the header `wanted` (lower case), joined by commas (RFC 9110, 5.3)."""
    values = [value for name, value in headers if name.lower() == wanted]
    return ", ".join(values) if values else None


def _remedy(status: int | None) -> str:
    if status in (401, 402, 403, 451):
        return "The site does not let this client in; ask its owner, or remove the address."
    if status in (404, 410):
        return "Check the address; the site has nothing there."
    return "Try again later."
