"""Our reading of the sentences of Recognizers-Text, and whether it is what their specs expect.

Figures are read by `find_mentions` and `FigureReader`, times by `scan` and `looks_forward`, as the
parser of claims reads them. Where conventions differ and not the reading, this is the bridge:

- Of several readings (a weekday past or to come) any is right.
- Our intervals are half-open; the last day (or month, or year) of theirs is the one named.
- "The next three days" begin today for us and tomorrow for them; "the past three days" end with
  today or before it.
- "Two years ago" is the year for us and the day for them; "early", "mid" and "end of" name the
  whole unit for us and a part of it for them.
- Parts of a day have other hours: any that overlap on that day are right. We keep no seconds.
- "Barrels a day" are a unit for us and barrels for them.
- Fractions are shares of 100 for us, cents and pence hundredths of a dollar or pound.
- Ages and ordinals are no figures: right is to find none there. A bare "one" is a pronoun as often
  as a number, and a number glued to its unit ("29km") a measure: neither is sought as a number.
- A time of day without a day is found by us in every sentence, and not counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from spacy.tokens import Doc

from benchmarks.recognizer_cases import Case, Expected, When
from extractors.quantities import FigureReader, find_mentions
from extractors.quantities.numbers import lexicon
from extractors.records import Quantity
from extractors.times import Interval, scan
from extractors.times.calendar import add_months
from extractors.times.tense import looks_forward

_MEASURES: dict[str, str] = {**lexicon("units")["measures"], "pound": "lb"}
_DEGREES = {"C": "Cel", "F": "degF", "Degree": "deg"}
_CURRENCY = re.compile(r"(?:[A-Z]{3})?")
_HUNDREDTHS = ("Cent", "Pence", "Penny")
_DEFAULT = datetime(2016, 11, 7)
_MOVED = re.compile(r"\b(?:ago|from now|in|hence|later|from|after|before|back)\b", re.I)
_PART = re.compile(r"\b(?:early|earlier|mid|middle|late|later|beginning|start|end)\b", re.I)
_DAY = timedelta(days=1)


def is_right(case: Case, doc: Doc) -> bool:
    """Return whether we find in `doc`, the sentence parsed, just what the case expects."""
    match case.model:
        case "NumberModel":
            return _numbers(case.text) == _values(case)
        case "AgeModel" | "OrdinalModel":
            return not any(_meets(one, figure) for one in case.expected for figure in _all(doc))
        case (
            "NumberRangeModel"
            | "PercentModel"
            | "CurrencyModel"
            | "DimensionModel"
            | "TemperatureModel"
        ):
            return _figures_are_right(case, doc)
    return _times_are_right(case, doc)


def _all(doc: Doc) -> list[Quantity]:
    return FigureReader(doc).read(0, len(doc.text))


def _meets(one: Expected, figure: Quantity) -> bool:
    return figure.start < one.end and one.start < figure.end


def _numbers(text: str) -> list[float]:
    found = []
    for one in find_mentions(text, [(time.core, time.end) for time in scan(text)]):
        is_glued = one.unit_kind == "measure" and text[one.last.end : one.last.end + 1].isalpha()
        if is_glued or text[one.first.start : one.first.end].lower() == "one":
            continue
        is_share = one.first.form in ("fraction", "ratio")
        low = one.first.value if is_share else one.low
        found += [low, one.high] if one.is_range else [low]
    return [float(f"{value:.6g}") for value in found]


def _values(case: Case) -> list[float]:
    wanted = [one for one in case.compared if one.text.lower() != "one"]
    return [float(f"{float(one.value or 'nan'):.6g}") for one in wanted]


def _figures_are_right(case: Case, doc: Doc) -> bool:
    wanted, found = case.compared, [one for one in _all(doc) if _is_of(case.model, one)]
    if len(wanted) != len(found):
        return False
    return all(_is_same(one, figure) for one, figure in zip(wanted, found, strict=True))


def _is_of(model: str, figure: Quantity) -> bool:
    unit = figure.unit or ""
    is_degree = unit in _DEGREES.values()
    match model:
        case "PercentModel":
            return unit == "percent"
        case "CurrencyModel":
            return figure.measure == "money" and bool(_CURRENCY.fullmatch(unit))
        case "TemperatureModel":
            return is_degree
        case "DimensionModel":
            return unit in _MEASURES.values() and not is_degree
    return True


def _is_same(one: Expected, figure: Quantity) -> bool:
    if one.kind == "numberrange":
        return _ends(one.value or "") == _ends_of(figure)
    value = float((one.value or "").rstrip("%"))
    value /= 100 if one.unit in _HUNDREDTHS else 1
    ours = figure.value if figure.value is not None else figure.low
    ours = figure.high if ours is None or figure.bound == "range" else ours
    return math.isclose(value, ours or 0, rel_tol=1e-6) and _unit_is_same(one, figure)


def _unit_is_same(one: Expected, figure: Quantity) -> bool:
    if one.currency:
        return figure.unit == one.currency
    if one.kind == "temperature":
        return figure.unit == _DEGREES[one.unit or ""]
    if one.kind == "dimension":
        unit, ours = _MEASURES.get((one.unit or "").lower()), figure.unit or ""
        return unit in (ours, ours.split("/")[0])
    return True


def _ends(text: str) -> tuple[float | None, float | None]:
    low, high = text.strip("[]()").split(",")
    return (float(low) if low else None), (float(high) if high else None)


def _ends_of(figure: Quantity) -> tuple[float | None, float | None]:
    share = 100 if figure.unit == "percent" and "percent" not in figure.text else 1
    ends = figure.low, figure.high
    return tuple(None if end is None else end / share for end in ends)  # type: ignore[return-value]


def _times_are_right(case: Case, doc: Doc) -> bool:
    at = datetime.fromisoformat(case.written) if case.written else _DEFAULT
    found = list(_times(case.text, doc, at))
    for one in case.compared:
        hits = [interval for span, interval, _ in found if _overlap(one, span)]
        if len(hits) != 1 or not any(_is_time(one, time, hits[0], at) for time in one.times):
            return False
    return all(
        is_hour or any(_overlap(one, span) for one in case.expected) for span, _, is_hour in found
    )


def _overlap(one: Expected, span: tuple[int, int]) -> bool:
    return span[0] < one.end and one.start < span[1]


def _times(text: str, doc: Doc, at: datetime) -> Iterator[tuple[tuple[int, int], Interval, bool]]:
    """Yield the times found: place, interval, whether it is a time of day without a day."""
    for one in scan(text):
        interval = one.resolve(at, forward=looks_forward(doc, one))
        if interval is not None:
            yield (one.start, one.end), interval, one.kinds <= {"clock", "part"}


def _is_time(one: Expected, time: When, ours: Interval, at: datetime) -> bool:
    if ours.timex == time.timex and time.timex:
        return True
    if time.first is None or time.first == "not resolved":
        return False
    first = datetime.fromisoformat(time.first)
    last = datetime.fromisoformat(time.last or time.first)
    if one.text.lower().startswith("since "):
        return ours.start == first
    is_day_part = re.search(r"T(?:MO|AF|EV|NI)$", time.timex) is not None
    if is_day_part:
        return ours.start.date() == first.date() and ours.start < last and first < ours.end
    if _PART.search(one.text) and _is_of_days(first, last):
        return ours.start <= first and last <= ours.end
    if one.kind == "date":
        is_unit = bool(_MOVED.search(one.text)) and ours.start <= first < ours.end
        return is_unit or (ours.start, ours.end) == (first, first + _DAY)
    if one.kind == "datetime":
        return _is_moment(time, first, ours)
    from_tomorrow = first.date() == at.date() + _DAY and ours.start.date() == at.date()
    return (ours.start == first or from_tomorrow) and _is_end(last, ours.end, at)


def _is_of_days(first: datetime, last: datetime) -> bool:
    """Whether it runs from midnight to midnight, or is the last second of a day."""
    return first.hour == last.hour == 0 or f"{first:%H:%M}" == "23:59"


def _is_moment(time: When, first: datetime, ours: Interval) -> bool:
    if time.timex == "PRESENT_REF":
        return ours.start <= first < ours.end
    if ours.precision == "hour":
        return ours.start <= first < ours.end
    return ours.start == first.replace(second=0)


def _is_end(last: datetime, ours: datetime, at: datetime) -> bool:
    ends = {last, last + _DAY, add_months(last, 1), add_months(last, 12)}
    ends |= {last + timedelta(minutes=1), last + timedelta(hours=1)} if last.hour else set()
    if last.date() > at.date():
        ends.add(last - _DAY)
    return ours in ends
