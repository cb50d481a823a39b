"""Who speaks, in the ways of wording that reports take up: kinds, roles ahead of names, states."""

from __future__ import annotations

import pytest

from tests.extractors.claim_helpers import claims_of, names_of

BANK = (
    "Lender to cut 400 jobs\n\nTavora Bank, the Portuguese lender, said on Friday that it would cut"
    " 400 jobs. Its rival Norden AB said it was hiring.\n\n"
)
NURSE = (
    "Patients waited for hours, {title} claims\n\n{lead} has claimed that patients waited for nine"
    " hours.\n\nSpeaking on Wednesday, Dana Holt said that trolleys lined the corridor."
)
VOTE = "Ghana votes\n\nKofi Mensah said he had won. Ama Boateng said she was ahead. "
KENYA = "Kenya floods kill nine\n\nRain fell in Nairobi all week. "


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The company expects savings of €30m.", "Tavora Bank"),
        ("The Porto-based bank said branches would close.", "Tavora Bank"),
        ("The lender said branches would close.", "Tavora Bank"),
    ],
)  # fmt: skip
def test_kind_nouns_find_whom_the_story_is_about(sentence: str, name: str) -> None:
    assert names_of(BANK + sentence)[-1] == name


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("Pellwood, the Finnish papermaker,", "papermaker"),
        ("Corvane Inc.", "chipmaker"),
        ("Arden plc, the builder,", "housebuilder"),
    ],
)
def test_makers_are_firms(lead: str, kind: str) -> None:
    found = names_of(f"{lead} said it would close a plant. The {kind} said it was too old.")
    assert found[0] == found[1] == lead.split(",")[0]


@pytest.mark.parametrize(
    "told", ["told The Lisbon Courier", "told Radio Tavis", "told the Marsh Herald"]
)
def test_a_paper_that_was_told_does_not_speak(told: str) -> None:
    text = f"Halden Foods said it was sorry. “We erred,” Eva Lind of Halden Foods {told}. "
    assert names_of(text + "A spokesman added that checks had begun.")[-1] == "Halden Foods"


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("nurse", "A nurse at Queen Anne Hospital"),
        ("whistleblower", "A former porter at the clinic"),
        ("mum", "A mum-of-two"),
    ],
)
def test_a_role_ahead_of_the_name_is_who_then_speaks(title: str, lead: str) -> None:
    assert set(names_of(NURSE.format(title=title, lead=lead))) == {"Dana Holt"}


def test_an_official_ahead_of_a_minister_is_somebody_else() -> None:
    text = "A teacher said the school was shut.\n\nEducation Minister Ana Reyes said it was open."
    assert names_of(text) == ["teacher", "Ana Reyes"]


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Maddox, the clothing chain, said profit fell. The high street retailer said rents rose.",
         "Maddox", None),
        ("LEEDS — Det Insp Karen Holt said it was late. Insp Holt said roads were shut.",
         "Karen Holt", "GB"),
        ("Leeds Police said a boy was held. The hospital said both were stable.", "hospital", None),
        ("Flood in Brazil\n\nTwo died, the state's civil defence said.", "civil defence", "BR"),
        ("Israel and Lebanon trade fire\n\nThe Israeli military said two died. Beirut said nine"
         " died. The army said it hit a depot.", "Israeli military", "IL"),
        ("A former manager at Halden Water said the logs were wiped.", "former manager", None),
    ],
)  # fmt: skip
def test_bodies_are_taken_up_by_what_they_are(text: str, name: str, side: str | None) -> None:
    last = claims_of(text)[-1].claimant
    assert (last.name, last.side) == (name, side)


def test_plurals_are_never_one_person() -> None:
    text = "Prosecutor Imran Sheikh said he was guilty. Prosecutors said the case was closed."
    assert names_of(text) == ["Imran Sheikh", "prosecutors"]


@pytest.mark.parametrize("pair", ["Both candidates", "The two rivals", "Both"])
def test_pairs(pair: str) -> None:
    assert names_of(f"{VOTE}{pair} said they would wait.")[-1] == "Kofi Mensah; Ama Boateng"


@pytest.mark.parametrize("role", ["Pastor", "Trucker", "Passenger", "Superintendent"])
def test_job_words_are_no_part_of_a_name(role: str) -> None:
    text = f"{role} Henry Dahl denied it. Dahl said he was ill. He said no more was known."
    assert set(names_of(text)) == {"Henry Dahl"}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("The Stahl Werk union", "Stahl Werk"),
        ("The Tavis Echo newspaper", "Tavis Echo"),
        ("A study done by scientists at the University of Halden", "University of Halden"),
        ("The foreign ministry in Paris", "Ministry of Foreign Affairs of France"),
        ("The Health Ministry", "Ministry of Health of Kenya"),
        ("The Swiss embassy in Nairobi", "Embassy of Switzerland in Nairobi"),
        ("The German consulate", "Consulate of Germany"),
        ("The country's disaster committee", "Disaster Committee of Kenya"),
    ],
)  # fmt: skip
def test_bodies(body: str, name: str) -> None:
    assert names_of(f"{KENYA}{body} said the river would rise.") == [name]


@pytest.mark.parametrize("line", ["BANGKOK —", "BANGKOK, May 3 (Corvus) -", "BANGKOK/HANOI —"])
def test_datelines_name_nobody(line: str) -> None:
    (claim,) = claims_of(f"{line} The fire went out at noon. Bangkok said it would pay.")
    assert (claim.claimant.name, claim.claimant.side) == ("Thailand", "TH")


@pytest.mark.parametrize(
    ("line", "speaker", "side"),
    [
        ("RALEIGH, N.C. —", "County commissioner Ed Flores", "US"),
        ("RALEIGH, N.C. —", "City treasurer Ann Webb", "US"),
        ("RALEIGH, N.C. —", "Fire chief Dale Roe", "US"),
        ("RALEIGH, N.C. —", "School board member Al Diaz", "US"),
        ("RALEIGH, N.C. —", "His attorney, Lee Moss,", None),
        ("GLASGOW —", "Council leader Moira Bain", "GB"),
        ("HALIFAX —", "Dr. Jo Kim, the province's chief medical officer,", "CA"),
        ("OSLO —", "Canada's privacy watchdog", "CA"),
        ("OSLO —", "The Space Agency of Kenya", "KE"),
        ("OSLO —", "A French official", "FR"),
        ("OSLO —", "A senior European diplomat", None),
        ("OSLO —", "A union official", None),
        ("OSLO —", "A Whitehall source", "GB"),
    ],
)
def test_sides_of_local_officials(line: str, speaker: str, side: str | None) -> None:
    (claim,) = claims_of(f"{line} Snow fell all night. {speaker} said the road was shut.")
    assert claim.claimant.side == side
