"""Asks a warehouse what its users ask, again and again, and says how long the answers took."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import duckdb

from extractors.errors import QueryError
from flows.contrasting import Wanted, contrast
from flows.explaining import read_claim
from flows.trends import Question, follow
from warehouse.queries import NamedQuery, list_queries, run_query

TREND_PAGE = frozenset({
    "trend", "coverage_by_period", "figure_trend", "figures_over_time", "top_claimants",
    "what_changed", "who_disagrees", "command trend",
})  # fmt: skip
"""What a page of trends asks."""

_PATIENCE_MS = 5000.0
_MEASURES = ("killed", "wounded", "destroyed", "displaced", "missing")


@dataclass(frozen=True, slots=True)
class Draws:
    """What there is to ask about: words and claimants from the rare to the frequent."""

    words: tuple[str, ...]
    claimants: tuple[str, ...]
    claims: tuple[int, ...]
    first: date
    last: date

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection, random_: random.Random) -> Draws:
        """Draw words and claimants evenly over the orders of magnitude of their frequency.

        Words that more than a claim in twenty holds tell no subject, and nobody follows them.
        """
        words = con.sql(
            """SELECT any_value(w.word), sum(claim_count) FROM core.day_counts AS d
            JOIN core.words AS w ON w.word_id = d.key_id
            WHERE kind = 'word' AND length(word) > 3 GROUP BY d.key_id
            HAVING sum(claim_count) < 0.05 * (
                SELECT sum(claim_count) FROM core.day_counts WHERE kind = 'all')
            ORDER BY 2, 1"""
        ).fetchall()
        claimants = con.sql(
            """SELECT any_value(e.name), sum(claim_count) FROM core.day_counts AS d
            JOIN core.entities AS e ON e.entity_id = d.key_id
            WHERE kind = 'claimant' GROUP BY d.key_id ORDER BY 2, 1"""
        ).fetchall()
        claims = con.sql("SELECT claim_id FROM core.claims ORDER BY hash(claim_number) LIMIT 200")
        ((first, last),) = con.sql(
            "SELECT min(article_date), max(article_date) FROM core.read_days"
        ).fetchall()
        return cls(
            tuple(_evenly(words, random_)), tuple(_evenly(claimants, random_)),
            tuple(claim for (claim,) in claims.fetchall()), first, last,
        )  # fmt: skip


def _evenly(counted: list[tuple[str, int]], random_: random.Random) -> Iterator[str]:
    """Yield 400 things whose counts' logarithms are spread evenly."""
    least, most = max(counted[0][1], 2), counted[-1][1]
    for _ in range(400):
        wanted = least * (most / least) ** random_.random()
        yield min(counted, key=lambda thing: abs(thing[1] - wanted))[0]


def time_queries(
    con: duckdb.DuckDBPyConnection, rounds: int, seed: int = 1, only: frozenset[str] | None = None
) -> dict[str, list[float]]:
    """Return the milliseconds that up to `rounds` answers took, by query, view and command."""
    random_ = random.Random(seed)
    draws = Draws.of(con, random_)
    taken: dict[str, list[float]] = {}
    for name, ask in questions(con, draws, random_):
        if only is None or name in only:
            _milliseconds(ask)  # the first answer waits for the disk
            taken[name] = list(_rounds(ask, rounds))
    return taken


def _rounds(ask: Callable[[], object], rounds: int) -> Iterator[float]:
    """Yield what the answers took; one that takes long is asked for less often."""
    patience_ms = _PATIENCE_MS
    for _ in range(rounds):
        taken = _milliseconds(ask)
        yield taken
        patience_ms -= taken
        if patience_ms < 0:
            return


def percentile(values: list[float], share: float) -> float:
    """Return the least of the `values` that a `share` of them do not exceed: the nearest rank."""
    return sorted(values)[math.ceil(len(values) * share) - 1]


def _milliseconds(ask: Callable[[], object]) -> float:
    """Return how long the answer took; infinity when memory does not suffice for it."""
    began = time.perf_counter()
    try:
        ask()
    except (duckdb.OutOfMemoryException, QueryError):
        return math.inf
    return 1000 * (time.perf_counter() - began)


def questions(
    con: duckdb.DuckDBPyConnection, draws: Draws, random_: random.Random
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what can be asked of an open reader, by name; each call draws anew what about."""

    def ask(query: NamedQuery) -> object:
        return run_query(con, query.name, **_values(query, draws, random_))

    def look(view: str) -> object:
        return con.sql(f"FROM {view} LIMIT 100").fetchall()

    for query in list_queries():
        yield query.name, partial(ask, query)
    views = con.sql(
        "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    for (view,) in views:
        yield f"view {view.removeprefix('main.')}", partial(look, view)
    yield "command trend", lambda: follow(con, Question(text=random_.choice(draws.words)))
    yield (
        "command trend --measure",
        lambda: follow(
            con, Question(text=random_.choice(draws.words), measure=random_.choice(_MEASURES))
        ),
    )
    yield "command compare", lambda: contrast(con, Wanted(text=random_.choice(draws.words)))
    yield "command explain", lambda: read_claim(con, str(random_.choice(draws.claims)))


def _values(query: NamedQuery, draws: Draws, random_: random.Random) -> dict[str, Any]:
    """Draw what a user would say: some of the parameters, never all."""
    since, until = _window(draws, random_)
    text = random_.choice(draws.words)
    if random_.random() < 0.3:
        text += " " + random_.choice(draws.words)
    drawn = {
        "text": text if random_.random() < 0.8 else None,
        "claimant": random_.choice(draws.claimants) if random_.random() < 0.3 else None,
        "who": random_.choice(draws.claimants) if random_.random() < 0.3 else None,
        "measure": random_.choice(_MEASURES),
        "party": random_.choice("ABC") + random_.choice("ABC") if random_.random() < 0.3 else None,
        "since": since,
        "until": until,
        "by": random_.choice(("day", "week", "month")),
        "per": random_.choice(("all", "all", "source", "claimant")),
        "claim_id": random_.choice(draws.claims),
        "claim": str(random_.choice(draws.claims)),
    }
    if query.name == "trend" and random_.random() < 0.8:
        drawn["measure"] = None
    if query.name.startswith("figure") and not (drawn["text"] or drawn["claimant"]):
        drawn["party"] = drawn["party"] or "AA"  # nobody reads the figures of all the world
    wanted = {parameter.name for parameter in query.parameters}
    return {name: value for name, value in drawn.items() if name in wanted}


def _window(draws: Draws, random_: random.Random) -> tuple[date | None, date | None]:
    kind = random_.random()
    if kind < 0.3:
        return None, None
    if kind < 0.6:
        return draws.last - timedelta(days=30), None
    length = random_.randint(90, 365)
    start = draws.first + timedelta(
        days=random_.randint(0, max((draws.last - draws.first).days - length, 0))
    )
    return start, start + timedelta(days=length)
