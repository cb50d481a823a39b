from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.conftest import Home
from warehouse.connection import open_memory, open_writer
from warehouse.migrate import Script, in_order, migrate, read_scripts, require_current


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
        assert view.text.startswith(("-- One row ", "-- Whether ")), view.name


def test_a_warehouse_of_another_program_is_refused(home: Home) -> None:
    home.load("run-1")
    with open_writer(home.work) as con:
        con.execute("UPDATE ops.migrations SET sha256 = 'x' WHERE number = 1")
        with pytest.raises(WarehouseError, match="Migration 1"):
            require_current(con)


def test_revisions_of_an_older_warehouse_are_told_apart() -> None:
    """Of three versions the first was current again: text, then title changed, then back."""
    first, second, third, *_ = read_scripts("migrations")
    with open_memory() as con:
        con.execute(first.text)
        con.execute(second.text)
        for revision_id, title, text, is_current in ((1, "A", "x", True), (2, "A", "y", False),
                                                     (3, "B", "y", False)):  # fmt: skip
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
        con.execute(third.text)
        rows = con.execute(
            """SELECT revision_id, change, previous_revision_id, seen_load_number
            FROM core.article_revisions ORDER BY revision_id"""
        ).fetchall()
    assert rows == [(1, "first", None, 3), (2, "text", 1, 2), (3, "title", 2, 3)]
