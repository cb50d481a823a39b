"""Visits: fetch the pages of candidates politely, and have them read while others are fetched."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.urls import is_home_page, registered_domain
from flows.http import Client, Exchange
from flows.ingest.fetching import Fetcher
from flows.ingest.records import Candidate, Failure, Visit
from flows.ingest.world import Readers
from flows.reading import Page, Reading

# Pages held in memory at a time, for each connection: being fetched or waiting to be read.
HELD_PER_CONNECTION = 2


@dataclass(frozen=True, slots=True)
class _Fetched:
    visit: Visit
    page: Page


class Visitor:
    """Visits candidates; every visit is handed to `keep` as soon as its page is read."""

    def __init__(
        self,
        client: Client,
        fetcher: Fetcher,
        pool: Readers,
        keep: Callable[[Visit], None],
        *,
        batch_pages: int,
        readers: int,
    ) -> None:
        self._client = client
        self._fetcher = fetcher
        self._pool = pool
        self._keep = keep
        self._batch_pages = batch_pages
        self._readers = readers
        self._waiting: asyncio.Queue[_Fetched | None] = asyncio.Queue()
        held = client.policy.max_connections * HELD_PER_CONNECTION + batch_pages * readers
        self._held = asyncio.Semaphore(held)

    async def visit(self, candidates: Iterable[Candidate], robots: dict[int, bool]) -> None:
        """Visit all, reading while fetching; `robots` says by feed whether robots.txt is obeyed.

        Raises `ModelError` when the language model cannot be loaded, `ArchiveError` when an answer
        cannot be stored.
        """
        try:
            await self._visit(candidates, robots)
        except BaseExceptionGroup as group:
            raise _first(group) from group

    async def _visit(self, candidates: Iterable[Candidate], robots: dict[int, bool]) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self._readers):
                group.create_task(self._read_waiting())
            async with asyncio.TaskGroup() as fetches:
                for candidate in in_turns(candidates):
                    await self._held.acquire()
                    obey = robots.get(candidate.feed_id, True)
                    fetches.create_task(self._fetch(candidate, obey))
            for _ in range(self._readers):
                self._waiting.put_nowait(None)

    async def _fetch(self, candidate: Candidate, obey: bool) -> None:
        exchange, fetch_id = await self._fetcher.fetch(
            self._client, candidate.original_url, "page", feed_id=candidate.feed_id, robots=obey
        )
        failure = Failure.of(exchange)
        visit = Visit(candidate, fetch_id, exchange.fetched_at, failure, None, exchange.status)
        page = _page(candidate, exchange, is_readable=failure is None)
        if page.body is None and page.item is None:
            self._settle(visit)
        else:
            self._waiting.put_nowait(_Fetched(visit, page))

    async def _read_waiting(self) -> None:
        while (first := await self._waiting.get()) is not None:
            batch = [first, *self._more()]
            readings = await self._pool.read([fetched.page for fetched in batch])
            for fetched, reading in zip(batch, readings, strict=True):
                self._settle(replace(fetched.visit, reading=_usable(fetched, reading)))

    def _more(self) -> list[_Fetched]:
        """Take what else is waiting, leaving the other readers their share."""
        share = math.ceil(self._waiting.qsize() / self._readers)
        taken: list[_Fetched] = []
        while len(taken) < min(share, self._batch_pages - 1):
            fetched = self._waiting.get_nowait()
            if fetched is None:
                self._waiting.put_nowait(None)
                break
            taken.append(fetched)
        return taken

    def _settle(self, visit: Visit) -> None:
        self._held.release()
        self._keep(visit)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error that a group of tasks ended with."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


def in_turns(candidates: Iterable[Candidate]) -> Sequence[Candidate]:
    """Return the candidates site by site in turns, so that no site holds up the others."""
    turns: dict[str, int] = {}
    ranked: list[tuple[int, int, Candidate]] = []
    for number, candidate in enumerate(candidates):
        site = registered_domain(candidate.canonical_url)
        turns[site] = turn = turns.get(site, 0) + 1
        ranked.append((turn, number, candidate))
    return [candidate for _, _, candidate in sorted(ranked, key=lambda rank: rank[:2])]


def needs_no_visit(candidate: Candidate) -> bool:
    """Tell whether the address alone says that there is no article."""
    return is_home_page(candidate.canonical_url)


def _page(candidate: Candidate, exchange: Exchange, *, is_readable: bool) -> Page:
    item = candidate.item
    has_text = item is not None and bool(item.content_html)
    return Page(
        url=exchange.final_url if is_readable else candidate.original_url,
        body=exchange.body if is_readable else None,
        content_type=exchange.content_type,
        fetched_at=exchange.fetched_at,
        item=item if is_readable or has_text else None,
        outlet=candidate.outlet_name,
    )


def _usable(fetched: _Fetched, reading: Reading) -> Reading | None:
    """Return the reading, unless it is of a feed's text that is no article either."""
    if fetched.page.body is None and reading.article is None:
        return None
    return reading
