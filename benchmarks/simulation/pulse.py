"""When feeds publish: read from a feed history, or invented. A pulse is a feed's stories in order.

Times are seconds since the simulation began; negative ones are before it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random

from benchmarks.history import FeedHistory

DAY_S = 86_400.0
LEAD_S = 3 * DAY_S  # before the simulation: what the feeds show at its beginning

_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
_IDENTITIES = tuple(
    re.compile(rb"<(?:%s)(?:\s[^>]*)?>(.*?)</" % names, re.DOTALL)
    for names in (b"guid|id", b"link", b"title")
)
_TEXT = re.compile(rb"<(title|description|summary)[^>]*>(.*?)</\1>", re.DOTALL)
_DATE = re.compile(rb"<(?:pubDate|published|updated)>(.*?)<")


@dataclass(frozen=True, slots=True)
class Story:
    """A story: when it is published, and when its entry is edited after that."""

    number: int
    at: float
    edits: tuple[float, ...] = ()

    def version(self, now: float) -> int:
        """Return how often it was edited by `now`."""
        return sum(edit <= now for edit in self.edits)


Pulse = tuple[Story, ...]


def read_pulse(history: FeedHistory) -> Pulse:
    """Return the stories of a feed's snapshots; times are seconds since 1970."""
    published: dict[bytes, float] = {}
    edits: dict[bytes, list[float]] = {}
    words: dict[bytes, bytes] = {}
    seen: set[bytes] = set()
    for found_at, body in zip(history.times, history.bodies, strict=True):
        for entry in _ENTRY.split(body)[1:]:
            if entry in seen:
                continue
            seen.add(entry)
            identity = _identity(entry)
            text = b" ".join(part for _, part in _TEXT.findall(entry))
            if identity not in published:
                published[identity] = min(_date(entry) or math.inf, found_at.timestamp())
            elif words[identity] != text:
                edits.setdefault(identity, []).append(found_at.timestamp())
            words[identity] = text
    ordered = sorted(published.items(), key=lambda item: (item[1], item[0]))
    return tuple(
        Story(number, at, tuple(edits.get(identity, ())[:3]))
        for number, (identity, at) in enumerate(ordered)
    )


def cut(pulse: Pulse, days: float, a_day: float, chance: Random) -> Pulse:
    """Return a stretch of `pulse` thinned to about `a_day` stories a day, moved to the simulation.

    The stretch begins at a random one of the busier half of the pulse's moments.
    """
    span = LEAD_S + days * DAY_S
    times = [story.at for story in pulse]
    counts = [bisect_left(times, at + span) - number for number, at in enumerate(times)]
    number = chance.choice(sorted(range(len(times)), key=counts.__getitem__)[len(times) // 2 :])
    share = a_day * span / DAY_S / counts[number]
    kept = [story for story in pulse[number : number + counts[number]] if chance.random() < share]
    return _numbered([_moved(story, -times[number] - LEAD_S) for story in kept])


def invent(days: float, a_day: float, chance: Random) -> Pulse:
    """Return a made-up pulse: more by day than by night, some entries edited within hours."""
    peak = a_day / DAY_S * 1.8
    found: list[Story] = []
    at = -LEAD_S
    while (at := at + chance.expovariate(peak)) < days * DAY_S:
        if chance.random() * 1.8 < 1 + 0.8 * math.sin(2 * math.pi * at / DAY_S):
            edits = (at + chance.uniform(600, 20_000),) if chance.random() < 0.05 else ()
            found.append(Story(0, at, edits))
    return _numbered(found)


def surge(pulse: Pulse, at: float, hours: float, count: int, chance: Random) -> Pulse:
    """Return `pulse` with `count` stories more within some hours, as when something happens."""
    more = [Story(0, at + chance.random() * hours * 3600) for _ in range(count)]
    return _numbered([*pulse, *more])


def _identity(entry: bytes) -> bytes:
    found = (pattern.search(entry) for pattern in _IDENTITIES)
    return next((match[1] for match in found if match and match[1]), entry)


def _date(entry: bytes) -> float | None:
    found = _DATE.search(entry)
    text = found[1].decode("ascii", "replace").strip() if found else ""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text.replace("EDT", "-0400").replace("EST", "-0500")).timestamp()
        except ValueError:
            continue
    return None


def _moved(story: Story, by: float) -> Story:
    return replace(story, at=story.at + by, edits=tuple(edit + by for edit in story.edits))


def _numbered(stories: Iterable[Story]) -> Pulse:
    ordered = sorted(stories, key=lambda story: story.at)
    return tuple(replace(story, number=number) for number, story in enumerate(ordered))
