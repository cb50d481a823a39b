"""Figures that somebody says there is nothing to support: the number stays, and is not asserted."""

from __future__ import annotations

import pytest

from tests.extractors.claim_helpers import claims_of


@pytest.mark.parametrize(
    "said",
    [
        "“We have no indication whatsoever of 16 dead,” the coastguard said.",
        "“We have no word of 16 dead,” the coastguard said.",
        "The coastguard said it had no immediate confirmation of 16 deaths.",
        "The coastguard said there is no evidence that 16 people were killed.",
        "The coastguard said there is no proof whatsoever that the wave killed 16 people.",
        "There is no evidence that 16 people were killed, the coastguard said.",
        "The coastguard said there was nothing to suggest that 16 people had died.",
        "The coastguard said it had no record of 16 people having been killed.",
        "The coastguard said there was “no evidence at all” that 16 people were killed.",
    ],
)
def test_what_nothing_speaks_for_is_not_asserted(said: str) -> None:
    claim = claims_of(said)[0]
    figures = [(q.value, q.measure, q.unit) for q in claim.quantities]
    assert (claim.polarity, figures) == ("negative", [(16, "killed", "person")])


@pytest.mark.parametrize(
    "said",
    [
        "The clinic said it had no reports of 12 wounded.",
        "The clinic said there were no reports of 12 people being wounded.",
        "The clinic said no reports of 12 wounded had reached it.",
    ],
)
def test_no_reports_of_wounded(said: str) -> None:
    (claim,) = claims_of(said)
    figures = [(q.value, q.measure) for q in claim.quantities]
    assert (claim.polarity, figures) == ("negative", [(12, "wounded")])


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("The coastguard said no one was killed.", "killed"),
        ("The coastguard said nobody had died.", "killed"),
        ("The coastguard said there were no deaths.", "killed"),
        ("The coastguard said no sailors were killed.", "killed"),
        ("The coastguard said there were no casualties.", "killed_or_wounded"),
    ],
)
def test_none_is_a_figure(said: str, measure: str) -> None:
    (claim,) = claims_of(said)
    figures = [(q.value, q.measure, q.unit) for q in claim.quantities]
    assert (claim.polarity, figures) == ("negative", [(0, measure, "person")])


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("The coastguard said no fewer than 16 people were killed.", "at_least"),
        ("The coastguard said no less than 16 people died.", "at_least"),
        ("The coastguard said there were no fewer than 16 dead.", "at_least"),
        ("The coastguard said there were not fewer than 16 dead.", "at_least"),
        ("The coastguard said there were no more than 16 dead.", "at_most"),
        ("The coastguard said there was no doubt that 16 people had died.", "exact"),
    ],
)
def test_a_bound_or_no_doubt_asserts_the_figure(said: str, bound: str) -> None:
    (claim,) = claims_of(said)
    figures = [(q.value, q.bound, q.measure) for q in claim.quantities]
    assert (claim.polarity, figures) == ("affirmative", [(16, bound, "killed")])


def test_reports_of_deaths_are_counted_and_not_killed() -> None:
    (claim,) = claims_of("The clinic said it had three reports of 16 people having been killed.")
    figures = [(q.value, q.measure) for q in claim.quantities]
    assert figures == [(3, "count"), (16, "killed")]
