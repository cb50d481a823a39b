"""The benchmark of hostile pages and of repeated readings, small."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import hostile_kinds, hostile_pages, twice
from benchmarks.hostile_kinds import HostilePage, make_page
from benchmarks.plain_reader import PlainReader
from benchmarks.seeds import OWN_PAGES
from flows.reading import Page, Reading
from flows.workers import Limits
from tests.flows.readers import BROKEN, PLAIN, UNRULY

LIMITS = Limits(1, 500_000_000, PLAIN)
ARTICLE = b"<h1>T</h1><p>Ann said one.</p>"


@pytest.fixture
def unruly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages made that hang, die, eat memory or are harmless, in turn."""
    words = (b"HANG", b"DIE", b"EAT", b"")

    def make(seed: int, number: int, pages: Sequence[bytes]) -> HostilePage:
        word = words[number % len(words)]
        return HostilePage(word.decode() or "calm", ARTICLE + word, None)

    monkeypatch.setattr(hostile_pages, "make_page", make)


def test_the_same_seed_gives_the_same_pages() -> None:
    def bodies(seed: int) -> list[bytes]:
        return [make_page(seed, number, OWN_PAGES).body for number in range(40)]

    assert bodies(1) == bodies(1) != bodies(2)


def test_every_kind_has_its_share() -> None:
    whole = sum(weight for weight, _ in hostile_kinds.KINDS.values())
    kinds = hostile_kinds.kinds_of(2 * whole)
    assert {kind: kinds.count(kind) for kind in hostile_kinds.KINDS} == {
        kind: 2 * weight for kind, (weight, _) in hostile_kinds.KINDS.items()
    }


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "Of pages gone wrong each is read or put aside once, whatever it does to its reader",
    source="ours; benchmarks/hostile_pages.py",
)
@pytest.mark.usefixtures("unruly")
def test_every_page_is_read_or_put_aside_once() -> None:
    limits = Limits(1, 500_000_000, UNRULY)
    figures = hostile_pages.measure(None, limits, count=8, seed=0, processes=2)
    assert (figures["read"], figures["quarantined"], figures["unaccounted"]) == (2, 6, 0)
    assert figures["read_by_class"] == {"article": 2}
    assert sorted(figures["quarantined_by_reason"].values()) == [2, 2, 2]
    assert (figures["over_time"], figures["spans_off"], figures["run_crashed"]) == (0, 0, None)
    assert figures["slowest"][0][1].endswith("HANG")
    assert figures["peak_worker_bytes"] > 1_000_000
    assert hostile_pages.is_sound(figures)


def test_a_pool_that_dies_is_told() -> None:
    limits = Limits(1, 500_000_000, BROKEN)
    figures = hostile_pages.measure(None, limits, count=2, seed=0, processes=1)
    assert figures["unaccounted"] == 2
    assert "ModelError" in figures["run_crashed"]
    assert not hostile_pages.is_sound(figures)


def test_spans_that_are_off_and_pages_over_their_time_are_told() -> None:
    page = Page("https://news.example/1", ARTICLE, None, hostile_pages.FETCHED_AT, None, "Post")
    [reading] = PlainReader().read([page])
    assert reading.article
    moved = Reading(replace(reading.article, text="Not this."), reading.claims)
    tally = hostile_pages.Tally()
    hostile = HostilePage("cut", ARTICLE, None)
    tally.add("1", hostile, reading, 2.5, 1)
    tally.add("2", hostile, moved, 0.5, 1)
    figures = tally.to_dict(2)
    assert (figures["over_time"], figures["spans_off"]) == (1, 1)


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(hostile_pages, "limits_of", lambda settings: LIMITS)
    assert hostile_pages.main(["--pages", "6", "--processes", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 6


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "A reading depends on nothing but its page: not on order, process or hashes",
    source="ours; benchmarks/twice.py",
)
def test_two_processes_read_the_same() -> None:
    figures = twice.read_twice(None)
    assert figures["sets"] == {"own": {"pages": len(OWN_PAGES), "differing": 0}}


class HashingReader(PlainReader):
    """Lets the seed of hashes into the title."""

    def read(self, pages: Sequence[Page]) -> Iterator[Reading]:
        for reading in super().read(pages):
            assert reading.article
            title = str(hash("a word"))
            yield Reading(replace(reading.article, title=title))


def test_readings_that_differ_are_told(tmp_path: Path) -> None:
    for folder in ("html", "txt"):
        (tmp_path / "set" / folder).mkdir(parents=True)
    (tmp_path / "set" / "html" / "a.html").write_bytes(ARTICLE)
    (tmp_path / "set" / "txt" / "a.txt").touch()
    figures = twice.read_twice(tmp_path, {"set": f"{__name__}:HashingReader"})
    assert (figures["differing"], figures["sets"]["set"]["which"]) == (1, ["a"])
    assert not hostile_pages.is_sound(figures)
