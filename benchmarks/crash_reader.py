"""The second process of the crash benchmark: opens the published file again and again.

    python -m benchmarks.crash_reader HOME OPENS

Prints as JSON how often it opened, what errors it met, how many states did not add up (claims that
the runs say they loaded against claims there), and how many different states it saw.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

SUM_UP = """SELECT (SELECT coalesce(sum(claims_loaded), 0) FROM ops.runs),
    (SELECT count(*) FROM core.claims), (SELECT count(*) FROM ops.runs)"""


def watch(path: Path, opens: int) -> dict[str, object]:
    """Open the warehouse at `path` `opens` times."""
    errors: list[str] = []
    torn, states, slowest = 0, set(), 0.0
    for _ in range(opens):
        began = time.monotonic()
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                said, there, runs = con.sql(SUM_UP).fetchall()[0]
        except duckdb.Error as error:
            errors.append(str(error).splitlines()[0])
            continue
        slowest = max(slowest, time.monotonic() - began)
        torn += said != there
        states.add((there, runs))
    return {
        "opens": opens, "open_errors": errors, "torn": torn, "states_seen": len(states),
        "slowest_open_ms": round(1000 * slowest),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(watch(Path(sys.argv[1]) / "warehouse.duckdb", int(sys.argv[2]))))
