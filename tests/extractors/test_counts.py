"""Counts without a verb of saying, and what a figure is to its claim."""

from __future__ import annotations

import pytest

from tests.extractors.claim_helpers import claims_of


def figures(text: str) -> list[tuple[str | None, float | None, str, str]]:
    """Claimant, value, measure and aspect of every figure."""
    return [
        (claim.claimant.name, quantity.value, quantity.measure, quantity.aspect)
        for claim in claims_of(text)
        for quantity in claim.quantities
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "How many people died in the fire? Twelve, says the Rescue Service. Thirty, say the "
            "lawyers of the families.",
            [("Rescue Service", 12.0), ("lawyers of the families", 30.0)],
        ),
        (
            "They compared their lists of the dead on Friday. The Rescue Service had 21 names on "
            "its list, the Doctors' Chamber 25.",
            [("Rescue Service", 21.0), ("Doctors' Chamber", 25.0)],
        ),
        (
            "Officially, 12 people have died. That is the figure of the Rescue Service.",
            [("Rescue Service", 12.0)],
        ),
        ("With the crew, the Rescue Service arrives at 35 dead.", [("Rescue Service", 35.0)]),
        (
            "The Rescue Service raised the toll to 19. The Miners' Union speaks of more than 40.",
            [("Rescue Service", 19.0), ("Miners' Union", 40.0)],
        ),
    ],
)
def test_a_count_is_a_claim(text: str, found: list[tuple[str, float]]) -> None:
    given = [(who, value) for who, value, measure, _ in figures(text) if measure == "killed"]
    assert [value for _, value in given] == [value for _, value in found]
    assert given[0][0] == found[0][0]


def test_numbers_that_add_up_are_of_who_wrote_them_down() -> None:
    text = (
        "Two people have died, the mayor said. Ana Reyes calls her colleagues and writes down ten "
        "numbers. On Wednesday they added up to 38."
    )
    assert ("Ana Reyes", 38.0, "killed", "whole") in figures(text)


def test_bodies_are_of_whose_words_closed_the_sentence_before() -> None:
    found = "Divers have found the boat, the harbour police confirmed on Friday."
    assert figures(f"{found} Nine bodies were recovered from the boat.") == [
        ("harbour police", 9.0, "killed", "part")
    ]
    assert figures(f"{found} Nine boats were recovered from the sea.") == []
    assert figures(f"{found}\n\nNine bodies were recovered from the boat.") == []


def test_the_number_of_missing_is_of_missing() -> None:
    text = "The office gave the number of missing as 29. The number of missing fell to 11, it said."
    assert [(value, measure) for _, value, measure, _ in figures(text)] == [
        (29.0, "missing"), (11.0, "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("The service corrected the number of deaths from 29 down to 24.", ["previous", "whole"]),
        ("The ministry put the number of missing at 17, down from 40.", ["whole", "previous"]),
        ("The mayor counts three dead in his town alone.", ["part"]),
        ("Twelve bodies have been recovered from the bus, an officer said.", ["part"]),
        ("Twelve people were killed, two of them children, the police said.", ["whole", "part"]),
        ("Five victims had been entered in two districts, the head said.", ["part", "whole"]),
        ("The toll is 31, two more than on Monday, the ministry said.", ["whole", "part"]),
        ("Buses from 19 towns went to the city, the police said.", ["whole"]),
    ],
)
def test_a_figure_is_the_whole_a_part_or_replaced(text: str, aspects: list[str]) -> None:
    assert [aspect for *_, aspect in figures(text)] == aspects


def test_districts_are_not_killed() -> None:
    text = "Five victims had been entered in two districts, the head of the service said."
    assert [measure for _, _, measure, _ in figures(text)] == ["killed", "count"]


def test_what_is_found_somewhere_is_no_rival_of_the_toll() -> None:
    text = (
        "The Rescue Service raised the number of victims to 29.\n\n"
        "Twelve bodies were recovered from the bus, a police officer said."
    )
    assert [claim.links for claim in claims_of(text)] == [(), ()]


def test_a_correction_speaks_of_the_article_itself() -> None:
    text = (
        "The mayor said it rained.\n\nCorrection: An earlier version of this article gave the toll "
        "as 29, and reported that bodies had been found."
    )
    assert [claim.claimant.name for claim in claims_of(text)] == ["mayor"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "The Rescue Service said 12 died. \"More will,\" its head, Ana Reyes, said.",
            "Rescue Service",
        ),
        ("\"More will die,\" said Ana Reyes, the president of the Doctors' Chamber.",
         "Doctors' Chamber"),
        ("Ana Reyes of the Rescue Service expects a toll of 40. She left.", "Rescue Service"),
        ("The Rescue Service waits. \"More will die,\" its former head, Ana Reyes, said.", None),
        ("\"More will die,\" the farmer Ana Reyes said.", None),
    ],
)  # fmt: skip
def test_a_head_speaks_for_the_body(text: str, body: str | None) -> None:
    assert claims_of(text)[-1].claimant.speaks_for == body


def test_its_members_are_the_body() -> None:
    text = (
        "More people have died, the Doctors' Chamber says. Its members in eight hospitals had "
        "counted 31 dead by Tuesday, the chamber's president, Ana Reyes, told the paper."
    )
    assert claims_of(text)[1].claimant.name == "Doctors' Chamber"
