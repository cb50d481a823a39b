"""Claims end to end: annotated articles, the invariants of every record, hostile texts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.claims import MAX_CHARACTERS, VERSION
from extractors.errors import TextError
from extractors.records import Claim, TextDocument
from tests.extractors.claim_helpers import claim_parser, claims_of, spans_in
from tests.golden import FOLDER, documents
from tests.golden.compact import compact

HOSTILE = [
    "",
    "\n\n\n",
    "“",
    '"said',
    "He said “" * 40,
    "said " * 200,
    "a" * 4000,
    "\ud800 said X",
    "\x00\x01 said he",
    "\ufeffKyiv said it was ready.",
    "他说：“我们很好。”",
    "قال الرئيس إن الحرب انتهت.",
    "🙂 said 🙂 was fine.",
    "\r\n\r\nHe said\r\n“yes”\r\n",
    "According to according to according to",
    "Neither could be verified.",
    "The company declined to comment",
    "Both. Neither side. The 71-year-old.",
    "KYIV SAYS WAR IS OVER\n\nHE SAID SO ON MONDAY.",
]


def check_invariants(text: str, claims: tuple[Claim, ...]) -> None:
    ids = [claim.claim_id for claim in claims]
    assert len(set(ids)) == len(ids)
    for claim in claims:
        for span in spans_in(claim.to_dict()):
            assert text[span["start"] : span["end"]] == span["text"]
            assert span["start"] < span["end"]
        assert claim.content or claim.kind == "non_disclosure"
        assert 0 <= claim.confidence <= 1
        assert {link.claim_id for link in claim.links} <= set(ids) - {claim.claim_id}
        assert all(time.from_ < time.to for time in claim.times)


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.doc)
def test_annotated_article(document: TextDocument) -> None:
    expected = json.loads((FOLDER / f"{document.doc}.claims.json").read_text("utf-8"))
    claims = claim_parser().parse(document)
    check_invariants(document.text, claims)
    assert compact(claims) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_keeps_the_invariants(text: str) -> None:
    check_invariants(text, claims_of(text))


_PIECES = st.sampled_from(
    ["said", "“", "”", "\n\n", "The ministry", "Ana Reyes", "he", "that", ",", ".", "12 people",
     "denied", "this", "According to", "Kyiv", "could not be verified", "declined to comment",
     "on Monday", "its head", "'s", "—", "\u00a0", "it", "not", "killed", "who", ":", "3.5m"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=30))
def test_any_order_of_words_keeps_the_invariants(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check_invariants(text, claims_of(text))


def test_a_text_in_capitals_is_read_in_time() -> None:
    text = documents()[0].text.upper()
    check_invariants(text, claims_of(text))


def test_same_text_gives_the_same_records() -> None:
    document = documents()[0]
    assert claim_parser().parse(document) == claim_parser().parse(document)


def test_batch_gives_what_single_texts_give() -> None:
    listed = documents()
    batch = list(claim_parser().parse_batch(listed))
    assert batch == [claim_parser().parse(document) for document in listed]


def test_line_ends_move_offsets_and_nothing_else() -> None:
    document = documents()[0]
    windows = document.text.replace("\n", "\r\n")
    claims = claims_of(windows)
    check_invariants(windows, claims)
    assert [c.claimant.name for c in claims] == [
        c.claimant.name for c in claim_parser().parse(document)
    ]


def test_without_a_date_relative_times_stay_unresolved() -> None:
    text = "The mayor said on Monday that nine people had died."
    (claim,) = claim_parser().parse(TextDocument("x", text))
    assert claim.times == ()


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(TextError, match="at most"):
        claim_parser().parse(TextDocument("x", "a " * MAX_CHARACTERS))


def test_records_name_the_rules_and_the_model() -> None:
    claims = claims_of("The mayor said nine people had died.")
    assert claims[0].extractor == claim_parser().version
    assert VERSION.startswith("claimwire-rules-")
    record = claims[0].to_dict()
    assert set(record["times"][0] if record["times"] else {"from"}) >= {"from"}


def seed(shared_dir: Path) -> tuple[str, tuple[Claim, ...]]:
    text = (shared_dir / "seed" / "article.txt").read_bytes().decode("utf-8")
    published = datetime(2023, 12, 19, tzinfo=UTC)
    return text, claim_parser().parse(TextDocument("seed", text, published))


def test_seed_article(shared_dir: Path) -> None:
    text, claims = seed(shared_dir)
    check_invariants(text, claims)
    by_value = {q.value: (c, q) for c in claims for q in c.quantities}
    theirs, ours = by_value[383000], by_value[348000]
    assert (theirs[0].claimant.name, theirs[0].claimant.side) == ("Sergei Shoigu", "RU")
    assert (ours[0].claimant.name, ours[0].claimant.side) == ("Ukraine", "UA")
    assert (theirs[1].party, ours[1].party) == ("UA", "RU")
    for one, other in ((theirs[0], ours[0]), (ours[0], theirs[0])):
        assert one.verification.status == "unverifiable"
        assert ("rival_of", other.claim_id) in [(x.relation, x.claim_id) for x in one.links]
    aged = next(
        c for c in claims if c.claimant.mention and c.claimant.mention.text == "the 71-year-old"
    )
    assert aged.claimant.name == "Vladimir Putin"
    tuesday = next(t for c in claims for t in c.times if t.text == "on Tuesday")
    assert (tuesday.from_, tuesday.role) == ("2023-12-19", "utterance")
