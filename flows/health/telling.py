"""Incidents for people and programs: as a line, as JSON, and handed to the user's own command."""

from __future__ import annotations

import dataclasses
import json
import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from datetime import datetime

from flows.cells import one_line
from flows.health.words import stated
from warehouse.rows import IncidentRow

HOOK_TIMEOUT_S = 30.0


def in_words(row: IncidentRow) -> str:
    """Return an incident as one line: kind, whom it concerns, since when, what is wrong."""
    kind = row.kind.replace("_", " ")
    return one_line(f"{kind}, {row.subject}, since {stated(row.opened_at)} (UTC): {row.problem}")


def as_json(row: IncidentRow) -> dict[str, object]:
    """Return an incident as JSON-ready values; times are ISO 8601 in UTC, ids are texts.

    Ids have 63 bits, and readers that keep numbers as doubles would round them.
    """
    return {name: _ready(name, value) for name, value in dataclasses.asdict(row).items()}


def message(
    run_id: str, opened: Sequence[IncidentRow], closed: Sequence[IncidentRow]
) -> dict[str, object]:
    """Return what the user's command is told of a run."""
    return {
        "run_id": run_id,
        "opened": [as_json(row) for row in opened],
        "closed": [as_json(row) for row in closed],
    }


def call(command: str, told: dict[str, object], timeout_s: float = HOOK_TIMEOUT_S) -> str | None:
    """Run `command` with `told` as JSON on its standard input; return what went wrong, if it did.

    There is no shell between: the words are split as a POSIX shell would. What it prints goes
    nowhere, what it complains of to standard error. One that takes longer than `timeout_s` is
    ended with all that it started.
    """
    try:
        process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return f"The incident hook cannot be started: {error}."
    with process:
        try:
            process.communicate(json.dumps(told) + "\n", timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"The incident hook did not end within {timeout_s:g} seconds and was stopped."
    ended = f"The incident hook ended with {process.returncode}."
    return ended if process.returncode else None


def _ready(name: str, value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if name.endswith("_id") and isinstance(value, int) else value
