"""Whether failures are our own network's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from flows.polling import Attempt, after_outage, down_since, is_spoilt
from flows.polling.cadence import FLOOR_S
from tests.flows.polls import HOUR, NOW, failed, feed, wait_s

pytestmark = pytest.mark.area("Crash and concurrency")

BETTERBIRD = "Betterbird 157: feeds paused one by one after a local outage"


def attempts(reasons: str, was_well: bool = True) -> list[Attempt]:
    """One a second to hosts of their own: `x` lost, `.` answered, `!` failed beyond the way."""
    words = {"x": "dns", ".": None, "!": "http_500"}
    return [
        Attempt(second(number), f"{number}.example", words[letter], was_well)
        for number, letter in enumerate(reasons)
    ]


def second(number: int) -> datetime:
    return NOW + timedelta(seconds=number)


@pytest.mark.rule("A local outage touches no counter", source=BETTERBIRD)
@pytest.mark.parametrize(
    ("reasons", "since"),
    [
        ("xxx", 0),
        ("xx", None),
        ("xxxxxxxx.", 0),
        ("xxx.", None),
        ("!!!!!", None),
        ("....", None),
        ("", None),
        (".....xxxxx", 5),
        (".....xxxx", None),
        (".....xxxxx.", None),
        ("..xxxxx..xxxxx!xxxxx", 15),
    ],
)
def test_an_outage_is_told_from_dead_hosts(reasons: str, since: int | None) -> None:
    found = down_since(attempts(reasons))
    assert found == (None if since is None else second(since))


def test_many_requests_to_one_host_are_one_sign() -> None:
    one = [Attempt(second(n), "a.example", "dns") for n in range(9)]
    assert down_since(one) is None


@pytest.mark.rule("Hosts that were in trouble before are no sign of an outage", source=BETTERBIRD)
def test_known_trouble_is_no_sign_of_an_outage_midway() -> None:
    dead = [
        Attempt(second(n), f"{n}.example", "dns" if n > 4 else None, was_well=n <= 4)
        for n in range(12)
    ]
    assert down_since(dead) is None


@pytest.mark.rule("What failed before the network went is blamed as ever", source=BETTERBIRD)
def test_only_what_was_lost_since_is_spoilt() -> None:
    tried = attempts("x....xxxxx")
    since = down_since(tried)
    assert [is_spoilt(one, since) for one in tried] == [False] * 5 + [True] * 5
    assert not is_spoilt(Attempt(second(20), "z.example", "http_500"), since)
    assert not is_spoilt(tried[0], None)


@pytest.mark.rule(
    "A site that rests is no sign of an outage; all feeds of a lost host are spoilt alike",
    source=BETTERBIRD,
)
def test_what_rests_is_no_sign_and_all_feeds_of_a_lost_host_are_spoilt() -> None:
    first = attempts("....xxxxx")
    seconds = [Attempt(second(20), f"{n}.example", "dns") for n in range(4, 9)]
    rests = [Attempt(second(21), f"r{n}.example", "resting") for n in range(9)]
    since = down_since([*first, *seconds, *rests])
    assert since == second(4)
    assert all(is_spoilt(one, since) for one in seconds)
    assert not any(is_spoilt(one, since) for one in rests)
    nearly_all = [*attempts("xxx"), Attempt(second(4), "0.example", "dns"), *rests]
    assert down_since(nearly_all) == NOW


def test_after_an_outage_only_the_next_try_is_set() -> None:
    row = after_outage(feed(failure_weight=1.5), failed("dns"))
    assert (row.failure_weight, row.last_polled_at, row.state) == (1.5, NOW - HOUR, "offline")
    assert wait_s(row) == FLOOR_S
