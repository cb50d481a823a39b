"""A file of objects that do not fit in memory together: appended once, read back in any order."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Spool(Generic[T]):
    """Appends and reads pickles in a file that is gone when the context ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w+b")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def append(self, thing: T) -> int:
        """Store `thing` and return where."""
        place = self._file.seek(0, 2)
        pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)
        return place

    def read(self, place: int) -> T:
        """Return what was stored at `place`."""
        self._file.seek(place)
        thing: T = pickle.load(self._file)
        return thing
