"""Pleas: who pleads guilty denies nothing; who pleads not guilty denies the charge."""

from __future__ import annotations

import pytest

from extractors.records import Claim
from tests.extractors.claim_helpers import claims_of

CHARGED = "The prosecutor Lena Vogt said that Mark Hollis had set fire to the barn."


def pleaded(claims: tuple[Claim, ...]) -> Claim:
    return next(claim for claim in claims if claim.cue and claim.cue.lemma == "plead")


@pytest.mark.parametrize(
    "plea",
    [
        "Hollis pleaded guilty.",
        "Hollis pled guilty to arson on Tuesday.",
        "Hollis, 43, has pleaded guilty to five counts of fraud.",
        "Hollis pleaded guilty to a charge of “false accounting”.",
        "Hollis pleaded “guilty” to the charge.",
        "Hollis pleaded no contest to the charge.",
        "Hollis pleaded guilty to manslaughter but not guilty to murder.",
        "Hollis, who pleaded guilty to arson in March, will be sentenced in May.",
        "After pleading guilty to five counts of arson, Hollis said he was sorry.",
    ],
)
def test_who_pleads_guilty_owns_up(plea: str) -> None:
    claims = claims_of(f"{CHARGED} {plea}")
    admission = pleaded(claims)
    assert admission.cue is not None
    assert (admission.cue.cue_class, admission.polarity) == ("confirm", "affirmative")
    assert not any(claim.links for claim in claims)
    assert claims[0].verification.status == "not_stated"


@pytest.mark.parametrize(
    "plea",
    [
        "Hollis entered a guilty plea on Monday.",
        "Hollis entered a plea of guilty on Monday.",
        "Hollis changed his plea to guilty.",
        "Hollis agreed to plead guilty to two charges.",
        "Hollis accepted a plea deal, admitting arson.",
        "The court heard that Hollis pleaded guilty to arson.",
        "Hollis’s plea of guilty to five counts surprised nobody, his lawyer said.",
    ],
)
def test_a_plea_of_guilty_in_other_words_denies_nothing(plea: str) -> None:
    claims = claims_of(f"{CHARGED} {plea}")
    assert not any(claim.links for claim in claims)
    assert claims[0].verification.status == "not_stated"


@pytest.mark.parametrize(
    "plea",
    [
        "Hollis pleaded not guilty.",
        "Hollis has pleaded not guilty to arson.",
        "Hollis pleaded “not guilty”.",
        "Hollis pleaded innocent on Friday.",
        "Hollis pleaded not guilty to murder but guilty to manslaughter.",
    ],
)
def test_who_pleads_not_guilty_denies_the_charge(plea: str) -> None:
    claims = claims_of(f"{CHARGED} {plea}")
    denial = pleaded(claims)
    assert denial.polarity == "negative"
    assert [(link.relation, link.claim_id) for link in denial.links] == [
        ("denies", claims[0].claim_id)
    ]
    assert claims[0].verification.status == "denied"


def test_fewer_counts_owned_up_to_than_charged_are_no_rival_figure() -> None:
    claims = claims_of(
        "The prosecutor Lena Vogt said Mark Hollis faced nine counts of fraud."
        " Hollis pleaded guilty to five counts."
    )
    assert [[q.value for q in claim.quantities] for claim in claims] == [[9], [5]]
    assert not any(claim.links for claim in claims)


@pytest.mark.parametrize(
    "denial", ["Calder Freight denied the allegation.", "Calder Freight denied any wrongdoing."]
)
def test_a_denial_after_a_plea_of_guilty_is_of_the_charge(denial: str) -> None:
    claims = claims_of(
        "The prosecutor Lena Vogt accused Calder Freight of fraud."
        f" A clerk, Mark Hollis, pleaded guilty to forgery. {denial}"
    )
    charge, admission, denied = claims
    assert [link.claim_id for link in denied.links] == [charge.claim_id]
    assert (charge.verification.status, admission.verification.status) == ("denied", "not_stated")


def test_what_is_owned_up_to_is_not_denied_by_who_speaks_next() -> None:
    claims = claims_of("Mark Hollis pleaded guilty to forgery. Calder Freight denied any loss.")
    assert not any(claim.links for claim in claims)
