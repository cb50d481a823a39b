from __future__ import annotations

from benchmarks.floors import FILE, Floors, check, loosened

PINNED = Floors({"quality.dates/A.day.f1": 0.7}, {"throughput.memory": 100})


def test_a_figure_is_found_by_its_path() -> None:
    figures = {"quality": {"dates/A": {"day": {"f1": 0.71}}}, "throughput": {"memory": 101}}
    floor, ceiling = check(PINNED, figures)
    assert (floor.measured, floor.holds) == (0.71, True)
    assert (ceiling.measured, ceiling.holds) == (101, False)


def test_what_was_not_measured_breaks_nothing() -> None:
    assert [one.holds for one in check(PINNED, {"quality": {}})] == [True, True]


def test_limits_are_only_tightened() -> None:
    assert loosened(PINNED, PINNED) == []
    lax = Floors({"quality.dates/A.day.f1": 0.69}, {})
    assert loosened(lax, PINNED) == ["quality.dates/A.day.f1", "throughput.memory"]
    assert loosened(PINNED, lax) == []


def test_the_pinned_file_is_readable() -> None:
    pinned = Floors.parse(FILE.read_text("utf-8"))
    assert pinned.floors
    assert all(limit > 0 for limit in pinned.floors.values())
    assert all(limit >= 0 for limit in pinned.ceilings.values())
