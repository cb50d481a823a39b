"""Places that a claim names: where its event was, where it was uttered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.claimants.context import StateContext
from extractors.claimants.names import Name
from extractors.claimants.words import load_words
from extractors.gazetteer import (
    country_name,
    country_of,
    is_demonym,
    is_stateless_place,
    lexicon,
    place_country,
    region_name,
)
from extractors.parse import Doc, Token
from extractors.records import PlaceRef, PlaceRole
from extractors.text import Offsets

_REGION = re.compile(r"\s(?:region|province|district|oblast|prefecture|governorate)\b")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(lexicon("places")["words"][kind])


class PlaceFinder:
    """Finds the places of one text's claims."""

    def __init__(self, doc: Doc, text: str, names: Sequence[Name], states: StateContext) -> None:
        self._doc, self._text, self._states = doc, text, states
        self._places = [(name, role) for name in names if (role := self._is_place(name))]

    def _is_place(self, name: Name) -> bool:
        """Whether the name stands for a place here: governed by a preposition of place."""
        if is_demonym(name.text) or name.titles or self._is_owner(name):
            return False
        is_known = place_country(name.text) is not None or is_stateless_place(name.text)
        if not is_known and _is_body(name):
            return False
        words = {word.lower() for word in name.text.split()}
        before = self._before(name)
        if before is None:
            return False
        if before.lower_ in _words("kinds") or (
            before.lower_ == "of" and self._kind_before(before)
        ):
            return self._is_governed(before)
        if words & _words("waters") and (
            before.lower_ in _words("prepositions") or not country_of(name.text)
        ):
            return True
        if before.lower_ not in _words("prepositions"):
            return is_known and (self._is_listed(name) or before.lemma_.lower() in _words("moving"))
        return self._is_located(name, before, is_known)

    def _is_located(self, name: Name, before: Token, is_known: bool) -> bool:
        labels = {t.ent_type_ for t in self._doc[name.start : name.end]}
        if before.lower_ in {"of", "to", "from", "by", "on", "between", "over"}:
            is_state = country_of(name.text) is not None and not self._is_part(name)
            if is_state and before.lower_ in {"on", "by", "between"}:
                return False
            return is_known and not (before.lower_ == "of" and before.head.tag_ in {"NNP", "VBD"})
        return is_known or bool(labels & {"GPE", "LOC", "FAC"})

    @staticmethod
    def _is_part(name: Name) -> bool:
        """Whether the name is of a part of a state that is counted as the state ("Scotland")."""
        code = country_of(name.text)
        return code is not None and country_name(code) != name.text

    def _is_owner(self, name: Name) -> bool:
        after = self._doc[name.end] if name.end < len(self._doc) else None
        return after is not None and after.tag_ == "POS"

    def _before(self, name: Name) -> Token | None:
        """What governs the name: the word before it, over articles and adjectives."""
        index = name.front - 1
        while index >= 0 and self._doc[index].tag_ in {"DT", "JJ", "VBG"}:
            index -= 1
        return self._doc[index] if index >= 0 else None

    def _is_governed(self, kind: Token) -> bool:
        """Whether a preposition leads to "the town of X"."""
        window = self._doc[max(0, kind.i - 6) : kind.i]
        return (
            any(t.lower_ in _words("prepositions") - {"of"} for t in window) or kind.lower_ == "of"
        )

    def _kind_before(self, of: Token) -> bool:
        return of.i > 0 and self._doc[of.i - 1].lower_ in _words("kinds")

    def _is_listed(self, name: Name) -> bool:
        """The second of two: "in Rotterdam and Gdańsk"."""
        before = self._doc[name.front - 1] if name.front else None
        if before is None or before.text not in {"and", ",", "or"} or name.front < 2:
            return False
        first = self._doc[name.front - 2]
        known = place_country(first.text) is not None
        governor = self._doc[name.front - 3] if name.front > 2 else None
        if governor is not None and governor.tag_ in {"DT", "JJ", "VBG"} and name.front > 3:
            governor = self._doc[name.front - 4]
        if not known or governor is None:
            return False
        return governor.lower_ in _words("prepositions") or governor.lemma_.lower() in _words(
            "moving"
        )

    def find(
        self, content: Sequence[Offsets], clause: Offsets, barred: Sequence[Offsets]
    ) -> tuple[PlaceRef, ...]:
        """Return the places in `content` (event) and in `clause` outside `barred` (utterance)."""
        found = []
        for name, _ in self._places:
            start, end = self._offsets(name)
            if any(left <= start and end <= right for left, right in content):
                found.append(self._place(name, start, end, "event"))
            elif self._is_uttered(name, clause) and not _overlaps(start, end, barred):
                found.append(self._place(name, start, end, "utterance"))
        return tuple(found)

    def _is_uttered(self, name: Name, clause: Offsets) -> bool:
        """Whether "in X" hangs on the verb of the clause, not on a noun or relative clause."""
        start, end = self._offsets(name)
        before = self._doc[name.front - 1] if name.front else None
        if before is None or before.lower_ not in {"in", "at"}:
            return False
        if start < clause[0] or end > clause[1]:
            return False
        if before.lower_ == "at" and place_country(name.text) is None:
            return False
        verb = before.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb and verb.dep_ == "pobj":
            verb = verb.head.head
        return verb.pos_ in {"VERB", "AUX", "NOUN"} and verb.dep_ not in {
            "relcl",
            "appos",
            "acl",
            "nsubj",
        }

    def _offsets(self, name: Name) -> Offsets:
        last = self._doc[name.end - 1]
        start, end = self._doc[name.start].idx, last.idx + len(last)
        region = _REGION.match(self._text, end)
        if region and region_name(self._text[start : region.end()]):
            end = region.end()
        return start, end

    def _place(self, name: Name, start: int, end: int, role: PlaceRole) -> PlaceRef:
        said = self._text[start:end]
        known = place_country(name.text) or self._stated_after(name)
        code = known or (None if self._is_stateless(name) else self._states.surely(start))
        shown = region_name(said) or " ".join(said.split())
        return PlaceRef(said, start, end, shown, code, role)

    def _stated_after(self, name: Name) -> str | None:
        """The state that follows at once: "Brezovo in Bulgaria", "Brezovo, Bulgaria"."""
        joints = [self._doc[i].lower_ for i in range(name.end, min(name.end + 3, len(self._doc)))]
        if not joints or joints[0] not in {",", "in"}:
            return None
        following = range(name.end + 1, name.end + 4)
        later = (n for n, role in self._places if role and n.start in following)
        return next((place_country(n.text) for n in later), None)

    @staticmethod
    def _is_stateless(name: Name) -> bool:
        words = {word.lower() for word in name.text.split()}
        return is_stateless_place(name.text) or bool(words & _words("waters"))


def _is_body(name: Name) -> bool:
    words = {word.lower() for word in name.text.split()}
    return bool(words & load_words().endings) and not words & _words("waters")


def _overlaps(start: int, end: int, spans: Sequence[Offsets]) -> bool:
    return any(start < right and left < end for left, right in spans)
