"""Keeps a warehouse fast and a lake small.

Loads write the words of claims and the counts of days behind each other; compaction sorts them. In
a lake each load leaves a few dozen files besides, and every older state is still there. Readers are
not disturbed: what they read now is only let go of days later. Writers wait, because a merge and a
load may not cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from extractors.errors import WarehouseError
from warehouse.compact import compact
from warehouse.connection import first_row, open_writer, settle
from warehouse.lake import NAME, is_conflict, turn
from warehouse.migrate import migrate
from warehouse.place import Lake, Place

# In this order: old states hold what is merged, and what they let go of can be deleted.
_STEPS = (
    "ducklake_rewrite_data_files('{lake}')",  # without the rows that were deleted from them
    "ducklake_merge_adjacent_files('{lake}')",
    "ducklake_expire_snapshots('{lake}', older_than => TIMESTAMPTZ '{until}')",
    "ducklake_cleanup_old_files('{lake}', older_than => TIMESTAMPTZ '{until}')",
    "ducklake_delete_orphaned_files('{lake}', older_than => TIMESTAMPTZ '{until}')",
)
_SIZE = f"""SELECT
    (SELECT sum(file_count + delete_file_count)::BIGINT FROM ducklake_table_info('{NAME}')),
    (SELECT sum(file_size_bytes + delete_file_size_bytes)::BIGINT
        FROM ducklake_table_info('{NAME}')),
    (SELECT count(*) FROM ducklake_snapshots('{NAME}'))"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large it is: files and bytes of the newest state, and how many states are kept."""

    files: int
    bytes: int
    states: int


def maintain(
    place: Place, now: datetime, keep_days: int, *, memory_limit: str = "2GB"
) -> tuple[Size, Size]:
    """Compact; in a lake also merge small files and let go of states older than `keep_days`.

    Returns the size before and after. Files that no state of a lake needs, those of killed loads
    among them, are deleted once they are as old. Raises WarehouseBusyError while another process
    writes, WarehouseError for a failure.
    """
    with open_writer(place, memory_limit=memory_limit) as con, turn(con):
        migrate(con)
        con.execute("SET threads = 2")
        con.execute("RESET max_vacuum_tasks")  # which small loads leave out
        before = _size(con, place)
        compact(con)
        settle(con)
        if isinstance(place, Lake):
            until = (now.astimezone(UTC) - timedelta(days=keep_days)).isoformat(" ", "seconds")
            for step in _STEPS:
                _do(con, step.format(lake=NAME, until=until))
        return before, _size(con, place)


def _do(con: duckdb.DuckDBPyConnection, step: str) -> None:
    try:
        con.execute(f"SELECT count(*) FROM {step}").fetchall()
    except duckdb.Error as error:
        name = step.partition("(")[0]
        raise WarehouseError(
            f"The lake's {name} failed ({str(error).splitlines()[0]}).",
            "Try again." if is_conflict(error) else "The lake is as it was before that step.",
        ) from error


def _size(con: duckdb.DuckDBPyConnection, place: Place) -> Size:
    if not isinstance(place, Lake):
        return Size(1, place.stat().st_size, 1)
    row = first_row(con, _SIZE)
    assert row is not None
    return Size(*(value or 0 for value in row))
