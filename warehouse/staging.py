"""Staged rows: what a stage hands to the load, as Parquet files, one a table and batch."""

from __future__ import annotations

import dataclasses
import os
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import normal, rows
from warehouse.takeapart import take_apart

StageRow = (
    rows.FeedRow | rows.PollRow | rows.SiteRow | rows.IncidentRow | rows.FetchRow
    | rows.FeedItemRow | rows.UrlFateRow | rows.ArticleCheckRow | rows.QuarantineRow
    | rows.RevisionRow
)  # fmt: skip
TableRow = (
    rows.FeedRow | rows.PollRow | rows.SiteRow | rows.IncidentRow | rows.FetchRow
    | rows.FeedItemRow | rows.UrlFateRow | rows.ArticleCheckRow | rows.QuarantineRow
    | normal.NormalRow
)  # fmt: skip

# The staged table of each dataclass; the load reads it as the view `stage_<table>`.
TABLES: dict[type, str] = {
    rows.FeedRow: "feeds",
    rows.PollRow: "polls",
    rows.SiteRow: "sites",
    rows.IncidentRow: "incidents",
    rows.FetchRow: "fetches",
    rows.FeedItemRow: "feed_items",
    rows.UrlFateRow: "url_fates",
    rows.ArticleCheckRow: "article_checks",
    rows.QuarantineRow: "quarantine",
    normal.Outlet: "outlets",
    normal.Revision: "revisions",
    normal.Text: "texts",
    normal.CopyKey: "copy_keys",
    normal.Parse: "parses",
    normal.Entity: "entities",
    normal.Alias: "aliases",
    normal.ClaimPart: "claims",
    normal.ClaimSpan: "spans",
    normal.ClaimQuantity: "quantities",
    normal.ClaimTime: "times",
    normal.ClaimPlace: "places",
    normal.ClaimRelay: "relays",
    normal.ClaimLink: "links",
}
_ARROW: dict[object, pa.DataType] = {
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    str: pa.string(),
    datetime: pa.timestamp("us"),
    date: pa.date32(),
    tuple[str, ...]: pa.list_(pa.string()),
    tuple[int, ...]: pa.list_(pa.int64()),
}


class Stage:
    """A run's folder of staged files; writing a batch again replaces its files whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, batch: Sequence[StageRow], name: str) -> list[Path]:
        """Write `batch` as `<table>-<name>.parquet`, a file a table that it reaches.

        Each file appears whole or not at all. `name` tells the run's batches apart.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        by_type: dict[type, list[TableRow]] = {}
        for row in _table_rows(batch):
            by_type.setdefault(type(row), []).append(row)
        return [self._write_table(kind, by_type[kind], name) for kind in TABLES if kind in by_type]

    def files(self, table: str) -> list[Path]:
        """Return the staged files of `table`, by name."""
        return sorted(self.folder.glob(f"{table}-*.parquet"))

    @property
    def size(self) -> int:
        """Bytes of all staged files."""
        return sum(path.stat().st_size for path in self.folder.glob("*.parquet"))

    def _write_table(self, kind: type, rows_: list[TableRow], name: str) -> Path:
        path = self.folder / f"{TABLES[kind]}-{name}.parquet"
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        pq.write_table(arrow_table(kind, rows_), temporary, compression="zstd")
        temporary.replace(path)
        return path


@cache
def arrow_schema(kind: type) -> pa.Schema:
    """Return the Arrow schema of a row dataclass: times as UTC timestamps without a zone."""
    hints = typing.get_type_hints(kind)
    return pa.schema([(f.name, _arrow_type(hints[f.name])) for f in dataclasses.fields(kind)])


def arrow_table(kind: type, rows_: Sequence[object]) -> pa.Table:
    """Return rows of one dataclass as an Arrow table."""
    schema = arrow_schema(kind)
    columns = [_column([getattr(row, field.name) for row in rows_], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(values: list[object], kind: pa.DataType) -> pa.Array:
    is_plain = not (pa.types.is_nested(kind) or pa.types.is_timestamp(kind))
    return pa.array(values if is_plain else map(_plain, values), kind)


def _table_rows(batch: Iterable[StageRow]) -> Iterator[TableRow]:
    for row in batch:
        if isinstance(row, rows.RevisionRow):
            yield from take_apart(row)
        else:
            yield row


def _arrow_type(hint: object) -> pa.DataType:
    if hint in _ARROW:
        return _ARROW[hint]
    if typing.get_origin(hint) is typing.Literal:
        return pa.string()
    if typing.get_origin(hint) is tuple:
        return pa.list_(pa.struct(arrow_schema(typing.get_args(hint)[0])))
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        (inner,) = (part for part in typing.get_args(hint) if part is not type(None))
        return _arrow_type(inner)
    raise TypeError(f"no column type for {hint}")


def _plain(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return value
