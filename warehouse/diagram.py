"""Which ids join which tables, found by their names, and the diagram of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.relations import Relation

# Relations whose key does not have their name, and columns that hold a key under another name.
_KEYS = {"feed_health": "feed_id", "coverage": "day"}
_POINTERS = {
    "article_date": "day",
    "claim_date": "day",
    "claim_id_a": "claim_id",
    "claim_id_b": "claim_id",
    "claimant_id": "entity_id",
    "copy_group_id": "article_id",
    "current_revision_id": "revision_id",
    "first_revision_id": "revision_id",
    "last_revision_id": "revision_id",
    "linked_claim_id": "claim_id",
    "parse_run_id": "run_id",
    "previous_revision_id": "revision_id",
    "removed_in_revision_id": "revision_id",
}


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of `many` name by `column` the row of `one` that has that `key`."""

    one: Relation
    key: str
    many: Relation
    column: str


def joins(relations: Sequence[Relation]) -> list[Join]:
    """Return how views join views, and base tables base tables."""
    found = []
    for is_public in (True, False):
        group = [r for r in relations if r.is_public == is_public]
        keys = {key: r for r in group if (key := _key(r))}
        found += [join for relation in group for join in _joins(relation, keys)]
    return found


def draw(relations: Sequence[Relation]) -> str:
    """Return the relations with their ids, and how they join, as a Mermaid diagram."""
    found = joins(relations)
    lines = ["erDiagram"]
    for relation in relations:
        lines += _entity(relation, {join.column for join in found if join.many is relation})
    for join in found:
        # A view may hold ids of rows that another view leaves out.
        end = "|o" if join.one.is_public else "||"
        lines.append(f"    {_name(join.one)} {end}--o{{ {_name(join.many)} : {join.column}")
    return "\n".join(lines) + "\n"


def _joins(relation: Relation, keys: dict[str, Relation]) -> Iterator[Join]:
    for column in relation.columns:
        key = column.name if column.name in keys else _POINTERS.get(column.name, "")
        if key in keys and keys[key] is not relation:
            yield Join(keys[key], key, relation, column.name)
        elif key in keys and key != column.name:
            yield Join(relation, key, relation, column.name)


def _entity(relation: Relation, pointers: set[str]) -> Iterator[str]:
    key = _key(relation)
    yield f"    {_name(relation)} {{"
    for column in relation.columns:
        if column.name == key or column.name in pointers:
            role = "PK" if column.name == key else "FK"
            yield f"        {column.type} {column.name} {role}"
    yield "    }"


def _key(relation: Relation) -> str:
    """Return the relation's own key, such as `article_id` of articles; empty without one."""
    first = relation.columns[0].name
    stem = first.removesuffix("_id")
    plurals = (f"{stem}s", f"{stem}es", f"{stem.removesuffix('y')}ies")
    is_named = stem != first and relation.name.endswith(plurals)
    return first if is_named else _KEYS.get(relation.name, "")


def _name(relation: Relation) -> str:
    return relation.name if relation.is_public else f'"{relation.title}"'
