"""Readings of periods: quarters, fiscal years, stretches that end at a date or run from today."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from extractors.records import Precision
from extractors.times import lexicon as words
from extractors.times.calendar import (
    Interval,
    add_units,
    day_interval,
    midnight,
    month_interval,
    quarter_interval,
    unit_interval,
)
from extractors.times.readings import Now, nearest_year, step_of, year_of

_PRECISIONS: dict[str, Precision] = {
    "week": "week", "month": "month", "half": "month", "quarter": "quarter", "year": "year",
}  # fmt: skip
_MOST_MONTHS = 24
_DAY_HOURS = 24


def read_quarter(match: re.Match[str], now: Now) -> Interval:
    """Read "the third quarter", "Q3 2024"."""
    said = words.key(match["quarter"] or match["q"])
    quarter = words.ORDINALS.get(said) or int(re.sub(r"\D", "", said))
    year = year_of(match, now)
    if year is None:
        running = (now.day.month - 1) // 3 + 1
        year = now.day.year - (quarter > running and not now.forward)
    return quarter_interval(year, quarter)


def read_part_of_year(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the first three months of the year", "the second half of 2024"."""
    year = year_of(match, now) or now.day.year
    months = 6 if match["half"] else words.number(match["n"])
    if months > 12:
        return None
    first = 13 - months if words.key(match["edge"]) in ("last", "final", "second") else 1
    if months == 3:
        return quarter_interval(year, first // 3 + 1)
    return replace(month_interval(year, first, months), precision="quarter")


def read_span(match: re.Match[str], now: Now) -> Interval:
    """Read "the past two weeks", "the next 15 years"."""
    unit = words.unit(match["unit"])
    count = words.number(match["n"]) if match["n"] else 1
    today = midnight(now.day)
    if unit == "minute" or (unit == "hour" and count < _DAY_HOURS):
        other = now.at + (step_of(match) or 0) * timedelta(**{f"{unit}s": count})
        return Interval(min(now.at, other), max(now.at, other), "hour")
    precision: Precision = "month" if unit == "month" else "year" if unit == "year" else "day"
    if (step_of(match) or 0) > 0:
        return Interval(today, add_units(today, unit, count), precision)
    start = add_units(now.at, unit, -count)
    return Interval(midnight(start.date()), now.end, precision)


def read_period(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the quarter ended March 31", "the six months to June", "the year to 30 September"."""
    until = read_period_end(match, now)
    said = "month" if match["half"] else words.unit(match["unit"])
    count = 6 if match["half"] else words.number(match["n"]) if match["n"] else 1
    if until is None or said not in ("week", "month", "quarter", "year") or count > _MOST_MONTHS:
        return None
    start = add_units(until.end, said, -count)
    precision = _PRECISIONS["half" if match["half"] else said]
    return Interval(start, until.end, precision, until.timex)


def read_period_end(match: re.Match[str], now: Now) -> Interval | None:
    """Return the day or the month at the end of what `read_period` reads."""
    month = words.MONTHS[words.key(match["month"])]
    said = match["day"] or match["dayfirst"]
    day = int(re.sub(r"\D", "", said)) if said else 0
    is_over = match["ended"].lower() == "ended" or now.forward is False
    year = year_of(match, now) or nearest_year(month, day, now, -1 if is_over else None)
    try:
        return day_interval(date(year, month, day)) if day else month_interval(year, month)
    except ValueError:
        return None


def read_close(match: re.Match[str], now: Now) -> Interval:
    """Read "year-end", "the month's end": the unit that ends then, the last one when in the past.

    Early in a year "at year-end" looks back to the year before.
    """
    unit = words.unit(match["unit"])
    is_early = unit == "year" and now.day.month < 7
    return unit_interval(now.day, unit, -1 if is_early and not now.forward else 0)
