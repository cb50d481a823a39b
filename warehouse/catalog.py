"""The data dictionary, made from the comments that the database itself carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb

from warehouse.connection import open_memory
from warehouse.diagram import draw
from warehouse.migrate import migrate
from warehouse.queries import list_queries
from warehouse.relations import Column, Relation
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
_MEANINGS = "SELECT warning, meaning FROM usage_warnings"
_COLUMNS = """SELECT schema_name, table_name, column_name, data_type, comment
    FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()
    ORDER BY schema_name, table_name, column_index"""
_ADVICE = """\
How to read it without being misled: below the name of each view stand its warnings. `core` keeps
superseded readings, too, with `is_current` false; the views show current ones unless they say
otherwise.
"""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All tables and views of a warehouse, by schema and name."""

    relations: tuple[Relation, ...]
    warnings: Mapping[str, str]  # what each means

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
        parts = ["# Data dictionary\n", _ADVICE]
        for schema, title in _SCHEMAS.items():
            parts.append(f"## {title}\n")
            parts += [_section(r, self.warnings) for r in self.relations if r.schema == schema]
        parts += ["## Named queries\n", "Run one with `claimwire sql NAME --param name=value`.\n"]
        parts += list(_queries())
        parts += ["## Diagrams\n", "How the views join:\n", _mermaid(self._of(is_public=True))]
        parts += ["How the base tables join:\n", _mermaid(self._of(is_public=False))]
        return "\n".join(parts)

    def erd(self) -> str:
        """Return all of them, and the ids that join them, as one Mermaid diagram."""
        return draw(self.relations)

    def _of(self, *, is_public: bool) -> list[Relation]:
        return [r for r in self.relations if r.is_public == is_public]


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
        ),
        # A published file may be older than the view.
        dict(con.execute(_MEANINGS).fetchall() if ("main", "usage_warnings") in objects else ()),
    )


def _section(relation: Relation, warnings: Mapping[str, str]) -> str:
    lines = [f"### {relation.title}\n", relation.meaning, ""]
    if relation.is_public:
        told = [f"- **{word}**: {warnings[word]}" for word in relation.warnings if word != "none"]
        lines += [*(told or ["No warnings."]), ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.type} | {c.comment} |" for c in relation.columns]
    return "\n".join(lines) + "\n"


def _mermaid(relations: Sequence[Relation]) -> str:
    return f"```mermaid\n{draw(relations)}```\n"


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
