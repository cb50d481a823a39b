from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors import records as r
from extractors.records import Claim, Span
from tests.warehouse.build import revision
from tests.warehouse.conftest import Home
from warehouse.assemble import read_record
from warehouse.connection import open_reader
from warehouse.staging import StageRow

TEXT = (
    "According to the agency Nordia, the port of Vell reportedly said on Tuesday in Vell that "
    "“more than 250” of between 40 and 60 boats were lost. It cannot be verified, the paper said."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(words, start, start + len(words))


def at(words: str) -> tuple[str, int, int]:
    return words, span(words).start, span(words).end


FULL = Claim(
    claim_id="c1",
    kind="mixed",
    cue=r.Cue(*at("said on"), "say", "say"),
    claimant=r.Claimant(
        span("the port of Vell"), "Port of Vell", "organization", "NO", "Q1", "name"
    ),
    relayed_by=(
        r.Claimant(span("the agency Nordia"), "Nordia", "outlet", None, None, "explicit"),
        r.Claimant(None, None, "unknown", None, None, "none"),
    ),
    content=(
        r.ContentSpan(*at("“more than 250”"), True),
        r.ContentSpan(*at("of between 40 and 60 boats were lost"), False),
    ),
    quantities=(
        r.Quantity(
            *at("more than 250"), 250.0, 250.0, None, "more_than", "person", "boats", "destroyed",
            "NO", "increase", "incident",
        ),
        r.Quantity(
            *at("between 40 and 60"), None, 40.0, 60.5, "range", None, None, "count", None,
            "level", None,
        ),
    ),
    times=(
        r.TimeRef(*at("on Tuesday"), "2024-03-05", "2024-03-06", "day", "utterance"),
        r.TimeRef(*at("Tuesday"), "2024-03-05T10:00", "2024-03-05T11:00", "hour", "event"),
    ),
    places=(r.PlaceRef(*at("Vell"), "Vell", None, "utterance"),),
    hedges=(span("reportedly"), span("more than")),
    modality="possible",
    polarity="negative",
    verification=r.Verification("unverifiable", span("It cannot be verified"), "outlet"),
    links=(r.Link("rival_of", "c2"), r.Link("qualifies", "c2")),
    confidence=0.731,
    extractor="rules 7",
)  # fmt: skip
BARE = Claim(
    claim_id="c2",
    kind="status_statement",
    cue=None,
    claimant=r.Claimant(None, None, "unknown", None, None, "none"),
    relayed_by=(),
    content=(),
    quantities=(),
    times=(),
    places=(),
    hedges=(),
    modality="narrated",
    polarity="affirmative",
    verification=r.Verification("not_stated", None, None),
    links=(),
    confidence=0.0,
)


def as_json(claim: Claim) -> Any:
    return json.loads(json.dumps(claim.to_dict()))


def stored(home: Home) -> dict[str, dict[str, Any]]:
    with open_reader(home.published) as con:
        ids = con.execute("SELECT record_id, claim_id FROM core.claims ORDER BY 1").fetchall()
        return {record_id: read_record(con, claim_id) for record_id, claim_id in ids}


def test_nothing_of_a_claim_is_lost(home: Home) -> None:
    home.load("run-1", revision(TEXT, [FULL, BARE]))
    assert stored(home) == {"c1": as_json(FULL), "c2": as_json(BARE)}


def test_an_unknown_claim_is_a_key_error(home: Home) -> None:
    home.load("run-1")
    with open_reader(home.published) as con, pytest.raises(KeyError):
        read_record(con, 1)


def test_the_seed_and_the_gold_annotations_come_back_whole(home: Home, shared_dir: Path) -> None:
    seed, gold = shared_dir / "seed", shared_dir / "gold"
    files = {seed / "article.txt": seed / "claims.jsonl"} | {
        path: path.with_suffix(".claims.jsonl") for path in sorted(gold.glob("*.txt"))
    }
    wanted: dict[str, Any] = {}
    stages: list[list[StageRow]] = []
    for text_path, claims_path in files.items():
        lines = claims_path.read_text(encoding="utf-8").splitlines()
        claims = [to_claim(json.loads(line)) for line in lines if line]
        wanted |= {claim.claim_id: as_json(claim) for claim in claims}
        text = text_path.read_text(encoding="utf-8")
        stages.append(revision(text, claims, slug=str(len(stages))))
    home.load("run-1", *stages)
    assert stored(home) == wanted


def to_claim(record: dict[str, Any]) -> Claim:
    """Build a claim from its JSON record."""
    for time in record["times"]:
        time["from_"] = time.pop("from")
    evidence = record["verification"]["evidence"]
    return Claim(
        **record
        | {
            "cue": record["cue"] and r.Cue(**record["cue"]),
            "claimant": _claimant(record["claimant"]),
            "relayed_by": tuple(_claimant(by) for by in record["relayed_by"]),
            "content": tuple(r.ContentSpan(**piece) for piece in record["content"]),
            "quantities": tuple(r.Quantity(**quantity) for quantity in record["quantities"]),
            "times": tuple(r.TimeRef(**time) for time in record["times"]),
            "places": tuple(r.PlaceRef(**place) for place in record["places"]),
            "hedges": tuple(Span(**hedge) for hedge in record["hedges"]),
            "verification": r.Verification(
                **record["verification"] | {"evidence": evidence and Span(**evidence)}
            ),
            "links": tuple(r.Link(**link) for link in record["links"]),
        }
    )


def _claimant(record: dict[str, Any]) -> r.Claimant:
    return r.Claimant(**record | {"mention": record["mention"] and Span(**record["mention"])})
