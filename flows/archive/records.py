"""Exchanges as WARC records and back (https://iipc.github.io/warc-specifications/, WARC 1.1).

A request record stands before its response; an imported file is a resource record. The payload is
stored as it came over the wire: Content-Encoding is still true of it; a Transfer-Encoding has been
undone by then, so that header is renamed, as crawlers do. What WARC has no field for is in
`X-Claimwire-` fields.
"""

from __future__ import annotations

import gzip
import uuid
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import cast

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import ArchiveError, FetchError
from flows import __version__
from flows.http.decoding import decode
from flows.http.exchange import (
    FETCH_REASONS,
    Exchange,
    Headers,
    Kind,
    Position,
    combined,
)

_DECODE_LIMIT = 1024 * 1024 * 1024
_TRUNCATED = {"too_big": "length", "timeout": "time", "truncated": "disconnect"}
_RENAMED = {"transfer-encoding": "X-Archive-Transfer-Encoding"}


class _HttpHeaders(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers that come back as they were put; warcio would percent-encode beyond ASCII."""

    def to_ascii_bytes(self, header_filter: object = None) -> bytes:
        return bytes(self.to_bytes(header_filter, "utf-8"))


def encode(exchange: Exchange) -> bytes:
    """Return the request and the response record of `exchange`; the same each time.

    A file, which nobody was asked for, is a resource record.
    """
    if exchange.kind == "import":
        headers = {"Content-Type": exchange.content_type or "application/octet-stream"}
        about = _warc_headers(exchange, "resource") | headers
        return _compressed(exchange.url, "resource", exchange.payload, about)
    request = _member(exchange, "request", _request_line(exchange), exchange.request_headers, b"")
    status_line = f"{exchange.status} {_phrase(exchange)}"
    response = _member(exchange, "response", status_line, exchange.headers, exchange.payload)
    return request + response


def encode_info(file_name: str, first: Exchange) -> bytes:
    """Return the record that heads a file: who made it, and how; the same for the same beginning.

    Its date is that of the `first` exchange in the file: no clock decides what an archive holds.
    """
    fields = {
        "software": f"claimwire/{__version__} (warcio)",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "http-header-user-agent": dict(first.request_headers).get("User-Agent", ""),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value).encode()
    headers = {
        "WARC-Record-ID": _record_id(first, f"warcinfo {file_name}"),
        "WARC-Date": _date(first),
        "WARC-Filename": file_name,
    }
    return _compressed("", "warcinfo", lines, headers)


def exchange_of(record: ArcWarcRecord, request_headers: Headers, position: Position) -> Exchange:
    """Return the exchange that a response record holds.

    Raises:
        ArchiveError: its body is damaged.
    """
    warc = record.rec_headers
    url = warc.get_header("WARC-Target-URI")
    payload = record.raw_stream.read()
    error = _error(record)
    headers = headers_of(record)
    body = b"" if error else _decoded(payload, combined(headers, "content-encoding"))
    return Exchange(
        kind=cast(Kind, warc.get_header("X-Claimwire-Kind", "page")),
        url=url,
        first_url=warc.get_header("X-Claimwire-First-URL", url),
        fetched_at=datetime.fromisoformat(warc.get_header("WARC-Date")),
        elapsed_ms=int(warc.get_header("X-Claimwire-Elapsed-Ms", "0")),
        request_headers=request_headers,
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        payload=payload,
        body=body,
        error=error,
        remote_ip=warc.get_header("WARC-IP-Address"),
        position=position,
    )


def file_of(record: ArcWarcRecord, position: Position) -> Exchange:
    """Return the file that a resource record holds, as an answer that is whole."""
    warc = record.rec_headers
    url, body = warc.get_header("WARC-Target-URI"), record.raw_stream.read()
    return Exchange(
        kind="import",
        url=url,
        first_url=url,
        fetched_at=datetime.fromisoformat(warc.get_header("WARC-Date")),
        status=200,
        headers=(("Content-Type", warc.get_header("Content-Type")),),
        payload=body,
        body=body,
        position=position,
    )


def _decoded(payload: bytes, coding: str | None) -> bytes:
    try:
        return decode(payload, coding, _DECODE_LIMIT)
    except FetchError as error:
        raise ArchiveError(f"An archived body is damaged: {error}", "") from error


def _error(record: ArcWarcRecord) -> FetchError | None:
    reason = record.rec_headers.get_header("X-Claimwire-Reason")
    if reason is None:
        return None
    problem = record.rec_headers.get_header("X-Claimwire-Problem", FETCH_REASONS.get(reason, ""))
    return FetchError(problem, reason=reason)


def headers_of(record: ArcWarcRecord) -> Headers:
    """Return the HTTP headers of a record."""
    return tuple((name, value) for name, value in record.http_headers.headers)


def _member(exchange: Exchange, kind: str, line: str, headers: Headers, payload: bytes) -> bytes:
    """Return one record of an exchange as a gzip member."""
    renamed = [(_RENAMED.get(name.lower(), name), value) for name, value in headers]
    protocol = "" if kind == "request" else "HTTP/1.1"
    http = _HttpHeaders(line, renamed, protocol=protocol)
    return _compressed(exchange.url, kind, payload, _warc_headers(exchange, kind), http)


def _compressed(
    url: str,
    kind: str,
    payload: bytes,
    headers: dict[str, str],
    http: StatusAndHeaders | None = None,
) -> bytes:
    """Return a record as a gzip member; warcio adds the digests of block and payload."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return gzip.compress(out.getvalue(), compresslevel=6, mtime=0)


def _warc_headers(exchange: Exchange, kind: str) -> dict[str, str]:
    headers = {
        "WARC-Record-ID": _record_id(exchange, kind),
        "WARC-Date": _date(exchange),
    }
    if kind == "request":
        return headers | {"WARC-Concurrent-To": _record_id(exchange, "response")}
    if exchange.remote_ip:
        headers["WARC-IP-Address"] = exchange.remote_ip
    if exchange.error is not None:
        headers["WARC-Truncated"] = _TRUNCATED.get(exchange.error.reason, "unspecified")
        headers["X-Claimwire-Reason"] = exchange.error.reason
        headers["X-Claimwire-Problem"] = " ".join(exchange.error.problem.split())
    headers["X-Claimwire-Kind"] = exchange.kind
    headers["X-Claimwire-First-URL"] = exchange.first_url
    headers["X-Claimwire-Elapsed-Ms"] = str(exchange.elapsed_ms)
    return headers


def _date(exchange: Exchange) -> str:
    return exchange.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _record_id(exchange: Exchange, kind: str) -> str:
    name = f"{kind} {exchange.fetched_at.isoformat()} {exchange.url}"
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def _request_line(exchange: Exchange) -> str:
    host = dict(exchange.request_headers).get("Host", "")
    target = exchange.url.partition("://")[2].removeprefix(host) or "/"
    return f"GET {target} HTTP/1.1"


def _phrase(exchange: Exchange) -> str:
    try:
        return HTTPStatus(exchange.status or 0).phrase
    except ValueError:
        return "Unknown"
