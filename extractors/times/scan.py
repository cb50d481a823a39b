"""Expressions of time in a text: found by pattern, joined, and resolved with their prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from extractors.times import lexicon as words
from extractors.times.calendar import Interval, midnight
from extractors.times.patterns import PATTERNS, Pattern
from extractors.times.readings import Now

_PREPOSITION = (
    r"on|in|at|by|since|until|till|before|after|from|between|during|over|within|through|throughout"
    r"|around|about|as\s+of|up\s+to|for|of|towards?|as\s+(?:early|late|recently)\s+as"
)
_PREFIX = re.compile(
    rf"(?<!\w)(?:(?P<when>late|early|earlier|later)\s+)?(?:(?P<prep>{_PREPOSITION})\s+)?"
    rf"(?:(?:the\s+)?(?:very\s+)?(?P<edge>start|beginning|end|middle|close|turn|rest|remainder)\s+of\s+)?"
    rf"(?:the\s+(?:early\s+|late\s+)?)?\Z",
    re.IGNORECASE,
)
# "since the outbreak began in February" starts where the outbreak did.
_SINCE = re.compile(
    r"(?<!\w)since\s+(?:[\w'-]+\s+){1,6}?"
    rf"(?:{words.BEGINNING})\s+(?:(?:in|on|at)\s+)?(?:early\s+|late\s+)?$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"(?<!\w)so\s+far\s+$", re.IGNORECASE)
_JOIN = re.compile(
    r"(?:\s*,)?\s*(?:(?:of|on|in|at|from|between)\s+)?(?:(?:around|about)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_DAYS, _HOURS = frozenset(("day", "night")), frozenset(("clock", "part"))
_RANGE = re.compile(r"\s+(?:and|to|until|till|through)\s+|\s*[-–—]\s*", re.IGNORECASE)
_HABIT = re.compile(r"(?<!\w)(?:every|each|most|some|per|alternate)\s+$", re.IGNORECASE)
_REACH = 80
_EVENING, _NOON = timedelta(hours=6), timedelta(hours=12)
_DASHED_MONTH = re.compile(rf"\.?\s?[-–—]\s?{words.MONTH}", re.IGNORECASE)
_CAPITALISED = ("month", "weekday")
_AMBIGUOUS = {
    name.title()
    for name in (*words.MONTHS, *words.WEEKDAYS)
    if len(name) < 5 or name in ("march", "april")
} - {"June", "July"}


@dataclass(frozen=True, slots=True)
class Found:
    """One match of one pattern."""

    pattern: Pattern
    match: re.Match[str]

    @property
    def start(self) -> int:
        """First character."""
        return self.match.start()

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.match.end()


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time, preposition included; `parts` are its matches in order.

    `core` is where it starts without its preposition. `last` is the far end of a range
    ("between January and July").
    """

    start: int
    core: int
    end: int
    parts: tuple[Found, ...]
    prep: str | None = None
    edge: str | None = None
    when: str | None = None
    last: Expression | None = None

    @property
    def kinds(self) -> set[str]:
        """The kinds of its parts."""
        return {part.pattern.kind for part in self.parts}

    @property
    def is_weak(self) -> bool:
        """Whether nothing but its own words makes it a time: a bare "the year", a bare 1998."""
        return all(p.pattern.weak and not p.match.groupdict().get("rel") for p in self.parts)

    def resolve(self, at: datetime, *, forward: bool | None = None) -> Interval | None:
        """Return the interval as seen from `at`, in a clause that looks forward or back.

        None where the words have no calendar value.
        """
        is_ahead = self.prep == "before" and self.edge is None
        with suppress(ValueError, OverflowError):  # beyond the years 1 to 9999
            return self._resolve(Now(at, True if is_ahead else forward))
        return None

    def _resolve(self, now: Now) -> Interval | None:
        if self.last is None:
            interval = self._core_interval(now)
            return interval and _with_prefix(self, interval, now)
        until = self.last._core_interval(now)
        if until and self.last.has("year") and self.has("month") and not self.has("year"):
            now = Now(until.start, forward=False)  # "from May to October 2020"
        interval = self._core_interval(now)
        return interval and until and _range(*_on_one_day(self, interval, until))

    def has(self, group: str) -> bool:
        """Return whether one of its parts names that: its month, its year."""
        return any(part.match.groupdict().get(group) for part in self.parts)

    def named(self, at: datetime, *, forward: bool | None = None) -> Interval | None:
        """Return the interval that the words themselves name ("by 2030": the year)."""
        with suppress(ValueError, OverflowError):  # beyond the years 1 to 9999
            return self._core_interval(Now(at, forward))
        return None

    def _core_interval(self, now: Now) -> Interval | None:
        readings = {part.pattern.kind: part.pattern.read(part.match, now) for part in self.parts}
        clock, part = readings.pop("clock", None), readings.pop("part", None)
        hour, day = clock or part, next(iter(readings.values()), None)
        if hour is None or day is None:
            return hour if not readings else day
        shift = midnight(day.start.date()) - midnight(now.day)
        whole = part or (day if "night" in readings else None)
        if clock and whole and self.has("h24") and clock.end <= whole.start:
            hour = hour.stretched(hour.start + _NOON, hour.end + _NOON)  # "at 8:00 in the evening"
        if "night" in readings and hour.start + shift < day.start - _EVENING:
            shift += timedelta(days=1)  # "at 2am last night" is of the next day
        return replace(hour, start=hour.start + shift, end=hour.end + shift, timex=day.timex)


def _on_one_day(whole: Expression, first: Interval, last: Interval) -> tuple[Interval, Interval]:
    """Give an hour without a day the day of the other end: "3pm to 4pm tomorrow"."""
    assert whole.last is not None, "only ranges have two ends"
    shift = midnight(last.start.date()) - midnight(first.start.date())
    if whole.kinds <= _HOURS and whole.last.kinds & _DAYS:
        return _moved(first, shift), last
    return first, _moved(last, -shift) if whole.last.kinds <= _HOURS else last


def _moved(interval: Interval, by: timedelta) -> Interval:
    return interval.stretched(interval.start + by, interval.end + by)


def _range(first: Interval, last: Interval) -> Interval | None:
    """Join both ends; an end without a year falls into the year that makes the range run on."""
    start = first.start
    if start >= last.end and start.replace(year=start.year - 1) < last.end:
        start = start.replace(year=start.year - 1)
    return replace(first, start=start, end=last.end) if start < last.end else None


def _with_prefix(expression: Expression, interval: Interval, now: Now) -> Interval | None:
    prep, edge = expression.prep, expression.edge
    today = midnight(now.day)
    at_start = edge in ("start", "beginning", "turn")
    if expression.when == "so far":
        return replace(interval.stretched(end=now.end), precision="day")
    if prep == "since":
        start = interval.end if edge in ("end", "close") else interval.start
        if start >= now.end:
            return None
        return replace(
            interval, start=start, end=now.end, precision="day" if at_start else interval.precision
        )
    if edge in ("rest", "remainder"):
        return interval.stretched(max(today, interval.start)) if today < interval.end else None
    if "clock" in expression.kinds:
        return interval
    if prep == "before" and edge is None:
        return interval.stretched(today, interval.start) if interval.start > today else None
    if prep in ("by", "until", "till", "before", "up to") and interval.end > now.end:
        end = interval.start if at_start else interval.end
        return interval.stretched(today, end) if end > today else None
    if expression.when == "late" and interval.precision == "day":
        return replace(interval, start=interval.start + timedelta(hours=18), precision="hour")
    return interval


@lru_cache(maxsize=16)
def scan(text: str) -> tuple[Expression, ...]:
    """Return the expressions of time in `text`, in order; the longest wins where they overlap.

    The last few texts are remembered, as every claim of a text asks for them.
    """
    found = (_with_words_before(text, group) for group in _groups(text))
    return tuple(_join_ranges(text, [one for one in found if not _is_name(text, one)]))


def _is_name(text: str, expression: Expression) -> bool:
    """Whether a bare "May", "Jan" or "Sun" may be a name: nothing else says that it is a time."""
    bare = text[expression.core : expression.end]
    if expression.kinds == {"season"} and text[expression.core :][:4] == "fall":
        return expression.prep not in ("in", "since", "during", "by")
    abbreviated = text[expression.end :][:1] == "." and bare not in ("May", "March", "April")
    if _DASHED_MONTH.match(text, expression.end):
        return False
    return bare in _AMBIGUOUS and expression.prep is None and not abbreviated


def _groups(text: str) -> Iterator[tuple[Found, ...]]:
    """Yield runs of matches that name one time together ("Friday" "night")."""
    group: list[Found] = []
    for found in _matches(text):
        if group and not _belongs(text, group, found):
            yield tuple(group)
            group = []
        group.append(found)
    if group:
        yield tuple(group)


def _belongs(text: str, group: Sequence[Found], found: Found) -> bool:
    kinds = {one.pattern.kind for one in (*group, found)}
    is_new = len(kinds) == len(group) + 1 and kinds <= _DAYS | _HOURS
    if not is_new or (len(kinds & _DAYS) != 1 and kinds != _HOURS) or kinds == {"night", "part"}:
        return False
    return _JOIN.fullmatch(text, group[-1].end, found.start) is not None


def _matches(text: str) -> list[Found]:
    found = [
        Found(pattern, match)
        for pattern in PATTERNS
        for match in pattern.regex.finditer(text)
        if _is_plausible(text, match)
    ]
    found.sort(key=lambda one: (one.start, one.start - one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_plausible(text: str, match: re.Match[str]) -> bool:
    names = match.groupdict()
    if any(names.get(group) and not names[group][0].isupper() for group in _CAPITALISED):
        return False
    return not _HABIT.search(text[max(0, match.start() - 12) : match.start()])


def _with_words_before(text: str, parts: tuple[Found, ...]) -> Expression:
    core, end = parts[0].start, parts[-1].end
    if text[end - 1] == "." and parts[-1].pattern.kind != "clock":
        end -= 1
    before = text[max(0, core - _REACH) : core]
    if since := _SINCE.search(before):
        return Expression(core - len(before) + since.start(), core, end, parts, prep="since")
    if so_far := _SO_FAR.search(before):
        return Expression(core - len(before) + so_far.start(), core, end, parts, when="so far")
    prefix = _PREFIX.search(before)
    assert prefix is not None, "the pattern matches the empty prefix"
    said = {name: words.key(word) for name, word in prefix.groupdict().items() if word}
    start = core - len(before) + prefix.start()
    prep, edge, when = (said.get(name) for name in ("prep", "edge", "when"))
    return Expression(start, core, end, parts, prep, edge, when)


def _join_ranges(text: str, expressions: Iterable[Expression]) -> list[Expression]:
    joined: list[Expression] = []
    for one in expressions:
        previous = joined[-1] if joined else None
        if previous and previous.last is None and _is_range(text, previous, one):
            joined[-1] = replace(previous, end=one.end, last=one)
        else:
            joined.append(one)
    return joined


def _is_range(text: str, first: Expression, last: Expression) -> bool:
    between = text[first.end : last.core]
    if not _RANGE.fullmatch(between):
        return False
    before = text[: first.parts[-1].start][-8:].lower()
    if "and" in between:
        return first.prep == "between" or before == "between "
    if first.prep in ("from", "between") or "-" in between or "–" in between:
        return True
    if "clock" in first.kinds & last.kinds:
        return True
    is_alike = first.has("month") and last.has("month")
    is_until = "til" in between.lower() and bool(first.kinds & last.kinds & _DAYS)
    return first.prep is None and (is_alike or is_until)
