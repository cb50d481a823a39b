"""The same warehouse in a lake; needs DuckDB 1.5.5, its extensions, PostgreSQL: make test-lake."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.lake import CONSISTENT, rows, run_name
from benchmarks.postgres import Postgres, find_programs, serve_postgres
from extractors.errors import QueryError, WarehouseBusyError, WarehouseError
from flows.cli import main
from tests.warehouse import story
from tests.warehouse.build import run, stage
from warehouse import load
from warehouse.connection import open_reader, open_writer
from warehouse.lake import extension_files, turn
from warehouse.load import LoadReport, load_run
from warehouse.migrate import migrate, open_current, read_scripts
from warehouse.place import Lake, Place
from warehouse.queries import run_query
from warehouse.sql import run_user_sql
from warehouse.upkeep import maintain

pytestmark = pytest.mark.area("Crash and concurrency")
NOT_MAIN = (  # macros, and a view of ops
    "has_words",
    "is_wide",
    "thing_of",
    "content_words",
    "words",
    "claimant_sums",
    "revision_sources",
)
MADE_BY_UPKEEP = ("claimant_months", "closed_months", "repeated_statements")
TABLES = """SELECT schema_name || '.' || table_name FROM duckdb_tables()
    WHERE schema_name <> 'main' AND database_name = current_database()"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    try:
        extension_files()
    except WarehouseError as error:
        pytest.skip(f"{error} Or: make test-lake.")
    if find_programs() is None:
        pytest.skip("There is no PostgreSQL (initdb, postgres) on this machine.")
    with serve_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def told(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake that holds the story, only to be read."""
    folder = tmp_path_factory.mktemp("told")
    lake = Lake(postgres.create("told"), folder / "lake")
    with open_writer(lake):  # so that each load need not open it anew
        story.load(lake, folder)
    return lake


@pytest.fixture(scope="module")
def written(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """A lake to write to: each test loads runs of a writer of its own."""
    lake = Lake(postgres.create("written"), tmp_path_factory.mktemp("written") / "lake")
    with open_writer(lake) as con:
        migrate(con)
        yield lake


def load_one(place: Place, folder: Path, writer: int, **options: Any) -> LoadReport:
    name = run_name(writer, 0)
    return load_run(place, stage(folder / name, *rows(writer, 0)), run(name), **options)


def everything(place: Place) -> dict[str, list[Any]]:
    with open_writer(place) as con:
        names = [name for (name,) in con.execute(TABLES).fetchall()]
        return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("file")
    story.load(folder / "story.duckdb", folder)
    return folder / "story.duckdb"


def test_a_lake_holds_what_a_file_holds(told: Lake, file: Path) -> None:
    assert everything(told) == everything(file)


def test_its_views_and_queries_answer_alike(told: Lake, file: Path) -> None:
    views = [view.name for view in read_scripts("views") if view.name not in NOT_MAIN]
    with open_current(told) as lake, open_current(file) as other:
        for name in views:
            query = f"FROM {name} ORDER BY ALL"
            assert lake.execute(query).fetchall() == other.execute(query).fetchall(), name
        for name in ("metrics", "feed_status", "top_claimants"):
            assert run_query(lake, name) == run_query(other, name)


@pytest.mark.rule("A run is loaded once, also into a lake", source="one transaction a run")
def test_a_run_is_loaded_once(written: Lake, tmp_path: Path) -> None:
    assert not load_one(written, tmp_path, 1).already_loaded
    assert load_one(written, tmp_path, 1) == LoadReport(run_name(1, 0), already_loaded=True)


@pytest.mark.rule(
    "Two loads that cross in a lake are done one after the other: nothing is doubled",
    source="snapshot isolation does not see that two inserts hold the same key",
)
def test_an_overtaken_load_is_done_again(
    written: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(load, "turn", lambda *_: nullcontext())
    _overtake(monkeypatch, lambda: load_one(written, tmp_path, 3))
    report = load_one(written, tmp_path, 2, sleep=pauses.append)
    assert (report.already_loaded, len(pauses)) == (False, 1)
    with open_reader(written) as con:
        (answer,) = con.execute(CONSISTENT).fetchall()
        assert all(answer[1:])
        loaded = con.execute("SELECT run_id FROM runs WHERE run_id IN (?, ?)", _names(2, 3))
        assert len(loaded.fetchall()) == 2


def test_the_same_run_crossing_itself_is_loaded_once(
    written: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "turn", lambda *_: nullcontext())
    _overtake(monkeypatch, lambda: load_one(written, tmp_path / "first", 4))
    report = load_one(written, tmp_path / "second", 4, sleep=lambda _: None)
    assert report == LoadReport(run_name(4, 0), already_loaded=True)
    with open_reader(written) as con:
        count = con.execute("SELECT count(*) FROM runs WHERE run_id = ?", _names(4))
        assert count.fetchall() == [(1,)]


def test_a_load_that_is_always_overtaken_gives_up(
    written: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def overtaken(*_: object) -> LoadReport:
        raise load._OvertakenError

    monkeypatch.setattr(load, "_load", overtaken)
    with pytest.raises(WarehouseBusyError, match="overtaken by others 5 times"):
        load_one(written, tmp_path, 5, sleep=pauses.append)
    assert len(pauses) == 5
    assert (tmp_path / run_name(5, 0)).is_dir()


def _names(*writers: int) -> list[str]:
    return [run_name(writer, 0) for writer in writers]


def _overtake(monkeypatch: pytest.MonkeyPatch, other: Any) -> None:
    """Have `other` done once just before the next load commits."""
    check, due = load._check, [other]

    def crossed(con: duckdb.DuckDBPyConnection) -> None:
        check(con)
        if due:
            due.pop()()

    monkeypatch.setattr(load, "_check", crossed)


def test_a_reader_keeps_to_one_snapshot(written: Lake, tmp_path: Path) -> None:
    counts = "SELECT count(*) FROM runs"
    with open_reader(written) as con:
        before = con.execute(counts).fetchall()
        load_one(written, tmp_path, 6)
        assert con.execute(counts).fetchall() == before
    with open_reader(written) as con:
        assert con.execute(counts).fetchall() == [(before[0][0] + 1,)]


def test_a_writer_waits_its_turn(written: Lake) -> None:
    with open_writer(written) as one, open_writer(written) as two:
        with turn(one), pytest.raises(WarehouseBusyError), turn(two, 0.05):
            pass
        with turn(two, 0.05):
            pass


@pytest.mark.parametrize(
    "query",
    [
        "FROM postgres_execute('__ducklake_metadata_lake', 'COMMIT; CREATE TABLE h (a INT)')",
        "FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1 AS a')",
        "FROM read_text('/etc/hosts')",
        "FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
        "INSERT INTO ops.migrations VALUES (1, 'a', 'b')",
        "COPY claims TO 'claims.csv'",
        "ATTACH 'dbname=told' AS other (TYPE postgres)",
        "SET threads = 1",
        "COMMIT",
    ],
)
def test_user_sql_only_reads_the_lake(told: Lake, query: str) -> None:
    with pytest.raises(QueryError):
        run_user_sql(told, query)


def test_even_past_the_check_files_and_settings_are_out_of_reach(told: Lake) -> None:
    for query in (
        "FROM read_text('/etc/hosts')",
        "INSERT INTO ops.migrations VALUES (1, 'a', 'b')",
        "ATTACH 'other.duckdb'",
        "SET GLOBAL threads = 1",
    ):
        with open_reader(told) as con, pytest.raises(duckdb.Error):
            con.execute(query)


def test_a_lake_that_was_moved_says_where_its_files_lie(told: Lake, tmp_path: Path) -> None:
    moved = Lake(told.catalog, tmp_path)
    with pytest.raises(WarehouseError, match=r"lie in .*told.*, not in"), open_reader(moved):
        pass


def test_a_reader_makes_no_lake(postgres: Postgres, tmp_path: Path) -> None:
    lake = Lake(postgres.create("empty"), tmp_path)
    with pytest.raises(WarehouseError, match="There is no lake at"), open_reader(lake):
        pass


@pytest.mark.usefixtures("postgres")
def test_a_catalogue_out_of_reach_is_said(tmp_path: Path) -> None:
    lake = Lake("dbname=news host=127.0.0.1 port=1", tmp_path)
    with pytest.raises(WarehouseError, match="cannot be opened") as caught, open_reader(lake):
        pass
    assert "PGPASSFILE" in caught.value.remedy


def test_maintenance_leaves_every_row(postgres: Postgres, tmp_path: Path) -> None:
    lake = Lake(postgres.create("kept"), tmp_path / "lake")
    with open_writer(lake):
        for writer in range(2):
            load_one(lake, tmp_path, writer)
        before = everything(lake)
        orphan = lake.files / "core" / "claims" / "orphan.parquet"
        shutil.copy(next(lake.files.rglob("*.parquet")), orphan)
        size, merged = maintain(lake, datetime.now(UTC), 1)
        assert merged.files < size.files and orphan.exists()
        later = datetime.now(UTC) + timedelta(days=2)
        _, small = maintain(lake, later, 1)
        assert small.states < merged.states
        after = everything(lake)
        made = [(before.pop(f"core.{name}"), after.pop(f"core.{name}")) for name in MADE_BY_UPKEEP]
        assert before.pop("core.touched_statements") and not after.pop("core.touched_statements")
        assert after == before and all(late and not early for early, late in made)
        assert not orphan.exists()
        load_one(lake, tmp_path, 3)
    assert len(list(lake.files.rglob("*.parquet"))) < size.files + 40


def test_the_command_line_asks_a_lake(
    told: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [f"--set=warehouse={told}", f"--set=lake_path={told.files}", f"--home={tmp_path}"]
    for command, said in (
        (("status",), "Courier"),
        (("claims", "ferry"), "12 people died"),
        (("trend", "--measure", "killed"), "Berg"),
        (("sql", "SELECT count(*) AS articles FROM articles"), "articles\n5"),
        (("doctor",), f"4 runs, in {told}"),
    ):
        code = main([*place, *command])
        out = capsys.readouterr().out
        assert (code, said in out) == (0, True), out
