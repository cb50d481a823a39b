"""Writes the warehouse out for others: Parquet and CSV of its views, JSON-LD of its claims.

DuckDB copies each query into its file, so no row passes through Python. What has a day is copied
month by month, which bounds the memory, whatever the number of rows. A manifest says what
the files hold.
"""

from __future__ import annotations

import shutil
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import SettingsError, WarehouseError
from warehouse.catalog import Catalog, read_catalog
from warehouse.connection import open_exporter
from warehouse.folders import filled
from warehouse.lake import SPILL
from warehouse.manifest import File, Format, Order, Source, Written, is_export, write_manifest
from warehouse.migrate import open_current, read_scripts
from warehouse.place import Place
from warehouse.relations import Column, Relation
from warehouse.table import sentence

TABLES = ("articles", "claims", "figures", "claimants", "outlets", "coverage")

_DAYS = ("claim_date", "article_date", "day")
_TEXTS = ("article_text", "post_text")
_ENDINGS = {"parquet": "parquet", "csv": "csv", "jsonld": "ndjsonld"}
# Small row groups: an article's text may be long, and a group is held in memory.
_OPTIONS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480",
    "csv": "FORMAT csv, HEADER false",
    "jsonld": "FORMAT json",
}
_HEADED = "FORMAT csv, HEADER true"  # the first part of a file


def export(
    place: Place, target: Path, order: Order, *, made_by: str, replace: bool = False
) -> tuple[Written, ...]:
    """Write what `order` asks for, of the warehouse at `place`, into the folder `target`.

    The folder is new or empty, or with `replace` an earlier export, and appears as a whole.

    Raises SettingsError when it is none of these or the order cannot be met, WarehouseError when
    the warehouse cannot be read or the files cannot be written.
    """
    with open_current(place) as con:
        sources = _sources(read_catalog(con), order)
    with (
        filled(target, is_export, replace=replace) as folder,
        open_exporter(place, folder) as con,
    ):
        written = tuple(_write(con, source, folder, order) for source in sources)
        write_manifest(con, folder, order, written, made_by)
        shutil.rmtree(folder / SPILL, ignore_errors=True)
    return written


def _sources(catalog: Catalog, order: Order) -> list[Source]:
    if order.since and order.until and order.since > order.until:
        raise SettingsError("The first day is after the last.", "Exchange --since and --until.")
    views = {view.name: view for view in catalog.relations if view.is_public}
    if order.format == "jsonld":
        return [_linked_data(order, views["claims"], catalog.warnings)]
    names = tuple(dict.fromkeys(order.tables)) or TABLES
    if strangers := [name for name in names if name not in views]:
        known = ", ".join(sorted(views))
        raise SettingsError(f"There is no table {strangers[0]}.", f"There are: {known}.")
    return [_source(order, views[name], catalog.warnings) for name in names]


def _source(order: Order, view: Relation, warnings: Mapping[str, str]) -> Source:
    columns = tuple(c for c in view.columns if order.with_text or c.name not in _TEXTS)
    day = next((c.name for c in columns if c.name in _DAYS), None)
    words = ", ".join(_expression(column, order.format) for column in columns)
    limits = f"WHERE {day} BETWEEN $first AND $last ORDER BY {day}, 1" if day else "ORDER BY 1"
    query = f"SELECT {words} FROM {view.name} {limits}"
    return Source(view.name, view.meaning, _told(view, warnings), day, query, columns)


def _linked_data(order: Order, view: Relation, warnings: Mapping[str, str]) -> Source:
    if order.tables or order.with_text:
        raise SettingsError(
            "JSON-LD holds the claims, with their articles but not the texts of these.",
            "Leave --table and --with-text out, or export parquet or csv.",
        )
    (script,) = read_scripts("exports")
    meaning = script.text.splitlines()[0].removeprefix("-- ")
    return Source(view.name, meaning, _told(view, warnings), "claim_date", script.text, ())


def _told(view: Relation, warnings: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(warnings[word] for word in view.warnings if word != "none")


def _expression(column: Column, format: Format) -> str:
    """Return the column; lists as JSON where the format has none."""
    if format == "csv" and column.type.endswith("[]"):
        return f'to_json("{column.name}") AS "{column.name}"'
    return f'"{column.name}"'


def _write(con: duckdb.DuckDBPyConnection, source: Source, folder: Path, order: Order) -> Written:
    counts: dict[str, int] = {}
    for name, values in _parts(con, source, order):
        path, part = folder / name, folder / ".part"
        path.parent.mkdir(parents=True, exist_ok=True)
        options = _HEADED if order.format == "csv" and not counts else _OPTIONS[order.format]
        statement = f"COPY (\n{source.query}\n) TO $path ({options})"
        ((count,),) = _run(con, statement, {**values, "path": str(part)})
        counts[name] = counts.get(name, 0) + count
        _append(part, path)
    files = (File(name, count, (folder / name).stat().st_size) for name, count in counts.items())
    return Written(source, tuple(files))


def _append(part: Path, path: Path) -> None:
    if not path.exists():
        part.rename(path)
        return
    with part.open("rb") as read, path.open("ab") as written:
        shutil.copyfileobj(read, written)
    part.unlink()


def _parts(
    con: duckdb.DuckDBPyConnection, source: Source, order: Order
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what is written at a time, a month or the whole table: its file, and its days."""
    file = f"{source.name}.{_ENDINGS[order.format]}"
    if source.day is None:
        yield file, {}
        return
    months = _months(con, source, order)
    if not months:
        yield file, {"first": date.max, "last": date.min}
    for month in months:
        end = month.replace(day=monthrange(month.year, month.month)[1])
        days: dict[str, object] = {
            "first": max(month, order.since or month),
            "last": min(end, order.until or end),
        }
        yield file if order.format == "csv" else f"{source.name}/month={month:%Y-%m}/{file}", days


def _months(con: duckdb.DuckDBPyConnection, source: Source, order: Order) -> list[date]:
    """Return the first days of the months that hold a row."""
    asked = (
        f"SELECT DISTINCT date_trunc('month', {source.day})::DATE FROM {source.name} "
        f"WHERE {source.day} BETWEEN $first AND $last ORDER BY 1"
    )
    limits = {"first": order.since or date.min, "last": order.until or date.max}
    return [month for (month,) in _run(con, asked, limits)]


def _run(
    con: duckdb.DuckDBPyConnection, statement: str, values: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    try:
        return con.execute(statement, dict(values)).fetchall()
    except duckdb.Error as error:
        raise WarehouseError(
            f"The export failed: {sentence(error)}",
            "Check the free space of the disk and the permissions of the folder.",
        ) from error
