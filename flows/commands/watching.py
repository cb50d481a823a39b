"""Commands that say how it stands: status, metrics."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from flows.context import Ctx
from flows.drawing import draw
from flows.output import show, to_json
from flows.standing import feeds_in_words, headline, incidents_in_words, runs_in_words
from warehouse.migrate import open_current
from warehouse.queries import run_query

FLAG = Parameter(negative="")


def status(*, trouble: Annotated[bool, FLAG] = False, context: Ctx) -> None:
    """Say how each feed stands and what happens next, those in trouble first; and the last runs.

    Args:
        trouble: Only the feeds in trouble.
    """
    with open_current(context.settings.published) as con:
        feeds = run_query(con, "feed_status", only_trouble=trouble)
        incidents, runs = run_query(con, "open_incidents"), run_query(con, "last_runs")
        (totals,) = run_query(con, "standing").records()
    if context.output == "json":
        tables = {"feeds": feeds, "incidents": incidents, "runs": runs}
        print(to_json({name: table.records() for name, table in tables.items()} | totals))
        return
    if not context.is_drawn:
        show(feeds, context.output)
        return
    now = context.now()
    print(headline(totals))
    told = feeds_in_words(feeds, now), incidents_in_words(incidents, now), runs_in_words(runs, now)
    for table in told:
        if table.rows:
            print()
            draw(table, sys.stdout)


def metrics(*, context: Ctx) -> None:
    """Print the figures of the warehouse as OpenMetrics text, for Prometheus and its kin.

    With the setting metrics_path, each run leaves the same text in that file.
    """
    from flows.health.metrics import read_metrics

    settings = context.settings
    print(read_metrics(settings.published, settings.archive_dir), end="")
