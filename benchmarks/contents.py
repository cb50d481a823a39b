"""What a home holds, table by table, for telling whether two homes hold the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from flows import archive
from flows.http import Position

VOLATILE = {"elapsed_ms", "average_ms", "archive_offset"}  # how long it took, where it lies

Contents = Mapping[str, list[tuple[Any, ...]]]


def contents(home: Path) -> Contents:
    """Return the rows of all tables, sorted, without what depends on speed and place.

    An exchange's place in the archive is replaced by the hash of what lies there.
    """
    with _opened(home) as con:
        archived = sorted(_archived(con, home / "archive"))
    return {**tables(home), "archive": archived}


def tables(home: Path) -> Contents:
    """Return the rows of all tables, sorted, without what depends on speed and place."""
    with _opened(home) as con:
        names = con.sql(
            "FROM duckdb_tables() SELECT schema_name, table_name WHERE schema_name <> 'main'"
        ).fetchall()
        return {f"{schema}.{name}": _rows(con, f"{schema}.{name}") for schema, name in names}


def content_hash(found: Contents) -> str:
    """Return the hex SHA-256 of all rows."""
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    relation = con.table(table)
    kept = [name for name in relation.columns if name not in VOLATILE]
    return sorted(relation.select(*kept).fetchall(), key=repr)


def _archived(con: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[tuple[str, str, str]]:
    kept = con.sql(
        """SELECT url, body_sha256, archive_file, archive_offset
        FROM ops.fetches WHERE archive_file IS NOT NULL"""
    )
    for url, sha256, file, offset in kept.fetchall():
        body = archive.read(folder, Position(file, offset)).body
        yield url, sha256 or "", hashlib.sha256(body).hexdigest() if body else ""


@contextmanager
def _opened(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        yield con


def differences(expected: Contents, found: Contents) -> list[str]:
    """Return the tables that differ, with their row counts."""
    return [
        f"{name} ({len(expected.get(name, []))} and {len(found.get(name, []))} rows)"
        for name in sorted({*expected, *found})
        if expected.get(name) != found.get(name)
    ]
