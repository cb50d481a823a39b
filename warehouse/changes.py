"""What the copies of a work file lack: the blocks that were written since they were made.

DuckDB's log of its file system tells what a process writes. Beside the work file is kept, for each
copy, what was written since, so that bringing a copy up to date reads no more than that, whatever
the size of the file (changed block tracking, as backups of virtual machines know it). Where
something else wrote into the work file, which its size and time tell, nothing is known of any copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

BLOCK_BYTES = 256 << 10  # as DuckDB's file has them; here they are counted from its first byte

_FOLLOW = "CALL enable_logging('FileSystem', level := 'TRACE')"
_FORGET = "CALL truncate_duckdb_logs()"
_WRITTEN = """SELECT DISTINCT unnest(range(
        pos::BIGINT // $size, (pos::BIGINT + bytes::BIGINT - 1) // $size + 1
    ))
    FROM duckdb_logs_parsed('FileSystem')
    WHERE op = 'WRITE' AND ends_with(path, $name)"""

Lacks = dict[str, set[int]]  # by what tells a copy's state, the blocks that differ from it


def follow(con: duckdb.DuckDBPyConnection) -> None:
    """Have DuckDB log what it does to the files that are attached from now on."""
    con.execute(_FOLLOW)


def begin(work: Path) -> None:
    """Forget what copies of the work file lack, if it was written since that was noted."""
    if _read(work).get("state") != _state(work):
        forget(work)


def note(con: duckdb.DuckDBPyConnection, work: Path) -> Lacks:
    """Add what was written into the work file since it was opened or last noted; return all."""
    before = _read(work)
    sent = {"size": BLOCK_BYTES, "name": f"/{work.name}"}
    written = {block for (block,) in con.execute(_WRITTEN, sent).fetchall()}
    con.execute(_FORGET)
    if not before or (not written and before["state"] != _state(work)):
        forget(work)
        return {}
    lacks = {copy: written | set(blocks) for copy, blocks in before["lacks"].items()}
    _write(work, lacks)
    return lacks


def of_copy(lacks: Lacks, copy: Path) -> set[int] | None:
    """Return the blocks that a copy lacks; None where that is not known."""
    return lacks.get(_state(copy))


def remember(work: Path, copy: Path, lacks: Lacks, others: Iterable[Path]) -> None:
    """Note a fresh copy, beside others made before."""
    known = {state: lacks[state] for state in map(_state, others) if state in lacks}
    _write(work, {**known, _state(copy): set()})


def forget(work: Path) -> None:
    """Note nothing any more, as copies are made whole."""
    _kept(work).unlink(missing_ok=True)


def _state(path: Path) -> str:
    status = path.stat()
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def _kept(work: Path) -> Path:
    return work.with_name(f".{work.name}.changes")


def _read(work: Path) -> dict[str, Any]:
    try:
        read = json.loads(_kept(work).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) and read.keys() == {"state", "lacks"} else {}


def _write(work: Path, lacks: Lacks) -> None:
    kept = _kept(work)
    temporary = kept.with_name(f"{kept.name}.tmp")
    told = {copy: sorted(blocks) for copy, blocks in lacks.items()}
    temporary.write_text(json.dumps({"state": _state(work), "lacks": told}), "utf-8")
    temporary.replace(kept)
