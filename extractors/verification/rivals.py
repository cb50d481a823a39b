"""Claims that compete, and claims that repeat one another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claimants.words import singular
from extractors.gazetteer import plain
from extractors.records import Quantity
from extractors.stems import overlap
from extractors.verification.entries import Entry
from extractors.verification.lexicon import load_words
from extractors.verification.wording import is_admission, reaction

_LOSSES = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "captured", "destroyed", "displaced",
     "arrested", "infected"}
)  # fmt: skip
_DEATHS = frozenset({"killed", "killed_or_wounded"})
_CROWD = frozenset({"participant", "crowd", "protester", "demonstrator", "marcher", "visitor"})
_PART = re.compile(r"\balone\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:also|another|further|additional|other)\b", re.IGNORECASE)
_SHARE_OF = re.compile(r"\bof (?:the|them|its|their|those)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"(?:[;,]\s*(?:but\s)?|\b)(?:while|whereas|;\s+the|against)\b|;", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\b(?:\w+-figure|dozens|scores|hundreds|thousands|millions|figure|sum)\b", re.IGNORECASE
)
_NEGATIVE = re.compile(r"\b(?:no|not|never|none|nobody|nothing)\b|n['’]t\b", re.IGNORECASE)
_TAKEN_UP = re.compile(r"\b(?:it|such|that|this|one|them|any)\b(?!\s+\w+ed\b)", re.IGNORECASE)
_NO_THING = re.compile(r"\bthere (?:\w+ )?(?:is|are|was|were|been) (?:no|never)\b", re.IGNORECASE)
_TALLY = re.compile(
    r"\b(?:tally|(?:parallel|own|quick) count|exit poll|projection)s?\b", re.IGNORECASE
)
_NO_TRACE = re.compile(
    r"\bno (?:\w+ )?(?:record|knowledge|trace|memory|recollection|report)s? of\b"
    r"|\b(?:no|any) such\b",
    re.IGNORECASE,
)
_REPEATS = 0.5
_REPEATS_IN_LEAD = 0.3
_LEAD = 2
_HEADS_TO_TRY = 3
_REACH = 1
_FAR = 5
_WINDOW = 60


def _head(quantity: Quantity) -> str:
    return singular(quantity.counted.split()[-1]).lower() if quantity.counted else ""


def _same_measure(left: Quantity, right: Quantity) -> bool:
    return left.measure == right.measure or {left.measure, right.measure} <= _DEATHS


def _same_party(left: Quantity, right: Quantity) -> bool:
    """Whether both count the same side; totals since the start name the sides loosely."""
    if left.scope != right.scope:
        return bool(left.party) and left.party == right.party and _head(left) == _head(right)
    return left.party == right.party or (
        left.scope == "cumulative" and bool(left.party and right.party)
    )


def _is_beside(quantity: Quantity) -> bool:
    """Whether a figure is replaced, or of something smaller that nobody else need count."""
    is_share = _SHARE_OF.search(quantity.text) is not None
    return quantity.aspect == "previous" or (quantity.aspect == "part" and not is_share)


def _compete(left: Quantity, right: Quantity) -> bool:
    """Whether two figures are of the same thing and differ."""
    if _is_beside(left) or _is_beside(right):
        return False
    if not _same_measure(left, right) or left.unit != right.unit:
        return False
    same = left.value == right.value and (left.value is not None or left.low == right.low)
    if same or left.change != right.change or not _same_party(left, right):
        return False
    civil = load_words().civilians
    if left.measure in _LOSSES:
        if (_head(left) in civil) != (_head(right) in civil):
            return False
        return left.unit == "person" or _head(left) == _head(right)
    return left.measure == "count" and _counts_same(left, right)


def _counts_same(left: Quantity, right: Quantity) -> bool:
    ours, theirs = _head(left), _head(right)
    if ours == theirs:
        return bool(ours)
    return {ours, theirs} <= _CROWD | {"", "person", "people"} and bool({ours, theirs} & _CROWD)


def _is_toll(quantity: Quantity) -> bool:
    """Whether it counts the dead of one event, none of them told apart."""
    is_part = _SHARE_OF.search(quantity.text) or _head(quantity) in load_words().civilians
    is_death = quantity.measure == "killed" and quantity.unit == "person"
    return is_death and quantity.party is None and bool(quantity.value) and not is_part


def _differ(left: Entry, right: Entry) -> bool:
    """Whether two sources speak, outside the headline, neither of them owning up."""
    is_open = not (left.is_title or right.is_title) and left.is_said and right.is_said
    is_open = is_open and not (is_admission(left) or is_admission(right))
    return is_open and bool(left.key and right.key) and not left.is_of(right)


def _are_rivals(left: Entry, right: Entry) -> bool:
    if not _differ(left, right):
        return False
    gap = right.paragraph - left.paragraph
    if gap > _FAR or _PART.search(left.said) or _PART.search(right.said):
        return False
    if _are_tallies(left, right):
        return True
    pairs = [(a, b) for a in left.quantities for b in right.quantities if _compete(a, b)]
    if gap <= _REACH and (gap == 0 or _parties(left) == _parties(right)):
        return bool(pairs)
    if _MORE.search(left.said) or _MORE.search(right.said):
        return False
    return any(_is_toll(a) and _is_toll(b) and a.scope == b.scope for a, b in pairs)


def _are_tallies(left: Entry, right: Entry) -> bool:
    """Whether two counts of the same votes give shares."""
    return all(
        _TALLY.search(entry.clause.text) and any(q.measure == "share" for q in entry.quantities)
        for entry in (left, right)
    )


def _parties(entry: Entry) -> set[str | None]:
    return {quantity.party for quantity in entry.quantities}


def _contrasted(left: Entry, right: Entry) -> bool:
    """Whether one sentence sets two amounts against each other: "8m, while B speaks of ..."."""
    if not _differ(left, right) or left.paragraph != right.paragraph:
        return False
    between = left.text[left.draft.end : max(right.draft.start, left.draft.end)]
    if len(between) > 4 * _WINDOW or re.search(r"[.!?]\s", between):
        return False
    return bool(_AGAINST.search(between)) and _is_amount(left) and _is_amount(right)


def _is_amount(entry: Entry) -> bool:
    return bool(entry.quantities) or _AMOUNT.search(entry.said) is not None


def _answers(charge: Entry, reply: Entry) -> bool:
    """Whether the second claim, right after the first, has it otherwise: "he never received it"."""
    if not _differ(charge, reply) or charge.paragraph != reply.paragraph:
        return False
    is_plain = reaction(reply) is None and reaction(charge) is None
    first = re.split(r"[.!?]\s", reply.said)[0]
    if not is_plain or not _NEGATIVE.search(first) or _NEGATIVE.search(charge.said):
        return False
    is_accused = charge.draft.cue_class == "accuse"
    shared = overlap(charge.stems, reply.stems)
    is_met = (is_accused or shared >= _REPEATS / 2) and _TAKEN_UP.search(first) is not None
    is_reverse = shared >= _REPEATS and _NO_THING.search(first) is not None
    return is_met or is_reverse or _NO_TRACE.search(first) is not None


def find_rivals(entries: Sequence[Entry]) -> None:
    """Link claims of different claimants whose figures or accounts compete, both ways."""
    for index, left in enumerate(entries):
        following = entries[index + 1 : index + _WINDOW]
        rivals = [right for right in following if _are_rivals(left, right)]
        rivals += [r for r in following[:1] if _contrasted(left, r) or _answers(left, r)]
        for right in rivals:
            left.link("rival_of", right)
            right.link("rival_of", left)


def _is_speaker_of(title: Entry, entry: Entry) -> bool:
    """Whether both have the claimant, whom a subheading may call by a bare noun: "Union"."""
    mention = entry.claimant.mention
    is_called = mention is not None and title.key in plain(mention.text).split()
    return entry.is_of(title) or (is_called and not title.is_title)


def _least(entry: Entry) -> float:
    """The share of words that must come back; the lead says the headline in other words."""
    return _REPEATS_IN_LEAD if entry.paragraph == _LEAD else _REPEATS


def find_repeats(entries: Sequence[Entry]) -> None:
    """Link the first claim of the body that says what a headline above it said."""
    for index, title in enumerate(entries):
        if not (title.is_heading and title.is_said) or reaction(title):
            continue
        after = [e for e in entries[index + 1 : index + _WINDOW] if not e.is_heading and e.is_said]
        own = [entry for entry in after if _is_speaker_of(title, entry)][:_HEADS_TO_TRY]
        near = own if title.is_title else [e for e in own if e.paragraph == title.paragraph + 1]
        found = next((e for e in near if overlap(title.stems, e.stems) >= _least(e)), None)
        if found is not None:
            found.link("repeats", title)
