"""A small fuzz of everything that takes in other people's bytes, and of the fuzz itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from random import Random

import pytest

from benchmarks import fuzz, fuzz_targets
from benchmarks.address_check import check_address, neighbour
from benchmarks.mutator import Mutator
from extractors import urls
from extractors.errors import FeedError


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGPROF)
    yield
    signal.signal(signal.SIGPROF, before)


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "No bytes from outside raise what is not documented, hang, or merge two articles",
    source="ours; benchmarks/fuzz.py",
)
@pytest.mark.parametrize(
    ("name", "inputs"),
    [("feeds", 300), ("headers", 300), ("html", 20), ("sites", 20), ("texts", 10), ("urls", 1000)],
)
def test_no_input_raises_or_hangs(name: str, inputs: int) -> None:
    tally = fuzz.fuzz(name, None, inputs=inputs)
    assert (tally.uncaught, tally.hangs, tally.inputs) == ([], [], inputs)
    assert tally.kept > 0


def test_the_same_seed_gives_the_same_inputs() -> None:
    def inputs(seed: int) -> list[bytes]:
        mutator = Mutator(Random(seed), [b"<a>", b"x"], 500)
        return [mutator.mutate(b"some seed", b"another") for _ in range(200)]

    assert inputs(1) == inputs(1) != inputs(2)
    assert all(len(data) <= 500 for data in inputs(1))


def test_what_raises_or_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(data: bytes, random: Random) -> None:
        if len(data) % 3 == 0:
            raise FeedError("no feed")
        if len(data) % 3 == 1:
            raise KeyError("a defect")
        while True:
            pass

    target = fuzz_targets.Target(lambda folder: [b"seed"], check, 40)
    monkeypatch.setitem(fuzz_targets.TARGETS, "urls", target)
    monkeypatch.setattr(fuzz, "LIMIT_S", 0.01)
    monkeypatch.setattr(fuzz, "_seeds", lambda name, data: [b"abc"])
    tally = fuzz.fuzz("urls", None, inputs=60)
    assert tally.refused and tally.hangs and tally.uncaught
    assert tally.refused + len(tally.hangs) + len(tally.uncaught) == 60


def test_merged_addresses_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    address = b"https://news.example/2024/05/ferry?id=7"
    check_address(address, Random(1))
    whole = urls.url_key

    def careless(url: str) -> str:
        return whole(url).casefold().partition("?")[0]

    monkeypatch.setattr("benchmarks.address_check.url_key", careless)
    with pytest.raises(AssertionError, match="is one with"):
        for seed in range(20):
            check_address(address, Random(seed))


def test_neighbours_are_other_articles() -> None:
    address = "https://news.example/2024/05/ferry?id=7&utm_source=a"
    found = {neighbour(address, Random(seed)) for seed in range(50)} - {None}
    assert len(found) > 5
    assert address not in found
