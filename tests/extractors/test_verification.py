"""What is said of claims: not given, not verifiable, denied, disputed, confirmed; links."""

from __future__ import annotations

import pytest

from extractors.records import Claim
from extractors.verification.statements import find_statements
from tests.extractors.claim_helpers import claims_of, parsed


def links(claims: tuple[Claim, ...]) -> list[tuple[int, str, int]]:
    number = {claim.claim_id: index for index, claim in enumerate(claims)}
    return [
        (index, link.relation, number[link.claim_id])
        for index, claim in enumerate(claims)
        for link in claim.links
    ]


def statuses(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.verification.status for claim in claims]


@pytest.mark.parametrize(
    ("text", "cue", "is_number"),
    [
        ("He did not give any figures on the losses.", "did not give", True),
        ("The office has yet to publish a single name.", "has yet to publish", False),
        ("The ferry line has not said how many were aboard.", "has not said", True),
        ("The lender did not return our calls.", "did not return", False),
        ("The ministry declined to give dates.", "declined to give", False),
        ("The insurer declined to say how much it had paid.", "declined to say", True),
        ("The ministry gave no reason.", "gave", False),
        ("The firm refused to comment.", "refused to comment", False),
        ("Neither party has released official figures.", "has released", True),
        ("The army would neither confirm nor deny the raid.",
         "would neither confirm nor deny", False),
        ("The ministry did not respond to a request for comment.", "did not respond", False),
        ("The mayor would not say where he had been.", "would not say", False),
        ("The company could not be reached for comment.", "could not be reached", False),
    ],
)  # fmt: skip
def test_non_disclosures(text: str, cue: str, is_number: bool) -> None:
    (draft,) = find_statements(parsed(text))
    assert draft.cue is not None
    assert (draft.kind, text[slice(*draft.cue)]) == ("non_disclosure", cue)
    assert draft.withholds_number is is_number
    assert text[draft.content[0][0] : draft.content[0][1]] == text.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "He did not give up.",
        "“We did not give any figures,” she said.",
        "The bridge that could not be verified is a good story, the mayor said.",
        "She gave no ground.",
        "They did not say yes to the plan that he made.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert find_statements(parsed(text)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The information cannot be verified.", "The information cannot be verified"),
        ("Neither figure could be checked, since the area is closed.",
         "Neither figure could be checked"),
        ("There was no independent confirmation of the attack.",
         "There was no independent confirmation of the attack"),
        ("It was not immediately possible to verify the video.",
         "It was not immediately possible to verify the video"),
        ("Harbour Post could not independently verify the report.",
         "Harbour Post could not independently verify the report"),
    ],
)  # fmt: skip
def test_status_statements(text: str, content: str) -> None:
    (draft,) = find_statements(parsed(text), "Harbour Post")
    assert draft.kind == "status_statement"
    assert text[draft.content[0][0] : draft.content[0][1]] == content


def test_another_bodys_inability_is_no_statement_of_the_outlet() -> None:
    drafts = find_statements(parsed("The ministry could not verify the report."), "Harbour Post")
    assert [draft.kind for draft in drafts] == []


def test_a_status_statement_covers_what_was_said_before_it_only() -> None:
    claims = claims_of(
        "The army said 40 rebels had died. The rebels put their dead at 12. The figures could not"
        " be verified. The army said 3 bridges were destroyed."
    )
    assert statuses(claims) == ["unverifiable", "unverifiable", "not_stated", "not_stated"]
    assert (2, "qualifies", 0) in links(claims)
    assert (2, "qualifies", 1) in links(claims)


def test_rival_figures_are_linked_both_ways() -> None:
    claims = claims_of("The army said 40 people had died. The rebels said 12 people had died.")
    assert links(claims) == [(0, "rival_of", 1), (1, "rival_of", 0)]


def test_a_denial_is_linked_and_leaves_its_mark() -> None:
    claims = claims_of(
        "The union said the plant would close. The company denied this. “We are hiring,” it said."
    )
    assert statuses(claims) == ["denied", "not_stated", "not_stated"]
    assert links(claims) == [(1, "denies", 0)]
    assert claims[0].verification.by == claims[1].claimant.name
    evidence = claims[0].verification.evidence
    assert evidence is not None
    assert evidence.text == "The company denied this"
    assert claims[1].polarity == "negative"


def test_calling_a_claim_false_denies_it() -> None:
    claims = claims_of(
        "The party alleged that 900 votes were missing. The board called the allegation “false”."
    )
    assert statuses(claims) == ["denied", "not_stated"]


def test_disputed_and_confirmed() -> None:
    disputed = claims_of("The owner said nobody had died. The mayor disputes that.")
    assert statuses(disputed)[0] == "disputed"
    confirmed = claims_of("Residents said there had been a blast. The police confirmed this.")
    assert statuses(confirmed)[0] == "confirmed"
    assert links(confirmed) == [(1, "qualifies", 0)]


def test_a_denial_of_something_else_touches_nobody() -> None:
    claims = claims_of(
        "Ana Reyes said the harbour was full.\n\nThe council rejected a budget of £3m on Monday."
    )
    assert statuses(claims)[0] == "not_stated"


def test_a_claim_is_not_confirmed_by_its_own_cue() -> None:
    claims = claims_of("The mayor said it rained. Police confirmed seven deaths.")
    assert statuses(claims) == ["not_stated", "not_stated"]


def test_the_body_repeats_the_headline() -> None:
    claims = claims_of(
        "Storm may cost $3bn, says Calder Re\n\n"
        "The storm may cost insurers $3bn, the reinsurance group Calder Re said on Tuesday."
    )
    assert links(claims) == [(1, "repeats", 0)]
