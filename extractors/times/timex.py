"""Dates of a text in the notation of TimeML: every expression, with its TIMEX3 value or none.

TimeML (Pustejovsky et al., 2003) marks more than a claim needs: "recently", "the year-earlier
quarter", every bare year. Values are those of ISO 8601 with TIMEX3's additions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from extractors.parse import Doc, text_of
from extractors.times import lexicon as words
from extractors.times.calendar import unit_interval
from extractors.times.scan import Expression, scan
from extractors.times.tense import looks_forward

_NOT_DATES = frozenset(("clock", "part", "span", "night"))
# "for the year ended June 30" is a duration, its end is the date.
_PERIOD = re.compile(r"\s+(?:ended|ending)(?!\w)", re.IGNORECASE)
_SPAN = re.compile(
    r"\s+(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?|decades?)", re.IGNORECASE
)
_LOOSE = (
    (re.compile(r"(?<!\w)(?:more\s+)?(?:recently|previously)(?!\w)", re.IGNORECASE), "PAST_REF"),
    (
        re.compile(r"(?<!\w)recent(?:\s+(?:years|months|weeks|days))?(?!\w)", re.IGNORECASE),
        "PAST_REF",
    ),
    (
        re.compile(r"(?<!\w)the\s+past(?!\s+\w+)(?!\w)|(?<=in )the\s+past(?!\w)", re.IGNORECASE),
        "PAST_REF",
    ),
    (
        re.compile(r"(?<!\w)the\s+(?:near\s+)?future(?!\w)|(?<!\w)soon(?!\w)", re.IGNORECASE),
        "FUTURE_REF",
    ),
    (re.compile(r"(?<!\w)current(?!\w)", re.IGNORECASE), "PRESENT_REF"),
)
_YEAR_BACK = re.compile(
    r"(?<!\w)(?:a\s+year[\s-](?:earlier|ago)|(?:the\s+)?year[\s-](?:earlier|ago))"
    r"(?:\s+(?:quarter|period))?(?!\w)",
    re.IGNORECASE,
)
_LATEST = re.compile(r"(?<!\w)the\s+latest\s+(?:quarter|period)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimexDate:
    """A date expression without its preposition; `value` is None where it has none."""

    start: int
    end: int
    value: str | None


def find_dates(doc: Doc, reference: datetime) -> list[TimexDate]:
    """Return the dates of `doc` in order, as seen from `reference`."""
    text = text_of(doc)
    dates = list(_relative_quarters(text, reference))
    for date in (*_calendar(doc, text, reference), *_loose(text)):
        if not any(date.start < other.end and other.start < date.end for other in dates):
            dates.append(date)
    return sorted(dates, key=lambda date: date.start)


def _calendar(doc: Doc, text: str, reference: datetime) -> Iterator[TimexDate]:
    for one in scan(text):
        if one.kinds & _NOT_DATES or _PERIOD.match(text, one.end):
            continue
        if one.kinds == {"period"}:
            yield TimexDate(*one.parts[0].match.span("until"), _value(doc, one, reference))
            continue
        for half in (one, one.last) if one.last else (one,):
            yield TimexDate(half.core, half.parts[-1].end, _value(doc, half, reference))


def _value(doc: Doc, expression: Expression, reference: datetime) -> str | None:
    interval = expression.named(reference, forward=looks_forward(doc, expression))
    return interval.timex if interval else None


def _loose(text: str) -> Iterator[TimexDate]:
    for pattern, value in _LOOSE:
        for match in pattern.finditer(text):
            if value != "PAST_REF" or "past" not in match[0] or not _SPAN.match(text, match.end()):
                yield TimexDate(*match.span(), value)


def _relative_quarters(text: str, reference: datetime) -> Iterator[TimexDate]:
    """Yield "the latest quarter" and "a year earlier" with the quarter that the text is about."""
    quarter = _quarter(text, reference)
    for match in _YEAR_BACK.finditer(text):
        if quarter:
            yield TimexDate(*match.span(), f"{int(quarter[:4]) - 1}{quarter[4:]}")
        else:
            yield TimexDate(*match.span(), unit_interval(reference.date(), "year", -1).timex)
    for match in _LATEST.finditer(text):
        yield TimexDate(*match.span(), quarter)


def _quarter(text: str, reference: datetime) -> str | None:
    """Return the first quarter of a year that the text names, as `1989-Q3`."""
    for one in scan(text):
        interval = one.named(reference)
        nth = one.parts[0].match.groupdict().get("nth")
        if interval and nth:
            return f"{interval.start.year}-Q{words.ORDINALS[nth.lower()]}"
        if interval and re.fullmatch(r"\d{4}-Q\d", interval.timex or ""):
            return interval.timex
    return None
