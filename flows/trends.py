"""The command `trend`: asks for the series, makes a chart of them, and tells it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import duckdb

from flows.charts import Chart, Line, bar, brief_sparkline
from flows.figure_series import draw_figures, sum_up_figures
from warehouse.queries import run_query
from warehouse.table import Table

By = Literal["day", "week", "month"]
Per = Literal["all", "source", "claimant"]

_MOST_PERIODS = 92
_BAR_WIDTH = 24


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
    chart = draw_figures(question.title, table, cover)
    return Trend(table, chart, sum_up_figures(table, cover))


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
                line.label, brief_sparkline(line.values, top), values[-1] if values else None,
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


def _span(chart: Chart) -> str:
    return f"{chart.periods[0]} – {chart.periods[-1]}" if chart.periods else "trend"
