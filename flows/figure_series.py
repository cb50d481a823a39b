"""Figures over time as lines: which may be compared, what they are called, how they went."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from flows.charts import Chart, Line, brief_sparkline
from flows.drawing import compact
from warehouse.table import Table

_MOST_LINES = 8


class FigureKey(NamedTuple):
    """What tells series of figures apart: those of one may be compared."""

    claimant: str
    party: str | None
    thing: str | None
    change: str
    unit: str | None
    scope: str | None
    is_projected: bool


def _series(table: Table) -> dict[FigureKey, list[dict[str, Any]]]:
    """Group figures into series that may be compared, those with most figures first."""
    groups: dict[FigureKey, list[dict[str, Any]]] = {}
    for r in table.records():
        key = FigureKey(*(r[name] for name in FigureKey._fields))
        groups.setdefault(key, []).append(r)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0]))))


def draw_figures(title: str, table: Table, cover: Table) -> Chart:
    """Draw the rows of the query `figure_trend`, with the coverage of each period since the first.

    A level and an increase, or persons and per cent, share no axis: the commonest pair is drawn.
    """
    coverage = {record["period"]: record["coverage"] for record in cover.records()}
    periods = sorted(coverage)
    groups = _series(table)
    kinds = [(key.change, key.unit) for key, group in groups.items() for _ in group]
    kind = max(sorted(set(kinds), key=str), key=kinds.count, default=("level", None))
    drawn = [key for key in groups if (key.change, key.unit) == kind][:_MOST_LINES]
    lines = [
        Line(label, _values(groups[key], periods), starts(groups[key], periods))
        for label, key in zip(_labels(drawn), drawn, strict=True)
    ]
    unit = " ".join(word for word in (kind[1], "" if kind[0] == "level" else kind[0]) if word)
    return Chart(
        title, unit, tuple(periods), tuple(lines), tuple(coverage[period] for period in periods),
        is_step=True, lines_left_out=len(groups) - len(drawn),
    )  # fmt: skip


def _labels(keys: list[FigureKey]) -> list[str]:
    """Name each line by thing, claimant and party, and by what tells it from another so named."""
    short = [_of_thing(key, _named(key)) for key in keys]
    return [
        name if short.count(name) == 1 else _of_thing(key, _described(key))
        for name, key in zip(short, keys, strict=True)
    ]


def _of_thing(key: FigureKey, name: str) -> str:
    """Put the thing first: a long name is cut in a picture."""
    return f"{key.thing}: {name}" if key.thing else name


def _values(group: list[dict[str, Any]], periods: list[date]) -> tuple[float | None, ...]:
    amounts = {record["period"]: record["amount"] for record in group}
    return tuple(amounts.get(period) for period in periods)


def starts(group: list[dict[str, Any]], periods: list[date]) -> frozenset[int]:
    """Return where a line goes on with another event: that does not follow the one before."""
    known = [(r["period"], r["event_id"]) for r in group if r["event_id"] is not None]
    places = {period: place for place, period in enumerate(periods)}
    return frozenset(
        places[period] for (_, event), (period, next_event) in pairwise(known)
        if event != next_event and period in places
    )  # fmt: skip


def _carried(values: tuple[float | None, ...]) -> list[float | None]:
    """Let each figure stand until the next one."""
    last: float | None = None
    return [last := value if value is not None else last for value in values]


def sum_up_figures(table: Table, cover: Table) -> Table:
    """Return a row a series for a terminal: how it went, its last figure, the range and status."""
    periods = [record["period"] for record in cover.records()]
    rows = []
    for key, group in _series(table).items():
        rows.append(
            (
                _described(key), key.thing, brief_sparkline(_carried(_values(group, periods))),
                group[-1]["amount"], min(r["low_amount"] for r in group),
                max(r["high_amount"] for r in group), sum(r["figure_count"] for r in group),
                _status(group),
            )
        )  # fmt: skip
    span = f"{periods[0]} – {periods[-1]}" if periods else "trend"
    columns = ("claimant", "counted", span, "last", "low", "high", "given", "status")
    return compact(Table(columns, tuple(rows)))


def _status(group: list[dict[str, Any]]) -> str | None:
    """Return what was said last of the last figure, whenever it was told: often nothing is."""
    amount = group[-1]["amount"]
    said = [r["verification_status"] for r in group if r["amount"] == amount]
    return next((status for status in reversed(said) if status != "not_stated"), None)


def _described(key: FigureKey) -> str:
    """Name a series by its claimant, and by what is not the usual: a level, of persons."""
    words = (
        None if key.change == "level" else key.change,
        None if key.unit == "person" or (key.unit == "item" and key.thing) else key.unit,
        key.scope, "planned" if key.is_projected else None,
    )  # fmt: skip
    return ", ".join([_named(key), *filter(None, words)])


def _named(key: FigureKey) -> str:
    return f"{key.claimant} on {key.party}" if key.party else key.claimant
