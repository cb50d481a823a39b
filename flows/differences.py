"""What differs between two readings of a page; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.records import Claim, DateCandidate, Quantity
from flows.cells import counted, plain
from flows.reading import Reading
from warehouse.readings import Date, Figure, Statement, Version

What = Literal[
    "title", "text", "published", "modified", "claim added", "claim removed", "claim changed"
]
_CONTEXT, _EXCERPT = 20, 80  # code points shown before a difference, and in all


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, in words; None where there is nothing on that side."""

    what: What
    before: str | None
    after: str | None


def differences(before: Version, after: Version) -> Iterator[Change]:
    """Yield what differs: title, text, dates, then claims in the order of the text.

    A claim is the same when claimant, kind, content and figures are; changed, when its content is
    still there with another claimant, kind or figures.
    """
    if before.title != after.title:
        yield Change("title", before.title, after.title)
    if before.text != after.text:
        yield Change("text", *_excerpts(before.text, after.text))
    if before.published != after.published:
        yield Change("published", _date(before.published), _date(after.published))
    if before.modified != after.modified:
        yield Change("modified", _date(before.modified), _date(after.modified))
    yield from _claims(before.statements, after.statements)


def version_of(reading: Reading) -> Version | None:
    """Return what a reading says, None if it found no article."""
    article = reading.article
    if article is None:
        return None
    dates = (_stated(article.published), _stated(article.modified))
    return Version(article.title, article.text, *dates, tuple(map(_statement, reading.claims)))


def _claims(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Change]:
    old, new = _unmatched(before, after, lambda one: one)
    for key in (_without_figures, _content):
        for was, now in _pairs(old, new, key):
            yield Change("claim changed", words(was), words(now))
        old, new = _unmatched(old, new, key)
    yield from (Change("claim removed", words(one), None) for one in old)
    yield from (Change("claim added", None, words(one)) for one in new)


def _without_figures(one: Statement) -> Hashable:
    return one.claimant, one.kind, one.content


def _content(one: Statement) -> Hashable:
    return one.content


Key = Callable[[Statement], Hashable]


def _unmatched(
    before: Sequence[Statement], after: Sequence[Statement], key: Key
) -> tuple[list[Statement], list[Statement]]:
    """Return what either side has beyond the other, one for one, in order."""
    return _beyond(before, after, key), _beyond(after, before, key)


def _beyond(these: Sequence[Statement], those: Sequence[Statement], key: Key) -> list[Statement]:
    there = Counter(map(key, those))
    left = []
    for one in these:
        there[key(one)] -= 1
        if there[key(one)] < 0:
            left.append(one)
    return left


def _pairs(
    before: Sequence[Statement], after: Sequence[Statement], key: Key
) -> Iterator[tuple[Statement, Statement]]:
    waiting: dict[Hashable, list[Statement]] = {}
    for one in after:
        waiting.setdefault(key(one), []).append(one)
    for one in before:
        if partners := waiting.get(key(one)):
            yield one, partners.pop(0)


def words(one: Statement) -> str:
    """Return a claim in a line: who, in which way, what, and the figures in brackets."""
    said = f"{one.claimant or 'nobody named'} ({one.kind}): {one.content}"
    figures = "; ".join(map(_figure, one.figures))
    return f"{said} [{figures}]" if figures else said


def _figure(one: Figure) -> str:
    amount = plain(one.value) if one.value is not None else f"{plain(one.low)}-{plain(one.high)}"
    rest = (one.unit, one.counted, one.measure, one.party, one.change, one.scope)
    return " ".join([one.bound, amount, *(word for word in rest if word)])


def _date(date: Date | None) -> str | None:
    return date and f"{date.value:%Y-%m-%d %H:%M:%S} ({date.precision})"


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Return the length of either text and its words where they begin to differ."""
    same = next(
        (place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    start = max(same - _CONTEXT, 0)
    return _excerpt(before, start), _excerpt(after, start)


def _excerpt(text: str, start: int) -> str:
    piece = " ".join(text[start : start + _EXCERPT].split())
    return f"{counted(len(text), 'character')}: {'...' if start else ''}{piece}"


def _stated(date: DateCandidate | None) -> Date | None:
    return None if date is None else Date(date.value, date.precision)


def _statement(claim: Claim) -> Statement:
    who = claim.claimant
    return Statement(
        who.name or (who.mention.text if who.mention else None),
        claim.kind,
        " ".join(piece.text for piece in claim.content),
        tuple(map(_counted, claim.quantities)),
    )


def _counted(q: Quantity) -> Figure:
    return Figure(
        q.value, q.low, q.high, q.bound, q.unit, q.counted, q.measure, q.party, q.change, q.scope
    )
