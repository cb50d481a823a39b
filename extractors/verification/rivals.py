"""Claims that compete, and claims that repeat one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claimants.words import singular
from extractors.records import Quantity
from extractors.stems import overlap
from extractors.verification.entries import Entry

_LOSSES = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "captured", "destroyed", "displaced",
     "arrested", "infected"}
)  # fmt: skip
_CROWD = frozenset({"participant", "crowd", "protester", "demonstrator", "marcher", "visitor"})
_PART = re.compile(r"\b(?:alone)\b", re.IGNORECASE)
_REPEATS = 0.5
_REACH = 1
_WINDOW = 60


def _head(quantity: Quantity) -> str:
    return singular(quantity.counted.split()[-1]) if quantity.counted else ""


def _compete(left: Quantity, right: Quantity) -> bool:
    """Whether two figures are of the same thing and differ."""
    if left.measure != right.measure or left.unit != right.unit or left.scope != right.scope:
        return False
    same = (left.value, left.low, left.high) == (right.value, right.low, right.high)
    if same or left.change != right.change:
        return False
    if left.party != right.party and not (
        left.scope == "cumulative" and left.party and right.party
    ):
        return False
    if left.measure in _LOSSES:
        return left.unit == "person" or _head(left) == _head(right)
    return left.measure == "count" and _counts_same(left, right)


def _counts_same(left: Quantity, right: Quantity) -> bool:
    ours, theirs = _head(left), _head(right)
    if ours == theirs:
        return bool(ours)
    return {ours, theirs} <= _CROWD | {""} and bool({ours, theirs} & _CROWD)


def _are_rivals(left: Entry, right: Entry) -> bool:
    if left.is_title or right.is_title or not (left.is_said and right.is_said):
        return False
    if left.is_of(right) or not left.key or not right.key:
        return False
    if abs(left.paragraph - right.paragraph) > _REACH:
        return False
    if left.paragraph != right.paragraph and _parties(left) != _parties(right):
        return False
    if _PART.search(left.said) or _PART.search(right.said):
        return False
    return any(_compete(a, b) for a in left.quantities for b in right.quantities)


def _parties(entry: Entry) -> set[str | None]:
    return {quantity.party for quantity in entry.quantities}


def find_rivals(entries: Sequence[Entry]) -> None:
    """Link claims of different claimants whose figures compete, both ways."""
    for index, left in enumerate(entries):
        for right in entries[index + 1 : index + _WINDOW]:
            if _are_rivals(left, right):
                left.link("rival_of", right)
                right.link("rival_of", left)


def find_repeats(entries: Sequence[Entry]) -> None:
    """Link the first claim of the body that says what the headline said."""
    for title in (entry for entry in entries if entry.is_title and entry.is_said):
        for entry in entries:
            if entry.is_title or not entry.is_said or not entry.is_of(title):
                continue
            if overlap(title.stems, entry.stems) >= _REPEATS:
                entry.link("repeats", title)
            break
