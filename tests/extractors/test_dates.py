from datetime import UTC, datetime, timedelta

import pytest

from extractors.dates import (
    MAX_AHEAD,
    dates_in,
    first_believable,
    is_stated_in_utc,
    parse_date,
    stated_day,
)

pytestmark = pytest.mark.area("Fates and health")


@pytest.mark.rule(
    "Dates are read in the forms that feeds and pages use",
    source="trafilatura 72, htmldate 28, miniflux 290: wrong, future and missing dates",
)
@pytest.mark.parametrize(
    ("raw", "iso", "precision", "has_zone"),
    [
        ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21", "second", True),
        ("Thu, 01 Jan 2004 19:48:21 EDT", "2004-01-01T23:48:21", "second", True),
        ("Mon, 6 Sep 21 12:00 +0200", "2021-09-06T10:00:00", "minute", True),
        ("06.09.2021 12:00", "2021-09-06T12:00:00", "minute", False),
        ("2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55", "second", True),
        ("2003-12-31T10:14:55.123Z", "2003-12-31T10:14:55", "second", True),
        ("20031231T101455Z", "2003-12-31T10:14:55", "second", True),
        ("2003-12-31", "2003-12-31T00:00:00", "day", False),
        ("2003-12", "2003-12-01T00:00:00", "month", False),
        ("2003", "2003-01-01T00:00:00", "year", False),
        ("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21", "second", False),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T17:20:36", "second", True),
        ("Sept. 5, 2021 at 3:05 p.m. ET", "2021-09-05T20:05:00", "minute", True),
        ("5. März 2021, 13:05 Uhr", "2021-03-05T13:05:00", "minute", False),
        ("12 de marzo de 2020", "2020-03-12T00:00:00", "day", False),
        ("31/12/2020", "2020-12-31T00:00:00", "day", False),
        ("Sat, 30 Jun 2012 23:59:60 GMT", "2012-06-30T23:59:59", "second", True),
        ("Fri, 30 Jan 2004 24:00:00 GMT", "2004-01-31T00:00:00", "second", True),
    ],
)
def test_forms(raw: str, iso: str, precision: str, has_zone: bool) -> None:
    found = parse_date(raw, "test")
    assert found is not None
    assert found.value == datetime.fromisoformat(iso).replace(tzinfo=UTC)
    assert (found.precision, found.has_zone, found.raw) == (precision, has_zone, raw)


@pytest.mark.rule(
    "What is no date, or an ambiguous one, is none",
    source="trafilatura 72, htmldate 28, miniflux 290: wrong, future and missing dates",
)
@pytest.mark.parametrize(
    "raw",
    [None, "", "yesterday", "03/04/2021", "31 Feb 2020", "0001-01-01", "2020-13-01", "1" * 900],
)
def test_what_is_no_date_or_ambiguous(raw: str | None) -> None:
    assert parse_date(raw, "test") is None


@pytest.mark.rule(
    "A date after the fetch is not believed",
    source="trafilatura 72, htmldate 28, miniflux 290: wrong, future and missing dates",
)
def test_a_date_after_the_fetch_is_not_believed() -> None:
    fetched = datetime(2024, 5, 1, 12, tzinfo=UTC)
    future, past = parse_date("2099-01-01", "meta"), parse_date("2024-04-30T08:00:00Z", "time")
    assert first_believable([None, future, past], ceiling=fetched) == past
    assert first_believable([future], ceiling=fetched) is None


@pytest.mark.rule(
    "A clock that runs ahead by hours is brought back",
    source="trafilatura 72, htmldate 28, miniflux 290: wrong, future and missing dates",
)
def test_a_clock_that_runs_ahead_is_brought_back() -> None:
    fetched = datetime(2024, 5, 1, 12, tzinfo=UTC)
    ahead = parse_date((fetched + MAX_AHEAD - timedelta(hours=1)).isoformat(), "meta")
    found = first_believable([ahead], ceiling=fetched)
    assert found is not None
    assert found.value == fetched


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("By Ann | 31. Oktober 2023 | Halle", ["2023-10-31"]),
        ("Do 25.04.24 | 14:07 Uhr and 24.04.2024", ["2024-04-25", "2024-04-24"]),
        ("Updated May 3rd, 2022 at 5:22 pm, first 2022-05-02", ["2022-05-03", "2022-05-02"]),
        ("le 7 septembre 2018, le 8 de mayo de 2019", ["2018-09-07", "2019-05-08"]),
        ("01. 02. 2022", ["2022-02-01"]),
        ("03/04/2021 can be two days, version 1.10.2021.4 is none", []),
        ("May 2022, 1999, 12:30, 10.12 and 31.02.2020", []),
    ],
)
def test_days_written_in_a_text_are_found(text: str, days: list[str]) -> None:
    found = list(dates_in(text, "dateline"))
    assert [one.value.date().isoformat() for _, one in found] == days
    assert all(text[start].isalnum() for start, _ in found)


def test_a_time_right_after_a_day_is_its_time() -> None:
    [(start, found)] = dates_in("rbb Do 25.04.24 | 14:07 Uhr", "dateline")
    assert (start, found.precision) == (7, "minute")
    assert found.value == datetime(2024, 4, 25, 14, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "day", "in_utc"),
    [
        ("2020-02-25T02:25:54Z", "2020-02-25", True),
        ("2020-02-24T21:25:54-05:00", "2020-02-24", False),
        ("Sat, 19 Oct 2019 00:04:00 +0200", "2019-10-19", False),
        ("2020-02-24 21:25", "2020-02-24", False),
        ("2020-02-24", "2020-02-24", False),
    ],
)
def test_a_date_names_a_day_in_its_own_zone(raw: str, day: str, in_utc: bool) -> None:
    found = parse_date(raw, "meta")
    assert found is not None
    assert stated_day(found).isoformat() == day
    assert is_stated_in_utc(found) is in_utc
