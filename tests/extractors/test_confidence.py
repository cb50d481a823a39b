"""From the attribution's score to a claim's confidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.claims import ClaimParser
from extractors.confidence import Weights, confidence, load_weights, log_odds
from extractors.records import Method, TextDocument

PLAIN = Weights(0.0, 1.0, {})
METHODS: list[Method] = ["explicit", "name", "nominal", "pronoun", "outlet", "none"]


def test_plain_weights_give_the_score_back() -> None:
    assert [confidence(score, "name", PLAIN) for score in (0.25, 0.5, 0.9)] == [0.25, 0.5, 0.9]


@pytest.mark.parametrize("score", [-1.0, 0.0, 1.0, 2.0])
def test_the_ends_stay_inside(score: float) -> None:
    assert 0 < confidence(score, "none", PLAIN) < 1
    assert abs(log_odds(score)) < 7


@pytest.mark.parametrize("method", METHODS)
@given(scores=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_it_never_falls_when_the_score_rises(method: Method, scores: tuple[float, float]) -> None:
    low, high = sorted(scores)
    assert confidence(low, method) <= confidence(high, method)


def test_a_pronoun_is_less_sure_than_a_name() -> None:
    assert confidence(0.9, "pronoun") < confidence(0.9, "explicit")
    assert load_weights().slope > 0


def test_the_parser_takes_weights() -> None:
    doubting = ClaimParser(weights=Weights(-4.0, 0.0, {}))
    (claim,) = doubting.parse(TextDocument("a", "The mayor said the bridge was safe.", None))
    assert claim.confidence == confidence(0.5, "explicit", Weights(-4.0, 0.0, {}))
