"""The command `trend`: asks for the series, makes a chart of them, and tells it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import duckdb

from flows.charts import Chart, Line, bar, sparkline
from flows.drawing import compact
from warehouse.queries import run_query
from warehouse.table import Table

By = Literal["day", "week", "month"]
Per = Literal["all", "source", "claimant"]

_MOST_PERIODS = 92
_MOST_LINES = 8
_BAR_WIDTH = 24
_SPARK_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Question:
    """What to follow; without `by` the shortest period that gives at most a quarter's points."""

    text: str | None = None
    claimant: str | None = None
    measure: str | None = None
    party: str | None = None
    counted: str | None = None
    since: date | None = None
    until: date | None = None
    by: By | None = None
    per: Per = "all"
    is_count: bool = False

    @property
    def title(self) -> str:
        """The question in words."""
        about = f"“{self.text}”" if self.text else ""
        who = f"by {self.claimant}" if self.claimant else ""
        whose = f"of {self.party}" if self.party else ""
        what = f"Figures: {self.measure}" if self.measure else "Claims"
        return " ".join(part for part in (what, self.counted, about, who, whose) if part)


@dataclass(frozen=True, slots=True)
class Trend:
    """An answer: the rows, the chart they make, and its summary for a terminal."""

    table: Table
    chart: Chart
    summary: Table


def follow(con: duckdb.DuckDBPyConnection, question: Question) -> Trend:
    """Answer `question` from an open reader; raises QueryError for values it cannot use."""
    return _figures(con, question) if question.measure else _claims(con, question)


def coverage_note(chart: Chart) -> str:
    """Say how many of the chart's periods were not, or only partly, covered."""
    none, partial = chart.coverage.count("none"), chart.coverage.count("partial")
    if not none and not partial:
        return ""
    holes = f"{none} {'holds' if none == 1 else 'hold'} no article at all" if none else ""
    parts = f"{partial} {'is' if partial == 1 else 'are'} only partly covered" if partial else ""
    count = len(chart.periods)
    whole = f"Of {count} {'period' if count == 1 else 'periods'}"
    return f"{whole}, {' and '.join(filter(None, (holes, parts)))}."


def _claims(con: duckdb.DuckDBPyConnection, question: Question) -> Trend:
    table = run_query(
        con, "trend", text=question.text, claimant=question.claimant, since=question.since,
        until=question.until, per=question.per, by=question.by or "auto",
    )  # fmt: skip
    chart = _claims_chart(table, question)
    return Trend(table, chart, _claims_summary(table, chart, question))


def _figures(con: duckdb.DuckDBPyConnection, question: Question) -> Trend:
    table, cover = _figures_by(con, question, question.by or "day")
    if by := _longer(question, (row[0] for row in cover.rows)):
        table, cover = _figures_by(con, question, by)
    chart = _figures_chart(table, cover, question)
    return Trend(table, chart, _figures_summary(table, cover))


def _figures_by(con: duckdb.DuckDBPyConnection, question: Question, by: By) -> tuple[Table, Table]:
    """Return the figures by period, and how far each period since the first is covered."""
    table = run_query(
        con, "figure_trend", measure=question.measure, text=question.text,
        claimant=question.claimant, party=question.party, counted=question.counted,
        since=question.since, until=question.until, by=by,
    )  # fmt: skip
    first = min((row[0] for row in table.rows), default=None)
    since = max(filter(None, (first, question.since)), default=None)
    cover = run_query(con, "coverage_by_period", by=by, since=since, until=question.until)
    return table, cover


def _longer(question: Question, days: Iterable[date]) -> By | None:
    """Return the length of period that suits `days` if these are too many to be points."""
    distinct = set(days)
    if question.by or len(distinct) <= _MOST_PERIODS:
        return None
    weeks = {day - timedelta(days=day.weekday()) for day in distinct}
    return "week" if len(weeks) <= _MOST_PERIODS else "month"


def _claims_chart(table: Table, question: Question) -> Chart:
    records = table.records()
    periods = sorted({record["period"] for record in records})
    coverage = {record["period"]: record["coverage"] for record in records}
    field = "claim_count" if question.is_count else "share_pct"
    lines = [
        Line(str(series), tuple(_covered(record, field) for record in records_))
        for series, records_ in _by_series(records)
    ]
    unit = "claims" if question.is_count else "% of all stories read"
    return Chart(question.title, unit, tuple(periods), tuple(lines), _words(periods, coverage))


def _by_series(records: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each series with its rows by period, the largest series first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        groups.setdefault(record["series"], []).append(record)
    yield from sorted(
        groups.items(), key=lambda group: (-sum(r["claim_count"] for r in group[1]), group[0])
    )


def _covered(record: dict[str, Any], field: str) -> float | None:
    return None if record["coverage"] == "none" else record[field]


def _words(periods: list[date], coverage: dict[date, str]) -> tuple[str, ...]:
    return tuple(coverage[period] for period in periods)


def _claims_summary(table: Table, chart: Chart, question: Question) -> Table:
    unit = "claims" if question.is_count else "share %"
    if len(chart.lines) == 1:
        return _bars(table, chart)
    rows = []
    top = max((v for line in chart.lines for v in line.values if v is not None), default=0.0)
    for line, (_, records) in zip(chart.lines, _by_series(table.records()), strict=True):
        values = [value for value in line.values if value is not None]
        rows.append(
            (
                line.label, _spark(line.values, top), values[-1] if values else None,
                max(values, default=None), sum(r["claim_count"] for r in records),
                sum(r["story_count"] for r in records),
            )
        )  # fmt: skip
    columns = (question.per, _span(chart), f"last {unit}", f"peak {unit}", "claims", "stories")
    return Table(columns, tuple(rows))


def _bars(table: Table, chart: Chart) -> Table:
    (line,) = chart.lines
    top = max((value for value in line.values if value is not None), default=0.0)
    rows = tuple(
        (
            record["period"], bar(value, top, _BAR_WIDTH), record["share_pct"],
            record["claim_count"], record["story_count"], record["total_story_count"],
            record["coverage"],
        )
        for record, value in zip(table.records(), line.values, strict=True)
    )  # fmt: skip
    columns = ("period", "", "share %", "claims", "stories", "of all", "coverage")
    return Table(columns, rows)


class FigureKey(NamedTuple):
    """What tells series of figures apart: those of one may be compared."""

    claimant: str
    party: str | None
    thing: str | None
    change: str
    unit: str | None
    scope: str | None
    is_projected: bool


def _figure_lines(table: Table) -> dict[FigureKey, list[dict[str, Any]]]:
    """Group figures into series that may be compared, those with most figures first."""
    groups: dict[FigureKey, list[dict[str, Any]]] = {}
    for r in table.records():
        key = FigureKey(*(r[name] for name in FigureKey._fields))
        groups.setdefault(key, []).append(r)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0]))))


def _figures_chart(table: Table, cover: Table, question: Question) -> Chart:
    coverage = {record["period"]: record["coverage"] for record in cover.records()}
    periods = sorted(coverage)
    groups = _figure_lines(table)
    # A level and an increase, or persons and per cent, share no axis: the commonest pair is drawn.
    kinds = [(key.change, key.unit) for key, group in groups.items() for _ in group]
    kind = max(sorted(set(kinds), key=str), key=kinds.count, default=("level", None))
    drawn = [key for key in groups if (key.change, key.unit) == kind][:_MOST_LINES]
    lines = [
        Line(label, _values(groups[key], periods), starts(groups[key], periods))
        for label, key in zip(_labels(drawn), drawn, strict=True)
    ]
    unit = " ".join(word for word in (kind[1], "" if kind[0] == "level" else kind[0]) if word)
    return Chart(
        question.title, unit, tuple(periods), tuple(lines),
        _words(periods, coverage), is_step=True, lines_left_out=len(groups) - len(drawn),
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


def _figures_summary(table: Table, cover: Table) -> Table:
    periods = [record["period"] for record in cover.records()]
    rows = []
    for key, group in _figure_lines(table).items():
        rows.append(
            (
                _described(key), key.thing, _spark(_carried(_values(group, periods))),
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


def _spark(values: Sequence[float | None], top: float | None = None) -> str:
    """Return a sparkline of at most `_SPARK_WIDTH` characters: the peak of each part."""
    size = -(-len(values) // _SPARK_WIDTH) or 1
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    return sparkline([max((v for v in part if v is not None), default=None) for part in parts], top)


def _span(chart: Chart) -> str:
    return f"{chart.periods[0]} – {chart.periods[-1]}" if chart.periods else "trend"
