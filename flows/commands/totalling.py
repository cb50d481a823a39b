"""The command `totals`: totals as claimed and as verified."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from extractors.records import Measure
from flows.commands.asking import NO_CLAIM, party_code
from flows.context import Ctx
from flows.drawing import draw
from flows.output import show
from flows.panels import svg
from flows.pictures import write_picture
from flows.totals import compare_totals
from flows.trends import By
from warehouse.migrate import open_current


def totals(
    measure: Measure,
    *,
    party: str | None = None,
    counted: str | None = None,
    claimant: str | None = None,
    by: By = "month",
    since: date | None = None,
    until: date | None = None,
    chart: Path | None = None,
    context: Ctx,
) -> None:
    """Set totals as claimed beside totals as verified, for each thing that is counted.

    Of each claimant the last total in each period; a total lower than the one before was taken
    back, and is marked. Verified are totals whose status is confirmed; a claimed one is compared
    with the last of those.

    Args:
        measure: What the figures measure.
        party: Whose loss, stock or gain the totals are: a name or an ISO country code.
        counted: Words of what is counted.
        claimant: Words of the claimant's name.
        by: Length of a period.
        since: First day, as 2026-01-31.
        until: Last day.
        chart: Write the comparison as a picture to this .svg or .png file.
    """
    with open_current(context.settings.published) as con:
        answer = compare_totals(
            con, measure, party=party_code(party), counted=counted, claimant=claimant,
            since=since, until=until, by=by,
        )  # fmt: skip
    if chart:
        write_picture(chart, svg(answer.panels))
    if not answer.table.rows:
        print(NO_CLAIM, file=sys.stderr)
    if context.is_drawn:
        print(answer.panels.title)
        draw(answer.summary, sys.stdout)
    else:
        show(answer.table, context.output)
