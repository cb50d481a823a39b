"""Expressions of time in a text: found by pattern, joined, and resolved with their prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extractors.times import lexicon as words
from extractors.times.calendar import Interval, midnight
from extractors.times.patterns import PATTERNS, Now, Pattern

_PREPOSITION = (
    r"on|in|at|by|since|until|till|before|after|from|between|during|over|within|through|throughout"
    r"|around|about|as\s+of|up\s+to|for|of|towards?"
)
_PREFIX = re.compile(
    rf"(?<!\w)(?:(?P<when>late|early|earlier|later)\s+)?(?:(?P<prep>{_PREPOSITION})\s+)?"
    rf"(?:(?:the\s+)?(?:very\s+)?(?P<edge>start|beginning|end|middle|close|turn)\s+of\s+)?"
    rf"(?:the\s+(?:early\s+|late\s+)?)?$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"(?<!\w)so\s+far\s+$", re.IGNORECASE)
_JOIN = re.compile(r"(?:\s*,)?\s*(?:(?:of|on|in|at)\s+)?(?:the\s+)?", re.IGNORECASE)
_RANGE = re.compile(r"\s+(?:and|to|until|till|through)\s+|\s*[-–—]\s*", re.IGNORECASE)
_HABIT = re.compile(r"(?<!\w)(?:every|each|most|some|per|alternate)\s+$", re.IGNORECASE)
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
        now = Now(at, True if is_ahead else forward)
        interval = self._core_interval(now)
        if interval is None or self.last is None:
            return interval and _with_prefix(self, interval, now)
        until = self.last._core_interval(now)
        return until and _range(interval, until)

    def named(self, at: datetime, *, forward: bool | None = None) -> Interval | None:
        """Return the interval that its words name, whatever stands before them ("by 2030": 2030)."""
        return self._core_interval(Now(at, forward))

    def _core_interval(self, now: Now) -> Interval | None:
        readings = [(part, part.pattern.read(part.match, now)) for part in self.parts]
        hours = [(p, r) for p, r in readings if p.pattern.kind in ("clock", "part")]
        days = [(p, r) for p, r in readings if p.pattern.kind not in ("clock", "part")]
        if any(reading is None for _, reading in readings):
            return None
        if not hours or not days:
            return readings[0][1]
        day, hour = days[0][1], hours[0][1]
        assert day is not None and hour is not None
        shift = midnight(day.start.date()) - midnight(now.day)
        return replace(hour, start=hour.start + shift, end=hour.end + shift, timex=day.timex)


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


def scan(text: str) -> list[Expression]:
    """Return the expressions of time in `text`, in order; the longest wins where they overlap."""
    found = (_with_words_before(text, group) for group in _groups(text))
    return _join_ranges(text, [one for one in found if not _is_name(text, one)])


def _is_name(text: str, expression: Expression) -> bool:
    """Whether a bare "May", "Jan" or "Sun" may be a name: nothing else says that it is a time."""
    bare = text[expression.core : expression.end]
    if expression.kinds == {"season"} and text[expression.core :][:4] == "fall":
        return expression.prep not in ("in", "since", "during", "by")
    return bare in _AMBIGUOUS and expression.prep is None and text[expression.end :][:1] != "."


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
    clock, kinds = {"clock", "part"}, {group[0].pattern.kind, found.pattern.kind}
    if len(group) > 1 or len(kinds & clock) != 1 or "day" not in kinds:
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
    before = text[max(0, core - 40) : core]
    if so_far := _SO_FAR.search(before):
        return Expression(core - len(before) + so_far.start(), core, end, parts, when="so far")
    prefix = _PREFIX.search(before)
    assert prefix is not None
    said = {name: words.key(word) if word else None for name, word in prefix.groupdict().items()}
    return Expression(core - len(before) + prefix.start(), core, end, parts, **said)


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
    if "and" in between:
        return first.prep == "between"
    return first.prep in ("from", "between") or "-" in between or "–" in between
