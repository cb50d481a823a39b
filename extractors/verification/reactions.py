"""Claims about claims: who denies, disputes, confirms, or cannot confirm which one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claimants.words import singular
from extractors.gazetteer import plain
from extractors.records import Status, Verification
from extractors.stems import content_stems, overlap
from extractors.verification.entries import Entry
from extractors.verification.lexicon import load_words

_RANK: dict[Status, int] = {
    "not_stated": 0, "no_figure_given": 1, "unverifiable": 2, "confirmed": 3, "disputed": 4,
    "denied": 5,
}  # fmt: skip
_UNABLE = re.compile(
    r"\b(?:not in a position|could not|cannot|can't|couldn't|unable) (?:to )?"
    r"(?:independently )?(?:confirm|verify|corroborate)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|n't)\b|n't\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^[\s“\"'‘]*(?:(?:as|of|about|that(?= (?:the|a|an)\b)|the|a|an|any|all|such|these|those|this"
    r"|his|her|its|their|our|which|talk of|reports? of) )*",
    re.IGNORECASE,
)
_POINTERS = frozenset({"this", "that", "it", "these", "those"})
_POINTED = re.compile(r"^[“\"'‘]?(?P<word>that|this)(?: is|'s|’s| was)\b", re.IGNORECASE)
_NUMBERS = frozenset({"figure", "number", "count", "estimate", "toll"})
_SAYS_IT_IS = re.compile(r"\b(?:is|are|was|were|came|as|'s)\b|[“\"‘]", re.IGNORECASE)
_SAME_TOPIC = 0.34
_REACH = 2
_HEAD_WITHIN = 4
_WINDOW = 120


def _words(entry: Entry) -> list[str]:
    return re.findall(r"[\w'’-]+", entry.said)


def _opening(entry: Entry) -> str:
    """The noun that the content opens with, singular: "allegation" of "the allegations"."""
    start, end, _ = entry.draft.content[0]
    first = entry.text[start:end].strip(" “”\"'‘’.,").lower()
    pointer = _POINTED.match(entry.said)
    if first in _POINTERS or pointer:
        return pointer["word"].lower() if pointer else first
    phrase = re.split(
        r"\b(?:of|that|by|on|from|as|is|was|were|are)\b|[,:“\"]", _LEADING.sub("", entry.said)
    )[0]
    rest = [singular(word) for word in re.findall(r"[\w'’-]+", phrase)][:_HEAD_WITHIN]
    named = [word for word in rest if word in load_words().claim_nouns]
    return named[-1] if named else rest[0] if rest else ""


def _is_about_claim(entry: Entry) -> bool:
    """Whether the content opens with a word for somebody's claim."""
    return _opening(entry) in load_words().claim_nouns


def reaction(entry: Entry) -> Status | None:
    """Return what the claim says of another claim's truth, None when nothing."""
    if not entry.is_said:
        return None
    if _UNABLE.search(entry.said):
        return "unverifiable"
    words, lemma = load_words(), entry.draft.lemma or ""
    cue = entry.text[slice(*entry.draft.cue)] if entry.draft.cue else ""
    if _NEGATED.search(cue):
        return None
    if lemma in words.denying:
        return "denied"
    if lemma in words.disputing:
        return "disputed"
    if lemma in words.confirming:
        return "confirmed" if _is_bare(entry) else None
    return _verdict(entry)


def _verdict(entry: Entry) -> Status | None:
    """ "called the allegations false", "said the report was speculation"."""
    if not _is_about_claim(entry) or not _SAYS_IT_IS.search(entry.said):
        return None
    words = load_words()
    first = re.split(r"[.!?]\s", entry.said)[0]
    if words.untrue.search(first):
        return "denied"
    return "disputed" if words.doubtful.search(first) else None


def _is_bare(entry: Entry) -> bool:
    """Whether what is confirmed is named only: "this", "the attack", not told anew."""
    said = entry.said.lower()
    opens = re.match(r"(?:this|that|it|these|those|the)\b", said) is not None
    return (
        opens
        and len(_words(entry)) <= 4
        and not re.search(r"\d", said)
        and not said.startswith("that ")
    )


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
            if other.is_said and not other.is_of(entry) and not self.reactions[other.claim_id]
        ]
        if entry.draft.lemma == "plead":
            return self._run(before, before[-1]) if before else []
        named = self._named_claimant(entry)
        if named:
            return named
        if _is_about_claim(entry):
            return self._taken_up(entry, before)
        return self._by_topic(entry, before) or self._next_to(index, status)

    def _in_body(self, entry: Entry) -> list[Entry]:
        others = [o for o in self.entries if o.is_said and not o.is_of(entry) and not o.is_title]
        return self._by_topic(entry, others, reach=len(self.entries))

    def _named_claimant(self, entry: Entry) -> list[Entry]:
        """The claim of whom the reaction names: "the figure of the Doctors' Chamber"."""
        owners = [o for o in self.entries if o.is_said and not o.is_title and not o.is_of(entry)]
        owned = [
            other
            for other in owners
            if not self.reactions[other.claim_id] and _is_owned(entry, other)
        ]
        if _opening(entry) in _NUMBERS:
            owned = [other for other in owned if other.quantities] or owned
        before = [other for other in owned if other.draft.start < entry.draft.start]
        return before[-1:] or owned[:1]

    def _taken_up(self, entry: Entry, before: list[Entry]) -> list[Entry]:
        """Claims that "this", "the allegations", "this figure" take up."""
        near = [other for other in before if entry.paragraph - other.paragraph <= _REACH]
        noun = _opening(entry)
        if noun in _NUMBERS:
            near = [other for other in near if other.quantities] or near
        if not near:
            return []
        if self._is_plural(entry):
            return [other for other in near if other.paragraph == near[-1].paragraph]
        if noun in _POINTERS:
            return self._accusations(near)
        if noun == "report" and (own := self._retracted(entry)):
            return [own]
        return [near[-1]]

    def _retracted(self, entry: Entry) -> Entry | None:
        """What media reported from the same speaker, who now takes it back."""
        before = [o for o in self.entries if o.draft.start < entry.draft.start and o.is_said]
        last = before[-1] if before else None
        return last if last is not None and last.is_of(entry) and last.draft.relays else None

    @staticmethod
    def _is_plural(entry: Entry) -> bool:
        words = re.findall(r"[\w'’-]+", _LEADING.sub("", entry.said))
        return bool(words) and words[0].endswith("s") and singular(words[0]) != words[0].lower()

    def _accusations(self, near: list[Entry]) -> list[Entry]:
        """The last claim, and the accusation by the same claimant right before it."""
        last = near[-1]
        taken = [last]
        for other in reversed(near[:-1]):
            is_charge = other.draft.cue_class in {"accuse", "claim"}
            if not (other.is_of(last) and other.paragraph == last.paragraph and is_charge):
                break
            taken.insert(0, other)
        return taken

    def _run(self, before: list[Entry], last: Entry) -> list[Entry]:
        """The unbroken run of claims by one claimant that ends with `last`."""
        taken: list[Entry] = []
        for other in reversed(before):
            if not other.is_of(last):
                break
            taken.insert(0, other)
        return taken

    def _by_topic(self, entry: Entry, others: list[Entry], reach: int = _REACH) -> list[Entry]:
        """The claim that shares most content words."""
        near = [o for o in others if abs(entry.paragraph - o.paragraph) <= reach]
        stems = entry.stems - content_stems(entry.claimant.name or "")
        scored = [(overlap(stems, other.stems), number) for number, other in enumerate(near)]
        best = max(scored, default=(0.0, 0))
        return [near[best[1]]] if best[0] >= _SAME_TOPIC else []

    def _next_to(self, index: int, status: Status) -> list[Entry]:
        """The claim right before, by somebody else in the same paragraph."""
        entry, last = self.entries[index], self.entries[index - 1] if index else None
        if last is None or not last.is_said or last.is_of(entry) or last.is_title:
            return []
        is_same = last.paragraph == entry.paragraph
        return [last] if is_same and status in {"denied", "confirmed"} else []


def _is_owned(entry: Entry, other: Entry) -> bool:
    """Whether the content speaks of what `other` says: "the figure of X", "reported by X"."""
    names = [other.claimant.name, *(relay.name for relay in other.relays)]
    said = plain(entry.said)
    return any(
        re.search(rf"\b(?:of|by|from)\s+(?:the\s+)?{shown}\b|\b{shown}['’]s?\s", said)
        for name in names
        if name and (shown := re.escape(plain(name)))
    )


def react(entries: Sequence[Entry]) -> None:
    """Link every reaction to its targets, and give these the status."""
    targets = Targets(entries)
    for index, entry in enumerate(entries):
        status = targets.reactions[entry.claim_id]
        for target in targets.of(index, status) if status else []:
            entry.link("denies" if status == "denied" else "qualifies", target)
            if not entry.is_title or status != "denied":
                rate(target, status or "not_stated", entry)


def rate(target: Entry, status: Status, by: Entry) -> None:
    """Give `target` a status unless it has a stronger one."""
    if _RANK[status] > _RANK[target.relations.verification.status]:
        name = "outlet" if by.claimant.method == "outlet" else by.claimant.name
        target.relations.verification = Verification(status, by.clause, name)
