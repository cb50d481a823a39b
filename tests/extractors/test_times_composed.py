"""Dates put together: ranges, nth weekdays, half years, days with hours; of 15 March 2024."""

from datetime import datetime

import pytest

from extractors.times import scan

AT = datetime(2024, 3, 15, 18, 20)


def read(text: str, forward: bool | None = None) -> list[tuple[str, str]]:
    found = [one.resolve(AT, forward=forward) for one in scan(text)]
    return [interval.iso() for interval in found if interval]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from 4 to 22 January 1995", "1995-01-04", "1995-01-23"),
        ("between 4 and 22 January", "2024-01-04", "2024-01-23"),
        ("on November 19-20", "2023-11-19", "2023-11-21"),
        ("November 19 to 20, 2015", "2015-11-19", "2015-11-21"),
        ("4 to 23 of this month", "2024-03-04", "2024-03-24"),
        ("Oct. 2 to October 22, 2022", "2022-10-02", "2022-10-23"),
        ("Jan-Feb 2017", "2017-01-01", "2017-03-01"),
        ("Nov-Feb 2017", "2016-11-01", "2017-03-01"),
        ("from May to October 2020", "2020-05-01", "2020-11-01"),
        ("on Friday the 1st", "2024-03-01", "2024-03-02"),
        ("on the 11th.", "2024-03-11", "2024-03-12"),
        ("on the twenty-first of June 2023", "2023-06-21", "2023-06-22"),
        ("the 20th of next month", "2024-04-20", "2024-04-21"),
        ("the first Friday of next month", "2024-04-05", "2024-04-06"),
        ("the last Monday in May 2023", "2023-05-29", "2023-05-30"),
        ("next week on Friday", "2024-03-22", "2024-03-23"),
        ("the first week of October 2016", "2016-10-03", "2016-10-10"),
        ("the last week of 2015", "2015-12-28", "2016-01-04"),
        ("the week of April 10, 2023", "2023-04-10", "2023-04-17"),
        ("the week beginning 4 February", "2024-01-29", "2024-02-05"),
        ("in week 10", "2024-03-04", "2024-03-11"),
        ("2016 Q3", "2016-07-01", "2016-10-01"),
        ("H1 2016", "2016-01-01", "2016-07-01"),
        ("2016-H2", "2016-07-01", "2017-01-01"),
        ("the year to date", "2024-01-01", "2024-03-16"),
        ("by the end of year", "2024-03-15", "2025-01-01"),
        ("the rest of the month", "2024-03-15", "2024-04-01"),
        ("past 3 weeks", "2024-02-23", "2024-03-16"),
        ("two days from tomorrow", "2024-03-18", "2024-03-19"),
        ("two days before yesterday", "2024-03-12", "2024-03-13"),
        ("21/04/2016", "2016-04-21", "2016-04-22"),
        ("on Feb 29", "2024-02-29", "2024-03-01"),
        ("Thanksgiving 2010", "2010-11-25", "2010-11-26"),
        ("Black Friday 2010", "2010-11-26", "2010-11-27"),
        ("Labor Day 2023", "2023-09-04", "2023-09-05"),
        ("November , 2016", "2016-11-01", "2016-12-01"),
        ("at 10pm tonight", "2024-03-15T22:00", "2024-03-15T22:01"),
        ("at 2am last night", "2024-03-15T02:00", "2024-03-15T02:01"),
        ("this morning at 7:00", "2024-03-15T07:00", "2024-03-15T07:01"),
        ("on Monday evening at 8:00", "2024-03-11T20:00", "2024-03-11T20:01"),
        ("Thursday morning at about 8:30am", "2024-03-14T08:30", "2024-03-14T08:31"),
        ("yesterday from 3-8pm", "2024-03-14T15:00", "2024-03-14T20:00"),
        ("10-2pm", "2024-03-15T10:00", "2024-03-15T14:00"),
        ("on Tuesday from 2:00 to 2:30 pm", "2024-03-12T14:00", "2024-03-12T14:30"),
        ("3pm to 4pm yesterday", "2024-03-14T15:00", "2024-03-14T16:01"),
        ("the last 3 hours", "2024-03-15T15:20", "2024-03-15T18:20"),
    ],
)
def test_composed_dates(text: str, first: str, last: str) -> None:
    assert read(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("in three weeks", "2024-04-01"),
        ("in two days", "2024-03-17"),
        ("in 5 hours", "2024-03-15T23:00"),
        ("on Friday the 21st", "2024-06-21"),
        ("on Feb 29", "2028-02-29"),
    ],
)
def test_what_is_to_come(text: str, first: str) -> None:
    assert [start for start, _ in read(text, forward=True)] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "the third attack in two weeks",
        "3/7/2017 or 4.22",
        "$DEC is a token",
        "May-be",
        "in week 10 of the war",
        "won by the 21st century",
        "the rest of last week",
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert read(text, forward=False) == []
