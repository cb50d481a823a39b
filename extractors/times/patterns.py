"""What an expression of time looks like, and which reading gives it a meaning.

Patterns ignore case; months and weekdays must start with a capital, which `scan` checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from extractors.times import composed, periods, readings
from extractors.times import lexicon as words
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
    r"(?:\s*,?\s+(?:of\s+)?(?:(?P<year>{year})(?!\d|[.,]\d)|(?P<ryear>last|this|next)\s+year))?"
)
_IN_YEAR = _REL_YEAR.format(year=words.YEAR)
_REL = r"(?:last|next|this(?:\s+coming|\s+past)?|the\s+coming|coming|the\s+past|past)"


def _pattern(kind: Kind, regex: str, read: Reading, *, weak: bool = False) -> Pattern:
    return Pattern(kind, re.compile(rf"(?<![\w.$]){regex}(?!\w)", re.IGNORECASE), read, weak)


_DAY_NUMBER = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|(?:{words.ORDINAL})(?![\w-]))"
_PERIOD_END = (
    rf"(?:(?P<dayfirst>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{words.MONTH})"
    rf"(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|%))?{_IN_YEAR}"
)
_WHEN = r"(?:(?P<when>early|earlier|mid|late|later)[\s-]+)?"

_NTH = rf"(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|(?:{words.ORDINAL})(?![\w-]))"
_EDGED = "(?P<nth>first|second|third|fourth|fifth|1st|2nd|3rd|4th|last|final)"
_THAT_MONTH = rf"(?:(?P<month>{words.MONTH}){_IN_YEAR}|(?P<rel>last|this|next)\s+month)"
_COUNT = rf"(?P<n>{words.NUMBER})\s+(?P<unit>{words.UNIT})"
_ENDING = "(?:st|nd|rd|th)?"
_TO = r"(?(between)(?:\s+and\s+|\s*[-–—]\s*)|(?:\s*[-–—]\s*|\s+(?:to|till|until|through)\s+))"
_BETWEEN = "(?P<between>(?<=between ))?"
_HOUR = r"(?P<h{0}>\d{{1,2}})(?:[.:](?P<m{0}>\d\d))?"

_COMPOSED: tuple[Pattern, ...] = (
    _pattern("span", rf"(?<=in ){_COUNT}(?!\s+(?:ago|from|of))", composed.read_ahead),
    _pattern(
        "ago",
        rf"{_COUNT}\s+(?P<side>from|after|before)\s+(?P<base>now|today|tomorrow|yesterday)",
        composed.read_from_day,
    ),
    _pattern(
        "day",
        rf"(?P<weekday>{words.WEEKDAY}),?\s+(?:the\s+)?{_NTH}(?!\s+(?!(?:at|and|or|to|until|till|through|in)\b|\d))",
        composed.read_day_of_month,
    ),
    _pattern(
        "day",
        rf"(?:the\s+)?{_NTH}\s+of\s+(?P<rel>last|this|next)\s+month",
        composed.read_day_of_month,
    ),
    _pattern(
        "day",
        r"(?:(?<=on )|(?<=by )|(?<=for )|(?<=until ))the\s+(?P<nth>\d{1,2}(?:st|nd|rd|th))"
        r"(?=\s*(?:[.,;:!?)]|$)|\s+at\s)",
        composed.read_day_of_month,
    ),
    _pattern(
        "day",
        rf"(?P<rel>)(?P<week>last|this|next)\s+week,?\s+(?:on\s+)?(?P<weekday>{words.WEEKDAY})",
        readings.read_weekday,
    ),
    _pattern(
        "day",
        rf"the\s+{_EDGED}\s+(?P<weekday>{words.WEEKDAY})\s+(?:of|in)\s+{_THAT_MONTH}",
        composed.read_nth_weekday,
    ),
    _pattern(
        "unit",
        rf"(?:the\s+)?{_EDGED}\s+week\s+(?:of|in)\s+(?:{_THAT_MONTH}|(?P<only>{words.YEAR}))",
        composed.read_nth_week,
    ),
    _pattern(
        "unit",
        r"(?:the\s+)?week\s+(?:of|starting|beginning|commencing)\s+(?:on\s+)?(?:the\s+)?"
        rf"(?:(?P<dayfirst>\d{{1,2}}){_ENDING}\s+(?:of\s+)?)?(?P<month>{words.MONTH})"
        rf"(?:(?<!\d)\s+(?P<day>\d{{1,2}}){_ENDING})?{_IN_YEAR}",
        composed.read_week_of,
    ),
    _pattern(
        "day",
        rf"{_BETWEEN}(?P<day>\d{{1,2}}){_ENDING}{_TO}(?:the\s+)?(?P<until>\d{{1,2}}){_ENDING}"
        rf"\s+(?:(?:of|in)\s+)?{_THAT_MONTH}",
        composed.read_days,
    ),
    _pattern(
        "day",
        rf"{_BETWEEN}(?P<month>{words.MONTH})\s+(?P<day>\d{{1,2}}){_ENDING}{_TO}"
        rf"(?P<until>\d{{1,2}}){_ENDING}(?!\d|[.,:/-]\d|%|\s+(?:per|people|[mb]illion)){_IN_YEAR}",
        composed.read_days,
    ),
    _pattern(
        "unit",
        rf"(?P<quarter>)(?P<ryear>)(?P<year>{words.YEAR})[\s-]*(?P<q>Q[1-4])",
        periods.read_quarter,
    ),
    _pattern(
        "unit", rf"H(?P<half>[12])\s+(?:of\s+)?(?P<year>{words.YEAR})", composed.read_half_year
    ),
    _pattern("unit", rf"(?P<year>{words.YEAR})[\s-]?H(?P<half>[12])", composed.read_half_year),
    _pattern(
        "unit",
        rf"(?-i:week)\s+(?P<n>\d{{1,2}})(?!\d|[.,:/-]\d|%|\s+of\s+(?!{words.YEAR})){_IN_YEAR}",
        composed.read_week_number,
    ),
    _pattern("unit", r"(?:the\s+)?year[\s-]to[\s-]date", composed.read_year_to_date),
    _pattern(
        "clock",
        rf"{_BETWEEN}{_HOUR.format(1)}{_TO}{_HOUR.format(2)}\s*(?P<ap>[ap])(?:\.m\.|m(?!\w))",
        composed.read_hours,
    ),
)

PATTERNS: tuple[Pattern, ...] = (
    _pattern("day", r"\d{4}-\d\d-\d\d", readings.read_iso),
    _pattern(
        "day",
        r"(?P<first>\d{1,2})(?P<by>[./-])(?P<second>\d{1,2})(?P=by)(?P<year>(?:19|20)\d\d)",
        readings.read_numeric,
    ),
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
        r"(?:(?:the\s+)?day\s+(?:before\s+yesterday|after\s+tomorrow)|today|yesterday|tomorrow)",
        readings.read_day_word,
    ),
    _pattern("night", r"(?:overnight|last\s+night|tonight)", readings.read_night_word),
    _pattern("night", r"this\s+(?P<part>morning|afternoon|evening)", readings.read_this_part),
    _pattern(
        "unit",
        rf"{_WHEN}(?P<rel>last|next|this|(?:the\s+)?current|(?:the\s+)?(?:up)?coming)\s+(?P<unit>{words.UNIT}|weekend)",
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
        "unit",
        r"(?P<when>)(?P<rel>)(?:(?<=end of )|(?<=start of ))(?P<unit>month|quarter|year)",
        readings.read_unit,
    ),
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
        "span",
        rf"(?P<rel>past|last|previous|next)\s+(?P<n>{words.NUMBER})\s+(?P<unit>{words.UNIT})",
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
    *_COMPOSED,
    _pattern("present", rf"(?:{words.PRESENT_WORDS})(?!\s+this)", readings.read_present),
)
