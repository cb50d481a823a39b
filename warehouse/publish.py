"""Publishes the work file: an atomic copy that readers open while runs go on writing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import open_writer
from warehouse.migrate import migrate


def publish(work_path: Path, published_path: Path, *, wait_s: float = 60.0) -> None:
    """Copy the work file over the published one: synced first, then renamed into place.

    A reader sees the old state or the new one, whole; one that has the old file open keeps it.
    Raises WarehouseBusyError while another process writes, WarehouseError when the disk is full
    or cannot be written (the published file is then the old one).
    """
    with open_writer(work_path, wait_s=wait_s) as con:
        migrate(con)
        con.execute("CHECKPOINT")
        _remove_leftovers(published_path)
        # Closing any descriptor of the work file drops this process's lock on it, so nothing may
        # be written between the copy and the end of the block.
        try:
            _replace(work_path, published_path)
        except OSError as error:
            raise WarehouseError(
                f"The warehouse cannot be published to {published_path} ({error.strerror}).",
                "Free some space or correct the permissions, then run again.",
            ) from error


def _replace(source: Path, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.copyfile(source, temporary)
    sync(temporary)
    temporary.replace(target)
    sync(target.parent)


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
