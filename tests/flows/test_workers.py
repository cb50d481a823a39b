import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from extractors.errors import ModelError, WorkerError
from extractors.records import FeedDocument
from flows.reading import FeedPage, FeedReading, Page, Reading
from flows.workers import Limits, WorkerPool
from tests.flows.readers import BROKEN, PLAIN, STILLBORN, UNRULY, UNRULY_FEEDS

pytestmark = pytest.mark.area("Safety")

MEMORY = 500_000_000
each_death = pytest.mark.parametrize(
    ("word", "problem"),
    [("DIE", "exit status 77"), ("EAT", "more memory"), ("HANG", "too long")],
)


def page(text: str) -> Page:
    body = f"<h1>T</h1><p>{text}</p>".encode()
    return Page(
        "http://a.example/1", body, "text/html", datetime(2026, 1, 1, tzinfo=UTC), None, "A"
    )


def read(
    texts: Sequence[str], reader: str, *, count: int = 1, timeout_s: float = 60
) -> list[Reading]:
    async def ask() -> list[Reading]:
        async with WorkerPool(count, Limits(timeout_s, MEMORY, reader)) as pool:
            return await pool.read([page(text) for text in texts])

    return asyncio.run(ask())


def test_readings_come_in_the_order_of_the_pages() -> None:
    readings = read(["Ann said one.", "Bob said two.", "Cleo said three."], PLAIN)
    assert [r.claims[0].claimant.name for r in readings] == ["Ann", "Bob", "Cleo"]


@pytest.mark.rule(
    "A page that crashes, hangs or eats memory costs itself alone",
    source="trafilatura 840 and 925, newspaper4k 340",
)
@each_death
def test_only_the_page_that_kills_its_reader_is_lost(word: str, problem: str) -> None:
    readings = read(["Ann said one.", word, "Bob said two."], UNRULY, timeout_s=1)
    assert [bool(r.article) for r in readings] == [True, False, True]
    assert problem in (readings[1].problem or "")


@pytest.mark.rule(
    "A feed that crashes, hangs or eats memory costs itself alone",
    source="measured: feedparser takes hours for an author's name of a megabyte",
)
@each_death
def test_only_the_feed_that_kills_its_reader_is_lost(word: str, problem: str) -> None:
    def feed(text: str) -> FeedPage:
        body = f"<rss><channel><title>{text}</title></channel></rss>"
        return FeedPage("http://a.example/feed", body.encode(), "text/xml")

    async def ask() -> list[FeedReading]:
        limits = Limits(1, MEMORY, PLAIN, UNRULY_FEEDS)
        async with WorkerPool(1, limits) as pool:
            return [await pool.read_feed(feed(text)) for text in ("One", word, "Two")]

    first, lost, second = asyncio.run(ask())
    assert isinstance(first, FeedDocument)
    assert first.title == "One"
    assert isinstance(lost, WorkerError)
    assert problem in lost.problem
    assert isinstance(second, FeedDocument)
    assert second.title == "Two"


def test_workers_read_at_the_same_time() -> None:
    async def ask() -> list[list[Reading]]:
        async with WorkerPool(2, Limits(60, MEMORY, UNRULY)) as pool:
            reads = [
                pool.read([page(text)]) for text in ("DIE", "Ann said one.", "DIE", "B said two.")
            ]
            return await asyncio.gather(*reads)

    assert [bool(answers[0].article) for answers in asyncio.run(ask())] == [
        False,
        True,
        False,
        True,
    ]


def test_a_missing_model_is_an_error_not_a_bad_page() -> None:
    with pytest.raises(ModelError, match="The model is missing"):
        read(["Ann said one."], BROKEN)


def test_a_reader_that_dies_before_it_reads_costs_no_page() -> None:
    with pytest.raises(WorkerError, match="more memory"):
        read(["Ann said one."], STILLBORN)


def test_leaving_the_pool_ends_a_hanging_worker() -> None:
    async def ask() -> None:
        async with WorkerPool(1, Limits(60, MEMORY, UNRULY)) as pool:
            async with asyncio.timeout(3):
                await pool.read([page("HANG")])

    with pytest.raises(TimeoutError):
        asyncio.run(ask())
