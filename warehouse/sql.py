"""Runs a user's own SQL on the published file: to read only, for a limited time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb

from extractors.errors import QueryError
from warehouse.asked import refuse_what_reaches_out
from warehouse.connection import open_reader
from warehouse.lake import is_lake
from warehouse.place import Place
from warehouse.table import Table, fetch_table, sentence

_ALLOWED = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_NAMES = {"LOAD": "INSTALL and LOAD"}
_READ_ONLY = "The warehouse can only be read here: start with SELECT, FROM, WITH, SHOW or DESCRIBE."


def run_user_sql(
    place: Place,
    sql: str,
    params: Mapping[str, object] | None = None,
    *,
    timeout_s: float = 30.0,
    max_rows: int = 10_000,
) -> Table:
    """Run one reading statement on the warehouse at `place`; `$name` in it is a parameter.

    Raises QueryError for anything but one SELECT (or EXPLAIN), for a wrong one, and for one that
    runs longer than `timeout_s` seconds; WarehouseError when the file cannot be opened.
    """
    with open_reader(place) as con:
        return run_on(con, sql, params, timeout_s=timeout_s, max_rows=max_rows)


def run_on(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    params: Mapping[str, object] | None = None,
    *,
    timeout_s: float = 30.0,
    max_rows: int = 10_000,
) -> Table:
    """Do the same on an open reader."""
    try:
        _refuse_all_but_reading(con, sql)
        if is_lake(con):
            refuse_what_reaches_out(con, sql)
        with _time_limit(con, timeout_s):
            return fetch_table(con, sql, params or {}, max_rows)
    except duckdb.InterruptException as error:
        raise QueryError(
            f"The query was stopped after {timeout_s:g} seconds.",
            "Narrow it to fewer days or claimants, or raise the limit with --timeout.",
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise QueryError("The query needs more memory than it may use.", "Narrow it.") from error
    except duckdb.PermissionException as error:
        raise QueryError(
            "A query may not read or write files, nor load extensions.",
            "Query the tables and views of the warehouse: `claimwire docs tables` lists them.",
        ) from error
    except duckdb.Error as error:
        if "read-only mode" in str(error):
            raise QueryError("The query would change the warehouse.", _READ_ONLY) from error
        raise QueryError(f"The query is wrong: {sentence(error)}") from error


def _refuse_all_but_reading(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = con.extract_statements(sql)
    if not statements:
        raise QueryError("The query is empty.", 'Try "SELECT * FROM claims LIMIT 10".')
    for statement in statements:
        if _asks_first(statement):
            raise QueryError(
                "A PIVOT must name its columns here.",
                "Write them out: PIVOT … ON measure IN ('killed', 'wounded') USING ….",
            )
        if statement.type not in _ALLOWED:
            kind = _NAMES.get(statement.type.name, statement.type.name.replace("_", " "))
            raise QueryError(f"{kind} statements are refused.", _READ_ONLY)
    if len(statements) > 1:
        raise QueryError("One statement at a time, please.", "Remove all but one.")


def _asks_first(statement: duckdb.Statement) -> bool:
    """Whether it is a PIVOT that has to ask for its columns: DuckDB makes several statements of it.

    DuckDB 2 says so; 1.5 returns them all, with no words of the user's.
    """
    return statement.type.name == "MULTI" or not statement.query


@contextmanager
def _time_limit(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
