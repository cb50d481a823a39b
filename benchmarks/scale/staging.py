"""Stages made articles: what a run of them would hand to the load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.rows import RunRow
from warehouse.staging import TABLES, arrow_schema

_SCRIPT = Path(__file__).with_name("stage.sql")
CLAIMS_AN_ARTICLE = 10


@dataclass(frozen=True, slots=True)
class Made:
    """Makes batches of a warehouse of `total` articles over `days` days, out of a pool."""

    con: duckdb.DuckDBPyConnection
    total: int
    days: int

    def stage(self, first: int, last: int, folder: Path) -> RunRow:
        """Stage the articles `first` to `last` - 1 in `folder`; return the row of their run."""
        folder.mkdir(parents=True)
        run_id = f"made-{first}"
        values = {"first": first, "last": last, "total": self.total, "days": self.days,
                  "run_id": run_id, **_sizes(self.con)}  # fmt: skip
        for statement in self.con.extract_statements(_SCRIPT.read_text("utf-8")):
            wanted = {name: values[name] for name in statement.named_parameters}
            self.con.execute(statement, wanted)
        made = {
            name
            for (name,) in self.con.sql(
                "SELECT table_name FROM duckdb_tables() WHERE temporary"
            ).fetchall()
        }
        for table in TABLES.values():
            if f"made_{table}" in made:
                path = folder / f"{table}-made.parquet"
                self.con.execute(f"COPY (FROM made_{table}) TO '{path}' (COMPRESSION zstd)")
        at = self.con.sql("SELECT max(fetched_at) FROM made_articles").fetchall()[0][0]
        return _run(run_id, at.replace(tzinfo=UTC), last - first)


@contextmanager
def open_pool(folder: Path, total: int, days: int) -> Iterator[Made]:
    """Open the pool in `folder`."""
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for kind, table in TABLES.items():
            file = folder / f"{table}-pool.parquet"
            con.register("none", arrow_schema(kind).empty_table())
            rows = f"'{file}'" if file.exists() else "none"
            con.execute(f"CREATE TABLE pool_{table} AS FROM {rows}")
        con.execute(
            f"""CREATE TABLE pool_paragraphs AS
            SELECT *, length(paragraph) AS char_count FROM '{folder / "paragraphs.parquet"}'"""
        )
        con.execute(
            f"""CREATE TABLE pool_words AS
            SELECT row_number() OVER () - 1 AS number, word FROM '{folder / "words.parquet"}'"""
        )
        yield Made(con, total, days)


def _sizes(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    ((paragraphs, claims, words),) = con.sql(
        """SELECT (SELECT count(*) FROM pool_paragraphs), (SELECT count(*) FROM pool_claims),
        (SELECT count(*) FROM pool_words)"""
    ).fetchall()
    mean = CLAIMS_AN_ARTICLE * paragraphs / claims
    # The skewed part of an article's length has a mean of some eight paragraphs.
    return {"pool_size": paragraphs, "word_count": words, "least_paragraphs": round(mean - 8)}


def _run(run_id: str, at: datetime, articles: int) -> RunRow:
    return RunRow(run_id, at, at, "fine", "{}", 200, 0, articles, articles, 0, 0, 0)
