from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.loopback import Answer, SetClock, serve
from benchmarks.memory import PeakMemory


def find(path: str) -> Answer | None:
    return Answer(b"<rss/>", "application/xml", '"1"') if path == "/feed" else None


def test_the_server_knows_what_a_client_has() -> None:
    with serve(find) as base:
        with urllib.request.urlopen(f"{base}/feed") as response:
            assert response.read() == b"<rss/>"
            assert response.headers["ETag"] == '"1"'
        again = urllib.request.Request(f"{base}/feed", headers={"If-None-Match": '"1"'})
        with pytest.raises(urllib.error.HTTPError) as unchanged:
            urllib.request.urlopen(again)
        unchanged.value.close()
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{base}/other")
        missing.value.close()
    assert (unchanged.value.code, missing.value.code) == (304, 404)


def test_the_clock_stands_where_it_is_set() -> None:
    clock = SetClock(datetime(2025, 3, 1, tzinfo=UTC))
    asyncio.run(clock.sleep(0))
    assert clock.now() == datetime(2025, 3, 1, tzinfo=UTC)
    clock.time += timedelta(days=1)
    assert clock.now().day == 2


def test_peak_memory_is_that_of_a_python_at_least() -> None:
    with PeakMemory(every_s=0.001) as memory:
        while not memory.peak_bytes:
            pass
    assert memory.peak_bytes > 10_000_000
