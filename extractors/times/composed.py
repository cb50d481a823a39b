"""Readings of dates that are put together: the 21st, 4-22 January, the first week of May, 3-8pm.

Where a date of no month or year is named, the nearest one counts that fits the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from extractors.times import lexicon as words
from extractors.times.calendar import (
    Interval,
    add_months,
    day_interval,
    midnight,
    month_interval,
    nth_weekday,
    unit_interval,
    week_interval,
)
from extractors.times.readings import Now, nearest_year, step_of, year_of

_MONTHS_AROUND = 12
_THURSDAY = 3
_HALF_A_DAY = timedelta(hours=12)
_LAST = ("last", "final")
_BASES = {"yesterday": -1, "tomorrow": 1}


def read_ahead(match: re.Match[str], now: Now) -> Interval | None:
    """Read "in two weeks" of what is to come; of what is over, it says how long it took."""
    unit, count = words.unit(match["unit"]), words.number(match["n"])
    if not now.forward:
        return None
    if unit in ("hour", "minute"):
        moment = now.at + timedelta(**{f"{unit}s": count})
        start = moment.replace(minute=0, second=0, microsecond=0)
        return Interval(start, start + timedelta(hours=1), "hour")
    return unit_interval(now.day, unit, count)


def read_from_day(match: re.Match[str], now: Now) -> Interval | None:
    """Read "two weeks from now", "three days after tomorrow", "two days before yesterday"."""
    unit, count = words.unit(match["unit"]), words.number(match["n"])
    base = now.day + timedelta(days=_BASES.get(match["base"].lower(), 0))
    count = -count if match["side"].lower() == "before" else count
    if unit in ("hour", "minute"):
        return read_ahead(match, replace(now, forward=True)) if count > 0 else None
    return unit_interval(base, unit, count)


def _months(now: Now) -> Iterator[tuple[int, int]]:
    """Yield year and month from the running month on, in the direction of the clause."""
    for shift in range(_MONTHS_AROUND):
        month = add_months(
            datetime(now.day.year, now.day.month, 1), shift if now.forward else -shift
        )
        yield month.year, month.month


def read_day_of_month(match: re.Match[str], now: Now) -> Interval | None:
    """Read "on the 21st", "Friday the 13th", "the 20th of next month"."""
    groups = match.groupdict()
    day = words.ordinal(match["nth"])
    step, weekday = step_of(match), words.WEEKDAYS.get(words.key(groups.get("weekday") or ""))
    if step is not None:
        start = add_months(datetime(now.day.year, now.day.month, 1), step)
        return _day(start.year, start.month, day)
    for year, month in _months(now):
        found = _day(year, month, day)
        if found is None or (weekday is not None and found.start.weekday() != weekday):
            continue
        is_ahead = found.start.date() >= now.day
        if is_ahead if now.forward else found.start.date() <= now.day:
            return found
    return None


def _day(year: int, month: int, day: int) -> Interval | None:
    try:
        return day_interval(date(year, month, day))
    except ValueError:
        return None


def _month(match: re.Match[str], now: Now) -> datetime:
    """Return the month that is named, or "next month"; with its first day."""
    if not match["month"]:
        return add_months(datetime(now.day.year, now.day.month, 1), step_of(match) or 0)
    month = words.MONTHS[words.key(match["month"])]
    return datetime(year_of(match, now) or nearest_year(month, 0, now, None), month, 1)


def read_nth_weekday(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the first Friday of next month", "the last Monday in May 2023"."""
    start, said = _month(match, now), words.key(match["nth"])
    nth = -1 if said in _LAST else words.ordinal(said)
    weekday = words.WEEKDAYS[words.key(match["weekday"])]
    try:
        return day_interval(nth_weekday(start.year, start.month, weekday, nth))
    except ValueError:
        return None


def read_nth_week(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the first week of October", "the third week of 2027": the week of that Thursday."""
    said = words.key(match["nth"])
    nth = -1 if said in _LAST else words.ordinal(said)
    if match["only"]:
        year, month = int(match["only"]), 12 if nth < 0 else 1
    else:
        start = _month(match, now)
        year, month = start.year, start.month
    first = nth_weekday(year, month, _THURSDAY, min(nth, 1))
    return week_interval(first + timedelta(days=7 * max(nth - 1, 0)))


def read_week_of(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the week of April 10", "the week beginning 4 February": the week with that day."""
    start = _month(match, now)
    day = int(match["day"] or match["dayfirst"] or 0)
    year = year_of(match, now) or nearest_year(start.month, day, now, None)
    found = _day(year, start.month, day)
    return found and week_interval(found.start.date())


def read_days(match: re.Match[str], now: Now) -> Interval | None:
    """Read "4-22 January 1995", "November 19 to 20", "4 to 23 next month"."""
    start, first, last = _month(match, now), int(match["day"]), int(match["until"])
    if match["month"] and year_of(match, now) is None:
        start = start.replace(year=nearest_year(start.month, first, now, None))
    begin, end = (_day(start.year, start.month, day) for day in (first, last))
    return begin.stretched(end=end.end) if begin and end and first < last else None


def read_half_year(match: re.Match[str], now: Now) -> Interval:
    """Read "H1 2016", "2016 H2"."""
    months = month_interval(int(match["year"]), 6 * int(match["half"]) - 5, 6)
    return replace(months, precision="quarter", timex=f"{match['year']}-H{match['half']}")


def read_year_to_date(match: re.Match[str], now: Now) -> Interval:
    """Read "the year to date"."""
    return Interval(datetime(now.day.year, 1, 1), now.end, "day", str(now.day.year))


def read_hours(match: re.Match[str], now: Now) -> Interval | None:
    """Read "3-8pm", "between 9.30 and 11 a.m.", "10-2pm"."""
    start, end = (
        midnight(now.day) + timedelta(hours=int(match[h]) % 12, minutes=int(match[m] or 0))
        for h, m in (("h1", "m1"), ("h2", "m2"))
    )
    if match["ap"].lower() == "p":
        end += _HALF_A_DAY
        start += _HALF_A_DAY if start + _HALF_A_DAY < end else timedelta()
    return Interval(start, end, "hour", now.day.isoformat()) if start < end else None


def read_week_number(match: re.Match[str], now: Now) -> Interval | None:
    """Read "week 32", "week 5 of 2023": a week of the calendar (ISO 8601)."""
    try:
        day = date.fromisocalendar(year_of(match, now) or now.day.year, int(match["n"]), 1)
    except ValueError:
        return None
    return week_interval(day)
