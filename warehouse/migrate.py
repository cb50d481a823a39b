"""Brings a warehouse file to the schema of this program: migrations once, views when they changed.

A migration is `migrations/NNN_name.sql`, applied in its own transaction and recorded with its
SHA-256. Views carry no data, so `views/*.sql` are created anew whenever one of them changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from importlib.resources.abc import Traversable

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import first_row, open_reader
from warehouse.lake import fitted, is_lake
from warehouse.place import Place

_RECORDS = "SELECT number, name, sha256 FROM ops.migrations WHERE number > 0 ORDER BY number"
_OLD_VIEWS = """SELECT schema_name, view_name FROM duckdb_views()
    WHERE NOT internal AND NOT temporary AND database_name = current_database()"""
_READS = re.compile(r"\b(?:FROM|JOIN) (\w+)")
_VIEWS = 0  # the number under which the views' checksum is kept


@dataclass(frozen=True, slots=True)
class Script:
    """One SQL file of the program: its number (0 without one), name and text."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def read_scripts(folder: str) -> tuple[Script, ...]:
    """Return the SQL files of `warehouse/<folder>`, by name."""
    files = [f for f in resources.files("warehouse").joinpath(folder).iterdir() if _is_sql(f)]
    return tuple(_script(f) for f in sorted(files, key=lambda f: f.name))


def read_lookup(name: str) -> str:
    """Return the text of the SQL file `warehouse/lookups/<name>.sql`."""
    return next(script.text for script in read_scripts("lookups") if script.name == name)


def in_order(views: tuple[Script, ...]) -> list[Script]:
    """Return the views so that each comes after those it reads."""
    by_name = {view.name: view for view in views}
    reads = {
        view.name: set(_READS.findall(view.text)) & by_name.keys() - {view.name} for view in views
    }
    return [by_name[name] for name in TopologicalSorter(reads).static_order()]


def migrate(con: duckdb.DuckDBPyConnection, scripts: tuple[Script, ...] | None = None) -> int:
    """Apply what is missing and return the schema's number; a second call changes nothing.

    Raises WarehouseError when the file was made by a newer program, when a migration it holds was
    edited since, or when one fails (its transaction is rolled back).
    """
    scripts = read_scripts("migrations") if scripts is None else scripts
    applied = _applied(con)
    _refuse_strangers(applied, scripts)
    for script in scripts[len(applied) :]:
        _apply(con, [script], script)
    _refresh_views(con)
    return len(scripts)


@contextmanager
def open_current(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `place` as `open_reader` does, if its schema is this program's.

    Raises WarehouseError otherwise.
    """
    with open_reader(place) as con:
        require_current(con)
        yield con


def require_current(con: duckdb.DuckDBPyConnection) -> None:
    """Raise WarehouseError unless the file's schema is this program's."""
    applied, scripts = _applied(con), read_scripts("migrations")
    _refuse_strangers(applied, scripts)
    if len(applied) < len(scripts):
        raise WarehouseError(
            "The warehouse was made by an older claimwire.",
            "Run `claimwire run` once to bring it up to date.",
        )


def _applied(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    try:
        return con.execute(_RECORDS).fetchall()
    except duckdb.CatalogException:  # asking the catalogue first takes ten times as long
        return []


def _refuse_strangers(applied: list[tuple[int, str, str]], scripts: tuple[Script, ...]) -> None:
    if len(applied) > len(scripts):
        raise WarehouseError(
            f"The warehouse has schema {len(applied)}; this claimwire knows {len(scripts)}.",
            "Install the newer claimwire that made it.",
        )
    for (number, name, sha256), script in zip(applied, scripts, strict=False):
        if sha256 != script.sha256:
            raise WarehouseError(
                f"Migration {number} ({name}) differs from the one this warehouse was made with.",
                "Install the claimwire that made it, or rebuild the warehouse from the archive.",
            )


@cache
def _views() -> tuple[tuple[Script, ...], Script]:
    """Return the views in the order of their making, and their record: all their texts."""
    views = tuple(in_order(read_scripts("views")))
    return views, Script(_VIEWS, "views", "\n".join(view.text for view in views))


def _refresh_views(con: duckdb.DuckDBPyConnection) -> None:
    views, joined = _views()
    known = first_row(con, "SELECT sha256 FROM ops.migrations WHERE number = 0")
    if known != (joined.sha256,):
        names = con.execute(_OLD_VIEWS).fetchall()
        drops = [f"DROP VIEW {schema}.{name};" for schema, name in names]
        drops.append("DELETE FROM ops.migrations WHERE number = 0;")
        _apply(con, [Script(_VIEWS, "old views", "\n".join(drops)), *views], joined)


def _apply(con: duckdb.DuckDBPyConnection, steps: list[Script], record: Script) -> None:
    must_fit, is_view = is_lake(con), record.number == _VIEWS
    con.execute("BEGIN")
    step = record
    try:
        for step in steps:
            con.execute(fitted(step.text, is_view=is_view) if must_fit else step.text)
        row = [record.number, record.name, record.sha256]
        con.execute("INSERT INTO ops.migrations VALUES (?, ?, ?)", row)
        con.execute("COMMIT")
    except duckdb.Error as error:
        with suppress(duckdb.TransactionException):  # a commit that fails has rolled back
            con.execute("ROLLBACK")
        raise WarehouseError(
            f"The schema step {step.name} failed ({str(error).splitlines()[0]}).",
            "The warehouse is as it was; report this with the version of DuckDB.",
        ) from error


def _is_sql(file: Traversable) -> bool:
    return file.name.endswith(".sql")


def _script(file: Traversable) -> Script:
    number, _, _ = file.name.partition("_")
    return Script(
        int(number) if number.isdigit() else 0,
        file.name.removesuffix(".sql"),
        file.read_text(encoding="utf-8"),
    )
