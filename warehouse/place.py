"""Where a warehouse is: a DuckDB file, or a lake of Parquet files with its catalogue in PostgreSQL.

A lake is written `ducklake:postgres:` and what libpq takes, such as `dbname=news host=db.example`.
libpq finds the rest by itself (PGHOST, PGUSER, PGPASSWORD, PGPASSFILE, PGSERVICE). A password is
refused in it: settings are printed, logged and shown by the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import SettingsError

PREFIX = "ducklake:postgres:"
_PASSWORD = re.compile(r"password\s*=|//[^/@]*:[^/@]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lake:
    """A lake: the connection string of its catalogue, and the folder of its Parquet files."""

    catalog: str
    files: Path

    def __str__(self) -> str:
        return f"{PREFIX}{self.catalog}"


Place = Path | Lake


def read_place(text: str, file: Path, lake_files: Path) -> Place:
    """Return the lake that `text` names, with its files in `lake_files`; `file` for no text.

    Raises SettingsError when it is written otherwise, or holds a password (which is not repeated).
    """
    if not text:
        return file
    if _PASSWORD.search(text):
        raise SettingsError(
            "The setting 'warehouse' holds a password.",
            "Leave it out there: PostgreSQL's PGPASSFILE or PGPASSWORD is read instead.",
        )
    if not text.startswith(PREFIX):
        raise SettingsError(
            f"The setting 'warehouse' must begin with {PREFIX}, not {text!r}.",
            f"For example: {PREFIX}dbname=claimwire host=localhost.",
        )
    return Lake(text.removeprefix(PREFIX).strip(), lake_files)
