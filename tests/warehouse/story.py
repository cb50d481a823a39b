"""A small warehouse with one story: rival figures, a copy, a revision, a day without articles."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from extractors.records import Claim, Link, PlaceRef, Verification
from tests.empty import lay_empty
from tests.warehouse.build import claim, feed, fetch, revision, run, stage
from warehouse.load import load_run
from warehouse.place import Place
from warehouse.publish import publish
from warehouse.staging import StageRow

DAY = timedelta(days=1)
START = datetime(2024, 3, 4, 9, tzinfo=UTC)  # a Monday

FIRST = "Ferry sinks. Minister Berg said 12 people died. Union head Holt said 40 people died."
SECOND = "Minister Berg said 19 people died. The union denies it."
WEATHER = "It will rain, the office said, until Friday."


def build(folder: Path) -> Path:
    """Load the story into `folder` and return the published file."""
    work, published = folder / "warehouse.work.duckdb", folder / "warehouse.duckdb"
    lay_empty(work)
    load(work, folder)
    publish(work, published)
    return published


def load(place: Place, folder: Path) -> None:
    """Load the story into the warehouse at `place`, staged below `folder`."""
    for number, rows in enumerate(_days()):
        run_id = f"run-{number}"
        batch = stage(folder / "staging" / run_id, rows, _poll(number))
        load_run(place, batch, run(run_id, START + number * DAY))


def _days() -> list[list[StageRow]]:
    return [
        [
            *_article(0, "Courier", "ferry-sinks", FIRST, _rivals()),
            *_article(0, "Echo", "ferry-sinks", FIRST, _rivals(), hours=2),
            *_article(0, "Echo", "weather", WEATHER, [claim(WEATHER, "the office", "rain")]),
        ],
        [*_article(1, "Echo", "weather-again", WEATHER + " Again.", [])],
        [],
        [*_article(3, "Courier", "toll-rises", SECOND, _revised())],
    ]


def _article(
    day: int, outlet: str, slug: str, text: str, claims: list[Claim], hours: int = 0
) -> list[StageRow]:
    at = START + day * DAY + timedelta(hours=hours)
    return revision(
        text, claims, slug=slug, outlet=outlet, published=at, fetched=at, run_id=f"run-{day}"
    )


def _rivals() -> list[Claim]:
    toll: dict[str, Any] = {"party": "Vell", "scope": "incident"}
    at = (PlaceRef("Ferry", 0, 5, "Vell Bay", None, "event"),)
    berg = claim(
        FIRST, "Berg", "12 people died", figure="12 people", side="NO", quantity=toll, places=at
    )
    holt = claim(FIRST, "Holt", "40 people died", figure="40 people", quantity=toll, places=at)
    unverifiable = Verification("unverifiable", None, "outlet")
    return [
        dataclasses.replace(berg, links=(Link("rival_of", holt.claim_id),)),
        dataclasses.replace(
            holt, links=(Link("rival_of", berg.claim_id),), verification=unverifiable
        ),
    ]


def _revised() -> list[Claim]:
    toll: dict[str, Any] = {"party": "Vell", "scope": "incident"}
    places = (
        PlaceRef("Minister", 0, 8, "Norway", "NO", "event"),
        PlaceRef("The", SECOND.index("The"), SECOND.index("The") + 3, "Vell Bay", None, "event"),
    )
    denied = Verification("denied", None, "union")
    return [
        claim(
            SECOND, "Berg", "19 people died", figure="19 people", side="NO", quantity=toll,
            places=places, verification=denied,
        )
    ]  # fmt: skip


def _poll(number: int) -> list[StageRow]:
    """Both feeds answer each day; Echo's is silent on the second, and nobody polls the third."""
    if number == 2:
        return []
    at = START + number * DAY
    polls: list[StageRow] = []
    for name in ("Courier", "Echo"):
        source = feed(name, last_polled_at=at)
        problem = "timeout" if (number, name) == (1, "Echo") else None
        run_id = f"run-{number}"
        answer = fetch(source.url, at, run_id, kind="feed", feed_id=source.feed_id, problem=problem)
        polls += [source, answer]
    return polls
