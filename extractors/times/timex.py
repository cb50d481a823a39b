"""Dates of a text in the notation of TimeML: every expression, with its TIMEX3 value or none.

TimeML (Pustejovsky et al., 2003) marks more than a claim needs: "recently", "the year-earlier
quarter", every bare year. Values are those of ISO 8601 with TIMEX3's additions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from spacy.tokens import Doc

from extractors.times.scan import Expression, scan
from extractors.times.tense import looks_forward

_NOT_DATES = frozenset(("clock", "part", "span"))


@dataclass(frozen=True, slots=True)
class TimexDate:
    """A date expression without its preposition; `value` is None where it has none."""

    start: int
    end: int
    value: str | None


def find_dates(doc: Doc, reference: datetime) -> list[TimexDate]:
    """Return the dates of `doc` in order, as seen from `reference`."""
    return list(_dates(doc, reference))


def _dates(doc: Doc, reference: datetime) -> Iterator[TimexDate]:
    for one in scan(doc.text):
        if one.kinds <= _NOT_DATES:
            continue
        for half in (one, one.last) if one.last else (one,):
            yield TimexDate(half.core, half.parts[-1].end, _value(doc, half, reference))


def _value(doc: Doc, expression: Expression, reference: datetime) -> str | None:
    interval = expression.named(reference, forward=looks_forward(doc, expression))
    return interval.timex if interval else None
