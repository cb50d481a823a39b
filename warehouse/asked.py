"""What a user's SQL may name in a lake, told from its syntax tree before it runs.

A reader of a lake must reach the Parquet files and PostgreSQL, so the lock-down of a file's reader
cannot hold there: `SELECT * FROM postgres_execute(...)` writes, `postgres_query` calls the server's
functions, `postgres_scan` dials any address. All of these are functions in FROM; only those that
reach nothing are let through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from extractors.errors import QueryError

_HARMLESS = frozenset(
    {"duckdb_columns", "duckdb_functions", "duckdb_tables", "duckdb_views"}
    | {"claims_with_word", "claims_with_words", "generate_series", "json_each", "json_tree"}
    | {"range", "unnest"}
)
_EXPLAIN = re.compile(r"\A\s*EXPLAIN\s+(ANALYZE\s+)?", re.IGNORECASE)
_TREE = "SELECT json_serialize_sql($query::VARCHAR)"
_LIST = "Query the tables and views of the warehouse: `claimwire docs tables` lists them."


def refuse_what_reaches_out(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise QueryError when `query` calls a function that reaches out, names a file or metadata."""
    for node in _nodes(_tree(con, query)):
        if node.get("type") == "TABLE_FUNCTION":
            name = node["function"]["function_name"]
            if name not in _HARMLESS:
                raise QueryError(f"{name} may not be called in FROM here.", _LIST)
        elif node.get("type") == "BASE_TABLE":
            parts = [node["catalog_name"], node["schema_name"], node["table_name"]]
            if any(part.startswith("__ducklake") or set(part) & set("./*") for part in parts):
                raise QueryError("A query may not read files or the lake's metadata.", _LIST)


def _tree(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    (text,) = con.execute(_TREE, {"query": _EXPLAIN.sub("", query, count=1)}).fetchall()[0]
    tree = json.loads(text)
    if tree["error"]:
        raise QueryError(
            "Such a statement is refused in a lake.", "Start with SELECT, FROM, WITH, or EXPLAIN."
        )
    return tree


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a JSON value."""
    stack = [tree]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)
