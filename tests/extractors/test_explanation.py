"""Claims with what read them, and what the second reading says of each."""

from __future__ import annotations

import pytest

from extractors.attribution import Opinion
from extractors.claims import ClaimParser
from extractors.explanation import Explanation
from extractors.records import TextDocument

TEXT = (
    "The harbour master said on Friday that two barges had sunk.\n\n"
    "“Nobody was hurt,” he told Radio Holm. He did not give any figures on the damage.\n\n"
    "Residents plan to sue the council over the delay."
)


@pytest.fixture(scope="module")
def parser() -> ClaimParser:
    return ClaimParser()


def test_explains_the_claims_that_parsing_finds(parser: ClaimParser) -> None:
    document = TextDocument("sinking", TEXT)
    found, alone = parser.explain(document)
    assert tuple(one.claim for one in found) == parser.parse(document)
    assert [one.construction for one in found] == ["clause", "before", "non-disclosure"]
    assert [one.agreement for one in found[:2]] == ["agrees", "agrees"]
    assert [TEXT[slice(*opinion.cue)] for opinion in alone] == ["plan"]


def test_opinions_are_spans_of_the_text(parser: ClaimParser) -> None:
    found, alone = parser.explain(TextDocument("sinking", TEXT))
    opinions = [*alone, *(one.opinion for one in found if one.opinion)]
    assert opinions
    for opinion in opinions:
        for start, end in (opinion.cue, *opinion.content):
            assert 0 <= start < end <= len(TEXT)
            assert TEXT[start:end].strip() == TEXT[start:end]


@pytest.mark.parametrize(
    ("probability", "content", "agreement"),
    [
        (0.9, (34, 58), "agrees"),
        (0.9, (34, 38), "other content"),
        (0.4, (34, 58), "sees none"),
    ],
)
def test_agreement(
    parser: ClaimParser, probability: float, content: tuple[int, int], agreement: str
) -> None:
    (one, *_), _ = parser.explain(TextDocument("sinking", TEXT))
    assert (one.claim.content[0].start, one.claim.content[0].end) == (34, 58)
    opinion = Opinion((19, 23), probability, (0, 18), (content,), True)
    assert Explanation(one.claim, one.construction, one.score, opinion).agreement == agreement
    assert Explanation(one.claim, one.construction, one.score, None).agreement == "none"
