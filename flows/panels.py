"""Several pictures side by side, each with an axis of its own: what differs a thousandfold in size.

Lines of one label have one colour throughout. A total that fell is marked where it fell, with how
far. As in `flows.charts`, the SVG depends on nothing but its values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from flows.charts import COLOURS, nice, readable, spread

_WIDTH, _HEAD, _FOOT = 960, 58, 34
_LEGEND_STEP = 18
_PANEL_HEIGHT = 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 64, 34, 30  # of a panel, around its plot
_STEPS = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)  # where an axis may end
_MONTH_WIDTH, _DAY_WIDTH = 66, 92  # of a tick's words, with a gap
_HEADROOM = 1.12  # so that marks above the highest line have room
_LETTER = 6.6  # width of a letter of the legend, about


@dataclass(frozen=True, slots=True)
class Track:
    """A line: one value a period, None where there is none, and how far it fell in each."""

    label: str
    values: tuple[float | None, ...]
    falls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the pictures."""

    title: str
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """What the whole shows: the same periods along the bottom of each panel."""

    title: str
    periods: tuple[date, ...]
    panels: tuple[Panel, ...]

    @property
    def labels(self) -> list[str]:
        """The labels of all lines, in the order in which they come first."""
        return list(dict.fromkeys(track.label for one in self.panels for track in one.tracks))


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a panel lies, in pixels, and the values at its ends."""

    left: float
    top: float
    width: float
    height: float
    count: int
    most: float

    def x(self, index: int) -> float:
        return self.left + self.width * (index + 0.5) / max(1, self.count)

    def y(self, value: float) -> float:
        return self.top + self.height * (1 - value / self.most)


def svg(panels: Panels) -> str:
    """Draw `panels` as an SVG document."""
    columns = 1 if len(panels.panels) == 1 else 2 if len(panels.panels) <= 4 else 3
    rows = -(-len(panels.panels) // columns)
    colours = {label: COLOURS[i % len(COLOURS)] for i, label in enumerate(panels.labels)}
    legend, legend_height = _legend(colours)
    head = _HEAD + legend_height
    height = head + rows * _PANEL_HEIGHT + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(panels.title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="28" font-size="16" font-weight="bold">{escape(panels.title)}</text>',
        *legend,
    ]
    for number, panel in enumerate(panels.panels):
        row, column = divmod(number, columns)
        plot = _plot(panel, len(panels.periods), column, head + row * _PANEL_HEIGHT, columns)
        parts += _frame(panel, panels.periods, plot)
        parts += _tracks(panel, panels.periods, plot, colours)
    parts += [
        _triangle(20, height - 16, "#777"),
        f'<text x="28" y="{height - 12}" fill="#777">a total taken back, by how much; '
        "dots: totals given in that period</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _plot(panel: Panel, count: int, column: int, top: float, columns: int) -> _Plot:
    values = [v for track in panel.tracks for v in track.values if v is not None]
    width = _WIDTH / columns
    return _Plot(
        left=column * width + _LEFT,
        top=top + _TOP,
        width=width - _LEFT - _RIGHT,
        height=_PANEL_HEIGHT - _TOP - _BOTTOM,
        count=count,
        most=nice(max(values, default=0) * _HEADROOM, _STEPS),
    )


def _legend(colours: dict[str, str]) -> tuple[list[str], int]:
    """Return the legend and the height of its rows."""
    parts: list[str] = []
    x, row = 16.0, 0
    for label, colour in colours.items():
        width = 28 + _LETTER * len(label) + 24
        if x + width > _WIDTH and x > 16:
            x, row = 16.0, row + 1
        y = 48 + _LEGEND_STEP * row
        parts.append(f'<path d="M{x:.1f} {y}h22" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 28:.1f}" y="{y + 4}" fill="{colour}">{escape(label)}</text>')
        x += width
    return parts, _LEGEND_STEP * (row + 1)


def _frame(panel: Panel, periods: Sequence[date], plot: _Plot) -> list[str]:
    """Draw a panel's title and axes."""
    parts = [
        f'<text x="{plot.left:.1f}" y="{plot.top - 12:.1f}" font-weight="bold">'
        f"{escape(panel.title)}</text>"
    ]
    for i in range(3):
        value = plot.most * i / 2
        y = plot.y(value)
        parts.append(f'<path d="M{plot.left:.1f} {y:.1f}h{plot.width:.1f}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{plot.left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" fill="#555">'
            f"{readable(value)}</text>"
        )
    room = _MONTH_WIDTH if _is_monthly(periods) else _DAY_WIDTH
    step = max(1, math.ceil(room * len(periods) / plot.width))
    parts += [
        f'<text x="{plot.x(i):.1f}" y="{plot.top + plot.height + 18:.1f}" text-anchor="middle" '
        f'fill="#555">{_brief(period, periods)}</text>'
        for i, period in enumerate(periods)
        if i % step == 0
    ]
    return parts


def _brief(period: date, periods: Sequence[date]) -> str:
    """Return a period as a tick says it."""
    return f"{period:%Y-%m}" if _is_monthly(periods) else str(period)


def _is_monthly(periods: Sequence[date]) -> bool:
    return all(period.day == 1 for period in periods)


def _tracks(
    panel: Panel, periods: Sequence[date], plot: _Plot, colours: dict[str, str]
) -> list[str]:
    parts: list[str] = []
    points = [[(i, v) for i, v in enumerate(t.values) if v is not None] for t in panel.tracks]
    ends = [plot.y(given[-1][1]) if given else 0.0 for given in points]
    label_ys = spread(ends, plot.top, plot.top + plot.height)
    taken: list[tuple[float, float]] = []
    for track, given, label_y in zip(panel.tracks, points, label_ys, strict=True):
        if not given:
            continue
        colour, (last, value) = colours[track.label], given[-1]
        parts.append(
            f'<path d="{_path(given, plot)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [
            f'<circle cx="{plot.x(i):.1f}" cy="{plot.y(v):.1f}" r="2" fill="{colour}">'
            f"<title>{escape(track.label)}, {periods[i]}: {readable(v)}</title></circle>"
            for i, v in given
        ]
        parts.append(
            f'<text x="{plot.x(last) + 7:.1f}" y="{label_y + 4:.1f}" fill="{colour}">'
            f"{readable(value)}</text>"
        )
        for i, v in given:
            if track.falls[i] > 0:
                parts.append(_mark(plot.x(i), plot.y(v) - 9, track.falls[i], colour, taken))
    return parts


def _path(given: Sequence[tuple[int, float]], plot: _Plot) -> str:
    """Return a line that holds each value until the next one."""
    first, *rest = [(f"{plot.x(i):.1f}", f"{plot.y(value):.1f}") for i, value in given]
    return f"M{first[0]} {first[1]}" + "".join(f"H{x}V{y}" for x, y in rest)


def _mark(x: float, y: float, fall: float, colour: str, taken: list[tuple[float, float]]) -> str:
    """Mark a fall, left of what rises again and above those `taken` that it would overlap."""
    words = readable(fall)
    while any(
        abs(x - other_x) < 8 * len(words) + 8 and abs(y - other_y) < 13
        for other_x, other_y in taken
    ):
        y -= 13
    taken.append((x, y))
    return (
        f'<text x="{x - 5:.1f}" y="{y:.1f}" text-anchor="end" font-size="11" fill="{colour}" '
        f'class="fall">{words}</text>'
    ) + _triangle(x, y - 4, colour)


def _triangle(x: float, y: float, colour: str) -> str:
    """Draw a triangle that points down: fonts often lack the character."""
    return f'<path d="M{x - 3.5:.1f} {y - 3:.1f}h7l-3.5 6.5z" fill="{colour}"/>'
