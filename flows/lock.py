"""One run at a time in a home: a file held locked, which the system lets go of when we die."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import SettingsError, WarehouseBusyError


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock at `path`.

    Raises `WarehouseBusyError` when another process holds it, `SettingsError` when the folder
    cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"The home {path.parent} cannot be written: {error.strerror}.",
            "Check its rights, or name another folder with --home.",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise WarehouseBusyError(
                f"Another run is going on in {path.parent} (process {holder}).",
                "Wait until it has ended; what it loads is not lost.",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
