"""Figures of losses: what set phrases say of persons, "of them", and whose losses they are."""

from __future__ import annotations

import pytest

from extractors.quantities import FigureReader, Speaker
from extractors.records import Quantity
from tests.extractors.claim_helpers import parsed

WAR = (
    " The war between Russia and Ukraine goes on. Ukraine's army fights Russia's army at the front"
    " with artillery and drones. Russian and Ukrainian soldiers die."
)


def read(text: str, rest: str = "", speaker: Speaker | None = None) -> list[Quantity]:
    """Read the first sentences of a text that may go on to set the scene."""
    return FigureReader(parsed(text + rest)).read(0, len(text), speaker)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("At least 40 students are being held without charge.", "arrested"),
        ("Police were holding 12 men for questioning.", "arrested"),
        ("Nine sailors remain in custody.", "arrested"),
        ("The hall holds 200 people.", "count"),
        ("Some 3,000 families were evacuated from the valley.", "displaced"),
        ("About 400 people have left their homes.", "displaced"),
        ("Fourteen pupils were taken to hospital after the crash.", "wounded"),
        ("Six firefighters were treated for smoke inhalation.", "wounded"),
        ("Thirty nurses work in hospitals.", "count"),
    ],
)
def test_what_a_phrase_says_of_persons(text: str, measure: str) -> None:
    (figure,) = read(text)
    assert figure.measure == measure


def test_in_an_outbreak_people_in_hospital_are_not_wounded() -> None:
    (figure,) = read(
        "Sixty people were taken to hospital.", " The cholera outbreak spread. Cholera."
    )
    assert figure.measure == "count"


@pytest.mark.parametrize(
    "text",
    [
        "Four hikers were hurt. Two of them are thought to be in a critical condition.",
        "Eleven people were injured. Three of them were children.",
    ],
)
def test_of_them_has_the_measure_of_those_meant(text: str) -> None:
    assert [figure.measure for figure in read(text)] == ["wounded", "wounded"]


def test_losses_that_a_state_owns_up_to_are_its_own() -> None:
    speaker = Speaker("Russia", "place", "RU")
    (admitted,) = read("Russia has admitted the deaths of seven soldiers.", WAR, speaker)
    (inflicted,) = read("Ukraine killed seven soldiers.", WAR, Speaker("Ukraine", "place", "UA"))
    assert (admitted.party, inflicted.party) == ("RU", "RU")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Jets dropped three bombs on the town.", "level"),
        ("The balloon was 20 kilometres up.", "level"),
        ("Prices were 3% up.", "increase"),
        ("It dropped 3 points.", "decrease"),
    ],
)
def test_what_is_dropped_or_up_in_the_air_is_no_change(text: str, change: str) -> None:
    (figure,) = read(text)
    assert figure.change == change


@pytest.mark.parametrize(
    "text", ["Two associates billed the state.", "Two of the lads warned him."]
)
def test_persons_by_many_names(text: str) -> None:
    (figure,) = read(text)
    assert figure.unit == "person"


def test_what_is_new_is_of_the_incident_and_the_total_is_not() -> None:
    text = (
        "The clinic confirmed 18 new cases of measles in the past week, bringing the total since"
        " the outbreak began in May to 240."
    )
    new, total = read(text, " The measles outbreak spread. Measles cases rose.")
    assert (new.scope, total.scope) == ("incident", "cumulative")


def test_a_year_ago_is_no_number_of_years() -> None:
    now, before = read("Police are holding 16 students, up from nine a year ago.")
    assert (now.measure, before.measure, before.counted) == ("arrested", "arrested", "students")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("my count gives me 41 percent of the vote", "Lena Moe"),
        ("turnout was 41 percent of voters", None),
        ("Banks hold £20 million in frozen Syrian assets.", "SY"),
        ("Banks hold £20 million in cash.", None),
    ],
)
def test_whose_votes_and_funds_they_are(text: str, party: str | None) -> None:
    (figure,) = read(text, speaker=Speaker("Lena Moe", "person"))
    assert figure.party == party
