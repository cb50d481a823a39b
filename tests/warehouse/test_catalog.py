from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from warehouse.catalog import Catalog, read_catalog
from warehouse.queries import list_queries


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog()


def test_every_table_view_and_column_has_a_comment(catalog: Catalog) -> None:
    assert len(catalog.relations) > 30
    for relation in catalog.relations:
        assert relation.comment.endswith("."), relation.title
        for column in relation.columns:
            assert column.comment.endswith("."), f"{relation.title}.{column.name}"


def test_the_same_column_has_the_same_type_everywhere(catalog: Catalog) -> None:
    types: dict[str, set[str]] = {}
    for relation in catalog.relations:
        for column in relation.columns:
            if column.name.endswith(("_id", "_at", "_date", "_code")):
                types.setdefault(column.name, set()).add(column.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_names_say_their_type(catalog: Catalog) -> None:
    endings = {"_at": "TIMESTAMP", "_date": "DATE", "_bytes": "BIGINT", "_ms": "INTEGER"}
    for relation in catalog.relations:
        for column in relation.columns:
            for ending, kind in endings.items():
                if column.name.endswith(ending):
                    assert column.type == kind, f"{relation.title}.{column.name}"
            if column.name.startswith(("is_", "has_")):
                assert column.type == "BOOLEAN", f"{relation.title}.{column.name}"


def test_the_data_dictionary_is_current(catalog: Catalog) -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == catalog.markdown(), (
        "write it anew: claimwire docs tables > docs/data-dictionary.md"
    )


def test_the_dictionary_names_every_query(catalog: Catalog) -> None:
    text = catalog.markdown()
    for query in list_queries():
        assert f"### {query.name}\n" in text


def test_the_diagram_joins_claims_to_their_bytes(catalog: Catalog) -> None:
    lines = catalog.erd().splitlines()
    assert lines[0] == "erDiagram"
    for link in (
        "claims ||--o{ claim_spans : claim_id",
        "article_revisions ||--o{ claims : revision_id",
        "fetches ||--o{ article_revisions : fetch_id",
        "feeds ||--o{ fetches : feed_id",
    ):
        assert f"    {link}" in lines


def test_one_row_a_column(catalog: Catalog) -> None:
    table = catalog.table()
    assert ("claims", "claim_id", "BIGINT") in {row[:3] for row in table.rows}


def test_every_sql_file_is_short_lined() -> None:
    for path in Path(ROOT, "warehouse").rglob("*.sql"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) <= 100 or line.startswith("COMMENT ON"), f"{path.name}: {line}"
