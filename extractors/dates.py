"""Dates that feeds and pages state: one string to one instant, its precision kept.

Read are RFC 822 and 5322 dates with their common faults, RFC 3339 and W3CDTF
(https://www.w3.org/TR/NOTE-datetime) with their coarse forms, asctime, and day-first numbers with
dots. A date that could be read two ways (`03/04/2021`) is not read. A time without a zone is taken
as UTC and says so (`has_zone`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from importlib import resources

from extractors.records import DateCandidate, Precision

MAX_AHEAD = timedelta(hours=26)
"""How far a page's clock may run ahead of ours: a day of zone confusion and some drift."""

_EARLIEST_YEAR = 1900
_REMEMBERED = 16384  # an entry's date is read at every poll that shows the entry
_TIME = (
    r"(?:[T\s,]*(?:at |um |kl\.? )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?(?:\s*Uhr)?\s*(?P<zone>[^\d\s]\S*(?:\s?\d\d:?\d\d)?|\(.*\))?.*)?$"
)
_WEEKDAY = r"^\s*(?:[^\W\d]+\.?,?\s+|[^\W\d]+,\s*)?"
_FORMS = tuple(
    re.compile(date + _TIME, re.DOTALL)
    for date in (
        r"^\s*(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?",
        r"^\s*(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/]*(?:de |of )?"
        r"(?P<name>[^\W\d]{3,10})\.?,?[\s\-/]*(?:de |of )?(?P<year>\d{4}|\d\d)(?=\D|$)",
        _WEEKDAY
        + r"(?P<name>[^\W\d]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"^\s*(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?$")
_ASCTIME = re.compile(
    r"^\s*[^\W\d]+,?\s+([^\W\d]+)\s+(\d{1,2})\s+(\d\d?:\d\d(?::\d\d)?)"
    r"\s*([A-Za-z]+|[+-]\d{4})?\s+(\d{4})\s*$"
)
_SLASHED = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})(.*)$", re.DOTALL)
_SPACED = re.compile(r"(?<=\d)\.\s(?=\d)")
_SHORT_YEAR = re.compile(r"(?<=^\d\d\.\d\d\.)(?=\d\d$)")
_CLOCK = re.compile(
    r"[\s,|·–-]*(?:at |um )?(?P<time>\d{1,2}[:.]\d\d(?:\s*[AaPp]\.?[Mm]\b|\s*Uhr\b)?)"
)
_OFFSET = re.compile(r"^\(?(?:GMT|UTC)?([+\-−])(\d{1,2}):?(\d\d)?")


def parse_date(raw: str | None, source: str) -> DateCandidate | None:
    """Read the date `raw` that stood at `source` (`feed.published`, `json_ld.datePublished`, ...).

    Returns None when `raw` is no date, is ambiguous, or lies before 1900.
    """
    read = _read(raw or "")
    if read is None:
        return None
    moment, precision = read
    return DateCandidate(_in_utc(moment), precision, moment.tzinfo is not None, source, raw or "")


def stated_day(candidate: DateCandidate) -> date:
    """Return the calendar day that the candidate's string names, in that string's own zone."""
    read = _read(candidate.raw)
    return (read[0] if read else candidate.value).date()


def is_stated_in_utc(candidate: DateCandidate) -> bool:
    """Tell whether the string gives a moment in UTC, as servers do, so that its day is UTC's."""
    read = _read(candidate.raw)
    return read is not None and read[0].utcoffset() == timedelta(0)


def dates_in(text: str, source: str) -> Iterator[tuple[int, DateCandidate]]:
    """Give the days written out in `text`, each with the offset where it begins.

    A time of day right after a day belongs to it. Numbers that could be read two ways are not read.
    """
    for match in _days().finditer(text):
        day = _SHORT_YEAR.sub(r"\g<0>20", _SPACED.sub(".", match[0]))
        tail = _CLOCK.match(text, match.end())
        found = parse_date(f"{day} {tail['time']}", source) if tail else None
        found = found or parse_date(day, source)
        if found is not None:
            yield match.start(), found


def first_believable(
    candidates: Iterable[DateCandidate | None], *, ceiling: datetime
) -> DateCandidate | None:
    """Return the first of `candidates`, in their order of trust, that is not after `ceiling`.

    A candidate at most `MAX_AHEAD` later, or of the ceiling's day, is a clock or a zone gone astray
    and is still believed, with its value brought back to the ceiling.
    """
    for candidate in candidates:
        if candidate is None or candidate.value > ceiling + MAX_AHEAD:
            continue
        return capped(candidate, ceiling)
    return None


def capped(candidate: DateCandidate, ceiling: datetime) -> DateCandidate:
    """Return `candidate`, no later than `ceiling`."""
    if candidate.value <= ceiling:
        return candidate
    return DateCandidate(
        ceiling.astimezone(UTC),
        candidate.precision,
        candidate.has_zone,
        candidate.source,
        candidate.raw,
    )


def _rearranged(text: str) -> str:
    """Bring compact, asctime and unambiguous slashed dates into one of the regular forms."""
    if match := _COMPACT.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone or ''}"
    if match := _ASCTIME.match(text):
        name, day, time, zone, year = match.groups()
        return f"{day} {name} {year} {time} {zone or ''}"
    if match := _SLASHED.match(text):
        first, second, year, rest = match.groups()
        if int(second) > 12 or first == second:
            return f"{year}-{first}-{second}{rest}"
        return f"{year}-{second}-{first}{rest}" if int(first) > 12 else ""
    return text


def _read(raw: str) -> tuple[datetime, Precision] | None:
    """Return the moment, aware where `raw` names a zone, and its precision."""
    return _read_line(" ".join(raw.split())[:120])


@lru_cache(_REMEMBERED)
def _read_line(text: str) -> tuple[datetime, Precision] | None:
    if not any(character.isdigit() for character in text):
        return None
    text = _rearranged(text)
    for form in _FORMS:
        match = form.match(text)
        moment = _zoned(match.groupdict()) if match else None
        if match and moment is not None:
            return moment, _precision(match.groupdict())
    return None


def _zoned(parts: dict[str, str | None]) -> datetime | None:
    zone = _zone(parts.get("zone")) if parts.get("hour") else None
    try:
        moment = _moment(parts)
        if zone is not None:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=zone)))
        return moment if _in_utc(moment).year >= _EARLIEST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(parts: dict[str, str | None]) -> datetime:
    """Return the naive moment; raises ValueError when there is no such day or hour."""
    year = _year(parts["year"] or "")
    name = parts.get("name")
    month = _month(name) if name else int(parts.get("month") or 1)
    hour = _hour(parts.get("hour"), parts.get("half"))
    second = min(int(parts.get("second") or 0), 59)  # leap seconds
    start = datetime(year, month, int(parts.get("day") or 1))
    return start + timedelta(hours=hour, minutes=int(parts.get("minute") or 0), seconds=second)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _month(name: str) -> int:
    try:
        return _calendar()[0][name.casefold()]
    except KeyError:
        raise ValueError(name) from None


def _hour(hour: str | None, half: str | None) -> int:
    number = int(hour or 0)
    if half and number <= 12:
        number = number % 12 + (12 if half[0] in "Pp" else 0)
    if number > 24:
        raise ValueError(hour)
    return number


def _zone(name: str | None) -> int | None:
    """Return minutes east of UTC; None when none is named or the name is unknown."""
    if not name:
        return None
    match = _OFFSET.match(name)
    if match is None:
        return _calendar()[1].get(name.strip("().,").casefold())
    sign, hours, minutes = match.groups()
    offset = int(hours) * 60 + int(minutes or 0)
    if offset > 14 * 60:
        return None
    return offset if sign == "+" else -offset


def _precision(parts: dict[str, str | None]) -> Precision:
    if parts.get("second"):
        return "second"
    if parts.get("hour"):
        return "minute"
    if parts.get("day"):
        return "day"
    return "month" if parts.get("month") else "year"


@cache
def _calendar() -> tuple[dict[str, int], dict[str, int]]:
    source = resources.files("extractors").joinpath("lexicons", "calendar.toml")
    lists = tomllib.loads(source.read_text("utf-8"))
    months = {name: int(month) for month, names in lists["months"].items() for name in names}
    return months, lists["zones"]


@cache
def _days() -> re.Pattern[str]:
    """Return what finds a whole day: the month as a number or a name, the year nearly always whole.

    The year of two digits is one of this century: pages are no older.
    """
    names = "|".join(sorted(map(re.escape, _calendar()[0]), key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    forms = (
        r"\d{4}-\d\d-\d\d",
        rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?{year}",
        r"\d\d\.\d\d\.\d\d(?![.:\d])",
        rf"\d{{1,2}}/\d{{1,2}}/{year}",
        rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:de\s)?(?:{names})\.?,?\s(?:de\s)?{year}",
        rf"(?:{names})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{year}",
    )
    return re.compile(rf"(?<![\w./-])(?:{'|'.join(forms)})(?![\d/-]*\d|\.\d)", re.IGNORECASE)
