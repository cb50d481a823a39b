from __future__ import annotations

import dataclasses
import typing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.warehouse.build import NOW, claim, feed, revision, run, stage
from tests.warehouse.conftest import Home
from warehouse import normal
from warehouse.connection import open_memory
from warehouse.migrate import migrate
from warehouse.rows import FeedRow
from warehouse.staging import TABLES, Stage, arrow_schema, arrow_table

TEXT = "The mayor, Ann Lee, said 12 people died. No more is known."

# Staged columns that the load uses up, and tables that go by another name in the warehouse.
USED_UP = {
    "revisions": {"outlet_id", "said_at", "revised_at"},
    "claims": {"posted_at"},
    "quarantine": {"seen_at"},
}
NAMES = {
    "revisions": "core.article_revisions",
    "texts": "core.article_texts",
    "copy_keys": "core.article_copy_keys",
    "aliases": "core.entity_aliases",
    "spans": "core.claim_spans",
    "quantities": "core.claim_quantities",
    "times": "core.claim_times",
    "places": "core.claim_places",
    "relays": "core.claim_relays",
    "links": "core.claim_links",
}


def test_every_staged_column_is_a_column_of_its_table() -> None:
    with open_memory() as con:
        migrate(con)
        for kind, staged in TABLES.items():
            schema = "ops" if kind.__module__ == "warehouse.rows" else "core"
            table = NAMES.get(staged, f"{schema}.{staged}")
            columns = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
            fields = {field.name for field in dataclasses.fields(kind)}
            assert fields - USED_UP.get(staged, set()) <= columns, staged


def test_every_normal_row_has_a_table() -> None:
    assert set(typing.get_args(normal.NormalRow)) <= set(TABLES)


def test_a_batch_becomes_a_file_a_table(tmp_path: Path) -> None:
    rows = revision(TEXT, [claim(TEXT, "Ann Lee", "12 people died", figure="12 people")])
    paths = Stage(tmp_path).write(rows, "b7")
    assert {path.name for path in paths} >= {"feeds-b7.parquet", "claims-b7.parquet"}
    assert not list(tmp_path.glob("*.tmp"))


def test_a_batch_written_again_replaces_itself(tmp_path: Path) -> None:
    Stage(tmp_path).write([feed("A"), feed("B")], "x")
    (path,) = Stage(tmp_path).write([feed("C")], "x")
    assert pq.read_table(path).column("outlet_name").to_pylist() == ["C"]


def test_times_are_stored_in_utc_without_a_zone() -> None:
    east = datetime(2024, 3, 10, 14, tzinfo=timezone(timedelta(hours=2)))
    table = arrow_table(FeedRow, [feed("A", added_at=east)])
    assert table.schema.field("added_at").type == pa.timestamp("us")
    assert table.column("added_at").to_pylist() == [datetime(2024, 3, 10, 12)]
    assert east.astimezone(UTC) == NOW


def test_schemas_follow_the_annotations() -> None:
    schema = arrow_schema(normal.Revision)
    assert schema.field("authors").type == pa.list_(pa.string())
    assert schema.field("published_has_zone").type == pa.bool_()
    assert arrow_schema(normal.ClaimQuantity).field("value").type == pa.float64()


def test_files_whose_names_hold_quotes_load(home: Home) -> None:
    from warehouse.load import load_run

    folder = stage(home.folder / "o'clock", revision(TEXT))
    assert load_run(home.work, folder, run()).revisions == 1
