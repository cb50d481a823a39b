"""What a run did: counts for machines as JSON, for people as Markdown, and the exit code."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from flows.cells import counted
from flows.health.telling import as_json, in_words
from warehouse.rows import IncidentRow

PARTLY = 3


@dataclass(frozen=True, slots=True)
class FeedProblem:
    """A feed that could not be polled, or only in part, and why."""

    url: str
    outlet: str
    problem: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """The counts of one run. `fates` sums to `urls`: each URL it found or took up has one.

    `checks` counts, by what they showed, the visits to articles that were loaded before; for
    `rechecks` of these no feed asked, so they are not among the URLs.
    """

    run_id: str
    started_at: datetime
    finished_at: datetime
    status: Literal["fine", "partly"] = "fine"
    is_already_loaded: bool = False
    is_dry_run: bool = False
    is_offline: bool = False
    feeds_polled: int = 0
    feeds_unchanged: int = 0
    feeds_not_due: int = 0
    feeds_failed: tuple[FeedProblem, ...] = ()
    feeds_damaged: tuple[FeedProblem, ...] = ()
    items_new: int = 0
    items_changed: int = 0
    urls: int = 0
    fates: Mapping[str, int] = field(default_factory=dict)
    rechecks: int = 0
    checks: Mapping[str, int] = field(default_factory=dict)
    pages_fetched: int = 0
    revisions_loaded: int = 0
    claims_loaded: int = 0
    quarantined: int = 0
    incidents_opened: tuple[IncidentRow, ...] = ()
    incidents_closed: tuple[IncidentRow, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    would_fetch: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 3 when some feeds failed or incidents were opened."""
        return PARTLY if self.feeds_failed or self.incidents_opened else 0

    @property
    def has_incidents(self) -> bool:
        """Whether incidents were opened or closed."""
        return bool(self.incidents_opened or self.incidents_closed)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready values; times are ISO 8601 in UTC."""
        values = dataclasses.asdict(self)
        for name in ("started_at", "finished_at"):
            values[name] = values[name].isoformat()
        for name in ("incidents_opened", "incidents_closed"):
            values[name] = [as_json(row) for row in getattr(self, name)]
        return values


def to_markdown(report: RunReport) -> str:
    """Return the report as Markdown: a sentence, a table of counts, the failures."""
    rows = [
        ("feeds polled", report.feeds_polled),
        ("of them unchanged", report.feeds_unchanged),
        ("of them failed", len(report.feeds_failed)),
        ("feeds not due yet", report.feeds_not_due),
        ("new entries", report.items_new),
        ("changed entries", report.items_changed),
        ("pages fetched", report.pages_fetched),
        ("URLs decided", report.urls),
        *_of_them(report.fates),
        ("articles checked again", sum(report.checks.values())),
        *_of_them(report.checks),
        ("article versions loaded", report.revisions_loaded),
        ("claims loaded", report.claims_loaded),
        ("put in quarantine", report.quarantined),
        ("incidents opened", len(report.incidents_opened)),
        ("incidents closed", len(report.incidents_closed)),
    ]
    lines = [f"# Run {report.run_id}", "", sentence(report), "", "| what | count |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in rows]
    if report.has_incidents:
        lines += ["", *incident_lines(report)]
    lines += _problems("Feeds that failed", report.feeds_failed)
    lines += _problems("Feeds that are damaged, read as far as possible", report.feeds_damaged)
    return "\n".join(lines) + "\n"


def message(report: RunReport) -> str:
    """Return the outcome in a sentence or two, and the opened incidents by kind and feed."""
    named = [f"{row.kind} ({row.subject})" for row in report.incidents_opened]
    return f"{sentence(report)} Opened: {', '.join(named)}." if named else sentence(report)


def incident_lines(report: RunReport) -> list[str]:
    """Return the incidents that the run opened and closed as lines of Markdown."""
    lines = ["## Incidents", ""]
    for done, rows in (("opened", report.incidents_opened), ("closed", report.incidents_closed)):
        lines += [f"- {done}: {in_words(row)}" for row in rows]
    return lines


def _of_them(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(f"of them {name}", count) for name, count in counts.items()]


def _problems(heading: str, feeds: Sequence[FeedProblem]) -> list[str]:
    if not feeds:
        return []
    return ["", f"## {heading}", ""] + [f"- {f.outlet} <{f.url}>: {f.problem}" for f in feeds]


def sentence(report: RunReport) -> str:
    """Return the outcome in a sentence or two."""
    if report.is_already_loaded:
        return f"The run {report.run_id} was loaded before; nothing was done."
    if report.is_dry_run:
        return (
            f"Polled {counted(report.feeds_polled, 'feed')} and found "
            f"{counted(report.urls, 'URL')} to visit and "
            f"{counted(report.rechecks, 'article')} to check again; nothing was stored."
        )
    said = (
        f"Polled {counted(report.feeds_polled, 'feed')}, fetched "
        f"{counted(report.pages_fetched, 'page')}, loaded "
        f"{counted(report.revisions_loaded, 'article version')} with "
        f"{counted(report.claims_loaded, 'claim')}."
    )
    if report.is_offline:
        said += " The network seems to be down: no failure was counted."
    elif report.feeds_failed:
        said += f" {counted(len(report.feeds_failed), 'feed')} failed."
    if report.incidents_opened:
        said += f" {counted(len(report.incidents_opened), 'incident')} opened."
    if report.feeds_not_due:
        said += f" {counted(report.feeds_not_due, 'feed')} not due yet."
    return said
