"""Publishes the work file: an atomic copy that readers open while runs go on writing.

Where the file system lets files share their blocks (Btrfs, XFS), a copy costs the same at any size.
Elsewhere a large file is not copied whole each time: the state before the last one is kept as a
spare, and the blocks that were written since are written into it, unless somebody still reads it.

Nothing is to be done for a lake: its readers see what was committed last.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.changes import BLOCK_BYTES, Lacks, forget, note, of_copy, remember
from warehouse.connection import is_open_here, open_writer, settle
from warehouse.migrate import migrate
from warehouse.place import Lake, Place

LARGE_BYTES = 256 << 20

_FICLONE = 0x40049409  # ioctl_ficlone(2): share all blocks of another file


def publish(
    work: Place, published: Place, *, wait_s: float = 60.0, large_bytes: int = LARGE_BYTES
) -> None:
    """Copy the work file over the published one: synced first, then renamed into place.

    A reader sees the old state or the new one, whole; one that has the old file open keeps it.
    From `large_bytes` on, only what changed is written. Raises WarehouseBusyError while another
    process writes, WarehouseError when the disk is full or cannot be written (the published file
    is then the old one).
    """
    if isinstance(work, Lake) or isinstance(published, Lake):
        return
    with open_writer(work, wait_s=wait_s) as con:
        migrate(con)
        settle(con)
        _remove_leftovers(published)
        # Closing any descriptor of the work file drops this process's lock on it, so nothing may
        # be written between the copy and the end of the block.
        try:
            _replace(work, published, large_bytes, note(con, work))
        except OSError as error:
            raise WarehouseError(
                f"The warehouse cannot be published to {published} ({error.strerror}).",
                "Free some space or correct the permissions, then run again.",
            ) from error


def _replace(source: Path, target: Path, large_bytes: int, lacks: Lacks) -> None:
    temporary, spare = _temporary(target), _spare(target)
    is_shared = _share_blocks(source, temporary)
    takes_turns = not is_shared and source.stat().st_size >= large_bytes
    if takes_turns and spare.exists() and not _is_read(spare):
        spare.replace(temporary)  # half written it must not be taken for a spare
        _bring_up_to_date(temporary, source, of_copy(lacks, temporary))
    else:
        spare.unlink(missing_ok=True)
        if not is_shared:
            shutil.copyfile(source, temporary)
    sync(temporary)
    if takes_turns:
        with suppress(OSError):  # nothing is published yet, or the file system has no hard links
            os.link(target, spare)
    temporary.replace(target)
    if takes_turns:
        remember(source, target, lacks, filter(Path.exists, [spare]))
    else:
        forget(source)
    sync(target.parent)


def _share_blocks(source: Path, target: Path) -> bool:
    """Make `target` a file of the same blocks; False where the file system knows no such thing."""
    with source.open("rb") as of, target.open("wb") as to:
        try:
            fcntl.ioctl(to, _FICLONE, of.fileno())
        except OSError:
            return False
    return True


def _bring_up_to_date(old: Path, new: Path, lacks: Collection[int] | None) -> None:
    """Write into `old` the blocks in which `new` differs; they are among those that it lacks.

    Where that is not known, all are compared, and whole: the checksums that DuckDB's blocks begin
    with can be the same where the rest is not.
    """
    with old.open("r+b", buffering=0) as target, new.open("rb", buffering=0) as source:
        to, of = target.fileno(), source.fileno()
        size = os.fstat(of).st_size
        os.truncate(to, size)
        blocks = range(-(-size // BLOCK_BYTES)) if lacks is None else sorted(lacks)
        for at in (BLOCK_BYTES * block for block in blocks):
            data = os.pread(of, BLOCK_BYTES, at)
            if data != os.pread(to, BLOCK_BYTES, at):
                os.pwrite(to, data, at)


def _is_read(path: Path) -> bool:
    """Whether a reader still has the file open: DuckDB's readers hold a shared lock on theirs."""
    if is_open_here(path):  # a process does not see its own locks
        return True
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def _spare(target: Path) -> Path:
    return target.with_name(f".{target.name}.spare")


def _remove_leftovers(target: Path) -> None:
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
        leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have what was written at `path`, a file or a folder, reach the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
