from __future__ import annotations

import re
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
        '"core.claims" ||--o{ "core.claim_spans" : claim_id',
        '"core.article_revisions" ||--o{ "core.claims" : revision_id',
        '"ops.fetches" ||--o{ "core.article_revisions" : fetch_id',
        '"ops.feeds" ||--o{ "ops.fetches" : feed_id',
        "claims |o--o{ figures : claim_id",
        "coverage |o--o{ claims : claim_date",
    ):
        assert f"    {link}" in lines


def test_the_diagram_is_mermaid(catalog: Catalog) -> None:
    name = r'(?:\w+|"\w+\.\w+")'
    shapes = (
        rf"    {name} \{{",
        r"        [A-Z]+ \w+ (?:PK|FK)",
        r"    \}",
        rf"    {name} (?:\|\||\|o)--o\{{ {name} : \w+",
    )
    for line in catalog.erd().splitlines()[1:]:
        assert any(re.fullmatch(shape, line) for shape in shapes), line


def test_every_view_has_warnings_or_says_that_it_has_none(catalog: Catalog) -> None:
    for view in catalog.relations:
        if view.is_public:
            assert view.warnings, view.name
            assert view.warnings == ("none",) or set(view.warnings) <= set(catalog.warnings)
    used = {word for view in catalog.relations for word in view.warnings}
    assert used - {"none"} == set(catalog.warnings)


@pytest.mark.parametrize(
    ("columns", "warning"),
    [
        ({"claimant", "content_text"}, "hearsay"),
        ({"claimant", "content_text"}, "machine"),
        ({"is_copy"}, "copies"),
        ({"copy_count"}, "copies"),
        ({"claimant_id", "claimant"}, "unnamed"),
        ({"measure", "change"}, "kinds"),
        ({"side_code", "party"}, "parties"),
        ({"is_current"}, "superseded"),
        ({"article_text"}, "rights"),
        ({"claim_date", "confidence"}, "coverage"),
    ],
)
def test_columns_that_mislead_come_with_a_warning(
    catalog: Catalog, columns: set[str], warning: str
) -> None:
    hazardous = [
        view
        for view in catalog.relations
        if view.is_public and columns <= {column.name for column in view.columns}
    ]
    assert hazardous
    assert [view.name for view in hazardous if warning not in view.warnings] == []


def test_the_dictionary_spells_the_warnings_out(catalog: Catalog) -> None:
    _, _, section = catalog.markdown().partition("### figures\n")
    section = section.partition("| column")[0]
    for word in ("copies", "kinds", "parties"):
        assert f"- **{word}**: {catalog.warnings[word]}" in section
    assert "Warnings:" not in section


def test_one_row_a_column(catalog: Catalog) -> None:
    table = catalog.table()
    assert ("claims", "claim_id", "BIGINT") in {row[:3] for row in table.rows}


def test_every_sql_file_is_short_lined() -> None:
    for path in Path(ROOT, "warehouse").rglob("*.sql"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) <= 100 or line.startswith("COMMENT ON"), f"{path.name}: {line}"
