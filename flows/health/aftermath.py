"""What follows a run: its figures are written, and the user's command is told of its incidents."""

from __future__ import annotations

import sys

from extractors.errors import WarehouseError
from flows.health.metrics import read_metrics, write_metrics
from flows.health.telling import call, message
from flows.report import RunReport
from flows.settings import Settings


def follow_up(settings: Settings, report: RunReport) -> None:
    """Do what the settings ask for after a run; what fails is said and fails nothing.

    A run that was loaded before has been told of before.
    """
    for problem in (_figures(settings), _told(settings, report)):
        if problem:
            print(problem, file=sys.stderr)


def _figures(settings: Settings) -> str | None:
    path = settings.metrics_file
    if path is None:
        return None
    try:
        write_metrics(path, read_metrics(settings.work, settings.archive_dir))
    except (OSError, WarehouseError) as error:
        return f"The figures cannot be written to {path}: {error}"
    return None


def _told(settings: Settings, report: RunReport) -> str | None:
    if not settings.incident_hook or not report.has_incidents:
        return None
    told = message(report.run_id, report.incidents_opened, report.incidents_closed)
    return call(settings.incident_hook, told)
