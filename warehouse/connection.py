"""The only place that opens DuckDB: one writer that waits its turn, and locked-down readers, of
which an exporter may write below one folder.

Runs write a private work file; readers open the published copy only (see `warehouse.publish`), so
neither waits for the other. Files are written with storage version 1.5, which DuckDB 1.5 and 2.x
both read.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError

Config = dict[str, str | bool | int | float | list[str]]

_read_here: Counter[tuple[int, int]] = Counter()
STORAGE_VERSION = "v1.5.0"
SPILL = ".spill"  # where an exporter puts what does not fit its memory
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
    path: Path,
    *,
    wait_s: float = 60.0,
    memory_limit: str = "2GB",
    threads: int = 1,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the work file at `path` for writing, creating it; wait up to `wait_s` for its lock.

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
    }
    con = _wait_for_lock(path, config, clock() + wait_s, clock, sleep)
    try:
        # Not in `config`: connections of one process to a file must have been opened alike.
        con.execute(f"SET memory_limit = '{memory_limit}'")
        yield con
    finally:
        con.close()


@contextmanager
def open_reader(
    path: Path, *, memory_limit: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file at `path`, read-only and locked down: no files, no settings.

    Raises WarehouseError when it is missing or is no warehouse.
    """
    config: Config = {"memory_limit": memory_limit, "threads": threads, **_LOCKDOWN}
    with _connect_reader(path, config) as con:
        yield con


@contextmanager
def open_exporter(
    path: Path, folder: Path, *, memory_limit: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file at `path` as `open_reader` does, but able to write below `folder`.

    What does not fit `memory_limit` is spilled to `folder`, too. Raises WarehouseError likewise.
    """
    with _connect_reader(path, {"memory_limit": memory_limit, "threads": threads}) as con:
        # Only after connecting can these be set, and only before the lock-down.
        con.execute(f"SET temp_directory = {_quoted(folder / SPILL)}")
        con.execute(f"SET allowed_directories = [{_quoted(folder)}]")
        for name, value in _LOCKDOWN.items():
            con.execute(f"SET {name} = {value}")
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
def _connect_reader(path: Path, config: Config) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.is_file():
        raise WarehouseError(
            f"There is no warehouse at {path}.",
            "Run `claimwire run` to make one, or name another place with --home.",
        )
    file = _file_of(path)
    _read_here[file] += 1
    try:
        con = _open_read_only(path, config)
        try:
            yield con
        finally:
            con.close()
    finally:
        _read_here[file] -= 1


def _open_read_only(path: Path, config: Config) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path, read_only=True, config=config)
    except duckdb.Error as error:
        raise _unusable(path, error) from error


def _file_of(path: Path) -> tuple[int, int]:
    """Return what tells a file from others, whatever its name: device and inode."""
    status = path.stat()
    return status.st_dev, status.st_ino


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
            return duckdb.connect(path, config=config)
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
