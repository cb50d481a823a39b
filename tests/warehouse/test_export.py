"""Exports of the story of `tests.warehouse.story`, read back by other programs."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as pads
import pytest

from extractors.errors import SettingsError, WarehouseError
from tests.warehouse import story
from tests.warehouse.linked_data import check, documents, nodes_of, types_of
from warehouse import export as module
from warehouse.connection import open_exporter, open_reader
from warehouse.export import TABLES, export
from warehouse.manifest import Order, Written


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.build(tmp_path_factory.mktemp("home"))


def write(warehouse: Path, target: Path, order: Order, **options: bool) -> dict[str, Written]:
    written = export(warehouse, target, order, made_by="claimwire test", **options)
    return {one.source.name: one for one in written}


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_reader(warehouse) as con:
        return con.execute(query).fetchall()


def read(files: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        return con.execute(f"SELECT * FROM {files} ORDER BY ALL").fetchall()


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(folder.joinpath("manifest.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_the_same_rows_out_of_parquet(
    warehouse: Path, tmp_path: Path, name: str
) -> None:
    order = Order("parquet", (name,), with_text=True)
    rows = write(warehouse, tmp_path / "out", order)[name].row_count
    back = read(f"read_parquet('{tmp_path}/out/**/*.parquet', hive_partitioning = false)")
    assert back == ask(warehouse, f"FROM {name} ORDER BY ALL")
    assert len(back) == rows > 0


def test_pyarrow_reads_parquet_and_its_months(warehouse: Path, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out", Order("parquet"))
    table = pads.dataset(tmp_path / "out" / "claims", partitioning="hive").to_table()
    assert set(table.column("month").to_pylist()) == {"2024-03"}
    expected = ask(warehouse, "SELECT content_text FROM claims ORDER BY claim_date, claim_id")
    assert table.column("content_text").to_pylist() == [text for (text,) in expected]


def test_python_and_duckdb_read_csv(warehouse: Path, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out", Order("csv"))
    with (tmp_path / "out" / "articles.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [json.loads(row["authors"]) for row in rows] == [["A. Writer"]] * 5
    assert "article_text" not in rows[0]
    # Left to guess, DuckDB reads the country code NO as a no: the manifest knows the types.
    types = {c["name"]: c["type"] for c in manifest(tmp_path / "out")["tables"][1]["columns"]}
    back = read(f"read_csv('{tmp_path}/out/claims.csv', types = {types})")
    assert back == ask(warehouse, "FROM claims ORDER BY ALL")


def test_csv_of_several_months_has_one_header(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_months", lambda *_: [date(2024, 2, 1), date(2024, 3, 1)])
    write(warehouse, tmp_path / "out", Order("csv", ("claims",)))
    lines = tmp_path.joinpath("out", "claims.csv").read_text("utf-8").splitlines()
    assert [line.startswith("claim_id") for line in lines] == [True] + [False] * 6


def test_json_ld_speaks_the_words_of_schema_org(warehouse: Path, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out", Order("jsonld"))
    found = documents(tmp_path / "out")
    assert len(found) == ask(warehouse, "SELECT count(*) FROM claims")[0][0]
    kinds = {kind for one in found for node in nodes_of(one) for kind in types_of(node)}
    assert kinds == {
        "Claim", "NewsArticle", "NewsMediaOrganization", "Organization", "Person", "Place",
        "PostalAddress", "QuantitativeValue",
    }  # fmt: skip
    for document in found:
        check(document)


def test_a_claim_in_json_ld(warehouse: Path, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out", Order("jsonld", since=date(2024, 3, 7)))
    (claim,) = documents(tmp_path / "out")
    ((claim_id, article_id),) = ask(
        warehouse, "SELECT claim_id, article_id FROM claims WHERE claim_date = '2024-03-07'"
    )
    assert claim["@context"]["@vocab"] == "https://schema.org/"
    assert claim["@id"] == f"urn:claimwire:claim:{claim_id}"
    assert claim["text"] == "19 people died"
    assert claim["author"]["name"] == "Berg"
    assert claim["author"]["cw:side"] == "NO"
    assert claim["datePublished"] == "2024-03-07T09:00:00Z"
    assert claim["appearance"]["@id"] == f"urn:claimwire:article:{article_id}"
    assert claim["appearance"]["publisher"]["name"] == "Courier"
    assert claim["mentions"][0]["value"] == 19
    assert claim["mentions"][0]["cw:party"] == "Vell"
    assert [place["name"] for place in claim["contentLocation"]] == ["Norway", "Vell Bay"]
    assert claim["cw:verification"] == "denied"


def test_days_limit_what_has_a_day(warehouse: Path, tmp_path: Path) -> None:
    order = Order("parquet", since=date(2024, 3, 5), until=date(2024, 3, 6))
    written = write(warehouse, tmp_path / "out", order)
    counts = {name: one.row_count for name, one in written.items()}
    assert counts["claims"] == 0
    assert counts["articles"] == 1
    assert counts["coverage"] == 2
    assert counts["outlets"] == 2
    back = read(f"read_parquet('{tmp_path}/out/claims.parquet')")
    assert back == []  # an empty table is still a table


def test_the_manifest_says_what_there_is(warehouse: Path, tmp_path: Path) -> None:
    order = Order("csv", ("claims", "outlets"), since=date(2024, 3, 4))
    written = write(warehouse, tmp_path / "out", order)
    told = manifest(tmp_path / "out")
    assert (told["made_by"], told["format"], told["since"]) == (
        "claimwire test", "csv", "2024-03-04",
    )  # fmt: skip
    claims, outlets = told["tables"]
    assert claims["meaning"].startswith("One row a claim of the current reading")
    assert "Copies" not in claims["meaning"]
    assert any("copy_group_id" in warning for warning in claims["warnings"])
    assert claims["day"] == "claim_date"
    assert outlets["day"] is None
    assert claims["row_count"] == written["claims"].row_count == 6
    for file in (*claims["files"], *outlets["files"]):
        assert (tmp_path / "out" / file["path"]).stat().st_size == file["bytes"]
    with (tmp_path / "out" / "claims.csv").open(encoding="utf-8") as file:
        assert [c["name"] for c in claims["columns"]] == next(csv.reader(file))
    assert all(column["comment"].endswith(".") for column in claims["columns"])
    assert told["last_run"]["run_id"] == "run-3"


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(warehouse, tmp_path / name, Order("jsonld"))
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in _files(tmp_path / name)}
        for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Order("csv", ("nothing",)), "There is no table nothing"),
        (Order("jsonld", ("claims",)), "JSON-LD holds the claims"),
        (Order("jsonld", with_text=True), "JSON-LD holds the claims"),
        (Order("csv", since=date(2024, 2, 1), until=date(2024, 1, 1)), "first day is after"),
    ],
)
def test_an_order_that_cannot_be_met_touches_no_disk(
    warehouse: Path, tmp_path: Path, order: Order, sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        write(warehouse, tmp_path / "a" / "out", order)
    assert not (tmp_path / "a").exists()


def test_an_earlier_export_is_replaced_when_asked(warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(warehouse, target, Order("parquet"))
    with pytest.raises(SettingsError, match="holds an earlier export"):
        write(warehouse, target, Order("csv"))
    write(warehouse, target, Order("csv", ("outlets",)), replace=True)
    assert {path.name for path in _files(target)} == {"outlets.csv", "manifest.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_with_a_file_of_somebody_else_is_left_alone(
    warehouse: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    write(warehouse, target, Order("csv", ("outlets",)))
    target.joinpath("notes.txt").write_text("mine")
    with pytest.raises(SettingsError, match="files that are no export"):
        write(warehouse, target, Order("csv"), replace=True)
    assert target.joinpath("notes.txt").read_text() == "mine"


def test_a_failure_leaves_nothing_and_the_earlier_export_as_it_was(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    write(warehouse, target, Order("csv", ("outlets",)))
    before = {path: path.read_bytes() for path in _files(target)}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_manifest", stop)
    with pytest.raises(KeyboardInterrupt):
        write(warehouse, target, Order("parquet"), replace=True)
    assert {path: path.read_bytes() for path in _files(tmp_path)} == before


def test_what_duckdb_cannot_write_is_said(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module._OPTIONS, "parquet", "FORMAT nonsense")
    with pytest.raises(WarehouseError, match="The export failed"):
        write(warehouse, tmp_path / "out", Order("parquet"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "COPY claims TO '{outside}/x.csv'",
        "COPY claims TO '{inside}/../x.csv'",
        "CREATE TABLE t AS SELECT 1",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('{outside}/x.csv')",
    ],
)
def test_the_exporter_writes_below_its_folder_only(
    warehouse: Path, tmp_path: Path, statement: str
) -> None:
    inside, outside = tmp_path / "it's", tmp_path / "other"
    inside.mkdir()
    outside.mkdir()
    with open_exporter(warehouse, inside) as con:
        with pytest.raises(duckdb.Error):
            con.execute(statement.format(inside=str(inside).replace("'", "''"), outside=outside))
        con.execute("COPY claims TO $path (FORMAT csv)", {"path": str(inside / "x.csv")})


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
