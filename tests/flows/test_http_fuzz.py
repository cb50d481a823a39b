"""Whatever bytes come: an exchange with a known reason, never an exception."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import timedelta

import ada_url
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import FetchError
from flows.http import FETCH_REASONS, Client, HttpPolicy, parse_url
from flows.http.decoding import decode
from flows.http.waits import fresh_s, http_date, retry_after_s
from tests.flows.test_http_manners import headed
from tests.web import NO_TRUST, FakeClock, Reply, serving

pytestmark = pytest.mark.area("Safety")

# A busy machine is no failure: only a hang is.
QUICK = settings(
    max_examples=150,
    deadline=timedelta(seconds=30),
    suppress_health_check=[HealthCheck.too_slow],
)
POLICY = HttpPolicy(
    allowed_networks=("127.0.0.0/8",), min_spacing_s=0, read_timeout_s=1, max_body_bytes=100_000
)
HEADER_NAMES = st.sampled_from(
    ["Content-Length", "Content-Encoding", "Transfer-Encoding", "Location", "Retry-After", "X"]
)
HEADER_VALUES = st.one_of(
    st.sampled_from(["gzip", "br", "zstd", "deflate", "chunked", "5", "-1", "/", "//", "http://["]),
    st.text(max_size=30).map(lambda text: text.replace("\n", " ").replace("\r", " ")),
)


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """An answer that is HTTP in most places, or no HTTP at all."""
    status = draw(st.sampled_from([b"200", b"301", b"404", b"429", b"099", b"x", b""]))
    headers = draw(st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=4))
    lines = [b"HTTP/1.1 " + status + b" Fine"]
    lines += [f"{name}: {value}".encode("utf-8", "replace") for name, value in headers]
    return b"\r\n".join([*lines, b"", draw(st.binary(max_size=60))])


@pytest.mark.rule(
    "Whatever bytes a server sends, no exception",
    source="feedparser 209 and 263, trafilatura 657: hangs on input",
)
@QUICK
@given(st.lists(st.one_of(answers(), st.binary(max_size=100)), min_size=1, max_size=10))
def test_no_answer_raises(raws: list[bytes]) -> None:
    async def main() -> None:
        async with (
            serving() as web,
            Client(POLICY, clock=FakeClock(), tls=NO_TRUST) as client,
        ):
            for number, raw in enumerate(raws):
                web.routes[f"/{number}"] = Reply(raw=raw)
                got = await client.fetch(web.url(f"/{number}"), kind="feed")
                assert got.error is None or got.error.reason in FETCH_REASONS

    asyncio.run(main())


@pytest.mark.rule(
    "Whatever bytes a server sends, no exception",
    source="feedparser 209 and 263, trafilatura 657: hangs on input",
)
@QUICK
@given(
    st.binary(max_size=300),
    st.lists(st.sampled_from(["gzip", "br", "zstd", "deflate", "x"]), max_size=5),
)
def test_no_body_raises_but_as_told(payload: bytes, codings: list[str]) -> None:
    try:
        assert len(decode(payload, ", ".join(codings), 10_000)) <= 10_000
    except FetchError as error:
        assert error.reason in FETCH_REASONS


@pytest.mark.rule("Every address is usable or refused", source="WHATWG URL")
@settings(QUICK, max_examples=500)
@given(st.text(), st.sampled_from([None, "http://a.example/b"]))
def test_every_address_is_usable_or_refused(url: str, base: str | None) -> None:
    try:
        parsed = parse_url(url, base)
    except FetchError as error:
        assert error.reason == "bad_url"
        return
    assert parsed.protocol in ("http:", "https:") and parsed.hostname
    assert ada_url.URL(parsed.href).href == parsed.href
    assert parsed.href.isascii()


@pytest.mark.rule(
    "Whatever bytes a server sends, no exception",
    source="feedparser 209 and 263, trafilatura 657: hangs on input",
)
@settings(QUICK, max_examples=500)
@given(st.text(max_size=60))
def test_no_header_raises(value: str) -> None:
    http_date(value)
    for name in ("Retry_After", "Cache_Control", "Expires"):
        exchange = headed(**{name: value})
        for wait in (retry_after_s(exchange), fresh_s(exchange)):
            assert wait is None or wait >= 0
    assert dataclasses.replace(headed(Retry_After=value)).chain
