"""Which state a text is about, at a given place: for bodies and officials named without theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.claimants.names import Name
from extractors.gazetteer import (
    country_in,
    country_of,
    entity_of,
    institutions,
    is_demonym,
    lexicon,
    place_country,
    plain,
)
from extractors.parse import Doc, text_of

_LOCATIVE = frozenset({"in", "at", "near", "off", "from", "outside", "across"})
_SHARE = 0.65
_LEAD = 3
_CONTENDERS = 2
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Sight:
    """A state named, as such or through a place or people of it, at a character offset."""

    offset: int
    code: str
    is_located: bool


def _code_of(name: Name) -> str | None:
    known = entity_of(name.text)
    code = country_of(name.text) or place_country(name.text) or (known.side if known else None)
    # Datelines and headlines shout: "DUSHANBE", "HARLAN FALLS, Ohio".
    is_shouted = name.text.isupper() and len(name.text) > _SHORT
    return code or (place_country(name.text.title()) if is_shouted else None)


def _institution_sights(text: str) -> Iterator[Sight]:
    pattern, codes = institutions()
    for found in pattern.finditer(text.replace("’", "'")):
        yield Sight(found.start(), codes[found[0]], is_located=False)


def _titles(doc: Doc, name: Name) -> list[str]:
    """The words before a name that belong to it: "Peruvian President"."""
    return [token.text for token in doc[name.front : name.start]]


def _is_located(doc: Doc, name: Name) -> bool:
    """Whether a preposition of place leads to the name: "in the Kharkiv region"."""
    index = name.front - 1
    while index >= 0 and doc[index].tag_ in {"DT", "JJ", "NN", "IN"}:
        if doc[index].lower_ in _LOCATIVE:
            return not is_demonym(name.text) or doc[index].lower_ == "in"
        if doc[index].tag_ == "NN":
            return False
        index -= 1
    return False


class StateContext:
    """Where the states of a text are named."""

    def __init__(self, doc: Doc, names: list[Name]) -> None:
        self._doc = doc
        self._text = text_of(doc)
        sights = [
            Sight(doc[name.front].idx, code, _is_located(doc, name))
            for name in names
            if (code := _code_of(name) or country_in(" ".join(_titles(doc, name))))
        ]
        sights += _institution_sights(text_of(doc))
        self.sights = sorted(sights, key=lambda sight: sight.offset)
        self.dominant = self._dominant()

    def _weights(self) -> Counter[str]:
        """How often each state is named; title and lead weigh more."""
        lead = self._text.find("\n", self._text.find("\n\n") + 2)
        counts: Counter[str] = Counter()
        for sight in self.sights:
            counts[sight.code] += _LEAD if sight.offset < lead else 1
        return counts

    def _dominant(self) -> str | None:
        """The state that the text is about: most of its sights, else the first in the title."""
        counts = self._weights()
        if not counts:
            return None
        code = counts.most_common(1)[0][0]
        if self._is_dominated():
            return code
        title_end = self._text.find("\n")
        in_title = [sight.code for sight in self.sights if sight.offset < title_end]
        return in_title[0] if in_title else code

    def _is_dominated(self) -> bool:
        counts = self._weights()
        return not counts or counts.most_common(1)[0][1] >= _SHARE * counts.total()

    def before(self, offset: int, since: int = 0) -> str | None:
        """The last state named in `[since, offset)`."""
        seen = [s.code for s in self.sights if since <= s.offset < offset]
        return seen[-1] if seen else None

    def at(self, offset: int) -> str | None:
        """The state meant by "the government" at `offset`: by place, by theme, by nearness."""
        sentence = self._sentence_start(offset)
        located = self.located(sentence, offset)
        if located:
            return located
        if self._is_dominated():
            return self.dominant
        return self.before(offset, self._paragraph_start(offset)) or self.dominant

    def of_person(self, name: str, offset: int) -> str | None:
        """The state that somebody in office serves: as `at`; between two, by the surname."""
        known = self.located(self._sentence_start(offset), offset)
        near = self.before(offset, self._paragraph_start(offset))
        if known or near or self._is_dominated():
            return self.at(offset)
        surname = plain(name.split()[-1])
        contenders = [code for code, _ in self._weights().most_common(_CONTENDERS)]
        endings = lexicon("roles")["surnames"]
        named = [
            code
            for code in contenders
            if any(surname.endswith(plain(end)) for end in endings.get(code, ()))
        ]
        return named[0] if len(named) == 1 else self.at(offset)

    def surely(self, offset: int) -> str | None:
        """The state that a place named at `offset` lies in, None when it could be another."""
        here = self.located(self._sentence_start(offset), offset)
        return here or (self.dominant if self._is_dominated() else None)

    def located(self, since: int, until: int) -> str | None:
        """The last state in `[since, until)` that something is said to be in."""
        found = [s.code for s in self.sights if since <= s.offset < until and s.is_located]
        return found[-1] if found else None

    def located_in_sentence(self, offset: int) -> str | None:
        """The state that the sentence round `offset` is set in."""
        token = self._doc.char_span(offset, offset + 1, alignment_mode="expand")
        return self.located(token.sent.start_char, token.sent.end_char) if token else None

    def _sentence_start(self, offset: int) -> int:
        token = self._doc.char_span(offset, offset + 1, alignment_mode="expand")
        return token.sent.start_char if token is not None else 0

    def _paragraph_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1
