"""Readings as they are stored, enough of each to compare it with another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from warehouse.migrate import read_lookup


class Figure(NamedTuple):
    """A quantity of a claim, without its place in the text."""

    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    counted: str | None
    measure: str
    party: str | None
    change: str
    scope: str | None


class Date(NamedTuple):
    """A date that a page states, and how exact it is."""

    value: datetime
    precision: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim without its place in the text: who, in which way, what, with which figures."""

    claimant: str | None
    kind: str
    content: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What one reading of one page says."""

    title: str | None
    text: str
    published: Date | None
    modified: Date | None
    statements: tuple[Statement, ...]


def read_versions(con: duckdb.DuckDBPyConnection, parse_ids: Iterable[int]) -> dict[int, Version]:
    """Return these readings, by id."""
    ids = list(parse_ids)
    statements: dict[int, list[Statement]] = {}
    for parse_id, claimant, kind, content, figures in con.execute(_STATEMENTS, [ids]).fetchall():
        found = tuple(Figure(*figure.values()) for figure in figures)
        one = Statement(claimant, kind, content, found)
        statements.setdefault(parse_id, []).append(one)
    return {
        parse_id: Version(
            title, text, _date(*published), _date(*modified), tuple(statements.get(parse_id, ()))
        )
        for parse_id, title, text, *dates in con.execute(_VERSIONS, [ids]).fetchall()
        for published, modified in [(dates[:2], dates[2:])]
    }


def _date(value: datetime | None, precision: str | None) -> Date | None:
    return None if value is None else Date(value.replace(tzinfo=UTC), precision or "")


_STATEMENTS, _VERSIONS = read_lookup("statements"), read_lookup("versions")
