"""Fills a folder beside its place and renames it there: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import SettingsError
from warehouse.publish import sync


@contextmanager
def filled(
    target: Path, is_ours: Callable[[Path], bool], *, replace: bool = False
) -> Iterator[Path]:
    """Give an empty folder; when the block ends well, it takes the place of `target`.

    When it does not, nothing of it is left and `target` is as it was. `replace` allows to take the
    place of a folder that `is_ours`, no other that holds anything.

    Raises SettingsError when `target` must not be replaced.
    """
    target = target.resolve()
    _refuse(target, is_ours, replace)
    temporary = _beside(target, os.getpid(), "tmp")
    try:
        temporary.parent.mkdir(parents=True, exist_ok=True)
        _mend(target)
        temporary.mkdir()
    except OSError as error:
        raise SettingsError(
            f"{target} cannot be made: {error.strerror}.", "Name another folder."
        ) from error
    try:
        yield temporary
        for path in (*temporary.rglob("*"), temporary):
            sync(path)
        _swap(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _refuse(target: Path, is_ours: Callable[[Path], bool], replace: bool) -> None:
    if target.exists() and not target.is_dir():
        raise SettingsError(f"{target} is a file.", "Name a folder.")
    if not target.exists() or not any(target.iterdir()):
        return
    if not is_ours(target):
        raise SettingsError(
            f"{target} holds files that are no export.", "Name an empty or a new folder."
        )
    if not replace:
        raise SettingsError(
            f"{target} holds an earlier export.", "Add --replace to put this one in its place."
        )


def _swap(temporary: Path, target: Path) -> None:
    """Rename `temporary` to `target`; what a kill between two renames leaves, `_mend` mends."""
    if not target.exists() or not any(target.iterdir()):
        temporary.rename(target)
    else:
        old = _beside(target, os.getpid(), "old")
        target.rename(old)
        temporary.rename(target)
        shutil.rmtree(old)
    sync(target.parent)


def _mend(target: Path) -> None:
    """Put back, or remove, what processes that are no more have left beside `target`."""
    for leftover in target.parent.glob(f".{target.name}.*.*"):
        _, number, kind = leftover.name.rsplit(".", 2)
        if not number.isdigit() or _is_running(int(number)):
            continue
        if kind == "old" and not target.exists():
            leftover.rename(target)
        elif kind in ("old", "tmp"):
            shutil.rmtree(leftover)


def _beside(target: Path, process: int, kind: str) -> Path:
    return target.with_name(f".{target.name}.{process}.{kind}")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
