"""Which claims a reaction is about: those it names, takes up by a noun or pronoun, or resembles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.gazetteer import plain
from extractors.records import Status
from extractors.stems import content_stems, overlap
from extractors.verification.entries import Entry
from extractors.verification.lexicon import load_words
from extractors.verification.wording import (
    is_about_claim,
    is_admission,
    is_blanket,
    is_pair,
    is_plural,
    is_pointer,
    opening,
    reaction,
    told_of,
    words_of,
)

_CHARGES = frozenset({"accuse", "claim"})
_NUMBERS = frozenset({"figure", "number", "count", "estimate", "toll", "total", "tally"})
_ACCUSING = frozenset({"allegation", "accusation", "claim", "charge", "assertion", "criticism"})
_OWNED = re.compile(r"(?P<owner>[\w-]+)['’]s?\s+(?:[\w-]+\s+)?(?P<noun>[\w-]+)")
_SAME_TOPIC = 0.34
_SOME_TOPIC = 0.15
_REACH = 2
_WINDOW = 120
_SHORT = 4


class Targets:
    """Finds which claims a reaction is about."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.reactions = {entry.claim_id: reaction(entry) for entry in entries}

    def of(self, index: int, status: Status) -> list[Entry]:
        """The claims that the one at `index` reacts to; none when it cannot be told."""
        entry = self.entries[index]
        if entry.is_title:
            return self._in_body(entry)
        before = [
            other
            for other in self.entries[max(0, index - _WINDOW) : index]
            if self._is_open(other) and not other.is_of(entry)
        ]
        if entry.draft.lemma == "plead":
            return _run(before, before[-1]) if before else []
        if is_blanket(entry):
            return _all_of_accuser(entry, before)
        named = self._named_claimant(entry, index)
        if named:
            return named
        if is_about_claim(entry):
            return self._taken_up(entry, before, index)
        return (
            self._by_topic(entry, before)
            or self._reported(index, entry)
            or self._next_to(index, status)
        )

    def _is_open(self, entry: Entry) -> bool:
        """Whether others can deny it: no denial itself, nor what somebody owns up to."""
        return entry.is_said and not self.reactions[entry.claim_id] and not is_admission(entry)

    def _in_body(self, entry: Entry) -> list[Entry]:
        near = self.entries[: 2 * _WINDOW]
        others = [o for o in near if o.is_said and not o.is_of(entry) and not o.is_title]
        return self._by_topic(entry, others, reach=len(self.entries))

    def _named_claimant(self, entry: Entry, index: int) -> list[Entry]:
        """The claim of whom the reaction names: "the figure of the Doctors' Chamber"."""
        near = self.entries[max(0, index - _WINDOW) : index + _WINDOW]
        owners = [o for o in near if o.is_said and not o.is_title and not o.is_of(entry)]
        free = [other for other in owners if not self.reactions[other.claim_id]]
        owned = [other for other in free if _is_owned(entry, other)]
        if opening(entry) in _NUMBERS:
            owned = [other for other in owned if other.quantities] or owned
        before = [other for other in owned if other.draft.start < entry.draft.start]
        return before[-1:] or owned[:1] or _asked_about(entry, free)

    def _taken_up(self, entry: Entry, before: list[Entry], index: int) -> list[Entry]:
        """Claims that "this", "the allegations", "this figure" take up."""
        near = [other for other in before if entry.paragraph - other.paragraph <= _REACH]
        noun = opening(entry)
        if noun in _NUMBERS:
            near = [other for other in near if other.quantities] or near
        if noun == "toll":
            near = [other for other in near if _counts_dead(other)] or near
        if not near:
            return []
        if is_pair(entry):
            return [o for o in near if not o.is_of(near[-1])][-1:] + near[-1:]
        if is_plural(entry):
            if noun in _ACCUSING or is_pointer(entry):
                return _all_of_accuser(entry, before)
            return [other for other in near if other.paragraph == near[-1].paragraph]
        if is_pointer(entry):
            return _accusations(near)
        if noun == "report" and (own := self._retracted(entry, index)):
            return [own]
        return [_charge(near) if noun in _ACCUSING else near[-1]]

    def _retracted(self, entry: Entry, index: int) -> Entry | None:
        """What media reported from the same speaker, who now takes it back."""
        before = [o for o in self.entries[max(0, index - _WINDOW) : index] if o.is_said]
        last = before[-1] if before else None
        return last if last is not None and last.is_of(entry) and last.draft.relays else None

    def _by_topic(self, entry: Entry, others: list[Entry], reach: int = _REACH) -> list[Entry]:
        """The claim that shares most content words."""
        near = [o for o in others if abs(entry.paragraph - o.paragraph) <= reach]
        stems = entry.stems - content_stems(entry.claimant.name or "")
        scored = [(overlap(stems, other.stems), number) for number, other in enumerate(near)]
        best = max(scored, default=(0.0, 0))
        return [near[best[1]]] if best[0] >= _SAME_TOPIC else []

    def _reported(self, index: int, entry: Entry) -> list[Entry]:
        """What "reports of ..." are about: the next thing relayed by media, told right after."""
        if told_of(entry) not in {"report", "rumour", "rumor"}:
            return []
        after = self.entries[index + 1 : index + 2]
        return [o for o in after if o.draft.relays and o.paragraph - entry.paragraph <= 1]

    def _next_to(self, index: int, status: Status) -> list[Entry]:
        """The claim right before, by somebody else in the same paragraph, if it is on the topic."""
        entry, last = self.entries[index], self.entries[index - 1] if index else None
        if last is None or not last.is_said or last.is_of(entry) or last.is_title:
            return []
        if is_admission(last):
            return []
        is_near = last.paragraph == entry.paragraph and status in {"denied", "confirmed"}
        is_met = status == "confirmed" or last.draft.cue_class in _CHARGES | {"report"}
        is_met = is_met or overlap(entry.stems, last.stems) >= _SOME_TOPIC or _is_short(entry)
        return [last] if is_near and is_met else []


def _is_short(entry: Entry) -> bool:
    """Whether a thing is denied, not an account of one's own: "denied any shortage"."""
    words = words_of(entry.said)
    return entry.draft.lemma == "deny" and len(words) <= _SHORT and words[0].lower() != "that"


def _is_charge(entry: Entry) -> bool:
    return entry.draft.cue_class in _CHARGES


def _charge(near: list[Entry]) -> Entry:
    """The accusation that the last speaker opened with, rather than the words after it."""
    last = near[-1]
    same = [o for o in near if o.is_of(last) and o.paragraph == last.paragraph and _is_charge(o)]
    return same[-1] if same else last


def _accusations(near: list[Entry]) -> list[Entry]:
    """The last claim, and the accusation by the same claimant right before it."""
    last = near[-1]
    taken = [last]
    for other in reversed(near[:-1]):
        if not (other.is_of(last) and other.paragraph == last.paragraph and _is_charge(other)):
            break
        taken.insert(0, other)
    return taken


def _counts_dead(entry: Entry) -> bool:
    return any(quantity.measure == "killed" for quantity in entry.quantities)


def _run(before: list[Entry], last: Entry) -> list[Entry]:
    """The unbroken run of claims by one claimant that ends with `last`."""
    taken: list[Entry] = []
    for other in reversed(before):
        if not other.is_of(last):
            break
        taken.insert(0, other)
    return taken


def _all_of_accuser(entry: Entry, before: list[Entry]) -> list[Entry]:
    """All that the accusers of the last paragraph with a charge said, back to the headline."""
    near = [other for other in before if entry.paragraph - other.paragraph <= _REACH]
    free = [other for other in near if other.draft.cue_class != "confirm"]
    denier = content_stems(entry.claimant.name or "")
    charges = [other for other in free if _is_charge(other)]
    about = [other for other in free if denier & other.stems]
    accusers = [o for o in charges if o.paragraph == charges[-1].paragraph] or about[-1:]
    if not accusers and not is_blanket(entry):
        accusers = free[-1:]
    return [o for o in before if any(o is accuser or o.is_of(accuser) for accuser in accusers)]


def _asked_about(entry: Entry, others: list[Entry]) -> list[Entry]:
    """The claim of whom the clause before names: "Asked about the doctors' claim, she said"."""
    lead = entry.text[entry.draft.clause[0] : entry.draft.clause[1]]
    for found in _OWNED.finditer(plain(lead)):
        if found["noun"] not in load_words().claim_nouns:
            continue
        owner = content_stems(found["owner"])
        owned = [
            o
            for o in others
            if o.draft.start < entry.draft.start and owner & content_stems(o.claimant.name or "")
        ]
        last = owned[-1] if owned else None
        return [o for o in owned if last and o.paragraph == last.paragraph][:1]
    return []


def _is_owned(entry: Entry, other: Entry) -> bool:
    """Whether the content speaks of what `other` says: "the figure of X", "reported by X"."""
    names = [other.claimant.name, *(relay.name for relay in other.relays)]
    said = plain(entry.said)
    return any(
        re.search(rf"\b(?:of|by|from)\s+(?:the\s+)?{shown}\b|\b{shown}['’]s?\s", said)
        for name in names
        if name and (shown := re.escape(plain(name)))
    )
