"""A bound on what a server may send besides the body: framing, extensions, trailers, 1xx answers.

The parser of HTTP bounds none of these, and each costs it far more than its bytes: a body in chunks
of one byte, or a flood of early hints, would keep it busy until the time is up.
"""

from __future__ import annotations

import ssl
from typing import Any

import httpcore2

from extractors.errors import FetchError

MAX_OVERHEAD_BYTES = 256 * 1024
"""Four times what headers may take; 16 MB in chunks of a kilobyte need 100 kB of framing."""


class Metered(httpcore2.AsyncNetworkStream):
    """A connection that counts what it reads since the last request, less what was body.

    Raises (from `read`):
        FetchError: `too_big`.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._overhead = 0

    def credit(self, size: int) -> None:
        """Say that so many of the bytes that were read belong to the body."""
        self._overhead -= size

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, none at the end."""
        if self._overhead > MAX_OVERHEAD_BYTES:
            raise FetchError(
                f"The server sends more than {MAX_OVERHEAD_BYTES:,} bytes besides the body.",
                "The server is at fault; remove this address if it stays so.",
                reason="too_big",
            )
        data = await self._stream.read(max_bytes, timeout)
        self._overhead += len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send a piece of a request; what is read from here on belongs to it."""
        self._overhead = 0
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Return the connection under TLS; what counts is what comes out of it."""
        return Metered(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)
