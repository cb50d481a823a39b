"""Opens a lake: the same warehouse on DuckLake, for several writers on several machines.

What differs from a file is here, and only here:

- the SQL: DuckLake keeps no keys, no defaults and no comments on columns of views (`fitted`);
- writing: one writer at a time holds the turn (`turn`), so that none works in vain. Nothing depends
  on it: DuckLake may not merge a commit with another's (`ducklake_max_retry_count` is 0), so the
  primary key of its snapshots refuses whatever was decided on an older one (`is_conflict`);
- staged files are copied into temporary tables first: where a MERGE reads Parquet itself, DuckLake
  1.0 takes that for the table to change, and dies;
- extensions: they come from the pip packages beside DuckDB, never from the network.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.place import Lake

Config = dict[str, str | bool | int | float | list[str]]

NAME = "lake"
SPILL = ".spill"  # where an exporter puts what does not fit its memory
_TURNS = "turns"  # the catalogue's database, attached once more to hold the turn in
_TURN_KEY = 0x636C61696D  # of PostgreSQL's advisory lock: "claim"
# `lock_configuration` comes last: nothing may be set after it.
_LOCKDOWN = (
    "enable_external_access = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "python_enable_replacements = false",
    "lock_configuration = true",
)
_EXTENSIONS = ("ducklake", "postgres_scanner")
_ADD_WITH_DEFAULT = re.compile(r"ALTER TABLE (\S+) ADD COLUMN (\w+) (.+?) DEFAULT (.+?);")
_VIEW_COLUMN = re.compile(r"^COMMENT ON COLUMN .*?';$\n?", re.MULTILINE | re.DOTALL)


def connect_writer(lake: Lake, config: Config) -> duckdb.DuckDBPyConnection:
    """Open `lake` for writing, making it if there is none; `config` is DuckDB's.

    The writers of a process share one instance, so that opening it once more costs little there.
    Raises WarehouseError when DuckDB, its extensions, the catalogue or the files do not fit.
    """
    name = hashlib.sha256(f"{lake}\n{lake.files}".encode()).hexdigest()[:16]
    with _opened(duckdb.connect(f":memory:{name}", config=config), lake) as con:
        con.execute(_attach(lake, ", DATA_INLINING_ROW_LIMIT 0"))
        catalog = _quoted(lake.catalog)
        con.execute(f"ATTACH IF NOT EXISTS {catalog} AS {_TURNS} (TYPE postgres, READ_ONLY)")
        con.execute("SET GLOBAL ducklake_max_retry_count = 0")
        con.execute(f"USE {NAME}")
    return con


def connect_reader(
    lake: Lake, config: Config, folder: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open `lake` at its newest snapshot, read-only: no files but its own, no settings.

    An exporter may write below `folder`. What may be asked is narrower still, see
    `warehouse.asked`. Raises as `connect_writer` does.
    """
    with _opened(duckdb.connect(":memory:", config=config), lake) as con:
        con.execute(_attach(lake, ", READ_ONLY"))
        allowed = [f"{lake.files}/"]
        if folder is not None:
            con.execute(f"SET temp_directory = {_quoted(str(folder / SPILL))}")
            allowed.append(str(folder))
        con.execute(f"SET allowed_directories = [{', '.join(map(_quoted, allowed))}]")
        for setting in _LOCKDOWN:
            con.execute(f"SET {setting}")
        con.execute(f"USE {NAME}")
        con.execute("BEGIN")
    return con


def is_lake(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether what a connection has open is a lake."""
    kind = "SELECT type FROM duckdb_databases() WHERE database_name = current_database()"
    return con.execute(kind).fetchall() == [("ducklake",)]


def fitted(text: str, *, is_view: bool = False) -> str:
    """Return a migration, or a view, as DuckLake takes it.

    Keys become NOT NULL, as loads keep rows unique by themselves; a column added with a default is
    filled instead; comments on columns of views are left out.
    """
    if is_view:
        return _VIEW_COLUMN.sub("", text)
    text = text.replace(" PRIMARY KEY", " NOT NULL")
    return _ADD_WITH_DEFAULT.sub(r"ALTER TABLE \1 ADD COLUMN \2 \3;\nUPDATE \1 SET \2 = \4;", text)


def is_conflict(error: duckdb.Error) -> bool:
    """Tell whether a transaction failed only because another was committed meanwhile."""
    signs = "ducklake_max_retry_count", "Transaction conflict"
    return any(sign in str(error) for sign in signs)


@contextmanager
def turn(con: duckdb.DuckDBPyConnection, wait_s: float = 60.0) -> Iterator[None]:
    """Be the only writer while inside, first come first served; a file is one's own anyway.

    PostgreSQL ends the turn of a process that dies. Raises WarehouseBusyError after `wait_s`.
    """
    if not is_lake(con):
        yield
        return
    with con.cursor() as holder:
        holder.execute("BEGIN")
        try:
            _take_turn(holder, wait_s)
            yield
        finally:
            holder.execute("ROLLBACK")


def _take_turn(holder: duckdb.DuckDBPyConnection, wait_s: float) -> None:
    limit = f"SET LOCAL lock_timeout = {max(1, round(wait_s * 1000))}"
    lock = f"SELECT 1 AS held FROM pg_advisory_xact_lock({_TURN_KEY})"
    try:
        holder.execute(f"CALL postgres_execute('{_TURNS}', '{limit}')")
        holder.execute(f"FROM postgres_query('{_TURNS}', '{lock}')").fetchall()
    except duckdb.Error as error:
        if "lock timeout" not in str(error):
            raise
        raise WarehouseBusyError(
            "Another process is writing to the lake.", "Wait for it to end, then try again."
        ) from error


def extension_files() -> list[str]:
    """Return the files of the extensions; raises WarehouseError unless all fit this DuckDB."""
    return [_extension_file(name, duckdb.__version__) for name in _EXTENSIONS]


def _extension_file(name: str, version: str) -> str:
    try:
        folder = resources.files(f"duckdb_extension_{name}")
    except ModuleNotFoundError:
        raise _unfit(version) from None
    file = folder / "extensions" / f"v{version}" / f"{name}.duckdb_extension"
    if not file.is_file():
        raise _unfit(version)
    return str(file)


@contextmanager
def _opened(con: duckdb.DuckDBPyConnection, lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """Have the extensions in `con`; close it again when what is done inside fails."""
    try:
        for file in extension_files():
            con.execute(f"LOAD {_quoted(file)}")
        yield con
    except duckdb.Error as error:
        con.close()
        raise _unusable(lake, error) from error
    except BaseException:
        con.close()
        raise


def _attach(lake: Lake, mode: str = "") -> str:
    files = _quoted(f"{lake.files}/")
    return f"ATTACH IF NOT EXISTS {_quoted(str(lake))} AS {NAME} (DATA_PATH {files}{mode})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _unfit(version: str) -> WarehouseError:
    return WarehouseError(
        f"A lake needs DuckDB 1.5.5 and its extensions; this is DuckDB {version}.",
        "Install them: pip install 'claimwire[lake]'.",
    )


def _unusable(lake: Lake, error: duckdb.Error) -> WarehouseError:
    reason = str(error).splitlines()[0]
    if "creating a new DuckLake is explicitly disabled" in reason:
        return WarehouseError(f"There is no lake at {lake}.", "Run `claimwire run` to make it.")
    if "does not match existing data path" in reason:
        place = reason.rpartition(" in the catalog ")[2].strip('".')
        return WarehouseError(
            f"The files of the lake lie in {place}, not in {lake.files}.",
            f"Set lake_path = {place!r}; it is the same on every machine.",
        )
    return WarehouseError(
        f"The lake cannot be opened ({reason}).",
        "Check that PostgreSQL runs, the setting 'warehouse', and PGPASSFILE or PGPASSWORD.",
    )
