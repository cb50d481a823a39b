"""What an expression of time looks like, and which interval it is: a pattern and a reading each.

A reading gets the match and the reference (`Now`) and returns an interval, or None where the words
have no calendar value. Patterns ignore case; months and weekdays must start with a capital, which
`scan` checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from extractors.records import Precision
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
    quarter_interval,
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


Reading = Callable[[re.Match[str], Now], Interval | None]
Kind = Literal[
    "day", "night", "clock", "part", "unit", "year", "month", "season", "span", "ago", "present"
]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of expression; `weak` ones need a preposition or an edge to count as a time."""

    kind: Kind
    regex: re.Pattern[str]
    read: Reading
    weak: bool = False


_REL_YEAR = (
    r"(?:,?\s+(?:of\s+)?(?:(?P<year>{year})(?!\d|[.,]\d)|(?P<ryear>last|this|next)\s+year))?"
)
_IN_YEAR = _REL_YEAR.format(year=words.YEAR)
_REL = r"(?:last|next|this(?:\s+coming|\s+past)?|the\s+coming|coming|the\s+past|past)"
# Months ahead of the day of publication where a date without a year still lies ahead.
_FAR, _NEAR = 6, 2
_STEP = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0}
_STEP |= {"next": 1, "coming": 1, "following": 1}


def _step(match: re.Match[str], group: str = "rel") -> int | None:
    """Return -1, 0 or 1 for last, this, next; None where nothing was said."""
    said = match.groupdict().get(group)
    return None if not said else _STEP[words.key(said).split()[-1]]


def _year_of(match: re.Match[str], now: Now) -> int | None:
    if match["year"]:
        return int(match["year"])
    step = _step(match, "ryear")
    return None if step is None else now.day.year + step


def _nearest_year(month: int, day: int, now: Now, step: int | None) -> int:
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


def _read_date(match: re.Match[str], now: Now) -> Interval | None:
    month = words.MONTHS[words.key(match["month"])]
    said = words.key(match["day"])
    day = words.ORDINALS.get(said) or int(re.sub(r"\D", "", said))
    year = _year_of(match, now) or _nearest_year(month, day, now, None)
    try:
        return day_interval(date(year, month, day))
    except ValueError:
        return None


def _read_iso(match: re.Match[str], now: Now) -> Interval | None:
    try:
        return day_interval(date.fromisoformat(match[0]))
    except ValueError:
        return None


def _read_month(match: re.Match[str], now: Now) -> Interval:
    month = words.MONTHS[words.key(match["month"])]
    year = _year_of(match, now)
    if year is None:
        year = _nearest_year(month, 0, now, _step(match))
    return month_interval(year, month)


def _read_weekday(match: re.Match[str], now: Now) -> Interval:
    weekday = words.WEEKDAYS[words.key(match["weekday"])]
    ahead = (weekday - now.day.weekday()) % 7
    monday = now.day - timedelta(days=now.day.weekday())
    if match["week"]:
        step = 7 * (_step(match, "week") or 0)
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


def _read_day_word(match: re.Match[str], now: Now) -> Interval:
    said = " ".join(words.key(match[0]).split())
    shift = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}
    shift["the day after tomorrow"] = 2
    return day_interval(now.day + timedelta(days=shift.get(said, 0)))


def _read_night_word(match: re.Match[str], now: Now) -> Interval:
    said = words.key(match[0])
    previous = said.startswith(("last", "over"))
    return hours_interval(now.day - timedelta(days=previous), *words.PARTS["night"])


def _read_this_part(match: re.Match[str], now: Now) -> Interval:
    return hours_interval(now.day, *words.PARTS[words.key(match["part"])])


def _read_unit(match: re.Match[str], now: Now) -> Interval | None:
    unit, step = words.unit(match["unit"]), _step(match) or 0
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
    week = timedelta(days=7)
    if step == 1:
        return weekend_interval(now.day + week)
    if step == -1 or (not now.forward and now.day.weekday() < 5):
        return weekend_interval(now.day - week)
    return weekend_interval(now.day)


def _read_season(match: re.Match[str], now: Now) -> Interval:
    month, step = words.SEASONS[words.key(match["season"])], _step(match)
    year = _year_of(match, now)
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


def _read_year(match: re.Match[str], now: Now) -> Interval:
    return year_interval(int(match["year"]))


def _read_decade(match: re.Match[str], now: Now) -> Interval:
    said = words.key(match["decade"]).strip("'")
    if said in words.DECADES:
        return decade_interval(words.DECADES[said])
    digits = int(said.removesuffix("s"))
    return decade_interval(digits if digits > 99 else 1900 + digits)


def _read_quarter(match: re.Match[str], now: Now) -> Interval:
    said = words.key(match["quarter"] or match["q"])
    quarter = words.ORDINALS.get(said) or int(re.sub(r"\D", "", said))
    year = _year_of(match, now)
    if year is None:
        running = (now.day.month - 1) // 3 + 1
        year = now.day.year - (quarter > running and not now.forward)
    return quarter_interval(year, quarter)


def _read_part_of_year(match: re.Match[str], now: Now) -> Interval | None:
    """Read "the first three months of the year", "the second half of 2024"."""
    year = _year_of(match, now) or now.day.year
    months = 6 if match["half"] else words.number(match["n"])
    if months > 12:
        return None
    first = 13 - months if words.key(match["edge"]) in ("last", "final", "second") else 1
    if months == 3:
        return quarter_interval(year, first // 3 + 1)
    return replace(month_interval(year, first, months), precision="quarter")


def _read_span(match: re.Match[str], now: Now) -> Interval:
    """Read "the past two weeks", "the next 15 years"."""
    unit = words.unit(match["unit"])
    count = words.number(match["n"]) if match["n"] else 1
    today = midnight(now.day)
    precision: Precision = "month" if unit == "month" else "year" if unit == "year" else "day"
    if (_step(match) or 0) > 0:
        return Interval(today, add_units(today, unit, count), precision)
    start = add_units(now.at, unit, -count)
    return Interval(midnight(start.date()), now.end, precision)


def _read_ago(match: re.Match[str], now: Now) -> Interval:
    unit, count = words.unit(match["unit"]), words.number(match["n"])
    if unit in ("hour", "minute"):
        start = add_units(now.at, unit, -count).replace(minute=0, second=0, microsecond=0)
        return Interval(start, start + timedelta(hours=1), "hour")
    return unit_interval(now.day, unit, -count)


def _read_holiday(match: re.Match[str], now: Now) -> Interval:
    said = words.key(match["holiday"])
    year = _year_of(match, now)
    around = [year] if year else [now.day.year + shift for shift in (-1, 0, 1)]
    days = [_holiday(said, one) for one in around]
    ahead = [day for day in days if day >= now.day]
    behind = [day for day in days if day <= now.day]
    step = _step(match)
    forward = step == 1 or (step != -1 and now.forward)
    chosen = ahead[:1] if forward else behind[-1:]
    return day_interval((chosen or days)[0])


def _holiday(name: str, year: int) -> date:
    if name in words.EASTER:
        return easter_sunday(year) + timedelta(days=words.EASTER[name])
    month, day = words.HOLIDAYS[name]
    return date(year, month, day)


def _read_clock(match: re.Match[str], now: Now) -> Interval | None:
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


def _read_present(match: re.Match[str], now: Now) -> Interval:
    return replace(day_interval(now.day), timex="PRESENT_REF")


def _pattern(kind: Kind, regex: str, read: Reading, *, weak: bool = False) -> Pattern:
    return Pattern(kind, re.compile(rf"(?<![\w.]){regex}(?!\w)", re.IGNORECASE), read, weak)


_DAY_NUMBER = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|(?:{words.ORDINAL})(?![\w-]))"
_WHEN = r"(?:(?P<when>early|earlier|mid|late|later)[\s-]+)?"

PATTERNS: tuple[Pattern, ...] = (
    _pattern("day", r"\d{4}-\d\d-\d\d", _read_iso),
    _pattern(
        "day",
        rf"(?:{words.WEEKDAY},?\s+)?(?:the\s+)?{_DAY_NUMBER}\s+(?:of\s+)?(?P<month>{words.MONTH}){_IN_YEAR}",
        _read_date,
    ),
    _pattern(
        "day",
        rf"(?:(?:this\s+coming\s+)?{words.WEEKDAY},?\s+)?(?P<month>{words.MONTH})\s+(?:the\s+)?{_DAY_NUMBER}(?!\d|[.,:]\d|%|\s+per){_IN_YEAR}",
        _read_date,
    ),
    _pattern(
        "month",
        rf"{_WHEN}(?:(?P<rel>{_REL})\s+)?(?P<month>{words.MONTH}){_IN_YEAR}(?!\s+\d{{1,2}}(?!\d))",
        _read_month,
    ),
    _pattern(
        "day",
        rf"(?:(?P<rel>{_REL})\s+)?(?P<weekday>{words.WEEKDAY})(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?",
        _read_weekday,
    ),
    _pattern(
        "day",
        r"(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|today|yesterday|tomorrow)",
        _read_day_word,
    ),
    _pattern("night", r"(?:overnight|last\s+night|tonight)", _read_night_word),
    _pattern("night", r"this\s+(?P<part>morning|afternoon|evening)", _read_this_part),
    _pattern(
        "unit",
        rf"{_WHEN}(?P<rel>last|next|this|the\s+coming|the\s+current)\s+(?P<unit>{words.UNIT}|weekend)",
        _read_unit,
    ),
    _pattern(
        "unit",
        r"(?:(?P<when>early|late)\s+in\s+)?the\s+(?:full\s+)?(?P<rel>)?(?P<unit>day|week|month|quarter|year)",
        _read_unit,
        weak=True,
    ),
    _pattern("unit", r"(?P<when>)(?P<rel>)?(?:the|a)\s+(?P<unit>weekend)", _read_unit),
    _pattern(
        "season",
        rf"(?:(?P<rel>last|next|this|the\s+coming)\s+|(?:the\s+)?)(?P<season>{words.SEASON}){_IN_YEAR}",
        _read_season,
        weak=True,
    ),
    _pattern(
        "year",
        rf"(?:(?:early|mid|late)[\s-]+)?(?:fiscal\s+)?(?P<year>{words.YEAR})(?![\d%]|[.,:/-]\d)",
        _read_year,
        weak=True,
    ),
    _pattern(
        "year",
        rf"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>{words.YEAR[:-2]}0s|['’]?[2-9]0s|{'|'.join(words.DECADES)})",
        _read_decade,
        weak=True,
    ),
    _pattern(
        "unit",
        rf"(?:the\s+)?(?:fiscal\s+)?(?:(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+quarter|(?P<q>Q[1-4])){_IN_YEAR}(?:\s+of\s+the\s+year)?",
        _read_quarter,
    ),
    _pattern(
        "unit",
        rf"the\s+(?P<edge>first|second|last|final)\s+(?:(?P<half>half)|(?P<n>{words.NUMBER})\s+months)\s+of\s+(?:the\s+year|(?P<year>{words.YEAR})|(?P<ryear>last|this|next)\s+year)",
        _read_part_of_year,
    ),
    _pattern(
        "span",
        rf"(?:the|these|its|his|her|their)\s+(?P<rel>past|last|previous|preceding|next|coming|following)\s+(?:(?P<n>{words.NUMBER})\s+)?(?P<unit>{words.UNIT})",
        _read_span,
    ),
    _pattern("ago", rf"(?P<n>{words.NUMBER})\s+(?P<unit>{words.UNIT})\s+ago", _read_ago),
    _pattern(
        "day",
        rf"(?:(?P<rel>last|this|next)\s+)?(?P<holiday>{words.HOLIDAY}){_IN_YEAR}",
        _read_holiday,
    ),
    _pattern(
        "clock",
        rf"(?:(?P<near>shortly|just|soon)\s+(?:after|before)\s+)?(?:(?P<h>\d{{1,2}})(?:[.:](?P<m>\d\d))?\s*(?P<ap>[ap])(?:\.m\.|m(?!\w))|(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?!:)|(?P<word>{words.CLOCK_WORD}))",
        _read_clock,
    ),
    _pattern(
        "part",
        rf"(?:(?:in\s+)?the\s+)?(?:(?:early|late)\s+)?(?:hours\s+of\s+)?(?P<part>{words.PART})",
        _read_this_part,
        weak=True,
    ),
    _pattern("present", rf"(?:{words.PRESENT_WORDS})(?!\s+this)", _read_present),
)
