"""Fetches of a run: from the network, or from the archive where the run was interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from extractors.errors import FetchError
from flows import archive
from flows.archive import Archive
from flows.http import Client, Exchange, Keep, Kind, Position, Validators, parse_url
from flows.ingest.records import fetch_id
from warehouse.rows import FetchRow

REDIRECTS = range(300, 400)


Key = tuple[Kind, str]  # what was asked for: its kind, and the address before any redirect


class Fetcher:
    """Fetches for one run, and keeps a row of every exchange.

    What the archive in `folder` already holds of the run, from before it was interrupted, is not
    asked for again.
    """

    def __init__(self, run_id: str, folder: Path) -> None:
        self.run_id = run_id
        self.rows: dict[int, FetchRow] = {}
        self._folder = folder
        self._archived = recall(folder, run_id)
        for key in [key for key in self._archived if key[0] == "robots"]:
            self._note(self._read(self._archived[key]), None)

    def remind(self, client: Client) -> None:
        """Tell the client what the archived answers say of their sites, rests above all."""
        for places in self._archived.values():
            for place in places:
                client.learn(archive.read(self._folder, place))

    def keeper(self, archive: Archive | None) -> Keep:
        """Return the client's `keep`: archive first, then note what robots.txt answered."""

        async def keep(exchange: Exchange) -> Position | None:
            position = await archive.keep(exchange) if archive else None
            if exchange.kind == "robots" and exchange.status not in REDIRECTS:
                self._note(exchange, None, position)
            return position

        return keep

    async def fetch(
        self,
        client: Client,
        url: str,
        kind: Kind,
        *,
        feed_id: int | None = None,
        validators: Validators | None = None,
        robots: bool | None = None,
    ) -> tuple[Exchange, int]:
        """Return the exchange and the id of its row; never raises for what a server does."""
        places = self._archived.pop((kind, _normal(url)), None)
        if places is not None:
            exchange = await asyncio.to_thread(self._read, places)
        else:
            exchange = await client.fetch(
                url, kind=kind, validators=validators or Validators(), robots=robots
            )
        return exchange, self._note(exchange, feed_id)

    def _read(self, places: Sequence[Position]) -> Exchange:
        *hops, last = [archive.read(self._folder, place) for place in places]
        return replace(last, redirects=tuple(hops))

    def _note(self, exchange: Exchange, feed: int | None, position: Position | None = None) -> int:
        position = position or exchange.position
        failure = exchange.failure()
        row = FetchRow(
            fetch_id=fetch_id(self.run_id, exchange.kind, exchange.first_url),
            run_id=self.run_id,
            feed_id=feed,
            kind=exchange.kind,
            url=exchange.first_url,
            final_url=exchange.final_url,
            fetched_at=exchange.fetched_at,
            elapsed_ms=exchange.elapsed_ms,
            status_code=exchange.status,
            problem=failure.problem if failure else None,
            content_type=exchange.content_type,
            body_bytes=len(exchange.body),
            body_sha256=exchange.body_sha256,
            archive_file=position.file if position else None,
            archive_offset=position.offset if position else None,
        )
        self.rows[row.fetch_id] = row
        return row.fetch_id


def recall(folder: Path, run_id: str) -> dict[Key, list[Position]]:
    """Return where the archive holds what an interrupted run has had, each with its redirects.

    A chain of redirects that did not come to its end is left out.
    """
    places: dict[Key, list[Position]] = {}
    cut_off: set[Key] = set()
    for exchange in archive.replay(folder, run_id):
        key = (exchange.kind, exchange.first_url)
        if exchange.position is not None:
            places.setdefault(key, []).append(exchange.position)
        is_hop = exchange.status in REDIRECTS and exchange.header("location")
        (cut_off.add if is_hop else cut_off.discard)(key)
    return {key: chain for key, chain in places.items() if key not in cut_off}


def _normal(url: str) -> str:
    with suppress(FetchError):
        url = parse_url(url).href
    return url.partition("#")[0]
