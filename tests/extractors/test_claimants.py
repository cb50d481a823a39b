"""Who speaks: names, bodies of a state, roles, pronouns, nobody."""

from __future__ import annotations

import pytest

from extractors.claimants.bodies import body_name, is_public_body, possessed_body
from extractors.claimants.names import find_names
from extractors.claimants.words import gender_of_name, singular
from tests.extractors.claim_helpers import claims_of, names_of, parsed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Finance Minister Ana Reyes met Bram de Wit.", ["Ana Reyes", "Bram de Wit"]),
        ("The University of Beira and the Farmers' Union agreed.",
         ["University of Beira", "Farmers' Union"]),
        ("On Tuesday he went to Guinea-Bissau.", ["Guinea-Bissau"]),
        ("Lukas Brandt of Hansa Securities left.", ["Lukas Brandt", "Hansa Securities"]),
        ("Residents fled.", []),
    ],
)  # fmt: skip
def test_names_are_found_by_their_capitals(text: str, names: list[str]) -> None:
    found = [name.text.replace(" '", "'") for name in find_names(parsed(text))]
    assert found == names


@pytest.mark.parametrize(
    ("phrase", "state", "name"),
    [
        ("the Defense Ministry", "RU", "Ministry of Defence of Russia"),
        ("Tunisia's interior ministry", "TN", "Ministry of the Interior of Tunisia"),
        ("the foreign ministry", "PH", "Ministry of Foreign Affairs of the Philippines"),
        ("the central bank", "CL", "Central Bank of Chile"),
        ("the Ministry of Health", "MZ", "Ministry of Health of Mozambique"),
        ("The government", "UY", "Government of Uruguay"),
        ("the president's office", "PH", "Office of the President of the Philippines"),
        ("a bakery", "FR", None),
    ],
)
def test_bodies_of_a_state_get_their_full_name(phrase: str, state: str, name: str | None) -> None:
    assert body_name(phrase, state) == name


def test_public_bodies() -> None:
    assert possessed_body("Ukraine's General Staff") == ("General Staff of Ukraine", "UA")
    assert possessed_body("Russia’s Defence Ministry") == ("Ministry of Defence of Russia", "RU")
    assert possessed_body("the ship's owner") is None
    assert is_public_body("the regional electoral board")
    assert is_public_body("National Statistics Institute")
    assert is_public_body("Marsh Vale council")
    assert not is_public_body("the Insurers' Council")
    assert not is_public_body("Norvane Shipping")


def test_words() -> None:
    assert [singular(w) for w in ("Ministries", "women", "police", "researchers", "bus")] == [
        "ministry", "woman", "police", "researcher", "bus",
    ]  # fmt: skip
    assert gender_of_name("Halina") == "female"
    assert gender_of_name("Qwx") is None


STORY = (
    "Peruvian President Rosa Quispe told reporters that the dam was safe. Engineer Tomas Vega said"
    " it was not. "
)


@pytest.mark.parametrize(
    ("sentence", "name", "method"),
    [
        ("“I have seen it,” she said.", "Rosa Quispe", "pronoun"),
        ("He said the wall was thin.", "Tomas Vega", "pronoun"),
        ("The president said it would hold.", "Rosa Quispe", "nominal"),
        ("Vega said there were cracks.", "Tomas Vega", "name"),
        ("The 58-year-old said he was sure.", "Tomas Vega", "nominal"),
        ("Lima said it was ready.", "Peru", "name"),
        ("The energy ministry said it was ready.", "Ministry of Energy of Peru", "explicit"),
        ("Residents said they were afraid.", "residents", "explicit"),
    ],
)
def test_mentions_take_up_who_was_met_before(sentence: str, name: str, method: str) -> None:
    last = claims_of(STORY + sentence)[-1].claimant
    assert (last.name, last.method) == (name, method)


def test_a_bare_spokeswoman_speaks_for_the_body_before() -> None:
    text = (
        "The network operator Shoreline Power said 300 homes were dark. A spokeswoman said the"
        " repairs would take a week. “We are short of crews,” she added."
    )
    assert names_of(text) == ["Shoreline Power"] * 3


def test_analysts_at_a_bank_are_the_bank_and_the_anonymous_are_not() -> None:
    assert names_of("Analysts at Corbin Bank expect a loss.") == ["Corbin Bank"]
    text = "An official at the regulator, who asked not to be named, said the file was real."
    assert names_of(text) == ["official"]


def test_nobody_fits_so_nobody_is_named() -> None:
    (claim,) = claims_of("She said the road was closed.")
    assert (claim.claimant.name, claim.claimant.method) == (None, "pronoun")


def test_a_headline_noun_is_whom_the_text_names() -> None:
    text = (
        "Storm may cost $3bn, reinsurer says\n\n"
        "The storm may cost insurers $3bn, the reinsurance group Calder Re said on Tuesday."
    )
    assert names_of(text) == ["Calder Re", "Calder Re"]


def test_two_of_one_surname_are_told_apart_by_nearness() -> None:
    text = (
        "Bill Marlow said the plan was crazy. Marlow said it would fail.\n\n"
        "Hilary Marlow said it was fine. Marlow said it would work."
    )
    assert names_of(text) == ["Bill Marlow", "Bill Marlow", "Hilary Marlow", "Hilary Marlow"]


@pytest.mark.parametrize(
    ("mention", "side"),
    [
        ("Chile's finance minister, Ana Reyes,", "CL"),
        ("White House spokesman Dan Poe", "US"),
        ("The union's president, Ana Reyes,", None),
        ("The former Chilean minister Ana Reyes", None),
        ("Senator Ana Reyes", None),
        ("Norvane Shipping", None),
        ("Thai border police", "TH"),
    ],
)
def test_sides(mention: str, side: str | None) -> None:
    (claim,) = claims_of(f"{mention} said the talks had ended.")
    assert claim.claimant.side == side


def test_between_two_states_a_surname_tells() -> None:
    text = (
        "Georgia and Armenia trade blame\n\nGeorgia's army fired first, Yerevan said.\n\n"
        "“Not a shot came from us,” said General Aram Petrosyan."
    )
    assert claims_of(text)[-1].claimant.side == "AM"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norvane and Tavora Bank said that the deal was off.", "Norvane; Tavora Bank"),
        ("The Coastal Forces and Ana Reyes said that the port was shut.",
         "Coastal Forces; Ana Reyes"),
        ("Local authorities and the Kenyan Nurses Union blame the flood.",
         "local authorities; Kenyan Nurses Union"),
        ("Chile, Peru, and Bolivia announce a truce.", "Chile; Peru; Bolivia"),
        ("Chile, Peru, and Bolivia rejected the proposal.", "Chile; Peru; Bolivia"),
        ("The Department of Health and Human Services said that nine had died.",
         "Department of Health and Human Services"),
        ("Residents and nurses in Lima said that nine had died.", "residents and nurses"),
        ("Both Peru and Chile said talks would go on.", "Peru; Chile"),
        ("Envoys on the board for trade between the League and the Union said it was over.",
         "envoys"),
    ],
)  # fmt: skip
def test_all_whom_a_mention_joins_are_named(text: str, names: str) -> None:
    (claim,) = claims_of(text)
    assert claim.claimant.name == names
    assert claim.claimant.method == "explicit"
    assert claim.claimant.entity_type == "group" or ";" not in names


@pytest.mark.parametrize(
    ("mention", "name", "side"),
    [
        ("Kenyan Foreign Minister Grace Wafula", "Grace Wafula", "KE"),
        ("Peruvian Health Minister", "Peruvian Health Minister", "PE"),
        ("The Norwegian secretary of defence Ana Reyes", "Ana Reyes", "NO"),
        ("The Centre for Research on Soil and Clean Water",
         "Centre for Research on Soil and Clean Water", None),
        ("The Norwegian secretary of the treasury Ana Reyes", "Ana Reyes", "NO"),
        ("Kenyan envoy to the United Nations Steve Wafula", "Steve Wafula", "KE"),
        ("United Nations monitors", "United Nations", None),
        ("The head of opposition leader Ana Reyes", "head", None),
        ("The Peruvian Department of Justice", "Peruvian Department of Justice", "PE"),
    ],
)  # fmt: skip
def test_offices_and_names_at_the_start_of_a_text(
    mention: str, name: str, side: str | None
) -> None:
    (claim,) = claims_of(f"{mention} says that talks have failed.")
    assert (claim.claimant.name, claim.claimant.side) == (name, side)
