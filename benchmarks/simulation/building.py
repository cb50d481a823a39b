"""Builds the made-up web from publication histories and a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from benchmarks.simulation.faults import (
    Fault,
    Fortune,
    draw_fortunes,
    draw_host_faults,
    draw_own_faults,
)
from benchmarks.simulation.feeds import Feed, Format, Order, Validation
from benchmarks.simulation.pulse import DAY_S, Pulse, cut, invent, surge
from benchmarks.simulation.web import Web

SLOWEST, BUSIEST = 0.7, 30.0  # stories a day
LINKED = 0.03  # of the stories lead to a page; the others are notes without a link
FORMATS: tuple[Format, ...] = ("rss", "atom", "json")
ORDERS: dict[int, Order] = {3: "pinned", 11: "shuffled"}  # of every 25 feeds
VALIDATIONS: tuple[Validation, ...] = ("etag", "etag", "modified", "none", "etag", "frozen")


def build(days: float, slot_s: float, feeds: int, seed: int, pulses: Sequence[Pulse] = ()) -> Web:
    """Return a web of `feeds` feeds that publish as `pulses` did, or as it is invented.

    Three sites in five have a feed of their own; eight sites share the other feeds.
    """
    chance = Random(f"{seed} fortunes")
    fortunes = draw_fortunes(feeds, days, chance)
    built: list[Feed] = []
    for number, fortune in enumerate(fortunes):
        alone = number < 0.6 * feeds
        site = f"soak{number if alone else number % min(8, feeds):03d}.org"
        built.append(_feed(number, site, fortune, days, seed, pulses))
    main = {feed.site: feed for feed in reversed(built)}
    built = [_topical(feed, main[feed.site], seed) for feed in built]
    return Web(
        days,
        slot_s,
        tuple(built),
        _host_faults(built, days, seed),
        draw_own_faults(days, Random(f"{seed} own")),
    )


def _feed(
    number: int, site: str, fortune: Fortune, days: float, seed: int, pulses: Sequence[Pulse]
) -> Feed:
    chance = Random(f"{seed} feed {number}")
    a_day = SLOWEST * (BUSIEST / SLOWEST) ** chance.random()
    pulse = (
        cut(pulses[number % len(pulses)], days, a_day, chance)
        if pulses
        else invent(days, a_day, chance)
    )
    if number % 12 == 5:
        pulse = surge(pulse, chance.uniform(0, 0.8 * days * DAY_S), 6, 150, chance)
    has_own_host = fortune != Fortune()
    host = chance.choice(("www", "www", "feeds"))
    return Feed(
        name=f"feed{number:03d}",
        owner=f"feed{number:03d}",
        host=f"{f'old{number:03d}' if has_own_host else host}.{site}",
        site=site,
        is_tls=fortune.closed_at is None and number % 4 != 0,
        format=chance.choice(FORMATS),
        window=chance.choice((10, 15, 20, 30)),
        order=ORDERS.get(number % 25, "newest"),
        validation=chance.choice(VALIDATIONS),
        ttl_minutes=chance.choice((None, None, 30, 60, 240)),
        linked=LINKED,
        tracker=chance.choice(("", "?utm_source=rss", "?utm_medium=feed&utm_campaign=x")),
        fortune=fortune,
        pulse=pulse,
        times=tuple(story.at for story in pulse),
    )


def _topical(feed: Feed, main: Feed, seed: int) -> Feed:
    """Make every third feed of a site that has several show a choice of its main feed's stories."""
    if feed is main or int(feed.name[4:]) % 3:
        return feed
    chance = Random(f"{seed} topic {feed.name}")
    pulse = tuple(story for story in main.pulse if chance.random() < 0.3)
    return replace(feed, owner=main.name, pulse=pulse, times=tuple(one.at for one in pulse))


def _host_faults(feeds: Sequence[Feed], days: float, seed: int) -> dict[str, tuple[Fault, ...]]:
    hosts = {feed.host for feed in feeds} | {f"www.{feed.site}" for feed in feeds}
    return {host: draw_host_faults(days, Random(f"{seed} host {host}")) for host in sorted(hosts)}
