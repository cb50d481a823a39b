"""Named, parameterised queries: `queries/*.sql`, described by their own comments.

The first line says what a query answers. Then one line a parameter: `-- name TYPE = default:
meaning`; a parameter without default is NULL, which means no limit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import duckdb

from extractors.errors import QueryError, UnknownNameError
from warehouse.migrate import Script, read_scripts
from warehouse.table import Table, fetch_table, sentence

ROW_LIMIT = "row_limit"  # the parameter of queries that list the first rows only
_PARAMETER = re.compile(r"^-- (\w+) ([A-Z]+)(?: = (\S+))?: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes: SQL type, default (None means no limit) and meaning."""

    name: str
    type: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query by name: what it answers, what it takes, its SQL."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    sql: str

    def takes(self, name: str) -> bool:
        """Tell whether it has a parameter called `name`."""
        return any(parameter.name == name for parameter in self.parameters)


@cache
def list_queries() -> tuple[NamedQuery, ...]:
    """Return all named queries, by name."""
    return tuple(_read(script) for script in read_scripts("queries"))


def run_query(con: duckdb.DuckDBPyConnection, name: str, **params: object) -> Table:
    """Run the query called `name`; parameters left out take their defaults.

    The table may be cut where it has as many rows as `row_limit` lets it have. Raises
    UnknownNameError for a name or parameter that there is not, QueryError when DuckDB refuses a
    value.
    """
    query = _find(name)
    values = _values(query, params)
    try:
        table = fetch_table(con, _fitted(query, values), values)
    except duckdb.Error as error:
        raise QueryError(f"The query {name} failed: {sentence(error)}") from error
    limit = values[ROW_LIMIT] if query.takes(ROW_LIMIT) else None
    return replace(table, is_cut=limit is not None and len(table.rows) >= int(str(limit)))


def _read(script: Script) -> NamedQuery:
    parameters = tuple(
        Parameter(name, type_, default or None, meaning)
        for name, type_, default, meaning in _PARAMETER.findall(script.text)
    )
    summary = script.text.splitlines()[0].removeprefix("-- ")
    return NamedQuery(script.name, summary, parameters, script.text)


def _find(name: str) -> NamedQuery:
    for query in list_queries():
        if query.name == name:
            return query
    known = ", ".join(query.name for query in list_queries())
    raise UnknownNameError(f"There is no query called {name}.", f"There are: {known}.")


def _values(query: NamedQuery, params: Mapping[str, object]) -> dict[str, object]:
    names = [parameter.name for parameter in query.parameters]
    if strangers := sorted(params.keys() - set(names)):
        raise UnknownNameError(
            f"The query {query.name} takes no {', '.join(strangers)}.",
            f"It takes: {', '.join(names) or 'nothing'}.",
        )
    return {p.name: params.get(p.name, _default(p)) for p in query.parameters}


def _fitted(query: NamedQuery, values: Mapping[str, object]) -> str:
    """Return the text of a query; for one word at most, without the plan for several."""
    text = values.get("text")
    if text is None or str(text).strip().isalnum():
        return query.sql.replace("claims_with_words($text)", "claims_with_word($text)")
    return query.sql


def _default(parameter: Parameter) -> object:
    if parameter.default is None or parameter.type != "INTEGER":
        return parameter.default
    return int(parameter.default)
