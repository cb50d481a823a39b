"""Who denies, disputes or cannot verify what; competing figures and accounts; headlines again."""

from __future__ import annotations

import pytest

from extractors.records import Claim
from tests.extractors.claim_helpers import claims_of


def status_of(claims: tuple[Claim, ...], words: str) -> str:
    """The status of the claim whose content has the words."""
    return claim_with(claims, words).verification.status


def claim_with(claims: tuple[Claim, ...], words: str) -> Claim:
    return next(c for c in claims if any(words in piece.text for piece in c.content))


def linked(claims: tuple[Claim, ...], left: str, relation: str, right: str) -> bool:
    """Whether the claim with the words `left` leads to the one with `right`."""
    target = claim_with(claims, right).claim_id
    links = claim_with(claims, left).links
    return any(link.relation == relation and link.claim_id == target for link in links)


ACCUSED = (
    "Ana Reyes accused Calder Freight of hiding spills. “They wiped the records,” Reyes said."
    "\n\nThe inspector John Hale confirmed that Reyes had handed over files."
)


@pytest.mark.parametrize(
    "denial",
    [
        "Calder Freight rejects the accusations.",
        "Calder Freight has denied the allegations.",
        "Calder Freight dismissed the claims as “malicious”.",
        "Calder Freight described them as “untrue and hurtful”.",
        "Calder Freight denied any wrongdoing.",
    ],
)
def test_a_denial_of_all_reaches_every_claim_of_the_accuser(denial: str) -> None:
    claims = claims_of(f"{ACCUSED}\n\n{denial}")
    assert status_of(claims, "hiding spills") == "denied"
    assert status_of(claims, "wiped the records") == "denied"
    assert status_of(claims, "handed over files") == "not_stated"


@pytest.mark.parametrize(
    "denial",
    [
        "The bakery denied the allegation.",
        "The bakery rejected the accusation.",
        "The bakery called the claim “nonsense”.",
    ],
)
def test_a_denial_of_one_reaches_the_accusation_not_the_quotation_after_it(denial: str) -> None:
    claims = claims_of(
        "Maria Sousa alleged that the bakery sold old bread. “I saw the labels,” she said."
        f"\n\n{denial}"
    )
    assert status_of(claims, "sold old bread") == "denied"
    assert status_of(claims, "I saw the labels") == "not_stated"


@pytest.mark.parametrize(
    "text",
    [
        "The coach said the pitch was dry. Pastor Lee denied that he had told anyone to leave.",
        "The mayor said taxes would rise. ‘We got it wrong,’ the treasurer Tom Dale wrote.",
        "The airline said all flights had left. The union rejected an offer of talks on Monday.",
    ],
)
def test_an_unrelated_claim_is_not_denied(text: str) -> None:
    assert claims_of(text)[0].verification.status == "not_stated"


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        ("The minister disputed that account.", "disputed"),
        ("The minister said there was “no data to back that up”.", "disputed"),
        ("The minister said there was no evidence to support that claim.", "disputed"),
        ("The minister said there was no truth in the claim.", "denied"),
        ("The police said they could not confirm that figure.", "unverifiable"),
        ("The police said they were unable to verify the number.", "unverifiable"),
    ],
)
def test_another_source_doubts_or_cannot_confirm(reply: str, status: str) -> None:
    claims = claims_of(f"The nurses’ union said 900 patients had been sent home. {reply}")
    assert claims[0].verification.status == status


@pytest.mark.parametrize(
    "statement",
    [
        "We haven’t been able to confirm this.",
        "We couldn't immediately verify the report.",
        "Harbour Post has not been able to confirm the report.",
        "Reuters was unable to verify the account.",
        "There was no independent confirmation of the claim.",
        "There was no way to verify the claim.",
    ],
)
def test_the_outlet_cannot_verify(statement: str) -> None:
    claims = claims_of(f"A local radio reported that two sailors were missing. {statement}")
    assert claims[-1].kind == "status_statement"
    assert claims[0].verification.status == "unverifiable"


@pytest.mark.parametrize(
    "statement",
    [
        "Neither figure could be verified.",
        "Harbour Post could not immediately verify either toll.",
        "It was not possible to confirm either figure.",
    ],
)
def test_two_figures_at_a_distance_are_found(statement: str) -> None:
    claims = claims_of(
        "The ministry said at least 30 people had died in the flood.\n\n"
        "The rain began on Sunday, the weather office said.\n\n"
        f"The governor of Arel, Ivo Brandt, said 55 bodies had been found. {statement}"
    )
    assert status_of(claims, "30 people") == "unverifiable"
    assert status_of(claims, "55 bodies") == "unverifiable"
    assert status_of(claims, "The rain began") == "not_stated"
    assert linked(claims, "55 bodies", "rival_of", "30 people")


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        (
            "The museum puts the damage at €8 million, while the insurer, Fidelis, speaks of"
            " “a low seven-figure sum”.",
            "the damage",
            "seven-figure",
        ),
        (
            "The Greens accuse Bart Maas of ignoring a letter. Maas says he never received it.",
            "ignoring",
            "never received",
        ),
        (
            "The union says its members had complained about the brakes. Swift Lines says it has"
            " no record of any such complaint.",
            "complained",
            "no record",
        ),
        (
            "His own tally gave him 52 percent of the vote, Juan Mora said. An exit poll by Vote"
            " Watch put Mora at 47 percent.",
            "52 percent",
            "47 percent",
        ),
        (
            "Residents said the plant had leaked gas. The operator insisted there had been no"
            " leak.",
            "leaked gas",
            "no leak",
        ),
        (
            "Organisers said 80,000 people marched. Police estimated the crowd at 25,000.",
            "80,000",
            "25,000",
        ),
    ],
)
def test_competing_accounts_are_rivals(text: str, left: str, right: str) -> None:
    claims = claims_of(text)
    assert linked(claims, left, "rival_of", right)
    assert linked(claims, right, "rival_of", left)


def test_dead_civilians_do_not_compete_with_dead_soldiers() -> None:
    claims = claims_of(
        "The army said four soldiers had died. The mayor Ivo Brandt said two civilians had died."
    )
    assert not any(claim.links for claim in claims)


def test_a_subheading_is_repeated_below_it() -> None:
    claims = claims_of(
        "LIVE: Ferry on fire\n\nUnion says crew had complained\n\n"
        "The seafarers' union says its crew had complained for months."
    )
    assert linked(claims, "its crew", "repeats", "crew had complained")


@pytest.mark.parametrize("pair", ["either claim", "either figure", "both figures"])
def test_a_source_that_can_verify_neither(pair: str) -> None:
    claims = claims_of(
        "The rebels said they had captured 30 soldiers. The army put the number of missing at 12."
        f" The monitors said they were unable to verify {pair}."
    )
    assert [claim.verification.status for claim in claims[:2]] == ["unverifiable"] * 2
