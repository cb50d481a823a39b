"""The number grammar, and what stands round a number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities.mentions import find_mentions
from extractors.quantities.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,240 people and 38 more", [1240, 38]),
        ("1.2 million homes", [1_200_000]),
        ("a budget of €5.2bn", [5_200_000_000]),
        ("twenty-five boats", [25]),
        ("a hundred and fifty thousand voters", [150_000]),
        ("two and a half million doses", [2_500_000]),
        ("half a million, half a dozen", [500_000, 6]),
        ("two dozen injuries", [24]),
        ("12 000 seats", [12_000]),
        ("6 1/4 per cent", [6.25]),
        ("one in five members, nine out of 10", [0.2, 0.9]),
        ("a third of the bill, two-thirds", [1 / 3, 2 / 3]),
        ("half of them", [0.5]),
        ("a third explosion", []),
        ("the second half", []),
        ("dozens of people", [24]),
        ("tens of thousands of sheep", [20_000]),
        ("several hundred tents", [200]),
        ("Covid-19 and B-52", []),
        ("a growth of -0.3%, minus 5C, a range of 4 -5", [-0.3, -5, 4, 5]),
        ("\n-5 people fled", [5]),
        ("half million, a quarter million, two thirds of a million", [5e5, 2.5e5, 2e6 / 3]),
        ("3 million and a half, two and a quarter hours", [3_500_000, 2.25]),
        ("a billion and three quarters of them", [1.75e9]),
        ("a hundred and one people, one and a third man", [101, 1]),
        ("1/4 mile and 3/8 of it, on 9/11, 24/7", [0.25, 0.375, 9, 24]),
        ("4½ years, ⅚ of it", [4.5, 5 / 6]),
        ("a hundredth of a second, his hundredth goal", [0.01]),
        ("three lakh crore, 1 crore 25 lakh, 3 hundred and 21", [3e12, 12_500_000, 321]),
        ("5 million and 200 people", [5_000_000, 200]),
        ("3 dozens, 5 bn, 5 bln", [36, 5e9, 5e9]),
        ("two and three", [2, 3]),
        ("RM79 a month", [79]),
        ("他说 3", [3]),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in find_numbers(text)] == pytest.approx(values)


@given(st.text(alphabet="0123456789 ,.-abcdefghimnortuvyz$€%½'\n他", max_size=80))
def test_numbers_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert math.isfinite(number.value)
        end = number.end


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "bound", "unit"),
    [
        ("more than 250,000 men", "more than 250,000", 250_000, 250_000, "more_than", None),
        ("between 20 and 35 per cent", "between 20 and 35 per cent", 20, 35, "range", None),
        ("eight or nine years", "eight or nine years", 8, 9, "range", "year"),
        ("nine to 14 days", "nine to 14 days", 9, 14, "range", "day"),
        ("$600m-$700m", "$600m-$700m", 6e8, 7e8, "range", "USD"),
        ("2 to 3 million tonnes", "2 to 3 million tonnes", 2e6, 3e6, "range", "t"),
        ("Nearly 1.2 million homes", "Nearly 1.2 million", 1.2e6, 1.2e6, "approx", None),
        ("no more than €1.4bn", "no more than €1.4bn", 1.4e9, 1.4e9, "at_most", "EUR"),
        ("20 or more boats", "20 or more", 20, 20, "at_least", None),
        ("fewer than half", "fewer than half", 50, 50, "less_than", None),
        ("roughly a third", "roughly a third", 33.33, 33.33, "approx", None),
        ("over 180 km/h", "over 180 km/h", 180, 180, "more_than", "km/h"),
        ("some 60 nautical miles", "some 60 nautical miles", 60, 60, "approx", "nmi"),
        ("waves 5m high", "5m", 5, 5, "exact", "m"),
        ("1.9 degrees Celsius", "1.9 degrees Celsius", 1.9, 1.9, "exact", "Cel"),
        ("hundreds of poles", "hundreds", 200, 200, "vague", None),
        ("a quarter of a point", "a quarter of a point", 0.25, 0.25, "exact", None),
        ("Another 51 were safe", "Another 51", 51, 51, "exact", None),
    ],
)
def test_mentions(
    text: str, span: str, low: float, high: float, bound: str, unit: str | None
) -> None:
    (mention,) = find_mentions(text)
    assert text[mention.start : mention.end] == span
    assert (mention.low, mention.high) == pytest.approx((low, high))
    assert (mention.bound, mention.unit) == (bound, unit)


def test_what_has_its_own_bound_or_unit_is_no_end_of_a_range() -> None:
    text = "increase by more than 250,000 to around 745,000; rose 4% to €5.2bn"
    assert [mention.is_range for mention in find_mentions(text)] == [False] * 4


def test_skipped_spans_end_no_range() -> None:
    text = "in 2018 to 3.9 million"
    assert [m.low for m in find_mentions(text, [(3, 7)])] == [3_900_000]


def test_a_conversion_has_the_bound_of_what_it_converts() -> None:
    _, miles = find_mentions("more than 100 kilometres (60 miles)")
    assert miles.bound == "more_than"


@pytest.mark.parametrize(
    ("text", "span", "unit"),
    [
        ("A 7.1-magnitude earthquake struck.", "7.1-magnitude", None),
        ("It had a magnitude of 6.", "magnitude of 6", None),
        ("It rose by 15 pence.", "15 pence", "pence"),
        ("It cost tens of millions of euros.", "tens of millions of euros", "euro"),
    ],
)
def test_magnitudes_and_money_in_words(text: str, span: str, unit: str | None) -> None:
    (mention,) = find_mentions(text)
    assert (text[mention.start : mention.end], mention.unit) == (span, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("c $ 16.4 million", 16_400_000, "CAD"),
        ("us $ 150 million", 150_000_000, "USD"),
        ("HK$5", 5, "HKD"),
        ("100 Mexican pesos", 100, "MXN"),
        ("five million Egyptian pounds", 5_000_000, "EGP"),
        ("100 ₾", 100, "GEL"),
        ("13 dollars and 45 cents", 13.45, "dollar"),
        ("5 feet 2 inches", 5 + 2 / 12, "ft"),
        ("98.6 degrees F", 98.6, "degF"),
        ("100 MB", 100, "MB"),
    ],
)
def test_units_of_money_and_measures(text: str, value: float, unit: str) -> None:
    (mention,) = find_mentions(text)
    assert mention.low == pytest.approx(value)
    assert (mention.unit, mention.end) == (unit, len(text))


def test_sums_that_only_stand_side_by_side_are_two() -> None:
    assert len(find_mentions("3 million dollars and 45 cents a share")) == 2
    assert len(find_mentions("12.50 dollars and 45 cents")) == 2
