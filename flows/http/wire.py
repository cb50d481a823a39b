"""One request and its answer: timeouts, caps, and every failure as a value.

Built on httpcore2, the engine of httpx2, whose public `network_backend` lets us check the address
at connect time. Redirects, cookies, proxies and content codings are not its business.
"""

from __future__ import annotations

import asyncio
import dataclasses
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

import ada_url
import httpcore2

from extractors.errors import FetchError
from flows.addresses import parse_networks
from flows.clock import Clock
from flows.http.connecting import GuardedBackend, Internet, causes
from flows.http.decoding import ACCEPTED, BodyDecoder, too_big
from flows.http.exchange import Exchange, Headers, Kind, combined
from flows.http.metering import Metered
from flows.http.policy import HttpPolicy

_ACCEPT: dict[Kind, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
_LATER = "Try again later."
# Servers close idle connections after five seconds or more; ours are gone by then.
_IDLE_S = 2.0


@dataclass(slots=True)
class _Answer:
    """The answer while it arrives."""

    status: int | None = None
    headers: Headers = ()
    remote_ip: str | None = None
    payload: bytes = b""
    body: bytes = b""


class Wire:
    """Sends single requests over guarded connections."""

    def __init__(
        self, policy: HttpPolicy, clock: Clock, internet: Internet, tls: ssl.SSLContext
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._backend = GuardedBackend(internet, parse_networks(policy.allowed_networks))
        self._pool = self._new_pool(tls)
        self._unverified = self._new_pool(_no_questions()) if policy.unverified_hosts else None

    def _new_pool(self, tls: ssl.SSLContext) -> httpcore2.AsyncConnectionPool:
        return httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=self._policy.max_connections,
            max_keepalive_connections=self._policy.max_connections,
            keepalive_expiry=_IDLE_S,
            network_backend=self._backend,
        )

    def _pool_for(self, host: str) -> httpcore2.AsyncConnectionPool:
        if self._unverified is not None and host in self._policy.unverified_hosts:
            return self._unverified
        return self._pool

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()
        if self._unverified is not None:
            await self._unverified.aclose()

    async def get(self, url: ada_url.URL, kind: Kind, extra: Headers = ()) -> Exchange:
        """Ask for `url`; a failure is the exchange's `error`."""
        headers = self._request_headers(url, kind) + extra
        target = url.href.partition("#")[0]
        fetched_at, started = self._clock.now(), self._clock.monotonic()
        answer, error = _Answer(), None
        try:
            async with asyncio.timeout(self._policy.total_timeout_s):
                await self._receive(self._pool_for(url.hostname), target, headers, answer)
        except FetchError as failure:
            error = failure
        except (TimeoutError, *_FAILURES) as failure:
            error = _explain(failure, str(url.host))
        if error is not None:
            answer.body = b""
        elapsed = self._clock.monotonic() - started
        return Exchange(
            kind=kind,
            url=target,
            first_url=target,
            fetched_at=fetched_at,
            elapsed_ms=round(elapsed * 1000),
            request_headers=headers,
            error=error,
            **{name: getattr(answer, name) for name in _ANSWER_FIELDS},
        )

    def _request_headers(self, url: ada_url.URL, kind: Kind) -> Headers:
        return (
            ("Host", url.host),
            ("User-Agent", self._policy.user_agent),
            ("Accept", _ACCEPT[kind]),
            ("Accept-Encoding", ACCEPTED),
        )

    async def _receive(
        self,
        pool: httpcore2.AsyncConnectionPool,
        target: str,
        headers: Headers,
        answer: _Answer,
    ) -> None:
        policy = self._policy
        timeouts = {
            "connect": policy.connect_timeout_s,
            "read": policy.read_timeout_s,
            "write": policy.read_timeout_s,
            "pool": None,
        }
        encoded = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers]
        async with pool.stream(
            "GET", target, headers=encoded, extensions={"timeout": timeouts}
        ) as response:
            answer.status = response.status
            answer.headers = _text(response.headers)
            answer.remote_ip = _remote_ip(response)
            self._check_headers(response, answer)
            await self._read_body(response, answer)

    def _check_headers(self, response: httpcore2.Response, answer: _Answer) -> None:
        if sum(len(name) + len(value) for name, value in response.headers) > (
            self._policy.max_header_bytes
        ):
            raise too_big(self._policy.max_header_bytes)
        stated = combined(answer.headers, "content-length") or ""
        if stated.isdecimal() and int(stated) > self._policy.max_raw_bytes:
            raise too_big(self._policy.max_raw_bytes)

    async def _read_body(self, response: httpcore2.Response, answer: _Answer) -> None:
        coding = combined(answer.headers, "content-encoding")
        decoder = BodyDecoder(coding, self._policy.max_body_bytes)
        stream = response.extensions.get("network_stream")
        parts: list[bytes] = []
        size = 0
        try:
            async for part in response.aiter_stream():
                size += len(part)
                if isinstance(stream, Metered):
                    stream.credit(len(part))
                if size > self._policy.max_raw_bytes:
                    raise too_big(self._policy.max_raw_bytes)
                parts.append(part)
                decoder.feed(part)
            decoder.finish()
        except FetchError as error:
            if error.reason == "too_big":
                parts.clear()
            raise
        finally:
            answer.payload = b"".join(parts)
            answer.body = decoder.body if coding else answer.payload


_ANSWER_FIELDS = tuple(field.name for field in dataclasses.fields(_Answer))
_FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    ssl.SSLError,
    OSError,
)


def _no_questions() -> ssl.SSLContext:
    """Return a context that takes any certificate, for hosts that the user vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _explain(error: BaseException, host: str) -> FetchError:
    """Return a failure of the network as an error that a user can read."""
    broken = next((e for e in causes(error) if isinstance(e, ssl.SSLError)), None)
    if broken is not None:
        return FetchError(
            f"The certificate or TLS handshake of {host} is not in order: {_words(broken)}.",
            "Nothing is fetched from a site that cannot prove who it is.",
            reason="tls",
        )
    if isinstance(error, TimeoutError | httpcore2.TimeoutException):
        return FetchError(f"{host} took too long to answer.", _LATER, reason="timeout")
    if isinstance(error, httpcore2.ProtocolError):
        return _protocol_error(error, host)
    return FetchError(f"The connection to {host} broke.", _LATER, reason="connection")


def _protocol_error(error: httpcore2.ProtocolError, host: str) -> FetchError:
    words = str(error)
    if "without sending complete message body" in words:
        return FetchError(f"The answer of {host} ended early.", _LATER, reason="truncated")
    if "disconnected" in words:
        return FetchError(f"{host} closed the connection.", _LATER, reason="connection")
    return FetchError(f"What {host} answers is no HTTP: {words}.", _LATER, reason="protocol")


def _words(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message.rstrip(".")
    return (error.reason or "handshake failed").replace("_", " ").lower()


def _text(headers: Sequence[tuple[bytes, bytes]]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _remote_ip(response: httpcore2.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return str(peer[0]) if peer else None
