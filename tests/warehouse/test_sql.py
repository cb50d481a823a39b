from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.errors import QueryError, WarehouseError
from tests.warehouse.build import claim, revision
from tests.warehouse.conftest import Home
from warehouse.connection import open_reader
from warehouse.sql import run_on, run_user_sql

TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = Home(tmp_path_factory.mktemp("sql"))
    home.load("run-1", revision(TEXT, [claim(TEXT, "Ann Lee", "12 people died")]))
    yield home.published


REFUSED = {
    "INSERT INTO ops.runs FROM ops.runs": "INSERT statements are refused",
    "UPDATE core.claims SET kind = 'x'": "UPDATE statements are refused",
    "DELETE FROM core.claims": "DELETE statements are refused",
    "MERGE INTO core.claims USING claims ON false WHEN MATCHED THEN DELETE": "MERGE INTO",
    "DROP TABLE core.claims": "DROP statements are refused",
    "ATTACH '/tmp/x.duckdb' AS x": "ATTACH statements are refused",
    "COPY core.claims TO '/tmp/x.csv'": "COPY statements are refused",
    "EXPORT DATABASE '/tmp/x'": "EXPORT statements are refused",
    "INSTALL fts": "INSTALL and LOAD statements are refused",
    "LOAD fts": "INSTALL and LOAD statements are refused",
    "SET threads = 1": "SET statements are refused",
    "RESET threads": "SET statements are refused",
    "PRAGMA enable_progress_bar": "PRAGMA statements are refused",
    "CREATE TEMP TABLE t AS SELECT 1": "CREATE statements are refused",
    "BEGIN": "TRANSACTION statements are refused",
    "CHECKPOINT": "CALL statements are refused",
    "FROM read_csv('/etc/passwd')": "may not read or write files",
    "FROM read_parquet('/tmp/x.parquet')": "may not read or write files",
    "FROM read_text('/etc/passwd')": "may not read or write files",
    "FROM 'claims.csv'": "may not read or write files",
    "FROM 'https://example.org/x.parquet'": "refused|may not|does not exist|wrong",
    "FROM glob('/*')": "may not read or write files",
    "FROM read_blob('/etc/passwd')": "may not read or write files",
    "FROM read_json('/etc/passwd')": "may not read or write files",
    "FROM parquet_metadata('x.parquet')": "may not read or write files",
    "FROM sniff_csv('/etc/passwd')": "may not read or write files",
    "EXPLAIN ANALYZE COPY core.claims TO 'x.csv'": "may not read or write files",
    "EXPLAIN ANALYZE DELETE FROM core.claims": "would change the warehouse",
    "FROM query('DROP TABLE core.claims')": "single SELECT statement",
    "SELECT getenv('HOME')": "getenv does not exist",
    "/* SELECT */ DROP TABLE core.claims": "DROP statements are refused",
    "PREPARE p AS SELECT 1": "PREPARE statements are refused",
    "CALL pragma_version()": "CALL statements are refused",
    "VACUUM": "VACUUM statements are refused",
    "PIVOT figures ON measure USING count(*)": "must name its columns",
    "FROM (PIVOT figures ON measure USING count(*))": "must name its columns",
    "EXPLAIN PIVOT figures ON measure USING count(*)": "must name its columns",
    "SELECT 1; SELECT 2": "One statement at a time",
    "SELECT 1; DROP TABLE core.claims": "DROP statements are refused",
    "SELEC 1": "The query is wrong: syntax error",
    "SELECT nope FROM claims": 'The query is wrong: Referenced column "nope"',
    "": "The query is empty",
    "-- nothing": "The query is empty",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_refused_with_one_clear_sentence(published: Path, sql: str) -> None:
    with pytest.raises(QueryError, match=REFUSED[sql]) as caught:
        run_user_sql(published, sql)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM claims",
        "FROM claims",
        "WITH c AS (FROM claims) SELECT count(*) FROM c",
        "DESCRIBE claims",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "VALUES (1)",
        "PIVOT claims ON kind IN ('indirect') USING count(*)",
    ],
)
def test_reading_is_allowed(published: Path, sql: str) -> None:
    assert run_user_sql(published, sql).rows


def test_parameters_are_bound_not_pasted(published: Path) -> None:
    sql = "SELECT $who AS who, $n + 1 AS n"
    table = run_user_sql(published, sql, {"who": "'; DROP TABLE core.claims", "n": 4})
    assert table.columns == ("who", "n")
    assert table.rows == (("'; DROP TABLE core.claims", 5),)


def test_a_missing_parameter_is_said_so(published: Path) -> None:
    with pytest.raises(QueryError, match="The query is wrong"):
        run_user_sql(published, "SELECT $who")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(a.range * b.range) FROM range(100000000) AS a, range(1000000) AS b",
        "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
    ],
)
def test_a_runaway_query_is_stopped(published: Path, sql: str) -> None:
    with pytest.raises(QueryError, match=r"stopped after 0\.2 seconds"):
        run_user_sql(published, sql, timeout_s=0.2)


def test_rows_are_capped(published: Path) -> None:
    table = run_user_sql(published, "FROM range(100000000000)", max_rows=3)
    assert table.rows == ((0,), (1,), (2,))
    assert table.is_cut
    assert not run_user_sql(published, "FROM range(3)", max_rows=3).is_cut


def test_too_much_memory_is_said_so(published: Path) -> None:
    sql = "SELECT list(range) FROM range(10000000)"
    with (
        open_reader(published, memory_limit="30MB") as con,
        pytest.raises(QueryError, match="more memory"),
    ):
        run_on(con, sql)


def test_a_missing_warehouse_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="There is no warehouse"):
        run_user_sql(tmp_path / "none.duckdb", "SELECT 1")
