"""Times and problems as a person says them. All times are in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def span(seconds: float) -> str:
    """Return `3 days`, `2 hours`, `5 minutes` or `less than a minute`, rounded down."""
    for length, unit in _UNITS:
        count = int(seconds // length)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def each(seconds: float) -> str:
    """Return how often something happens that does so every `seconds`: `every 2 hours`."""
    for length, unit in _UNITS:
        count = round(seconds / length)
        if count:
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return "every minute"


def ago(moment: datetime | None, now: datetime) -> str | None:
    """Return `2 hours ago`, `in 5 minutes` or `now` for a time in UTC; None for none."""
    if moment is None:
        return None
    seconds = (now - aware(moment)).total_seconds()
    if abs(seconds) < 60:
        return "now"
    return f"{span(seconds)} ago" if seconds > 0 else f"in {span(-seconds)}"


def when(moment: datetime, now: datetime) -> str:
    """Return `14:20` for a time of today, `yesterday 14:20`, `Tuesday 14:20`, `3 March 14:20`."""
    moment, clock = aware(moment), f"{moment:%H:%M}"
    days = (moment.date() - now.date()).days
    if days == 0:
        return clock
    if days in (-1, 1):
        return f"{'tomorrow' if days > 0 else 'yesterday'} {clock}"
    if abs(days) < 7:
        return f"{moment:%A} {clock}"
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{moment.day} {moment:%B}{year} {clock}"


def between(since: datetime, until: datetime, now: datetime) -> str:
    """Return `between 08:00 and 14:00 yesterday`, or both ends in full when on several days."""
    since, until = aware(since), aware(until)
    if since.date() != until.date():
        return f"between {when(since, now)} and {when(until, now)}"
    day, _, clock = when(until, now).rpartition(" ")
    return f"between {since:%H:%M} and {clock} {day or 'today'}"


def stated(moment: datetime) -> str:
    """Return a time that stays true when read later: `2026-01-31 14:20`."""
    return f"{aware(moment).astimezone(UTC):%Y-%m-%d %H:%M}"


def clause(sentence: str | None) -> str:
    """Return a sentence as part of another: no full stop, no capital but of a name in capitals."""
    text = (sentence or "").strip().rstrip(".")
    first, _, _ = text.partition(" ")
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def aware(moment: datetime) -> datetime:
    """Return a time of the warehouse, which is UTC without a zone, with its zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
