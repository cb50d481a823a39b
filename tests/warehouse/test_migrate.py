from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

import warehouse
from extractors.errors import WarehouseError
from extractors.records import Aside
from tests.warehouse.build import revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_memory, open_writer
from warehouse.migrate import Script, in_order, migrate, read_scripts, require_current


def test_no_sql_has_a_function_that_an_older_release_lacks() -> None:
    """DuckDB 2 stores `if(...)` in a view as a function that 1.5 cannot read the file with."""
    files = Path(warehouse.__file__).parent.rglob("*.sql")
    assert [p.name for p in files if re.search(r"\bif\s*\(", p.read_text("utf-8"))] == []


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_writer(path) as con:
        number = migrate(con)
        con.execute("CHECKPOINT")
    before = path.read_bytes()
    with open_writer(path) as con:
        assert migrate(con) == number
    assert path.read_bytes() == before


def test_numbers_are_without_gaps() -> None:
    numbers = [script.number for script in read_scripts("migrations")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_newer_warehouse_is_refused() -> None:
    scripts = read_scripts("migrations")
    newer = (*scripts, Script(len(scripts) + 1, "later", "CREATE TABLE core.later (a INTEGER);"))
    with open_memory() as con:
        migrate(con, newer)
        with pytest.raises(WarehouseError, match="Install the newer claimwire"):
            migrate(con)


def test_an_older_warehouse_is_refused_by_readers() -> None:
    with open_memory() as con:
        first = read_scripts("migrations")[0]
        con.execute(first.text)
        con.execute("INSERT INTO ops.migrations VALUES (?, ?, ?)", [1, first.name, first.sha256])
        with pytest.raises(WarehouseError, match="older claimwire"):
            require_current(con)


def test_an_edited_migration_is_refused() -> None:
    first, *others = read_scripts("migrations")
    with open_memory() as con:
        migrate(con)
        edited = (dataclasses.replace(first, text=first.text + " "), *others)
        with pytest.raises(WarehouseError, match="differs from the one"):
            migrate(con, edited)


def test_a_failing_migration_leaves_nothing() -> None:
    scripts = read_scripts("migrations")
    broken = Script(len(scripts) + 1, "broken", "CREATE TABLE core.half (a INTEGER); SELECT nope;")
    with open_memory() as con:
        with pytest.raises(WarehouseError, match="schema step broken failed"):
            migrate(con, (*scripts, broken))
        with pytest.raises(duckdb.CatalogException):
            con.execute("FROM core.half")
        assert migrate(con) == len(scripts)


def test_changed_views_are_made_anew() -> None:
    with open_memory() as con:
        migrate(con)
        con.execute("CREATE VIEW gone AS SELECT 1")
        con.execute("UPDATE ops.migrations SET sha256 = 'old' WHERE number = 0")
        migrate(con)
        views = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert ("gone",) not in views
    assert ("claims",) in views


def test_views_come_after_those_they_read() -> None:
    a, b = Script(0, "a", "SELECT * FROM b"), Script(0, "b", "SELECT 1")
    assert in_order((a, b)) == [b, a]


def test_every_view_begins_with_its_grain() -> None:
    for view in read_scripts("views"):
        assert view.text.startswith(("-- One row ", "-- Whether ", "-- The words of ")), view.name


def test_a_warehouse_of_another_program_is_refused(home: Home) -> None:
    home.load("run-1")
    with open_writer(home.work) as con:
        con.execute("UPDATE ops.migrations SET sha256 = 'x' WHERE number = 1")
        with pytest.raises(WarehouseError, match="Migration 1"):
            require_current(con)


def add_old_revision(
    con: duckdb.DuckDBPyConnection, revision_id: int, title: str, text: str, is_current: bool
) -> None:
    """Insert a revision as the schema of the second migration has it."""
    con.execute(
        """INSERT INTO core.article_revisions BY NAME SELECT
        ? AS revision_id, ? AS title, ? AS text_sha256, ? AS is_current,
        revision_id AS load_number, 1 AS article_id, 1 AS feed_id, 1 AS feed_item_id,
        1 AS fetch_id, 'r' AS run_id, 'u' AS url, 'u' AS canonical_url,
        'article' AS page_class, [] AS authors, 's' AS site, '{}' AS field_sources,
        1 AS text_char_count, 'e' AS extractor, now()::TIMESTAMP AS first_seen_at,
        first_seen_at AS last_seen_at""",
        [revision_id, title, text, is_current],
    )


def test_revisions_of_an_older_warehouse_are_told_apart() -> None:
    """Of three versions the first was current again: text, then title changed, then back."""
    first, second, third, *_ = read_scripts("migrations")
    with open_memory() as con:
        con.execute(first.text)
        con.execute(second.text)
        add_old_revision(con, 1, "A", "x", True)
        add_old_revision(con, 2, "A", "y", False)
        add_old_revision(con, 3, "B", "y", False)
        con.execute(third.text)
        rows = con.execute(
            """SELECT revision_id, change, previous_revision_id, seen_load_number
            FROM core.article_revisions ORDER BY revision_id"""
        ).fetchall()
    assert rows == [(1, "first", None, 3), (2, "text", 1, 2), (3, "title", 2, 3)]


def test_nothing_is_said_of_how_whole_older_revisions_are() -> None:
    first, second, *later = read_scripts("migrations")
    with open_memory() as con:
        con.execute(first.text)
        con.execute(second.text)
        add_old_revision(con, 1, "A", "x", True)
        for script in later:
            con.execute(script.text)
        rows = con.execute("SELECT mojibake_ratio, free_share FROM core.article_revisions")
        assert rows.fetchall() == [(None, None)]


def test_a_warehouse_of_an_older_schema_loads_and_learns_how_whole_its_texts_are(
    home: Home,
) -> None:
    text = "Ann said it rained."
    home.load("run-1", revision(text))
    with open_writer(home.work) as con:  # as it was before the fourth migration
        for (view,) in con.execute(
            "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall():
            con.execute(f"DROP VIEW {view}")
        for column in ("mojibake_ratio", "free_share", "published_on", "asides", "posts"):
            con.execute(f"ALTER TABLE core.article_revisions DROP COLUMN {column}")
        for column in ("claim_number", "is_repeat"):
            con.execute(f"ALTER TABLE core.claims DROP COLUMN {column}")
        con.execute("ALTER TABLE core.claim_daily DROP COLUMN side_code")
        for table in (
            "words",
            "word_claims",
            "day_counts",
            "read_days",
            "figure_reports",
            "stated_figures",
            "disagreements",
            "loads",
            "claim_facts",
            "claimant_months",
            "closed_months",
            "repeated_statements",
            "touched_statements",
            "stale_series",
        ):
            con.execute(f"DROP TABLE core.{table}")
        con.execute("DROP TABLE ops.day_coverage")
        for column in (
            "entities.side_code",
            "claims.speaks_for_id",
            "claim_quantities.aspect",
            "claim_quantities.claim_number",
        ):
            table, name = column.split(".")
            con.execute(f"ALTER TABLE core.{table} DROP COLUMN {name}")
        con.execute("DELETE FROM ops.migrations WHERE number = 0 OR number > 3")
    home.load("run-2", revision("Bob said so.", slug="other", run_id="run-2"))
    shares = "SELECT title, mojibake_ratio, is_garbled, free_share FROM articles ORDER BY title"
    assert home.ask(shares) == [("Other", 0.0, False, None), ("Story", None, None, None)]
    newer = revision(
        text,
        extractor="articles 2",
        mojibake_ratio=0.01,
        free_share=0.4,
        published_on=date(2026, 1, 31),
        asides=(Aside("caption", "Rain over the harbour."),),
    )
    assert home.ask("SELECT count(*) FROM asides") == [(0,)]
    home.load("run-3", newer)
    assert home.ask("SELECT kind, words FROM asides") == [("caption", "Rain over the harbour.")]
    assert home.ask(shares)[1] == ("Story", 0.01, True, 0.4)
    days = "SELECT published_on FROM articles WHERE published_on IS NOT NULL"
    assert home.ask(days) == [(date(2026, 1, 31),)]
    assert home.ask("SELECT free_share FROM revisions WHERE is_garbled") == [(0.4,)]
