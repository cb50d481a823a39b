"""Commands that ask the warehouse: claims, trend, compare, explain, sql, shell, docs tables."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, validators

from extractors.errors import SettingsError
from extractors.records import Measure, Status
from flows.charts import svg
from flows.context import Ctx
from flows.contrasting import Wanted, contrast
from flows.drawing import draw, fold
from flows.explaining import read_claim, tell
from flows.limits import bounded
from flows.listing import in_brief
from flows.output import show, to_json
from flows.pictures import write_picture
from flows.shell import run_shell
from flows.trends import By, Per, Question, coverage_note, follow
from warehouse.catalog import read_catalog
from warehouse.migrate import open_current
from warehouse.queries import ROW_LIMIT, list_queries, run_query
from warehouse.sql import run_user_sql
from warehouse.table import Table

FLAG = Parameter(negative="")
PLAN = ("explain_key", "explain_value")  # what EXPLAIN gives: a drawing of many lines
NO_CLAIM = "No claim matches."
NO_FIGURE = "No figure matches."
MOST_ROWS = 10_000  # of SQL, without --limit
AtLeastOne = Annotated[int, Parameter(validator=validators.Number(gte=1))]
Seconds = Annotated[float, Parameter(validator=validators.Number(gt=0))]


def claims(
    text: str | None = None,
    *,
    who: str | None = None,
    about: str | None = None,
    status: Status | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: AtLeastOne = 50,
    context: Ctx,
) -> None:
    """List claims, newest first.

    Args:
        text: Words that the claim or its article's title hold, all of them.
        who: Claimant: words of a name, or the state it speaks for.
        about: Whose figures, or which place: a name or a country.
        status: What the article says of its truth.
        since: First day, as 2026-01-31.
        until: Last day.
        limit: Rows at most.
    """
    from extractors.gazetteer import country_of

    with open_current(context.settings.published) as con:
        table = run_query(
            con, "search_claims", text=text, who=who, who_code=who and country_of(who),
            about=about, about_code=about and country_of(about), status=status, since=since,
            until=until, row_limit=limit,
        )  # fmt: skip
    if table.rows or not context.is_drawn:
        show(in_brief(table) if context.is_drawn else table, context.output)
    _say("" if table.rows else NO_CLAIM)
    if table.is_cut:
        _say(f"At most {len(table.rows)} claims are shown; --limit shows more of them.")


def trend(
    text: str | None = None,
    *,
    claimant: str | None = None,
    measure: Measure | None = None,
    party: str | None = None,
    counted: str | None = None,
    by: By | None = None,
    per: Per = "all",
    count: Annotated[bool, FLAG] = False,
    since: date | None = None,
    until: date | None = None,
    chart: Path | None = None,
    context: Ctx,
) -> None:
    """Follow claims, or a figure, over time.

    Without a measure: the share of all stories read that hold such a claim. With one: the last
    figure that each claimant gave in each period.

    Args:
        text: Words that the claim or its article's title hold, all of them.
        claimant: Words of the claimant's name.
        measure: Follow figures of this kind.
        party: Whose loss, stock or gain the figure is: a name or an ISO country code.
        counted: With --measure: words of what the figure counts.
        by: Length of a period; without it the one that fits.
        per: A line for each of the largest sources or claimants, eight at most.
        count: Count claims instead of giving shares.
        since: First day, as 2026-01-31.
        until: Last day.
        chart: Write the trend as a picture to this .svg or .png file.
    """
    if not (text or claimant or measure):
        raise SettingsError("There is nothing to follow.", "Give words, --claimant or --measure.")
    if counted and not measure:
        raise SettingsError("--counted is of figures.", "Give --measure, too.")
    question = Question(
        text, claimant, measure, party_code(party), counted, since, until, by, per, count
    )
    with open_current(context.settings.published) as con:
        answer = follow(con, question)
    if chart:
        write_picture(chart, svg(answer.chart))
    if context.is_drawn:
        print(question.title)
        draw(answer.summary, sys.stdout)
    else:
        show(answer.table, context.output)
    _say(coverage_note(answer.chart) if answer.table.rows else NO_CLAIM)


def compare(
    text: str | None = None,
    *,
    claimant: str | None = None,
    measure: Measure | None = None,
    party: str | None = None,
    since: date | None = None,
    until: date | None = None,
    context: Ctx,
) -> None:
    """Compare figures: who gave which, in how many reports of how many origins, who disputes it.

    Corrected and withdrawn figures are marked as such and are in no range.

    Args:
        text: Words that a report of the figure or its article's title holds, all of them.
        claimant: Words of the claimant's name.
        measure: Figures of this kind.
        party: Whose loss, stock or gain the figure is: a name or an ISO country code.
        since: First day, as 2026-01-31.
        until: Last day.
    """
    if not (text or claimant or measure):
        raise SettingsError("There is nothing to compare.", "Give words, --claimant or --measure.")
    with open_current(context.settings.published) as con:
        answer = contrast(con, Wanted(text, claimant, measure, party_code(party), since, until))
    if context.is_drawn and answer.table.rows:
        draw(answer.figures, sys.stdout)
        print()
        draw(answer.ranges, sys.stdout)
    elif not context.is_drawn:
        show(answer.table, context.output)
    _say("" if answer.table.rows else NO_FIGURE)
    if answer.table.is_cut:
        _say(f"At most {len(answer.table.rows)} figures are shown; --until shows older ones.")


def explain(claim: str, *, context: Ctx) -> None:
    """Show what a claim rests on: its sentence, article, fetch, archive position and versions.

    Args:
        claim: The claim's id, as `claims` lists it.
    """
    with open_current(context.settings.published) as con:
        record = read_claim(con, claim)
    if context.output == "json":
        print(to_json(record))
    elif context.output == "csv":
        show(_of_records(record["parts"]), "csv")
    elif context.is_drawn:
        fold(tell(record), sys.stdout)
    else:
        print("\n".join(tell(record)))


def sql(
    query: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    param: list[str] | None = None,
    timeout: Seconds | None = None,
    limit: AtLeastOne | None = None,
    context: Ctx,
) -> None:
    """Run SQL on the warehouse, reading only.

    Args:
        query: A SELECT statement, a .sql file, - for standard input, or the name of a query that
            `docs tables` lists.
        param: A value for $name in the query, as name=value; may be given again.
        timeout: Seconds after which the query is stopped.
        limit: Rows at most; without it 10,000, or as many as the named query gives.
    """
    values: dict[str, object] = dict(_parameter(pair) for pair in param or [])
    seconds = timeout or context.settings.query_timeout_s
    if query in {named.name for named in list_queries()}:
        with bounded(seconds), open_current(context.settings.published) as con:
            table = _first(limit, run_query(con, query, **_limited(query, values, limit)))
    else:
        text, place = _query_text(query), context.settings.published
        with bounded(seconds):
            most = limit or MOST_ROWS
            table = run_user_sql(place, text, values, timeout_s=seconds, max_rows=most)
    if table.columns == PLAN and context.output == "auto":
        print("\n".join(plan for _, plan in table.rows))
    else:
        show(table, context.output)
    if table.is_cut:
        _say(f"At most {len(table.rows)} rows are shown; --limit shows more of them.")


def shell(*, context: Ctx) -> None:
    """Type SQL and read the answers, on the newest published warehouse."""
    settings = context.settings
    with open_current(settings.published):
        pass  # so that a missing warehouse is said at once
    run_shell(settings.published, context.output, settings.query_timeout_s)


def tables(*, erd: Annotated[bool, FLAG] = False, context: Ctx) -> None:
    """List the tables, views and named queries of the warehouse with their columns, as Markdown.

    Args:
        erd: Print the diagram of the tables alone, as Mermaid.
    """
    catalog = read_catalog()
    if context.output != "auto":
        show(catalog.table(), context.output)
    else:
        print(catalog.erd() if erd else catalog.markdown(), end="")


def _limited(query: str, values: dict[str, object], limit: int | None) -> dict[str, object]:
    """Let a named query that lists its first rows list `limit` of them."""
    takes_limit = any(one.name == query and one.takes(ROW_LIMIT) for one in list_queries())
    return {ROW_LIMIT: limit} | values if limit and takes_limit else values


def _first(limit: int | None, table: Table) -> Table:
    if limit is None or len(table.rows) <= limit:
        return table
    return replace(table, rows=table.rows[:limit], is_cut=True)


def party_code(words: str | None) -> str | None:
    """Return the code of a state, under which its losses are kept, else the words as they are."""
    from extractors.gazetteer import country_of

    return (words and country_of(words)) or words


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.endswith(".sql"):
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
            raise SettingsError(f"{query} cannot be read: {reason}.", "Name a .sql file.") from None
    return query


def _parameter(pair: str) -> tuple[str, object]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise SettingsError(
            f"--param takes name=value, not {pair!r}.", "For example: day=2026-01-31."
        )
    for kind in (int, float):
        try:
            return name, kind(value)
        except ValueError:
            continue
    return name, value


def _of_records(records: list[dict[str, object]]) -> Table:
    columns = tuple(records[0]) if records else ()
    return Table(columns, tuple(tuple(record.values()) for record in records))


def _say(sentence: str) -> None:
    if sentence:
        print(sentence, file=sys.stderr)
