"""Compaction: puts together what many loads have written apart, so that answers stay fast.

The steps are `compaction/*.sql` in order, one transaction: nothing that can be asked changes.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import open_writer
from warehouse.migrate import migrate, read_scripts


def compact(work_path: Path, *, wait_s: float = 60.0, memory_limit: str = "2GB") -> None:
    """Compact the work file.

    Raises WarehouseBusyError while another process writes, WarehouseError when it cannot be done:
    then the warehouse is as it was.
    """
    with open_writer(work_path, wait_s=wait_s, memory_limit=memory_limit, threads=2) as con:
        migrate(con)
        con.execute("BEGIN")
        try:
            for script in read_scripts("compaction"):
                con.execute(script.text)
            con.execute("COMMIT")
        except duckdb.Error as error:
            con.execute("ROLLBACK")
            raise WarehouseError(
                f"The warehouse cannot be compacted ({str(error).splitlines()[0]}).",
                "It is as it was; free some space or memory, then try again.",
            ) from error
        con.execute("CHECKPOINT")
