"""The command `shell`: SQL typed in, answered from the newest published file."""

from __future__ import annotations

import sys
from collections.abc import Callable

from extractors.errors import ClaimwireError
from flows.limits import bounded
from flows.output import Output, show
from warehouse.place import Place
from warehouse.sql import run_user_sql

HELP = "End a query with ; — .tables lists the tables, .quit leaves."
_TABLES = """SELECT schema_name || '.' || table_name AS name, comment FROM duckdb_tables()
    WHERE database_name = current_database()
    UNION ALL SELECT view_name, comment FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database() ORDER BY name"""


def run_shell(
    place: Place, output: Output, timeout_s: float, read: Callable[[str], str] = input
) -> None:
    """Answer queries until the input ends; each one opens it anew, so it sees the newest."""
    if sys.stdin.isatty():
        import readline  # noqa: F401  (line editing and history, by being imported)

        print(HELP, file=sys.stderr)
    while (query := _next_query(read)) is not None:
        if query == ".help":
            print(HELP, file=sys.stderr)
            continue
        try:
            sql = _TABLES if query == ".tables" else query
            with bounded(timeout_s):
                table = run_user_sql(place, sql, timeout_s=timeout_s)
            show(table, output)
            sys.stdout.flush()
        except ClaimwireError as error:
            print(error, file=sys.stderr)


def _next_query(read: Callable[[str], str]) -> str | None:
    lines: list[str] = []
    while True:
        try:
            line = read(_prompt(lines)).strip()
        except EOFError:
            return "\n".join(lines) or None
        if not lines and line in (".quit", ".exit"):
            return None
        if line:
            lines.append(line)
        if line.endswith(";") or (len(lines) == 1 and line.startswith(".")):
            return "\n".join(lines)


def _prompt(lines: list[str]) -> str:
    """Return what asks for a line: nothing where nobody types it."""
    if not sys.stdin.isatty():
        return ""
    return "     ...> " if lines else "claimwire> "
