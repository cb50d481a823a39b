"""What a feed says about how often to ask.

Read from the markup itself, as feed parsers keep only the last of several `hour` elements.
Sources: RSS 2.0 (https://www.rssboard.org/rss-specification), the syndication module of RSS 1.0
(http://web.resource.org/rss/1.0/modules/syndication/).
"""

from __future__ import annotations

import re

from extractors.records import Cadence

_HEAD_CHARACTERS = 200_000
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIOD_MINUTES = {
    "hourly": 60,
    "daily": 1440,
    "dayly": 1440,  # as some publishers spell it
    "weekly": 10080,
    "monthly": 43200,
    "yearly": 525600,
}


def read_cadence(markup: str) -> Cadence:
    """Read `ttl`, `skipHours`, `skipDays` and the syndication module from a feed's markup.

    Values that make no sense (negative, hour 30) are left out; RSS 0.91's hour 24 is hour 0.
    """
    head = _COMMENT.sub("", markup[:_HEAD_CHARACTERS])
    hours = {int(hour) % 24 for hour in _inner("hour", "skipHours", head) if _is_hour(hour)}
    named = {day.casefold() for day in _inner("day", "skipDays", head)}
    return Cadence(
        ttl_minutes=_positive(_first("ttl", head)),
        update_minutes=_update_minutes(head),
        skip_hours=tuple(sorted(hours)),
        skip_days=tuple(day for day in _DAYS if day in named),
    )


def _update_minutes(head: str) -> int | None:
    period = _PERIOD_MINUTES.get((_first("updatePeriod", head) or "").casefold())
    frequency = _positive(_first("updateFrequency", head)) or 1
    return max(1, period // frequency) if period else None


def _first(name: str, head: str) -> str | None:
    match = re.search(rf"<(?:\w+:)?{name}(?:\s[^<>]*)?>([^<>]{{1,100}})</", head)
    return match[1].strip() if match else None


def _inner(name: str, outer: str, head: str) -> list[str]:
    match = re.search(rf"<{outer}\b[^<>]*>((?:\s*<{name}>[^<>]*</{name}>)*)", head)
    found = re.findall(rf"<{name}>([^<>]*)</", match[1]) if match else []
    return [text.strip() for text in found]


def _is_hour(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:4]) <= 24


def _positive(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return int(text) or None
