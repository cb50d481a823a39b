"""Trends as pictures: sparklines and bars for a terminal, and an SVG that stands alone.

The SVG depends on nothing but its values: the same trend gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

_BLOCKS = "▁▂▃▄▅▆▇█"
_BAR = "█"
_GAP = "·"
# Okabe and Ito's palette (2008), told apart by colour-blind readers; the yellow is left out.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#7f7f7f")
_WIDTH, _HEIGHT = 900, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 250, 52, 64
_LABEL_STEP = 16
_SPARK_WIDTH = 24
_LETTERS = 36  # of a label, at most
_STEPS = (1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10)  # where an axis may end: their quarters are short


@dataclass(frozen=True, slots=True)
class Line:
    """A series: one value a period, None where there is none.

    `starts` are the places of values that do not follow the one before: no line leads to them.
    """

    label: str
    values: tuple[float | None, ...]
    starts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows: periods along the bottom, lines, and how well each was covered.

    `coverage` holds a word of the view `coverage` for each period. With `is_step` a line holds its
    value until the next one (a figure), else gaps stay open (a share). `lines_left_out` says how
    many lines there are besides.
    """

    title: str
    unit: str
    periods: tuple[date, ...]
    lines: tuple[Line, ...]
    coverage: tuple[str, ...]
    is_step: bool = False
    lines_left_out: int = 0


def sparkline(values: Sequence[float | None], top: float | None = None) -> str:
    """Return a character a value, eighths of `top` (the largest value without it)."""
    peak = top or max((value for value in values if value is not None), default=0)
    return "".join(_GAP if value is None else _block(value, peak) for value in values)


def brief_sparkline(values: Sequence[float | None], top: float | None = None) -> str:
    """Return a sparkline of at most `_SPARK_WIDTH` characters: the peak of each part."""
    size = -(-len(values) // _SPARK_WIDTH) or 1
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    return sparkline([max((v for v in part if v is not None), default=None) for part in parts], top)


def bar(value: float | None, top: float, width: int) -> str:
    """Return a horizontal bar, `width` characters long for `top`."""
    if value is None:
        return _GAP
    return _BAR * max(1, round(width * value / top)) if value > 0 and top > 0 else ""


def svg(chart: Chart) -> str:
    """Draw `chart` as an SVG document."""
    top = nice(max((v for line in chart.lines for v in line.values if v is not None), default=0))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(chart.title)}</title>",
        '<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V6" stroke="#bbb" stroke-width="2"/>'
        "</pattern></defs>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="26" font-size="16" font-weight="bold">{escape(chart.title)}</text>',
        *_shades(chart),
        *_value_axis(chart, top),
        *_time_axis(chart),
        *_lines(chart, top),
        *_note(chart),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _block(value: float, peak: float) -> str:
    if peak <= 0 or value <= 0:
        return _BLOCKS[0]
    return _BLOCKS[min(7, max(0, math.ceil(8 * value / peak) - 1))]


def nice(value: float, steps: Sequence[float] = _STEPS) -> float:
    """Return the least of `steps` times a power of ten that is not below `value`."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in steps if power * step >= value * 0.999999)


def _x(chart: Chart, index: float) -> float:
    span = max(1, len(chart.periods))
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (index + 0.5) / span


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top


def _shades(chart: Chart) -> list[str]:
    fills = {"none": "url(#gap)", "partial": "#f4f4f4"}
    width, height = _x(chart, 1) - _x(chart, 0), _HEIGHT - _TOP - _BOTTOM
    return [
        f'<rect x="{_x(chart, i - 0.5):.1f}" y="{_TOP}" width="{width:.1f}" height="{height}" '
        f'fill="{fills[word]}"/>'
        for i, word in enumerate(chart.coverage)
        if word in fills
    ]


def _value_axis(chart: Chart, top: float) -> list[str]:
    parts = [f'<text x="{_LEFT}" y="44" fill="#555">{escape(chart.unit)}</text>']
    for i in range(5):
        value = top * i / 4
        y = _y(value, top)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">'
            f"{readable(value)}</text>"
        )
    return parts


def _time_axis(chart: Chart) -> list[str]:
    step = max(1, math.ceil(len(chart.periods) / 8))
    y = _HEIGHT - _BOTTOM + 18
    return [
        f'<text x="{_x(chart, i):.1f}" y="{y}" text-anchor="middle" fill="#555">{period}</text>'
        for i, period in enumerate(chart.periods)
        if i % step == 0
    ]


def _lines(chart: Chart, top: float) -> list[str]:
    parts: list[str] = []
    for number, (line, label_y) in enumerate(
        zip(chart.lines, _label_places(chart, top), strict=True)
    ):
        colour = COLOURS[number % len(COLOURS)]
        parts.append(
            f'<path d="{_path(chart, line, top)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [
            f'<circle cx="{_x(chart, i):.1f}" cy="{_y(value, top):.1f}" r="2.5" fill="{colour}">'
            f"<title>{escape(line.label)}, {chart.periods[i]}: {readable(value)}</title></circle>"
            for i, value in enumerate(line.values)
            if value is not None
        ]
        parts.append(
            f'<text x="{_WIDTH - _RIGHT + 10}" y="{label_y + 4:.1f}" fill="{colour}">'
            f"{escape(_short(line.label))}</text>"
        )
    return parts


def _path(chart: Chart, line: Line, top: float) -> str:
    steps: list[str] = []
    is_open = False
    for i, value in enumerate(line.values):
        if value is None:
            is_open = is_open and chart.is_step
            continue
        is_open = is_open and i not in line.starts
        x, y = f"{_x(chart, i):.1f}", f"{_y(value, top):.1f}"
        steps.append((f"H{x}V{y}" if chart.is_step else f"L{x} {y}") if is_open else f"M{x} {y}")
        is_open = True
    return "".join(steps)


def _label_places(chart: Chart, top: float) -> list[float]:
    """Return a height for each line's label: at its end, moved where labels would overlap."""
    ends = [
        _y(next((v for v in reversed(line.values) if v is not None), 0), top)
        for line in chart.lines
    ]
    return spread(ends, float(_TOP), float(_HEIGHT - _BOTTOM))


def spread(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return `heights` moved apart, so that labels there do not overlap, from `top` to `bottom`."""
    order = sorted(range(len(heights)), key=lambda i: (heights[i], i))
    places = dict(enumerate(heights))
    floor = top
    for index in order:
        places[index] = max(places[index], floor)
        floor = places[index] + _LABEL_STEP
    ceiling = bottom
    for index in reversed(order):
        places[index] = min(places[index], ceiling)
        ceiling = places[index] - _LABEL_STEP
    return [places[index] for index in range(len(heights))]


def _note(chart: Chart) -> list[str]:
    notes = {"none": "hatched: no article read", "partial": "grey: partly covered"}
    parts = [text for word, text in notes.items() if word in chart.coverage]
    if chart.lines_left_out:
        count = len(chart.lines) + chart.lines_left_out
        parts.append(f"{len(chart.lines)} of {count} lines")
    words = "; ".join(parts)
    return [f'<text x="{_LEFT}" y="{_HEIGHT - 14}" fill="#777">{words}</text>'] if words else []


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…"


def readable(value: float) -> str:
    """Return a number as an axis shows it."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.4g}"
