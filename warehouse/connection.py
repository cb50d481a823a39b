"""The only place that opens a warehouse: one writer that waits its turn, and locked-down readers.

Of the readers an exporter may write below one folder.

Runs write a private work file; readers open the published copy only (see `warehouse.publish`), so
neither waits for the other. Files are written with storage version 1.5, which DuckDB 1.5 and 2.x
both read. A lake (see `warehouse.lake`) is written and read in place.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse import changes, lake
from warehouse.lake import SPILL, Config
from warehouse.place import Lake, Place

_read_here: Counter[tuple[int, int]] = Counter()
_writes_here: Counter[Path] = Counter()
_turns = threading.Lock()  # opening and closing of work files
_NAME = "warehouse"
STORAGE_VERSION = "v1.5.0"
# A list cannot be written over in place, so each poll deletes a feed's row and adds one. DuckDB
# lets go of deleted rows in a table with a key only below so many rows, as it makes the index anew.
_KEYED_ROWS = 1_000_000
_FIRST_DELAY_S = 0.05
_LONGEST_DELAY_S = 2.0
_DAMAGE = ("not a valid DuckDB database", "orrupt", "checksum", "Could not read enough bytes")

# `lock_configuration` comes last: nothing may be set after it.
_LOCKDOWN: Config = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}


@contextmanager
def open_writer(
    place: Place,
    *,
    wait_s: float = 60.0,
    memory_limit: str = "2GB",
    threads: int = 1,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the work file at `place` for writing, creating it; wait up to `wait_s` for its lock.

    A lake is open to all at once; whoever writes there takes a turn (`warehouse.lake.turn`).

    While a process has it open, opening it once more there costs next to nothing. What a run asks
    is small: a second thread costs its statements more than it brings.

    Raises WarehouseBusyError when another process still holds it then, WarehouseError when the
    file is no warehouse or its folder cannot be written.
    """
    config: Config = {
        "storage_compatibility_version": STORAGE_VERSION,
        "threads": threads,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
        "vacuum_rebuild_indexes": _KEYED_ROWS,
    }
    opened: AbstractContextManager[duckdb.DuckDBPyConnection]
    if isinstance(place, Lake):
        opened = closing(lake.connect_writer(place, config))
    else:
        opened = _open_work(place.absolute(), config, clock() + wait_s, clock, sleep)
    with opened as con:
        # Not in `config`: connections of one process to a file must have been opened alike.
        con.execute(f"SET memory_limit = '{memory_limit}'")
        yield con


@contextmanager
def open_reader(
    place: Place, *, memory_limit: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file at `place`, read-only and locked down: no files, no settings.

    All that is asked of a lake before it is closed is answered from one snapshot.

    Raises WarehouseError when it is missing or is no warehouse.
    """
    with _connect_reader(place, {"memory_limit": memory_limit, "threads": threads}) as con:
        yield con


@contextmanager
def open_exporter(
    place: Place, folder: Path, *, memory_limit: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file at `place` as `open_reader` does, but able to write below `folder`.

    What does not fit `memory_limit` is spilled to `folder`, too. Raises WarehouseError likewise.
    """
    limits: Config = {"memory_limit": memory_limit, "threads": threads}
    with _connect_reader(place, limits, folder) as con:
        yield con


def is_open_here(path: Path) -> bool:
    """Whether this process has a reader on the file at `path`, whatever it is called."""
    return _read_here[_file_of(path)] > 0


@contextmanager
def open_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty database that lives in memory only."""
    con = duckdb.connect(":memory:", config={"python_enable_replacements": False})
    try:
        yield con
    finally:
        con.close()


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Write what was committed into the file itself; in a lake it is in its place already."""
    if not lake.is_lake(con):
        con.execute("CHECKPOINT")


def first_row(
    con: duckdb.DuckDBPyConnection, query: str, params: Sequence[object] = ()
) -> tuple[Any, ...] | None:
    """Return the first row of `query`, None without one; the result is drained.

    DuckDB 2 keeps a connection busy until the last row of a result was fetched.
    """
    rows = con.execute(query, list(params)).fetchall()
    return rows[0] if rows else None


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _connect_reader(
    place: Place, limits: Config, folder: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    if isinstance(place, Lake):
        with closing(lake.connect_reader(place, limits, folder)) as con:
            yield con
        return
    if not place.is_file():
        raise WarehouseError(
            f"There is no warehouse at {place}.",
            "Run `claimwire run` to make one, or name another place with --home.",
        )
    file = _file_of(place)
    _read_here[file] += 1
    try:
        with closing(_open_published(place, limits, folder)) as con:
            yield con
    finally:
        _read_here[file] -= 1


def _open_published(path: Path, limits: Config, folder: Path | None) -> duckdb.DuckDBPyConnection:
    try:
        if folder is None:
            return duckdb.connect(path, read_only=True, config={**limits, **_LOCKDOWN})
        con = duckdb.connect(path, read_only=True, config=limits)
    except duckdb.Error as error:
        raise _unusable(path, error) from error
    # Only after connecting can these be set, and only before the lock-down.
    con.execute(f"SET temp_directory = {_quoted(folder / SPILL)}")
    con.execute(f"SET allowed_directories = [{_quoted(folder)}]")
    for name, value in _LOCKDOWN.items():
        con.execute(f"SET {name} = {value}")
    return con


def _file_of(path: Path) -> tuple[int, int]:
    """Return what tells a file from others, whatever its name: device and inode."""
    status = path.stat()
    return status.st_dev, status.st_ino


@contextmanager
def _open_work(
    path: Path,
    config: Config,
    deadline: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Iterator[duckdb.DuckDBPyConnection]:
    con = _wait_for_lock(path, config, deadline, clock, sleep)
    try:
        yield con
    finally:
        with _turns:
            _let_go(con, path)


def _wait_for_lock(
    path: Path,
    config: Config,
    deadline: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> duckdb.DuckDBPyConnection:
    delay = _FIRST_DELAY_S
    while True:
        try:
            with _turns:
                return _attach(path, config)
        except duckdb.Error as error:
            if not _is_lock(error):
                raise _unusable(path, error) from error
            if clock() >= deadline:
                raise WarehouseBusyError(
                    f"Another process is writing to {path}.",
                    "Wait for it to end, then try again.",
                ) from error
        # Jitter, so that two waiting writers do not knock in step for ever.
        sleep(delay * random.uniform(0.5, 1.0))
        delay = min(delay * 2, _LONGEST_DELAY_S)


def _attach(path: Path, config: Config) -> duckdb.DuckDBPyConnection:
    """Open the work file beside an empty database: what is the first is not logged."""
    # Connections of one process to one name share what is attached there.
    con = duckdb.connect(f":memory:{path}", config={**config, "temp_directory": f"{path}.tmp"})
    try:
        if _writes_here[path] == 0:
            changes.follow(con)
            con.execute(f"ATTACH IF NOT EXISTS {_quoted(path)} AS {_NAME}")
            changes.begin(path)
        con.execute(f"USE {_NAME}")
    except duckdb.Error:
        con.close()
        raise
    _writes_here[path] += 1
    return con


def _let_go(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Close the connection; the last one notes what was written, to the end."""
    _writes_here[path] -= 1
    with closing(con):
        if _writes_here[path] > 0:
            return
        with suppress(duckdb.Error):  # of a failed statement
            con.execute("ROLLBACK")
        with suppress(duckdb.Error, OSError):  # what is not noted has the next copy made whole
            con.execute("USE memory")
            con.execute(f"DETACH {_NAME}")
            changes.note(con, path)


def _is_lock(error: duckdb.Error) -> bool:
    return "Could not set lock" in str(error)


def _unusable(path: Path, error: duckdb.Error) -> WarehouseError:
    reason = str(error).splitlines()[0]
    if any(sign in reason for sign in _DAMAGE):
        return WarehouseError(
            f"{path} is not a readable warehouse file ({reason}).",
            "Put the other one of the home's two warehouse files in its place, or a backup.",
        )
    return WarehouseError(
        f"The warehouse {path} cannot be opened ({reason}).",
        "Check the path, its permissions and the free space of its disk.",
    )
