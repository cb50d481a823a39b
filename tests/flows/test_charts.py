from __future__ import annotations

import dataclasses
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from flows.charts import Chart, Line, bar, sparkline, svg

CHART = Chart(
    title="Claims “ferry” & <more>",
    unit="%",
    periods=tuple(date(2024, 3, day) for day in range(1, 5)),
    lines=(Line("Ann <Lee>", (10.0, None, 30.0, 0.0)), Line("B", (None, None, 5.0, 6.0))),
    coverage=("full", "none", "partial", "full"),
)
SVG = "{http://www.w3.org/2000/svg}"


def paths(chart: Chart) -> list[str]:
    root = ElementTree.fromstring(svg(chart))
    return [p.attrib["d"] for p in root.iter(f"{SVG}path") if p.get("fill") == "none"]


def test_the_picture_is_xml_and_the_same_each_time() -> None:
    assert svg(CHART) == svg(CHART)
    root = ElementTree.fromstring(svg(CHART))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "Claims “ferry” & <more>" in words
    assert "Ann <Lee>" in words
    assert "2024-03-01" in words
    assert "hatched: no article read; grey: partly covered" in words


def test_a_share_breaks_at_a_gap_and_a_figure_stands() -> None:
    first, second = paths(CHART)
    assert first.count("M") == 2
    assert second.count("M") == 1
    stepped, _ = paths(dataclasses.replace(CHART, is_step=True))
    assert stepped.count("M") == 1
    assert stepped.count("H") == 2


def test_no_line_leads_to_another_event() -> None:
    line = Line("A", (1.0, 2.0, 5.0, 6.0), frozenset({2}))
    (path,) = paths(dataclasses.replace(CHART, lines=(line,), is_step=True))
    assert path.count("M") == 2
    assert path.count("H") == 2


def test_lines_that_are_not_drawn_are_counted() -> None:
    words = [
        text.text
        for text in ElementTree.fromstring(svg(dataclasses.replace(CHART, lines_left_out=5))).iter(
            f"{SVG}text"
        )
    ]
    assert words[-1] == "hatched: no article read; grey: partly covered; 2 of 7 lines"


def test_gaps_are_hatched() -> None:
    assert svg(CHART).count('fill="url(#gap)"') == 1
    covered = dataclasses.replace(CHART, coverage=("full",) * 4)
    assert 'fill="url(#gap)"' not in svg(covered)


def test_labels_do_not_overlap() -> None:
    lines = tuple(Line(f"line {n}", (0.0, 0.0, 0.0, 0.0)) for n in range(8))
    root = ElementTree.fromstring(svg(dataclasses.replace(CHART, lines=lines)))
    heights = sorted(
        float(text.attrib["y"])
        for text in root.iter(f"{SVG}text")
        if (text.text or "").startswith("line ")
    )
    assert all(b - a >= 15 for a, b in pairwise(heights))
    assert heights[-1] <= 420 - 64 + 5


def test_a_chart_of_nothing_can_be_drawn() -> None:
    ElementTree.fromstring(svg(Chart("Nothing", "", (), (), ())))


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([0, 1, 2, 4, 8], "▁▁▂▄█"),
        ([None, 5.0], "·█"),
        ([0, 0], "▁▁"),
        ([], ""),
    ],
)
def test_sparkline(values: list[float | None], drawn: str) -> None:
    assert sparkline(values) == drawn


@pytest.mark.parametrize(
    ("value", "drawn"), [(10.0, "█" * 10), (5.0, "█" * 5), (0.01, "█"), (0.0, ""), (None, "·")]
)
def test_bar(value: float | None, drawn: str) -> None:
    assert bar(value, 10.0, 10) == drawn
