"""The fields of a line: what each may hold, and the figure they state together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast, get_args

from extractors.errors import TextError
from extractors.records import Bound, Change, EntityType, Measure, Scope, Status

Word = TypeVar("Word", bound=str)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
_STATE = re.compile(r"[A-Z]{2}")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_PEOPLE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "displaced", "arrested", "infected"}
)
_THINGS: frozenset[Measure] = frozenset({"destroyed", "count"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: what it means, and what stands for it where it is left out."""

    meaning: str
    default: str | None = None
    is_required: bool = False
    is_key: bool = False


COLUMNS: Mapping[str, Column] = {
    "date": Column("day the figure was given, as 2026-01-31", is_required=True, is_key=True),
    "outlet": Column("who published it", is_required=True, is_key=True),
    "claimant": Column("who gives the figure", is_required=True, is_key=True),
    "measure": Column(f"{' '.join(get_args(Measure))}", is_required=True, is_key=True),
    "value": Column("the number, as 1234.5, or a range, as 100-150", is_required=True),
    "counted": Column("what is counted, as tanks", "", is_key=True),
    "party": Column("whose loss, stock or gain it is: alpha-2 code or name", "", is_key=True),
    "unit": Column("person, item, percent, ISO 4217 for money ...", "by the measure", is_key=True),
    "bound": Column("exact approx at_least more_than at_most less_than range", "exact"),
    "change": Column("level, or increase or decrease for a difference", "level", is_key=True),
    "scope": Column("incident or cumulative", "", is_key=True),
    "place": Column("where it happened", "", is_key=True),
    "side": Column("state that the claimant speaks for, alpha-2", ""),
    "claimant_type": Column("person organization place group outlet unknown", "unknown"),
    "wikidata_id": Column("the claimant's, as Q42", ""),
    "status": Column("not_stated unverifiable confirmed denied disputed", "not_stated"),
    "verified_by": Column("who says so", "outlet, where a status is given"),
    "quote": Column("the words it was given in", ""),
    "url": Column("page it was published on", "the file"),
}
REQUIRED = tuple(name for name, column in COLUMNS.items() if column.is_required)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure as a line states it; `value` is as written, `low` to `high` what it amounts to.

    `key` is what it is a figure of: a line with the same key and another value corrects it.
    """

    day: date
    outlet: str
    claimant: str
    measure: Measure
    value: str
    low: float
    high: float
    counted: str | None
    party: str | None
    unit: str | None
    bound: Bound
    change: Change
    scope: Scope | None
    place: str | None
    side: str | None
    claimant_type: EntityType
    wikidata_id: str | None
    status: Status
    verified_by: str | None
    quote: str | None
    url: str | None
    key: tuple[str, ...]


def figure_of(fields: Mapping[str, str], latest: date) -> StatedFigure:
    """Return the figure that these fields state; raises `TextError` where they state none."""
    given = {name: _clean(name, fields.get(name, "")) for name in COLUMNS}
    for name in REQUIRED:
        if not given[name]:
            raise TextError(f"It gives no {name}.")
    measure = _word("measure", given["measure"], cast(tuple[Measure, ...], get_args(Measure)))
    low, high, bound = _amount(given["value"], given["bound"])
    given["unit"] = given["unit"] or _usual_unit(measure)
    given["change"] = given["change"] or "level"
    status, by = _standing(given["status"], given["verified_by"])
    return StatedFigure(
        day=_day(given["date"], latest),
        outlet=given["outlet"],
        claimant=given["claimant"],
        measure=measure,
        value=given["value"],
        low=low,
        high=high,
        counted=given["counted"] or None,
        party=given["party"] or None,
        unit=given["unit"] or None,
        bound=bound,
        change=_word("change", given["change"], get_args(Change)),
        scope=_word("scope", given["scope"], get_args(Scope)) if given["scope"] else None,
        place=given["place"] or None,
        side=_fitting("side", given["side"], _STATE, "a code such as UA"),
        claimant_type=_word(
            "claimant_type", given["claimant_type"] or "unknown", get_args(EntityType)
        ),
        wikidata_id=_fitting("wikidata_id", given["wikidata_id"], _WIKIDATA, "an id such as Q42"),
        status=status,
        verified_by=by,
        quote=given["quote"] or None,
        url=_fitting("url", given["url"], _ADDRESS, "an http or https address"),
        key=tuple(given[name].casefold() for name, column in COLUMNS.items() if column.is_key),
    )


def _clean(name: str, value: str) -> str:
    """Return `value` on one line; raises `TextError` for characters that no text holds."""
    plain = " ".join(value.split())
    if _CONTROL.search(plain):
        raise TextError(f"Its {name} holds a control character.")
    return plain


def _day(value: str, latest: date) -> date:
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise TextError(f"Its date {value!r} is no day.", "Write it as 2026-01-31.")
    if day > latest:
        raise TextError(f"Its date {value} lies in the future.")
    return day


def _amount(value: str, bound: str) -> tuple[float, float, Bound]:
    if found := _RANGE.fullmatch(value):
        if bound not in ("", "range"):
            raise TextError(f"Its value {value} is a range, and its bound is {bound}.")
        low, high = float(found[1]), float(found[2])
        if low > high:
            raise TextError(f"Its range {value} ends before it begins.")
        return low, high, "range"
    if not _NUMBER.fullmatch(value):
        raise TextError(f"Its value {value!r} is no number.", "Write it as 1234.5, or as 100-150.")
    if bound == "range":
        raise TextError(f"Its bound is range, and its value {value} is none.")
    words = tuple(word for word in get_args(Bound) if word != "vague")
    known: Bound = _word("bound", bound or "exact", words)
    return float(value), float(value), known


def _standing(status: str, by: str) -> tuple[Status, str | None]:
    words = tuple(word for word in get_args(Status) if word != "no_figure_given")
    known: Status = _word("status", status or "not_stated", words)
    if known == "not_stated":
        if by:
            raise TextError(f"It is verified_by {by}, and has no status.")
        return known, None
    return known, by or "outlet"


def _usual_unit(measure: Measure) -> str:
    return "person" if measure in _PEOPLE else "item" if measure in _THINGS else ""


def _word(name: str, value: str, words: tuple[Word, ...]) -> Word:
    for word in words:
        if word == value:
            return word
    raise TextError(f"Its {name} {value!r} is none of: {', '.join(words)}.")


def _fitting(name: str, value: str, pattern: re.Pattern[str], what: str) -> str | None:
    if value and not pattern.fullmatch(value):
        raise TextError(f"Its {name} {value!r} is not {what}.")
    return value or None
