"""What goes wrong in the made-up web: hosts, our own network, and what happens to feeds for good.

Faults are stretches of time drawn beforehand, never counters: whoever asks the same thing at the
same simulated moment meets the same fault, before and after a crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from benchmarks.simulation.pulse import DAY_S

Kind = Literal[
    "dns", "refused", "unreachable", "reset", "stalled", "slow",  # a host's network
    "500", "503", "429", "maintenance", "cut",  # a host's server
    "offline", "offline_pages", "offline_half",  # our own network
]  # fmt: skip

HOST_KINDS: tuple[Kind, ...] = (
    "dns", "refused", "unreachable", "reset", "stalled", "slow", "500", "503", "503", "429", "429",
    "maintenance", "cut",
)  # fmt: skip
OWN_KINDS: tuple[Kind, ...] = ("offline", "offline_pages", "offline_half")
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is wrong from `begin` until `end`, seconds of the simulation."""

    kind: Kind
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Fortune:
    """What happens to a feed for good, and when: nothing by default.

    `moved_at`: redirected with `move_status` to another host; `buried_at`: the old address is dead.
    `gone_at`: answers `gone_status` from then on. `closed_at`: port 80 refuses, https answers.
    """

    moved_at: float | None = None
    move_status: int = 301
    buried_at: float | None = None
    gone_at: float | None = None
    gone_status: int = 410
    closed_at: float | None = None


def current(faults: Sequence[Fault], now: float) -> Fault | None:
    """Return the fault that is on at `now`."""
    return next((fault for fault in faults if fault.begin <= now < fault.end), None)


def draw_host_faults(days: float, chance: Random) -> tuple[Fault, ...]:
    """Return the faults of a host: about one in ten days, from an hour to a day and a half long."""
    return _draw(HOST_KINDS, days / 10, 36, days, chance)


def draw_own_faults(days: float, chance: Random) -> tuple[Fault, ...]:
    """Return when our own network is down: about once in five days, for up to half a day."""
    return _draw(OWN_KINDS, max(1, days / 5), 12, days, chance)


def draw_fortunes(count: int, days: float, chance: Random) -> list[Fortune]:
    """Return the fortunes of `count` feeds: something happens to about one in seven."""
    begin, end = 0.1 * days * DAY_S, 0.4 * days * DAY_S
    at = chance.uniform
    dealt = [
        *(Fortune(moved_at=at(begin, end), move_status=status) for status in (301, 308, 302)),
        Fortune(moved_at=at(0, begin), buried_at=at(0.6, 0.7) * days * DAY_S),
        Fortune(gone_at=at(begin, end), gone_status=410),
        Fortune(gone_at=at(begin, end), gone_status=404),
        Fortune(closed_at=at(begin, end)),
    ]
    rounds = max(1, count // (7 * len(dealt)))
    fortunes = dealt * rounds + [Fortune()] * count
    return chance.sample(fortunes[:count], count)


def _draw(
    kinds: Iterable[Kind], count: float, longest_h: float, days: float, chance: Random
) -> tuple[Fault, ...]:
    """Return about `count` faults; none in the last tenth, so that what is left is recovery."""
    words = tuple(kinds)
    number = int(count) + (chance.random() < count % 1)
    found = []
    for _ in range(number):
        begin = chance.uniform(0, 0.8 * days * DAY_S)
        hours = min(chance.uniform(1, longest_h), days * 2.4)
        found.append(Fault(chance.choice(words), begin, begin + hours * HOUR_S))
    return tuple(sorted(found, key=lambda fault: fault.begin))
