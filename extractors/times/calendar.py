"""Half-open intervals of the calendar, and the arithmetic on them.

All moments are naive datetimes in the zone of the reference day. `Interval.timex` is the value in
the notation of TimeML (ISO 8601 with TIMEX3's additions: `1989-Q3`, `1998-W17`, `199`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from extractors.records import Precision

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
HOURS_IN = {"hour": 1, "minute": 0}


@dataclass(frozen=True, slots=True)
class Interval:
    """`[start, end)`, the unit that was named, and its TIMEX3 value."""

    start: datetime
    end: datetime
    precision: Precision
    timex: str | None = None

    def iso(self) -> tuple[str, str]:
        """Return both ends, as dates where both are midnights, else as date-times."""
        if self.precision in ("hour", "minute"):
            return _moment(self.start, self.start), _moment(self.end, self.start)
        return self.start.date().isoformat(), self.end.date().isoformat()

    def stretched(self, start: datetime | None = None, end: datetime | None = None) -> Interval:
        """Return the interval with another start or end."""
        return replace(self, start=start or self.start, end=end or self.end)


def _moment(moment: datetime, start: datetime) -> str:
    """Write an end that is more than a day after `start`, and so closes a stretch, as a date."""
    stretch = moment - start > timedelta(hours=24) and moment.time() == time()
    return moment.date().isoformat() if stretch else f"{moment:%Y-%m-%dT%H:%M}"


def midnight(day: date) -> datetime:
    """Return the first moment of `day`."""
    return datetime.combine(day, time())


def day_interval(day: date) -> Interval:
    """Return the whole of `day`."""
    start = midnight(day)
    return Interval(start, start + timedelta(days=1), "day", day.isoformat())


def hours_interval(day: date, first: float, last: float) -> Interval:
    """Return the hours `[first, last)` of `day`; hours past 24 are of the next day."""
    start = midnight(day)
    return Interval(
        start + timedelta(hours=first), start + timedelta(hours=last), "hour", day.isoformat()
    )


def week_interval(day: date) -> Interval:
    """Return the Monday-to-Sunday week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = monday.isocalendar()
    return Interval(
        midnight(monday), midnight(monday + timedelta(days=7)), "week", f"{year}-W{week:02}"
    )


def weekend_interval(day: date) -> Interval:
    """Return Saturday and Sunday of the week that holds `day`."""
    saturday = day + timedelta(days=5 - day.weekday())
    year, week, _ = saturday.isocalendar()
    return Interval(
        midnight(saturday), midnight(saturday + timedelta(days=2)), "day", f"{year}-W{week:02}-WE"
    )


def month_interval(year: int, month: int, count: int = 1) -> Interval:
    """Return `count` calendar months from `month` (1 is January; may run over the year's ends)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    start = datetime(year, month, 1)
    return Interval(start, add_months(start, count), "month", f"{year:04}-{month:02}")


def quarter_interval(year: int, quarter: int) -> Interval:
    """Return a quarter; `quarter` may run over the year's ends."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    months = month_interval(year, 3 * quarter - 2, 3)
    return replace(months, precision="quarter", timex=f"{year:04}-Q{quarter}")


def season_interval(year: int, month: int) -> Interval:
    """Return the three months of the season that starts in `month` of `year`."""
    code = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}[month]
    return replace(month_interval(year, month, 3), timex=f"{year:04}-{code}")


def year_interval(year: int, count: int = 1) -> Interval:
    """Return `count` calendar years."""
    return Interval(datetime(year, 1, 1), datetime(year + count, 1, 1), "year", f"{year:04}")


def decade_interval(year: int) -> Interval:
    """Return the ten years from `year` (which ends in 0)."""
    return replace(year_interval(year, 10), timex=f"{year // 10}")


def add_months(moment: datetime, count: int) -> datetime:
    """Return `moment` moved by calendar months, on the last day where the month is shorter."""
    index = moment.year * 12 + moment.month - 1 + count
    year, month = divmod(index, 12)
    following = datetime(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def add_units(moment: datetime, unit: str, count: int) -> datetime:
    """Return `moment` moved by `count` units (hour, day, week, month, ..., century)."""
    if unit in MONTHS_IN:
        return add_months(moment, count * MONTHS_IN[unit])
    if unit in DAYS_IN:
        return moment + timedelta(days=count * DAYS_IN[unit])
    return moment + timedelta(hours=count * HOURS_IN[unit])


def unit_interval(day: date, unit: str, count: int = 0) -> Interval:
    """Return the calendar unit that holds `day`, moved by `count` units."""
    moved = add_units(midnight(day), unit, count).date()
    match unit:
        case "week":
            return week_interval(moved)
        case "month":
            return month_interval(day.year, day.month + count)
        case "quarter":
            return quarter_interval(day.year, (day.month - 1) // 3 + 1 + count)
        case "year":
            return year_interval(day.year + count)
        case "decade":
            return decade_interval((day.year // 10 + count) * 10)
    return day_interval(moved)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the `nth` Monday (0) to Sunday (6) of a month, -1 the last; else ValueError."""
    first = date(year, month, 1)
    if nth < 0:
        last = add_months(midnight(first), 1).date() - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return first.replace(day=day)


@lru_cache
def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's algorithm, Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    offset = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * offset) // 451
    month, day = divmod(h + offset - 7 * m + 114, 31)
    return date(year, month, day + 1)
