"""Compaction: puts together what many loads have written apart, so that answers stay fast.

The steps are `compaction/*.sql` in order, one transaction: nothing that can be asked changes.
"""

from __future__ import annotations

import duckdb

from extractors.errors import WarehouseError
from warehouse.migrate import read_scripts


def compact(con: duckdb.DuckDBPyConnection) -> None:
    """Compact the warehouse that a writer has open.

    Raises WarehouseError when it cannot be done: then the warehouse is as it was.
    """
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
