"""What a table or view is, as its comments tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WARNINGS = re.compile(r" Warnings: ([a-z, ]+)\.$")  # how the comment of a view ends


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, SQL type, meaning."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view: schema, name, what one row is, columns."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The name to write in SQL."""
        return self.name if self.is_public else f"{self.schema}.{self.name}"

    @property
    def is_public(self) -> bool:
        """Whether it is a view made for readers."""
        return self.schema == "main"

    @property
    def meaning(self) -> str:
        """The comment without its warnings."""
        return _WARNINGS.sub("", self.comment)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The words of `usage_warnings` that the comment ends with; `none` stands for no such."""
        found = _WARNINGS.search(self.comment)
        return tuple(found[1].split(", ")) if found else ()
