"""Statements and claimants are counted ahead by compaction; what was loaded since is added."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from tests.warehouse.build import NOW, claim, revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_reader
from warehouse.publish import publish
from warehouse.queries import run_query
from warehouse.staging import StageRow
from warehouse.upkeep import maintain

_PEOPLE = ("Ann Lee", "Bob Ray", "The bank")
_WORDS = ("the ward was full", "losses grew", "it rained", "roads were shut")

# What the view is to say, from the claims themselves.
_COUNTED = """
SELECT
    statement_id, min(claim_date), max(claim_date), count(DISTINCT article_id),
    count(DISTINCT copy_group_id), count(DISTINCT outlet_id), bool_or(is_current),
    count(DISTINCT article_id) FILTER (is_current), min_by(claim_id, (claimed_at, claim_id)),
    min_by(content_text, (claimed_at, claim_id))
FROM core.claims
WHERE kind <> 'status_statement'
GROUP BY statement_id
ORDER BY statement_id
"""
_VIEW = """
SELECT
    statement_id, first_claim_date, last_claim_date, report_count, origin_count, outlet_count,
    is_standing, standing_report_count, claim_id, content_text
FROM statements
ORDER BY statement_id
"""
_COUNTED_CLAIMANTS = """
SELECT
    claimant_id, count(*) FILTER (NOT is_repeat), count(DISTINCT (claim_date, copy_group_id)),
    count(DISTINCT outlet_id), min(claim_date), max(claim_date)
FROM core.claims
WHERE kind <> 'status_statement' AND is_current AND claimant_id IS NOT NULL
GROUP BY claimant_id
ORDER BY claimant_id
"""
_CLAIMANTS = """
SELECT claimant_id, claim_count, story_count, outlet_count, first_claim_date, last_claim_date
FROM claimants
ORDER BY claimant_id
"""


def _article(random_: random.Random, run_id: str, hour: int) -> list[StageRow]:
    """Return a version of one of nine articles: some of the same few things that are ever said."""
    told = [(random_.choice(_PEOPLE), what) for what in random_.sample(_WORDS, 3)]
    text = " ".join(f"{who} said {what}." for who, what in told)
    at = NOW - timedelta(days=random_.randrange(90), hours=hour)
    return revision(
        text, [claim(text, who, what) for who, what in told], run_id=run_id,
        slug=f"story-{random_.randrange(3)}", outlet=random_.choice(("Echo", "Courier", "Third")),
        published=at, fetched=NOW + timedelta(hours=hour),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_what_is_counted_ahead_is_what_the_claims_say(home: Home, seed: int) -> None:
    random_ = random.Random(seed)
    for number in range(8):
        run_id = f"run-{number}"
        home.load(run_id, _article(random_, run_id, number))
        if random_.random() < 0.4:
            maintain(home.work, NOW, 0)
            publish(home.work, home.published)
        assert home.ask(_VIEW) == home.ask(_COUNTED)
        assert home.ask(_CLAIMANTS) == home.ask(_COUNTED_CLAIMANTS)
    assert home.ask("SELECT count(*) > 0 FROM core.repeated_statements") == [(True,)]


def _repeated(home: Home, **values: Any) -> list[tuple[Any, ...]]:
    with open_reader(home.published) as con:
        return list(run_query(con, "repeated_claims", since=NOW.date(), **values).rows)


def test_what_is_said_again_is_the_same_before_and_after_compaction(home: Home) -> None:
    for number, outlet in enumerate(("Echo", "Courier")):
        text = f"Ann Lee said it rained. Number {number} is another story of {outlet}."
        rows = revision(
            text, [claim(text, "Ann Lee", "it rained")], outlet=outlet, slug=f"s{number}",
            run_id=f"run-{number}",
        )  # fmt: skip
        home.load(f"run-{number}", rows)
    before = _repeated(home)
    assert [row[:2] for row in before] == [("Ann Lee", "it rained")]
    assert _repeated(home, text="rained") == _repeated(home, claimant="lee") == before
    assert _repeated(home, text="snowed") == _repeated(home, least_origins=3) == []
    maintain(home.work, NOW, 0)
    publish(home.work, home.published)
    assert _repeated(home) == _repeated(home, text="rained") == before
