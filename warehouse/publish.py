"""Publishes the work file: an atomic copy that readers open while runs go on writing.

Nothing is to be done for a lake: its readers see what was committed last.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import open_writer, settle
from warehouse.migrate import migrate
from warehouse.place import Lake, Place


def publish(work: Place, published: Place, *, wait_s: float = 60.0) -> None:
    """Copy the work file over the published one: synced first, then renamed into place.

    A reader sees the old state or the new one, whole; one that has the old file open keeps it.
    Raises WarehouseBusyError while another process writes, WarehouseError when the disk is full
    or cannot be written (the published file is then the old one).
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
            _replace(work, published)
        except OSError as error:
            raise WarehouseError(
                f"The warehouse cannot be published to {published} ({error.strerror}).",
                "Free some space or correct the permissions, then run again.",
            ) from error


def _replace(source: Path, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.copyfile(source, temporary)
    _sync(temporary)
    temporary.replace(target)
    _sync(target.parent)


def _remove_leftovers(target: Path) -> None:
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
        leftover.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
