"""Where a warehouse is, and the SQL as a lake takes it: what needs no lake to be tested."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from extractors.errors import QueryError, SettingsError, WarehouseError
from warehouse.asked import refuse_what_reaches_out
from warehouse.connection import open_memory, open_writer
from warehouse.lake import extension_files, fitted, is_lake, turn
from warehouse.migrate import read_scripts
from warehouse.place import Lake, read_place

FILE, FOLDER = Path("w.duckdb"), Path("lake")


def test_without_a_setting_the_warehouse_is_a_file() -> None:
    assert read_place("", FILE, FOLDER) == FILE


def test_a_lake_is_what_libpq_takes() -> None:
    place = read_place("ducklake:postgres:dbname=news host=db.test", FILE, FOLDER)
    assert place == Lake("dbname=news host=db.test", FOLDER)
    assert str(place) == "ducklake:postgres:dbname=news host=db.test"


@pytest.mark.parametrize(
    "text",
    [
        "ducklake:postgres:dbname=news password=hush",
        "ducklake:postgres:dbname=news PASSWORD = hush",
        "ducklake:postgres:dbname=news sslpassword=hush",
        "ducklake:postgres:postgresql://me:hush@db.test/news",
        "postgresql://me:hush@db.test/news",
    ],
)
def test_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(SettingsError, match="holds a password") as caught:
        read_place(text, FILE, FOLDER)
    assert "hush" not in str(caught.value)


def test_another_kind_of_place_is_refused() -> None:
    with pytest.raises(SettingsError, match="must begin with ducklake:postgres:"):
        read_place("ducklake:sqlite:a.db", FILE, FOLDER)


def test_no_migration_keeps_what_a_lake_refuses() -> None:
    for script in read_scripts("migrations"):
        text = fitted(script.text)
        assert not re.search(r"\b(PRIMARY KEY|UNIQUE|CHECK|REFERENCES|DEFAULT)\b", text)
        assert text.count("COMMENT ON") == script.text.count("COMMENT ON")


def test_fitted_migrations_make_the_same_columns() -> None:
    columns = "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()"
    made = []
    for fit in (str, fitted):
        with open_memory() as con:
            for script in read_scripts("migrations"):
                con.execute(fit(script.text))
            made.append(sorted(con.execute(f"{columns} WHERE NOT internal").fetchall()))
    assert made[0] == made[1]


def test_a_column_with_a_default_is_filled() -> None:
    with open_memory() as con:
        con.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)")
        con.execute(fitted("ALTER TABLE t ADD COLUMN b VARCHAR[] DEFAULT [];"))
        assert con.execute("FROM t").fetchall() == [(1, [])]


def test_a_fitted_view_loses_only_the_comments_on_its_columns() -> None:
    for script in read_scripts("views"):
        text = fitted(script.text, is_view=True)
        assert "COMMENT ON COLUMN" not in text
        assert text.count("COMMENT ON VIEW") == script.text.count("COMMENT ON VIEW")
        assert text.startswith(script.text.partition("COMMENT ON COLUMN")[0].rstrip())


def test_a_file_has_no_turns(tmp_path: Path) -> None:
    with open_writer(tmp_path / "lake.duckdb") as con, turn(con, 0), turn(con, 0):
        assert not is_lake(con)


def test_without_its_extensions_a_lake_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(duckdb, "__version__", "2.0.0")
    with pytest.raises(WarehouseError, match=r"needs DuckDB 1\.5\.5 and") as caught:
        extension_files()
    assert "claimwire[lake]" in caught.value.remedy


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM postgres_execute('lake', 'COMMIT; DROP TABLE t')",
        "SELECT (SELECT max(a) FROM postgres_query('lake', 'SELECT 1 AS a'))",
        "WITH a AS (FROM \"Postgres_Scan\"('host=evil.test', 's', 't')) FROM a",
        "FROM postgres_execute/* /* */ */('lake', 'x')",
        "EXPLAIN ANALYZE FROM postgres_execute('lake', 'x')",
        "FROM query('FROM ' || 'postgres_execute(1)')",
        "FROM ducklake_expire_snapshots('lake')",
        "FROM lake.set_option('a', 'b')",
        "FROM '/etc/passwd.csv'",
        "FROM read_text('/etc/passwd')",
        "FROM __ducklake_metadata_lake.public.ducklake_snapshot",
        "DESCRIBE FROM glob('*')",
        "PIVOT (FROM glob('*')) ON file IN ('a') USING count(*)",
        "PRAGMA version",
        "/* */ EXPLAIN SELECT 1",
    ],
)
def test_a_query_that_reaches_out_of_a_lake_is_refused(query: str) -> None:
    with open_memory() as con, pytest.raises(QueryError):
        refuse_what_reaches_out(con, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM core.claims AS c JOIN articles USING (article_id) WHERE c.claim_id = $id",
        "EXPLAIN SELECT 1",
        "explain analyze FROM claims",
        "FROM range(3) UNION ALL FROM unnest([1])",
        "SHOW TABLES",
        "DESCRIBE claims",
        "SUMMARIZE claims",
        "SELECT 'postgres_execute(1)' AS read_text",
    ],
)
def test_a_query_that_stays_in_a_lake_is_let_through(query: str) -> None:
    with open_memory() as con:
        refuse_what_reaches_out(con, query)
