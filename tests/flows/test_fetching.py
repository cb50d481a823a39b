import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.archive import Archive
from flows.http import Client, Exchange
from flows.ingest.fetching import Fetcher, recall

pytestmark = pytest.mark.area("Crash and concurrency")

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
OLD, NEW = "http://a.example/old", "http://a.example/new"


def answer(url: str, status: int, first_url: str, body: bytes = b"", **headers: str) -> Exchange:
    return Exchange(
        "page", url, first_url, MOMENT, status=status, headers=tuple(headers.items()),
        payload=body, body=body,
    )  # fmt: skip


def fill(folder: Path, *exchanges: Exchange) -> None:
    with Archive(folder, "run") as archive:
        for exchange in exchanges:
            archive.append(exchange)


class NoClient(Client):
    """A client that must not be asked."""

    async def fetch(self, url: str, **_: object) -> Exchange:
        raise AssertionError(url)


@pytest.mark.rule(
    "What the archive holds of an interrupted run is not asked for again",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_what_the_archive_holds_is_not_asked_for_again(tmp_path: Path) -> None:
    fill(tmp_path, answer(OLD, 301, OLD, location=NEW), answer(NEW, 200, OLD, b"text"))
    fetcher = Fetcher("run", tmp_path)

    exchange, fetch_id = asyncio.run(fetcher.fetch(NoClient(), OLD + "#top", "page"))

    assert (exchange.body, exchange.chain) == (b"text", (OLD, NEW))
    row = fetcher.rows[fetch_id]
    assert (row.url, row.final_url, row.status_code, row.body_bytes) == (OLD, NEW, 200, 4)
    assert row.archive_file == "run-00001.warc.gz"


@pytest.mark.rule(
    "A chain of redirects that was cut off is asked for again",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_chain_that_was_cut_off_is_asked_for_again(tmp_path: Path) -> None:
    fill(tmp_path, answer(OLD, 301, OLD, location=NEW))
    assert recall(tmp_path, "run") == {}
    fill(tmp_path, answer(OLD, 301, OLD, location=NEW), answer(NEW, 404, OLD))
    assert list(recall(tmp_path, "run")) == [("page", OLD)]


def test_a_run_that_never_was_is_not_recalled(tmp_path: Path) -> None:
    assert recall(tmp_path / "none", "run") == {}


def test_robots_answers_of_an_interrupted_run_are_rows_too(tmp_path: Path) -> None:
    url = "http://a.example/robots.txt"
    with Archive(tmp_path, "run") as archive:
        archive.append(Exchange("robots", url, url, MOMENT, status=404))
    assert [row.kind for row in Fetcher("run", tmp_path).rows.values()] == ["robots"]
