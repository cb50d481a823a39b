"""What expressions of time mean: a match and a reference in, an interval out.

A reading returns None where the words have no calendar value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from extractors.times import lexicon as words
from extractors.times.calendar import (
    Interval,
    add_units,
    day_interval,
    decade_interval,
    easter_sunday,
    hours_interval,
    midnight,
    month_interval,
    nth_weekday,
    season_interval,
    unit_interval,
    weekend_interval,
    year_interval,
)


@dataclass(frozen=True, slots=True)
class Now:
    """The reference of relative times, and whether the clause looks forward (None: unknown)."""

    at: datetime
    forward: bool | None = None

    @property
    def day(self) -> date:
        """The day of publication."""
        return self.at.date()

    @property
    def end(self) -> datetime:
        """The end of the day of publication."""
        return midnight(self.day) + timedelta(days=1)


# Months ahead of the day of publication where a date without a year still lies ahead.
_FAR, _NEAR = 6, 2
_STEP = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0}
_STEP |= {"next": 1, "coming": 1, "upcoming": 1, "following": 1}


def step_of(match: re.Match[str], group: str = "rel") -> int | None:
    """Return -1, 0 or 1 for last, this, next; None where nothing was said."""
    said = match.groupdict().get(group)
    return None if not said else _STEP[words.key(said).split()[-1]]


def year_of(match: re.Match[str], now: Now) -> int | None:
    """Return the year that was named, or "last year"; None where none was."""
    if match["year"]:
        return int(match["year"])
    step = step_of(match, "ryear")
    return None if step is None else now.day.year + step


def nearest_year(month: int, day: int, now: Now, step: int | None) -> int:
    """Return the year of the nearest such date in the direction of the clause."""
    here, there = (now.day.month, now.day.day if day else 0), (month, day)
    if step == 0:
        return now.day.year
    if step == -1:
        return now.day.year - (there >= here)
    if step == 1 or now.forward:
        return now.day.year + (there < here)
    # Days are dated by the year when they are far off, so "on 9 October" in September is ahead.
    ahead = (month - now.day.month) % 12
    is_open = now.forward is None
    limit = (_FAR if is_open else _NEAR) if day else (_NEAR if is_open else 0)
    is_past = there <= here or ahead > limit
    return now.day.year - (there > here and is_past) + (there < here and 0 < ahead <= limit)


def read_date(match: re.Match[str], now: Now) -> Interval | None:
    """Read "14 March 2023", "March 14", "14 March last year"."""
    month = words.MONTHS[words.key(match["month"])]
    day = words.ordinal(match["day"])
    year = year_of(match, now) or nearest_year(month, day, now, None)
    if (month, day) == (2, 29) and not year_of(match, now):
        year += -year % 4 if now.forward else -(year % 4)
    try:
        return day_interval(date(year, month, day))
    except ValueError:
        return None


def read_iso(match: re.Match[str], now: Now) -> Interval | None:
    """Read "2023-03-14"."""
    try:
        return day_interval(date.fromisoformat(match[0]))
    except ValueError:
        return None


def read_numeric(match: re.Match[str], now: Now) -> Interval | None:
    """Read "21/04/2023" and "4/21/2023", where only one of the two can be the month."""
    first, second = int(match["first"]), int(match["second"])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    try:
        return day_interval(date(int(match["year"]), month, day))
    except ValueError:
        return None


def read_month(match: re.Match[str], now: Now) -> Interval:
    """Read "March", "last March", "in early March 2024"."""
    month = words.MONTHS[words.key(match["month"])]
    year = year_of(match, now)
    if year is None:
        year = nearest_year(month, 0, now, step_of(match))
    return month_interval(year, month)


def read_weekday(match: re.Match[str], now: Now) -> Interval:
    """Read "Tuesday", "next Tuesday", "Tuesday of last week"."""
    weekday = words.WEEKDAYS[words.key(match["weekday"])]
    ahead = (weekday - now.day.weekday()) % 7
    monday = now.day - timedelta(days=now.day.weekday())
    if match["week"]:
        step = 7 * (step_of(match, "week") or 0)
        return day_interval(monday + timedelta(days=weekday + step))
    return day_interval(_weekday_date(match["rel"], monday, weekday, ahead, now))


def _weekday_date(rel: str | None, monday: date, weekday: int, ahead: int, now: Now) -> date:
    rel = words.key(rel) if rel else ""
    if rel == "next":
        return monday + timedelta(days=7 + weekday)
    if rel == "this":
        return monday + timedelta(days=weekday)
    if rel.endswith("coming"):
        return now.day + timedelta(days=ahead or 7)
    if rel:
        return now.day - timedelta(days=7 - ahead)
    return now.day + timedelta(days=ahead if now.forward or not ahead else ahead - 7)


def read_day_word(match: re.Match[str], now: Now) -> Interval:
    """Read "today", "yesterday", "the day after tomorrow"."""
    said = " ".join(words.key(match[0]).split())
    shift = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
    return day_interval(now.day + timedelta(days=shift.get(said.removeprefix("the "), 0)))


def read_night_word(match: re.Match[str], now: Now) -> Interval:
    """Read "overnight", "last night", "tonight"."""
    said = words.key(match[0])
    previous = said.startswith(("last", "over"))
    return hours_interval(now.day - timedelta(days=previous), *words.PARTS["night"])


def read_this_part(match: re.Match[str], now: Now) -> Interval:
    """Read a part of the day of publication: "this morning", "the early hours"."""
    return hours_interval(now.day, *words.PARTS[words.key(match["part"])])


def read_unit(match: re.Match[str], now: Now) -> Interval | None:
    """Read "last week", "earlier this month", "the year", "the weekend"."""
    unit, step = words.unit(match["unit"]), step_of(match) or 0
    if unit == "weekend":
        return _weekend(now, step if match["rel"] else None)
    if unit in ("hour", "minute", "century"):
        return None
    interval = unit_interval(now.day, unit, step)
    when = words.key(match["when"] or "")
    if when == "earlier" and step == 0:
        return interval.stretched(end=midnight(now.day))
    if when == "later" and step == 0:
        return interval.stretched(start=midnight(now.day))
    return interval


def _weekend(now: Now, step: int | None) -> Interval:
    """Return last, this or next weekend; from Wednesday on "this weekend" is the coming one."""
    week, weekday = timedelta(days=7), now.day.weekday()
    if step == 1:
        return weekend_interval(now.day + week)
    is_over = weekday < (2 if step == 0 else 5) and not now.forward
    if step == -1 or is_over:
        return weekend_interval(now.day - week)
    return weekend_interval(now.day)


def read_season(match: re.Match[str], now: Now) -> Interval:
    """Read "last summer", "this spring", "the winter of 2022"."""
    month, step = words.SEASONS[words.key(match["season"])], step_of(match)
    year = year_of(match, now)
    if year is not None:
        return season_interval(year, month)
    around = [season_interval(now.day.year + shift, month) for shift in (-2, -1, 0, 1)]
    if step == -1:
        return [season for season in around if season.end <= now.at][-1]
    if step == 1 or now.forward:
        return next(season for season in around if (season.start if step else season.end) > now.at)
    begun = [season for season in around if season.start <= now.at][-1]
    running = now.at < begun.end
    return begun if running or step is None else season_interval(now.day.year, month)


def read_year(match: re.Match[str], now: Now) -> Interval:
    """Read "1998"."""
    return year_interval(int(match["year"]))


def read_decade(match: re.Match[str], now: Now) -> Interval:
    """Read "the 1990s", "the nineties"."""
    said = words.key(match["decade"]).strip("'")
    if said in words.DECADES:
        return decade_interval(words.DECADES[said])
    digits = int(said.removesuffix("s"))
    return decade_interval(digits if digits > 99 else 1900 + digits)


def read_ago(match: re.Match[str], now: Now) -> Interval:
    """Read "two years ago", "three hours ago"."""
    unit, count = words.unit(match["unit"]), words.number(match["n"])
    if unit in ("hour", "minute"):
        start = add_units(now.at, unit, -count).replace(minute=0, second=0, microsecond=0)
        return Interval(start, start + timedelta(hours=1), "hour")
    return unit_interval(now.day, unit, -count)


def read_holiday(match: re.Match[str], now: Now) -> Interval:
    """Read "Christmas", "Easter Monday 2025"."""
    said = words.key(match["holiday"])
    year = year_of(match, now)
    around = [year] if year else [now.day.year + shift for shift in (-1, 0, 1)]
    days = [_holiday(said, one) for one in around]
    ahead = [day for day in days if day >= now.day]
    behind = [day for day in days if day <= now.day]
    step = step_of(match)
    forward = step == 1 or (step != -1 and now.forward)
    chosen = ahead[:1] if forward else behind[-1:]
    return day_interval((chosen or days)[0])


def _holiday(name: str, year: int) -> date:
    if name in words.EASTER:
        return easter_sunday(year) + timedelta(days=words.EASTER[name])
    if name in words.MOVING:
        month, weekday, nth, after = words.MOVING[name]
        return nth_weekday(year, month, weekday, nth) + timedelta(days=after)
    month, day = words.HOLIDAYS[name]
    return date(year, month, day)


def read_clock(match: re.Match[str], now: Now) -> Interval | None:
    """Read "5.30am", "16:30", "midday", "shortly after 2am"."""
    if match["word"]:
        return hours_interval(now.day, *words.CLOCK_WORDS[words.key(match["word"])])
    hour, minute = int(match["h"] or match["h24"]), int(match["m"] or match["m24"] or 0)
    if match["ap"]:
        hour = hour % 12 + 12 * (match["ap"].lower() == "p")
    if hour > 23 or minute > 59:
        return None
    start = midnight(now.day) + timedelta(hours=hour, minutes=minute)
    if match["near"]:
        return Interval(start, start + timedelta(hours=1), "hour", now.day.isoformat())
    return Interval(start, start + timedelta(minutes=1), "minute", now.day.isoformat())


def read_present(match: re.Match[str], now: Now) -> Interval:
    """Read "now", "so far": the day of publication."""
    return replace(day_interval(now.day), timex="PRESENT_REF")
