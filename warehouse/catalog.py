"""The data dictionary, made from the comments that the database itself carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import duckdb

from warehouse.connection import open_memory
from warehouse.migrate import migrate
from warehouse.queries import list_queries
from warehouse.table import Table

_SCHEMAS = {
    "main": "Views",
    "core": "Base tables: what was said",
    "ops": "Base tables: what was done",
}
_OBJECTS = """SELECT schema_name, table_name AS name, comment FROM duckdb_tables()
    WHERE database_name = current_database()
    UNION ALL SELECT schema_name, view_name, comment FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database()"""
_COLUMNS = """SELECT schema_name, table_name, column_name, data_type, comment
    FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()
    ORDER BY schema_name, table_name, column_index"""
# Columns that point at a table under another name than its own key.
_POINTERS = {
    "claimant_id": "entities",
    "copy_group_id": "articles",
    "current_revision_id": "article_revisions",
    "linked_claim_id": "claims",
}
_ADVICE = """\
- Count stories, not reports: `count(DISTINCT copy_group_id)`, or leave rows with `is_copy` out.
- `side_code` is whom the claimant speaks for; `party` is whose loss or gain a figure is.
- A `level`, an `increase` and a `decrease` never belong into one sum or one line.
- Divide by what was read: `coverage` says how much that was, and where nothing was.
- Views hold current claims only; `core.claims` keeps superseded ones with `is_current` false.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, SQL type, meaning."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view: schema, name, what one row is, columns."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The name to write in SQL."""
        return self.name if self.schema == "main" else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class Catalog:
    """All tables and views of a warehouse, by schema and name."""

    relations: tuple[Relation, ...]

    def table(self) -> Table:
        """Return one row a column."""
        rows = tuple(
            (relation.title, column.name, column.type, column.comment)
            for relation in self.relations
            for column in relation.columns
        )
        return Table(("relation", "column", "type", "meaning"), rows)

    def markdown(self) -> str:
        """Return the data dictionary as Markdown."""
        parts = ["# Data dictionary\n", "How to read it without being misled:\n", _ADVICE]
        for schema, title in _SCHEMAS.items():
            parts.append(f"## {title}\n")
            parts += [_section(r) for r in self.relations if r.schema == schema]
        parts += ["## Named queries\n", "Run one with `claimwire sql NAME --param name=value`.\n"]
        parts += list(_queries())
        parts += ["## Diagram\n", f"```mermaid\n{self.erd()}```\n"]
        return "\n".join(parts)

    def erd(self) -> str:
        """Return the base tables and what points at what, as a Mermaid diagram."""
        tables = [r for r in self.relations if r.schema != "main" and not _is_view(r)]
        keys = {r.columns[0].name: r.name for r in tables if _is_keyed(r)} | _POINTERS
        lines = ["erDiagram"]
        for relation in tables:
            for column in relation.columns:
                target = keys.get(column.name)
                if target and target != relation.name:
                    lines.append(f"    {target} ||--o{{ {relation.name} : {column.name}")
        return "\n".join(lines) + "\n"


def read_catalog(con: duckdb.DuckDBPyConnection | None = None) -> Catalog:
    """Return the catalog of an open warehouse, or of an empty one of this program."""
    if con is None:
        with open_memory() as memory:
            migrate(memory)
            return read_catalog(memory)
    objects = {(row[0], row[1]): row[2] or "" for row in con.execute(_OBJECTS).fetchall()}
    columns = con.execute(_COLUMNS).fetchall()
    groups = groupby(columns, key=lambda row: (row[0], row[1]))
    return Catalog(
        tuple(
            Relation(*key, objects[key], tuple(Column(n, t, c or "") for _, _, n, t, c in group))
            for key, group in groups
            if key in objects
        )
    )


def _section(relation: Relation) -> str:
    lines = [f"### {relation.title}\n", relation.comment, ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.type} | {c.comment} |" for c in relation.columns]
    return "\n".join(lines) + "\n"


def _queries() -> Iterator[str]:
    for query in list_queries():
        yield f"### {query.name}\n\n{query.summary}\n"
        if query.parameters:
            lines = ["| parameter | type | default | meaning |", "|---|---|---|---|"]
            lines += [
                f"| `{p.name}` | {p.type} | {p.default or ''} | {p.meaning} |"
                for p in query.parameters
            ]
            yield "\n".join(lines) + "\n"


def _is_view(relation: Relation) -> bool:
    return relation.name == "revision_sources"


def _is_keyed(relation: Relation) -> bool:
    """Tell whether the first column is the table's own key, such as `article_id` of articles."""
    key = relation.columns[0].name.removesuffix("_id")
    plurals = (f"{key}s", f"{key}es", f"{key.removesuffix('y')}ies")
    return relation.name.endswith(plurals)
