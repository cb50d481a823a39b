"""What an expression of time looks like, and which reading gives it a meaning.

Patterns ignore case; months and weekdays must start with a capital, which `scan` checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from extractors.times import lexicon as words
from extractors.times import periods, readings
from extractors.times.calendar import Interval
from extractors.times.readings import Now

Reading = Callable[[re.Match[str], Now], Interval | None]
Kind = Literal[
    "day",
    "night",
    "clock",
    "part",
    "unit",
    "year",
    "month",
    "season",
    "span",
    "period",
    "ago",
    "present",
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


def _pattern(kind: Kind, regex: str, read: Reading, *, weak: bool = False) -> Pattern:
    return Pattern(kind, re.compile(rf"(?<![\w.]){regex}(?!\w)", re.IGNORECASE), read, weak)


_DAY_NUMBER = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|(?:{words.ORDINAL})(?![\w-]))"
_PERIOD_END = (
    rf"(?:(?P<dayfirst>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{words.MONTH})"
    rf"(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|%))?{_IN_YEAR}"
)
_WHEN = r"(?:(?P<when>early|earlier|mid|late|later)[\s-]+)?"

PATTERNS: tuple[Pattern, ...] = (
    _pattern("day", r"\d{4}-\d\d-\d\d", readings.read_iso),
    _pattern(
        "day",
        rf"(?:{words.WEEKDAY},?\s+)?(?:the\s+)?{_DAY_NUMBER}\s+(?:of\s+)?(?P<month>{words.MONTH}){_IN_YEAR}",
        readings.read_date,
    ),
    _pattern(
        "day",
        rf"(?:(?:this\s+coming\s+)?{words.WEEKDAY},?\s+)?(?P<month>{words.MONTH})\s+(?:the\s+)?{_DAY_NUMBER}(?!\d|[.,:]\d|%|\s+per){_IN_YEAR}",
        readings.read_date,
    ),
    _pattern(
        "month",
        rf"{_WHEN}(?:(?P<rel>{_REL})\s+)?(?P<month>{words.MONTH}){_IN_YEAR}(?!\s+\d{{1,2}}(?!\d))",
        readings.read_month,
    ),
    _pattern(
        "day",
        rf"(?:(?P<rel>{_REL})\s+)?(?P<weekday>{words.WEEKDAY})(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?",
        readings.read_weekday,
    ),
    _pattern(
        "day",
        r"(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|today|yesterday|tomorrow)",
        readings.read_day_word,
    ),
    _pattern("night", r"(?:overnight|last\s+night|tonight)", readings.read_night_word),
    _pattern("night", r"this\s+(?P<part>morning|afternoon|evening)", readings.read_this_part),
    _pattern(
        "unit",
        rf"{_WHEN}(?P<rel>last|next|this|the\s+coming|the\s+current)\s+(?P<unit>{words.UNIT}|weekend)",
        readings.read_unit,
    ),
    _pattern(
        "unit",
        r"(?:(?P<when>early|late)\s+in\s+)?the\s+(?:full\s+)?(?P<rel>)?(?P<unit>day|week|month|quarter|year)",
        readings.read_unit,
        weak=True,
    ),
    _pattern("unit", r"(?P<when>)(?P<rel>)?(?:the|a)\s+(?P<unit>weekend)", readings.read_unit),
    _pattern(
        "season",
        rf"(?:(?P<rel>last|next|this|the\s+coming)\s+|(?:the\s+)?)(?P<season>{words.SEASON}){_IN_YEAR}",
        readings.read_season,
        weak=True,
    ),
    _pattern(
        "year",
        rf"(?:(?:early|mid|late)[\s-]+)?(?:fiscal\s+)?(?P<year>{words.YEAR})(?![\d%]|[.,:/-]\d)",
        readings.read_year,
        weak=True,
    ),
    _pattern(
        "year",
        rf"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>{words.YEAR[:-2]}0s|['’]?[2-9]0s|{'|'.join(words.DECADES)})",
        readings.read_decade,
        weak=True,
    ),
    _pattern(
        "unit",
        rf"(?:the\s+)?(?:fiscal\s+)?(?:(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+quarter|(?P<q>Q[1-4])){_IN_YEAR}(?:\s+of\s+the\s+year)?",
        periods.read_quarter,
    ),
    _pattern(
        "unit",
        rf"the\s+(?P<edge>first|second|last|final)\s+(?:(?P<half>half)|(?P<n>{words.NUMBER})\s+months)\s+of\s+(?:the\s+year|(?P<year>{words.YEAR})|(?P<ryear>last|this|next)\s+year)",
        periods.read_part_of_year,
    ),
    _pattern(
        "span",
        rf"(?:the|these|its|his|her|their)\s+(?P<rel>past|last|previous|preceding|next|coming|following)\s+(?:(?P<n>{words.NUMBER})\s+)?(?P<unit>{words.UNIT})",
        periods.read_span,
    ),
    _pattern(
        "period",
        rf"(?:(?:the|its|their)\s+|(?=[\w\s-]{{0,40}}\bend(?:ed|ing)\b))(?:(?:(?P<nth>first|second|third|fourth)|full|fiscal|financial)[\s-]+)*(?:(?P<half>half(?:[\s-]year)?)|(?:(?P<n>{words.NUMBER})[\s-]+)?(?P<unit>quarter|months?|weeks|year))\s+(?:that\s+|which\s+)?(?P<ended>ended|ending|ends|to|through|until)\s+(?:on\s+|in\s+)?(?P<until>{_PERIOD_END})",
        periods.read_period,
    ),
    _pattern(
        "unit",
        r"(?:the\s+)?(?P<unit>year|quarter|month)(?:['’]s\s+|[\s-])end(?!\s+of)",
        periods.read_close,
    ),
    _pattern("ago", rf"(?P<n>{words.NUMBER})\s+(?P<unit>{words.UNIT})\s+ago", readings.read_ago),
    _pattern(
        "day",
        rf"(?:(?P<rel>last|this|next)\s+)?(?P<holiday>{words.HOLIDAY}){_IN_YEAR}",
        readings.read_holiday,
    ),
    _pattern(
        "clock",
        rf"(?:(?P<near>shortly|just|soon)\s+(?:after|before)\s+)?(?:(?P<h>\d{{1,2}})(?:[.:](?P<m>\d\d))?\s*(?P<ap>[ap])(?:\.m\.|m(?!\w))|(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?!:)|(?P<word>{words.CLOCK_WORD}))",
        readings.read_clock,
    ),
    _pattern(
        "part",
        rf"(?:(?:in\s+)?the\s+)?(?:(?:early|late)\s+)?(?:hours\s+of\s+)?(?P<part>{words.PART})",
        readings.read_this_part,
        weak=True,
    ),
    _pattern("present", rf"(?:{words.PRESENT_WORDS})(?!\s+this)", readings.read_present),
)
