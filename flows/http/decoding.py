"""Content codings undone piece by piece, so that a bomb costs no more than the limit.

gzip and deflate (zlib or bare, both are met), br (RFC 7932) and zstd (RFC 8878, window as RFC 9659
bounds it). A coding we do not know is taken for none, as browsers do.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from extractors.errors import FetchError

ACCEPTED = "gzip, deflate, br, zstd"
_STEP = 256 * 1024
_MAX_LAYERS = 3
_ZSTD_WINDOW = 8 * 1024 * 1024
# A zstd block of four bytes may stand for 128 KiB: small bites keep each step below 8 MiB.
_ZSTD_BITE = 256


class _Layer(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]: ...

    @property
    def finished(self) -> bool: ...


class _Inflate:
    """gzip (also of several members) and deflate."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._head = b""
        self._inflater: zlib._Decompress | None = None

    @property
    def finished(self) -> bool:
        return self._inflater.eof if self._inflater else not self._head

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            self._inflater = self._fresh(data)
        while data or not self._inflater.eof:
            piece = self._inflater.decompress(data, _STEP)
            data = self._inflater.unconsumed_tail
            yield piece
            if self._inflater.eof:
                data = self._next_member(self._inflater.unused_data)
            elif not data and len(piece) < _STEP:
                return
            if not data and self._inflater.eof:
                return

    def _fresh(self, head: bytes) -> zlib._Decompress:
        if self._is_gzip:
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        has_header = head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)

    def _next_member(self, rest: bytes) -> bytes:
        """Start over when another gzip member follows; what else follows is no part of it."""
        if self._is_gzip and rest.startswith(b"\x1f\x8b"):
            self._inflater = self._fresh(rest)
            return rest
        return b""


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._decoder.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        piece = self._decoder.process(data, output_buffer_limit=_STEP)
        while piece:
            yield piece
            piece = b"" if self.finished else self._decoder.process(b"", output_buffer_limit=_STEP)


class _Zstd:
    def __init__(self) -> None:
        decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._decoder = decoder.decompressobj()

    @property
    def finished(self) -> bool:
        return bool(self._decoder.eof)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_BITE):
            if self.finished:
                return
            yield self._decoder.decompress(data[start : start + _ZSTD_BITE])


class BodyDecoder:
    """Undoes the codings of one body, up to `limit` bytes.

    Raises (from `feed` and `finish`):
        FetchError: `too_big`, `encoding` or `truncated`.
    """

    def __init__(self, content_encoding: str | None, limit: int) -> None:
        self._layers = _layers(content_encoding or "")
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def body(self) -> bytes:
        """What has been decoded so far."""
        if len(self._parts) > 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0] if self._parts else b""

    def feed(self, data: bytes) -> None:
        """Take the next piece of the body."""
        try:
            for piece in _through(self._layers, data):
                self._add(piece)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise FetchError(
                f"The body cannot be decompressed: {error}.",
                "The server is at fault; try again later.",
                reason="encoding",
            ) from error

    def finish(self) -> bytes:
        """Return the whole body."""
        if self._size and not all(layer.finished for layer in self._layers):
            raise FetchError(
                "The compressed body ended early.", "Try again later.", reason="truncated"
            )
        return self.body

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            self._parts.clear()
            raise too_big(self._limit)
        if piece:
            self._parts.append(piece)


def decode(payload: bytes, content_encoding: str | None, limit: int) -> bytes:
    """Return `payload` without its codings.

    Raises:
        FetchError: `too_big`, `encoding` or `truncated`.
    """
    decoder = BodyDecoder(content_encoding, limit)
    decoder.feed(payload)
    return decoder.finish()


def too_big(limit: int) -> FetchError:
    """Return the error for a body of more than `limit` bytes."""
    return FetchError(
        f"The answer is larger than the limit of {limit:,} bytes.",
        "Raise the limit in the settings if this address is right.",
        reason="too_big",
    )


def _layers(content_encoding: str) -> list[_Layer]:
    """Return the decoders of a Content-Encoding header, outermost first."""
    names = [name.strip().lower() for name in content_encoding.split(",") if name.strip()]
    if len(names) > _MAX_LAYERS:
        raise FetchError(
            f"The body is compressed {len(names)} times over.",
            "The server is at fault; remove this address.",
            reason="encoding",
        )
    layers = [_layer(name) for name in reversed(names)]
    return [layer for layer in layers if layer is not None]


def _layer(name: str) -> _Layer | None:
    match name:
        case "gzip" | "x-gzip":
            return _Inflate(is_gzip=True)
        case "deflate":
            return _Inflate(is_gzip=False)
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
        case _:
            return None


def _through(layers: list[_Layer], data: bytes) -> Iterator[bytes]:
    if not layers:
        yield data
        return
    for piece in layers[0].pieces(data):
        yield from _through(layers[1:], piece)
