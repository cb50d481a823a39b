"""States, bodies, media and people by name."""

from __future__ import annotations

import re

import pytest

from extractors.gazetteer import (
    country_entity,
    country_in,
    country_name,
    country_of,
    entity_in,
    entity_of,
    is_capital,
    is_demonym,
    is_medium,
    is_stateless_place,
    lexicon,
    place_country,
    region_name,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ukraine", "UA"),
        ("the Netherlands", "NL"),
        ("Dutch", "NL"),
        ("Russians", "RU"),
        ("Frenchmen", "FR"),
        ("Kyiv", "UA"),
        ("Colombia’s", "CO"),
        ("U.S.", "US"),
        ("the US", "US"),
        ("us", None),
        ("polish", None),
        ("Polish", "PL"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_of(text: str, code: str | None) -> None:
    assert country_of(text) == code


def test_all_of_iso_3166_is_there() -> None:
    states = lexicon("states")["states"]
    assert len(states) == 250
    assert all(re.fullmatch("[A-Z]{2}", code) and state["name"] for code, state in states.items())


def test_no_wikidata_id_is_given_twice() -> None:
    rows = [*lexicon("states")["states"].values()]
    for section in lexicon("entities").values():
        rows += section.values()
    ids = [row["wikidata"] for row in rows if row.get("wikidata")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"Q\d+", number) for number in ids)


def test_country_in_a_phrase_takes_the_longest_name() -> None:
    assert country_in("the South Korean army") == "KR"
    assert country_in("officials in Papua New Guinea") == "PG"
    assert country_in("the Thai border police") == "TH"
    assert country_in("no state at all") is None


def test_capitals_and_demonyms_are_told_apart() -> None:
    assert is_capital("Moscow")
    assert not is_capital("Russia")
    assert is_demonym("Thai")
    assert not is_demonym("Thailand")


def test_states_as_claimants() -> None:
    assert country_name("CI") == "Ivory Coast"
    assert country_name("QQ") == "QQ"
    assert country_entity("SE").wikidata_id == "Q34"


def test_known_bodies_media_and_people() -> None:
    who = entity_of("the WHO")
    assert who is not None
    assert (who.name, who.side) == ("World Health Organization", None)
    assert entity_of("who") is None
    agency = entity_of("Ria Novosti")
    assert agency is not None
    assert (agency.name, agency.side) == ("RIA Novosti", "RU")
    assert is_medium("Reuters")
    assert not is_medium("NATO")
    inside = entity_in("a former White House adviser")
    assert inside is not None
    assert inside.side == "US"
    assert entity_in("a baker") is None


def test_places() -> None:
    assert place_country("Valparaíso") == "CL"
    assert place_country("Moscow") == "RU"
    assert place_country("Russian") is None
    assert is_stateless_place("the Black Sea")
    assert region_name("Moscow region") == "Moscow Oblast"
