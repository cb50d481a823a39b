"""Whether the log of the made-up web shows a good guest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from benchmarks.simulation.faults import current
from benchmarks.simulation.network import Asked
from benchmarks.simulation.pulse import DAY_S
from benchmarks.simulation.web import Web

SPACING_S = 5.0
ANSWER_S = 1.0  # until a pause that was asked for is known


def check_manners(web: Web, log: Sequence[Asked]) -> dict[str, Any]:
    """Return how close requests to a site came, and how often a rule was broken.

    `too_close`: requests to a site less than five seconds after the one before. `impatient`:
    requests to a site, or to a feed, before the pause that it asked for was over. `disobeyed`: what
    robots.txt forbids. `asked_after_gone`: feeds asked more than twice after they said 410.
    """
    sites: dict[str, list[Asked]] = {}
    for asked in log:
        sites.setdefault(site_of(asked.host), []).append(asked)
    spaces = [after.at - one.at for each in sites.values() for one, after in pairwise(each)]
    gone = Counter(asked.subject for asked in log if asked.status == 410)
    return {
        "requests": len(log),
        "closest_s": round(min(spaces, default=0.0), 3),
        "too_close": sum(space < SPACING_S - 0.01 for space in spaces),
        "impatient": sum(_impatient(web, each) for each in sites.values()),
        "disobeyed": sum("/private/" in asked.subject and _forbids(web, asked) for asked in log),
        "asked_after_gone": sum(count > 2 for count in gone.values()),
    }


def site_of(host: str) -> str:
    """Return the registered domain of a made-up host."""
    return ".".join(host.split(".")[-2:])


def _impatient(web: Web, asked: Sequence[Asked]) -> int:
    """Count the requests to a site that came before a pause was over."""
    rests: dict[str, tuple[float, float]] = {}
    count = 0
    for one in asked:
        for key in ("site", one.subject):
            known_at, until = rests.get(key, (0.0, 0.0))
            count += one.at > known_at and one.now < until
        if one.status in (429, 503):
            fault = current(web.host_faults.get(one.host, ()), one.now)
            end = min(fault.end, one.now + DAY_S) if fault else 0.0
            rests["site" if one.status == 429 else one.subject] = (one.at + ANSWER_S, end)
    return count


def _forbids(web: Web, asked: Asked) -> bool:
    rules = web.answer(asked.host, "/robots.txt", {}, asked.now)
    return b"/private/" in rules.body
