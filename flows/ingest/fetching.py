"""Fetches of a run: from the network, or from the archive where the run was interrupted."""

from __future__ import annotations

from collections.abc import Mapping
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


class Fetcher:
    """Fetches for one run, and keeps a row of every exchange.

    `archived` are the exchanges that the same run already had before it was interrupted; they are
    not asked for again.
    """

    def __init__(self, run_id: str, archived: Mapping[tuple[Kind, str], Exchange]) -> None:
        self.run_id = run_id
        self.rows: dict[int, FetchRow] = {}
        self._archived = dict(archived)
        for (kind, _), exchange in archived.items():
            if kind == "robots":
                self._note(exchange, None)

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
        exchange = self._archived.pop((kind, _normal(url)), None) or await client.fetch(
            url, kind=kind, validators=validators or Validators(), robots=robots
        )
        return exchange, self._note(exchange, feed_id)

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


def recall(folder: Path, run_id: str) -> dict[tuple[Kind, str], Exchange]:
    """Return what the archive holds of an interrupted run, by kind and address asked for.

    A chain of redirects that did not come to its end is left out.
    """
    chains: dict[tuple[Kind, str], list[Exchange]] = {}
    if not archive.files_of(folder, run_id):
        return {}
    for exchange in archive.replay(folder, run_id):
        chains.setdefault((exchange.kind, exchange.first_url), []).append(exchange)
    return {key: _joined(hops) for key, hops in chains.items() if _is_whole(hops)}


def _is_whole(hops: list[Exchange]) -> bool:
    last = hops[-1]
    return last.status not in REDIRECTS or not last.header("location")


def _joined(hops: list[Exchange]) -> Exchange:
    return replace(hops[-1], redirects=tuple(hops[:-1]))


def _normal(url: str) -> str:
    with suppress(FetchError):
        url = parse_url(url).href
    return url.partition("#")[0]
