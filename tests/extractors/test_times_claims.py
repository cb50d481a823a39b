"""Times of claims: periods, bases of comparison, stamps, and what dates the saying."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.records import TimeRef
from extractors.times import TimeReader
from tests.extractors.claim_helpers import claims_of, parsed

AT = datetime(2024, 3, 15, 18, 20, tzinfo=UTC)  # a Friday


def times_of(text: str) -> list[TimeRef]:
    """The times of a text that is all content."""
    return TimeReader(parsed(text), AT).read(content=[(0, len(text))])


def test_surfaces_are_cut_from_the_original() -> None:
    text = (
        "“We closed the plant on New Year’s Eve,” Ana Reyes said, adding that “it’s” 12 of the"
        " miners’ homes that were damaged."
    )
    (*claims,) = claims_of(text)
    spans = [span for claim in claims for span in (*claim.times, *claim.quantities)]
    assert [span.text for span in spans if "Year" in span.text] == ["on New Year’s Eve"]
    assert all(text[span.start : span.end] == span.text for span in spans)
    counted = [q.counted for claim in claims for q in claim.quantities if q.counted]
    assert counted
    assert all(words in text for words in counted)


@pytest.mark.parametrize(
    ("text", "span", "first", "last", "precision"),
    [
        (
            "Sales for the six months to 30 June rose 3%.",
            "for the six months to 30 June",
            "2023-01-01",
            "2023-07-01",
            "month",
        ),
        (
            "Profit fell in the three months ended Dec. 31, 2023.",
            "in the three months ended Dec. 31, 2023",
            "2023-10-01",
            "2024-01-01",
            "month",
        ),
        (
            "Revenue in the quarter ended in February grew.",
            "in the quarter ended in February",
            "2023-12-01",
            "2024-03-01",
            "quarter",
        ),
        (
            "It earned $3m in the year to September.",
            "in the year to September",
            "2022-10-01",
            "2023-10-01",
            "year",
        ),
        (
            "They will borrow for the year ending 31 March 2025.",
            "for the year ending 31 March 2025",
            "2024-04-01",
            "2025-04-01",
            "year",
        ),
        ("It plans to hire cooks by year-end.", "by year-end", "2024-03-15", "2025-01-01", "year"),
        ("Debt was falling at year-end.", "at year-end", "2023-01-01", "2024-01-01", "year"),
        (
            "The toll since the epidemic broke out in January is 300.",
            "since the epidemic broke out in January",
            "2024-01-01",
            "2024-03-16",
            "month",
        ),
        (
            "The pump failed as early as February.",
            "as early as February",
            "2024-02-01",
            "2024-03-01",
            "month",
        ),
        (
            "They agreed to talks this weekend.",
            "this weekend",
            "2024-03-16",
            "2024-03-18",
            "day",
        ),
    ],
)
def test_periods_and_their_ends(
    text: str, span: str, first: str, last: str, precision: str
) -> None:
    (time,) = times_of(text)
    assert (time.text, time.from_, time.to, time.precision) == (span, first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Output was up from six three years ago.",
        "Sales rose 5 percent over last month.",
        "Sales are 5% up from last year.",
        "10:20 Rail: trains stopped.",
        "They met.\n10:20 Rail: trains stopped.",
        "date 2024-03-01 The king spoke.",
        "They walked two months to win.",
    ],
)
def test_bases_of_comparison_and_stamps_are_no_times(text: str) -> None:
    assert times_of(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Testifying before the Senate on Tuesday, Maria Lopez said the bank lied.", "on Tuesday"),
        ("In a letter published on Friday, the union accused the firm of fraud.", "on Friday"),
        ("The Daily Post wrote on Saturday, citing two aides, that he had left.", "on Saturday"),
        ("He left, Ana Reyes said in a note read out on radio on Sunday.", "on Sunday"),
    ],
)
def test_times_before_the_claimant_and_in_participles_are_of_the_saying(
    text: str, span: str
) -> None:
    found = [time for claim in claims_of(text) for time in claim.times]
    assert [(time.text, time.role) for time in found] == [(span, "utterance")]
