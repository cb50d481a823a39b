"""Expressions of time, resolved against a day of publication; all of 15 March 2024, a Friday."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse import Parser
from extractors.records import TimeRef
from extractors.times import TimeReader, scan
from extractors.times.calendar import easter_sunday
from extractors.times.timex import find_dates

AT = datetime(2024, 3, 15, 18, 20, tzinfo=UTC)

Times = Callable[..., list[TimeRef]]


@pytest.fixture
def times(parser: Parser) -> Times:
    """Find the times of a text that is all content."""

    def find(text: str, **known: object) -> list[TimeRef]:
        (doc,) = parser.pipe([text])
        arguments = {"content": [(0, len(text))], **known}
        found = TimeReader(doc, AT).read(**arguments)  # type: ignore[arg-type]
        assert all(text[one.start : one.end] == one.text for one in found)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "span", "first", "last", "precision"),
    [
        ("He spoke on Friday.", "on Friday", "2024-03-15", "2024-03-16", "day"),
        ("He spoke on Monday.", "on Monday", "2024-03-11", "2024-03-12", "day"),
        ("He will speak on Monday.", "on Monday", "2024-03-18", "2024-03-19", "day"),
        ("He left last Friday.", "last Friday", "2024-03-08", "2024-03-09", "day"),
        ("They meet next Tuesday.", "next Tuesday", "2024-03-19", "2024-03-20", "day"),
        (
            "It hit on Thursday evening.",
            "on Thursday evening",
            "2024-03-14T18:00",
            "2024-03-15T00:00",
            "hour",
        ),
        (
            "It hit on Monday night.",
            "on Monday night",
            "2024-03-11T18:00",
            "2024-03-12T06:00",
            "hour",
        ),
        ("It was hit overnight.", "overnight", "2024-03-14T18:00", "2024-03-15T06:00", "hour"),
        (
            "It stopped around midday.",
            "around midday",
            "2024-03-15T12:00",
            "2024-03-15T13:00",
            "hour",
        ),
        ("It began at 4.30am.", "at 4.30am", "2024-03-15T04:30", "2024-03-15T04:31", "minute"),
        (
            "It began shortly after 2am on 14 March last year.",
            "shortly after 2am on 14 March last year",
            "2023-03-14T02:00",
            "2023-03-14T03:00",
            "hour",
        ),
        (
            "They met late on Tuesday.",
            "late on Tuesday",
            "2024-03-12T18:00",
            "2024-03-13T00:00",
            "hour",
        ),
        ("It was sold last week.", "last week", "2024-03-04", "2024-03-11", "week"),
        ("It was sold earlier this week.", "earlier this week", "2024-03-11", "2024-03-15", "week"),
        ("It was sold at the weekend.", "at the weekend", "2024-03-09", "2024-03-11", "day"),
        ("They met in October.", "in October", "2023-10-01", "2023-11-01", "month"),
        ("They met in early March.", "in early March", "2024-03-01", "2024-04-01", "month"),
        ("The law takes effect on 1 July.", "on 1 July", "2024-07-01", "2024-07-02", "day"),
        ("Prices rose last year.", "last year", "2023-01-01", "2024-01-01", "year"),
        ("They will march this summer.", "this summer", "2024-06-01", "2024-09-01", "month"),
        (
            "It fell in the first three months of the year.",
            "in the first three months of the year",
            "2024-01-01",
            "2024-04-01",
            "quarter",
        ),
        (
            "It fell in the fourth quarter.",
            "in the fourth quarter",
            "2023-10-01",
            "2024-01-01",
            "quarter",
        ),
        ("It was closed in the 1980s.", "in the 1980s", "1980-01-01", "1990-01-01", "year"),
        ("It has risen since 1990.", "since 1990", "1990-01-01", "2024-03-16", "year"),
        (
            "Many have died since the start of the year.",
            "since the start of the year",
            "2024-01-01",
            "2024-03-16",
            "day",
        ),
        ("Many have died so far this year.", "so far this year", "2024-01-01", "2024-03-16", "day"),
        ("Many fled in the past week.", "in the past week", "2024-03-08", "2024-03-16", "day"),
        (
            "It was shelled over the previous 24 hours.",
            "over the previous 24 hours",
            "2024-03-14",
            "2024-03-16",
            "day",
        ),
        (
            "It will shrink in the next 15 years.",
            "in the next 15 years",
            "2024-03-15",
            "2039-03-15",
            "year",
        ),
        ("It will be gone by 2050.", "by 2050", "2024-03-15", "2051-01-01", "year"),
        ("It could come before 2040.", "before 2040", "2024-03-15", "2040-01-01", "year"),
        (
            "It will be paid until the end of next year.",
            "until the end of next year",
            "2024-03-15",
            "2026-01-01",
            "year",
        ),
        (
            "It could dip before the end of the year.",
            "before the end of the year",
            "2024-03-15",
            "2025-01-01",
            "year",
        ),
        (
            "If a storm comes before Easter, we lose.",
            "before Easter",
            "2024-03-15",
            "2024-03-31",
            "day",
        ),
        ("They will be home by Christmas.", "by Christmas", "2024-03-15", "2024-12-26", "day"),
        (
            "It will grow in the coming year.",
            "in the coming year",
            "2025-01-01",
            "2026-01-01",
            "year",
        ),
        (
            "41,700 landed between January and July.",
            "between January and July",
            "2023-01-01",
            "2023-08-01",
            "month",
        ),
        ("It closed two years ago.", "two years ago", "2022-01-01", "2023-01-01", "year"),
    ],
)
def test_intervals(
    times: Times, text: str, span: str, first: str, last: str, precision: str
) -> None:
    (found,) = times(text)
    assert (found.text, found.from_, found.to, found.precision) == (span, first, last, precision)
    assert found.role == "event"


@pytest.mark.parametrize(
    "text",
    [
        "They meet every Monday.",
        "For the last 14 hours they had no engine.",
        "It was worse than a year ago.",
        "Prices rose from the month before.",
        "He recently said that soon all will be well.",
        "The committee may march, said May.",
        "Jun Almario leads the team.",
        "The sun will fall into the sea.",
        "It is now open.",
        "in the next 99999 years and on 31 April",
    ],
)
def test_what_dates_nothing(times: Times, text: str) -> None:
    assert times(text) == []


def test_now_dates_a_figure_only(times: Times) -> None:
    text = "Ukraine had now lost 383,000 soldiers"
    assert times(text) == []
    (now,) = times(text, figures=[(21, 37)])
    assert (now.role, now.from_, now.to) == ("as_of", "2024-03-15", "2024-03-16")


def test_what_hangs_on_the_cue_dates_the_utterance(times: Times) -> None:
    text = "The goal has been shattered, Putin said on Tuesday in Moscow."
    start = text.index("said")
    (tuesday,) = times(text, content=[(0, 27)], clause=(29, len(text)), cue=(start, start + 4))
    assert (tuesday.role, tuesday.from_) == ("utterance", "2024-03-12")


def test_a_forecast_without_a_verb_looks_ahead(times: Times) -> None:
    text = "The bank forecast a further cut in October"
    start = text.index("a further")
    (october,) = times(text, content=[(start, len(text))], cue_class="estimate")
    assert october.from_ == "2024-10-01"


def test_an_event_has_the_day_that_the_article_gives_it(times: Times) -> None:
    text = (
        "Putin spoke on Tuesday in Moscow. Immediately before Putin's appearance a drone was shot"
        " down."
    )
    start = text.index("Immediately")
    (before,) = times(text, content=[(start, len(text) - 1)])
    assert before.text == "Immediately before Putin's appearance"
    assert (before.from_, before.to) == ("2024-03-12", "2024-03-13")


def test_a_figure_of_an_hour_is_dated_by_it(times: Times) -> None:
    text = "27 people had been detained by 9pm"
    (found,) = times(text, figures=[(0, 9)])
    assert (found.role, found.from_) == ("as_of", "2024-03-15T21:00")


def test_nothing_without_a_day_of_publication(parser: Parser) -> None:
    (doc,) = parser.pipe(["He spoke on Friday."])
    assert TimeReader(doc, None).read(content=[(0, 19)]) == []


def test_a_part_has_its_own_day_of_publication(parser: Parser) -> None:
    text = "He spoke today.\n\nShe spoke today.\n\nThey spoke today."
    starts = [text.index(who) for who in ("He", "She", "They")]
    earlier = datetime(2024, 3, 13, 9, 5, tzinfo=UTC)
    parts = [(starts[1], starts[2], earlier)]
    (doc,) = parser.pipe([text])
    whole = [(0, len(text))]
    found = TimeReader(doc, AT, parts=parts).read(content=whole)
    assert [one.from_ for one in found] == ["2024-03-15", "2024-03-13", "2024-03-15"]
    (only,) = TimeReader(doc, None, parts=parts).read(content=whole)
    assert only.from_ == "2024-03-13"


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == datetime(year, month, day).date()


VOCABULARY = (
    "in on by since until before the last next past first 3 12 31 2023 May March Monday morning"
    " night year month quarter weeks days ago end of early late noon 5pm 17:30 Easter , . to and"
    " between summer 1990s today tonight tomorrow rest week of the 13th 29 - H1 Q3 last Friday"
)
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_resolve_to_intervals_that_run_forward(text: str) -> None:
    end = 0
    for expression in scan(text):
        assert end <= expression.core < expression.end <= len(text)
        end = expression.end
        for forward in (None, False, True):
            interval = expression.resolve(AT.replace(tzinfo=None), forward=forward)
            assert interval is None or interval.start < interval.end


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It met last week.", "last week", "2024-W10"),
        ("It rose in the third quarter of 2023.", "the third quarter of 2023", "2023-Q3"),
        ("He recently left.", "recently", "PAST_REF"),
        ("It is due by March 2030.", "March 2030", "2030-03"),
        ("the 1990s", "the 1990s", "199"),
        ("It fell in 1998.", "1998", "1998"),
    ],
)
def test_timex_values(parser: Parser, text: str, span: str, value: str) -> None:
    (doc,) = parser.pipe([text])
    (date,) = find_dates(doc, AT.replace(tzinfo=None))
    assert date.value == value
    assert span.endswith(text[date.start : date.end])


def test_a_year_earlier_is_the_quarter_of_the_year_before(parser: Parser) -> None:
    (doc,) = parser.pipe(["Profit rose in the third quarter from $4 million a year earlier."])
    assert [date.value for date in find_dates(doc, datetime(1989, 10, 26))] == [
        "1989-Q3",
        "1988-Q3",
    ]
