"""Whether failures are our own network's: then no feed and no page is blamed.

Two signs: nearly all hosts fail on the way; or, from some moment in the run on, every host fails on
the way that was well before. A feed spoilt once by the second sign does not count for it again, so
that a dead hosting company cannot pass for a dead network for ever. A site that rests was not even
asked: it is no sign of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

LEAST_HOSTS = 3
LEAST_HOSTS_MIDWAY = 5
SHARE = 0.8
NETWORK = frozenset({"dns", "unreachable", "connection"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request: when, to which host, why it failed if it did, and whether the host was well."""

    at: datetime
    host: str
    reason: str | None
    was_well: bool = True

    @property
    def is_lost(self) -> bool:
        """Whether the request failed on the way."""
        return self.reason in NETWORK


def down_since(attempts: Iterable[Attempt]) -> datetime | None:
    """Return the moment from which on our own network was down, or None if it was not."""
    asked = (attempt for attempt in attempts if attempt.reason != "resting")
    in_time = sorted(asked, key=lambda attempt: attempt.at)
    if _nearly_all_lost(in_time):
        return in_time[0].at
    return _midway(in_time)


def is_spoilt(attempt: Attempt, since: datetime | None) -> bool:
    """Tell whether the attempt failed because our network was down `since` then."""
    return since is not None and attempt.is_lost and attempt.at >= since


def _nearly_all_lost(attempts: Sequence[Attempt]) -> bool:
    lost: dict[str, bool] = {}
    for attempt in attempts:
        lost[attempt.host] = lost.get(attempt.host, True) and attempt.is_lost
    return sum(lost.values()) >= max(LEAST_HOSTS, SHARE * len(lost))


def _midway(attempts: Sequence[Attempt]) -> datetime | None:
    """Return the moment after the last request that got through, if enough was lost since."""
    through = [attempt.at for attempt in attempts if not attempt.is_lost]
    after = [one for one in attempts if not through or one.at > through[-1]]
    well = {attempt.host for attempt in after if attempt.was_well}
    return after[0].at if len(well) >= LEAST_HOSTS_MIDWAY else None
