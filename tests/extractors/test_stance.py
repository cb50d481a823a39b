"""Modality, polarity, hedges and places of claims."""

from __future__ import annotations

import pytest

from tests.extractors.claim_helpers import claims_of


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The mayor said the road was closed.", "asserted"),
        ("The mayor said the road would be closed.", "planned"),
        ("The mayor said the road could be closed.", "possible"),
        ("The mayor said the road would be closed if it rained.", "conditional"),
        ("The mayor believes the road is closed.", "believed"),
        ("The mayor believes the road will be closed.", "planned"),
        ("The bank expects a loss.", "planned"),
        ("The mayor promised to close the road.", "planned"),
        ("The mayor asked residents to leave.", "planned"),
        ("The mayor gave no figures.", "narrated"),
        ("“It is over,” the mayor said. “If it rains, we will close the road.”", "asserted"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert claims_of(text)[0].modality == modality


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The mayor said there were no injuries.", "negative"),
        ("The mayor said the road was not closed.", "negative"),
        ("“Nobody will lose a cent,” the mayor said.", "negative"),
        ("The mayor denied that the road was closed.", "negative"),
        ("The mayor said the plan had failed.", "affirmative"),
        ("The mayor said it knew of no departure.", "negative"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert claims_of(text)[0].polarity == polarity


def test_hedges() -> None:
    text = "The mayor said about 30 people may have left, perhaps some of them for good."
    (claim,) = claims_of(text)
    assert [hedge.text for hedge in claim.hedges] == ["about", "may", "perhaps"]


def test_places_of_the_event_and_of_the_saying() -> None:
    text = (
        "The minister said in Lyon that three people had died in the town of Brezovo in Bulgaria."
    )
    (claim,) = claims_of(text)
    places = [(place.name, place.country, place.role) for place in claim.places]
    assert ("Bulgaria", "BG", "event") in places
    assert ("Brezovo", "BG", "event") in places
    assert ("Lyon", "FR", "utterance") in places


def test_states_that_act_are_no_places() -> None:
    (claim,) = claims_of("The minister said Russia had attacked Bulgarian ships.")
    assert claim.places == ()


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The firm says it has no record of the call.", "negative"),
        ("The mayor said he had no knowledge of the plan.", "negative"),
        ("Lowe claimed that one in six spills never made it into the files.", "negative"),
        ("The nurse said the ward had no beds.", "affirmative"),
    ],
)
def test_lacking_a_thing_is_not_denying_one(text: str, polarity: str) -> None:
    assert claims_of(text)[0].polarity == polarity


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("She said she could not confirm that figure.", "asserted"),
        ("A judge ruled that the case could proceed.", "asserted"),
        ("The bridge could fall, the engineer said.", "possible"),
        ("Owners would pay $190 more a year, according to the auditor.", "conditional"),
        ("The chipmaker said it now sees revenue of $11 billion.", "planned"),
    ],
)
def test_could_and_would(text: str, modality: str) -> None:
    assert claims_of(text)[0].modality == modality
