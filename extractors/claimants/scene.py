"""A document while its mentions are resolved: its cast, its states, who is in focus."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter

from extractors.claimants.actors import Actor, is_body_actor, state_actor
from extractors.claimants.cast import Cast, build_cast
from extractors.claimants.context import StateContext
from extractors.claimants.focus import ADDRESSED, CLAIMANT, OTHER, SUBJECT, Focus
from extractors.claimants.mentions import Mention
from extractors.claimants.names import Name, find_names
from extractors.claimants.words import singular
from extractors.gazetteer import entity_of
from extractors.parse import Doc, Token, text_of
from extractors.records import Method
from extractors.text import Offsets

# "BANGKOK/PHNOM PENH —", "AUSTIN, Texas (Agency) --": where a report was filed, nobody's name.
_DATELINE = re.compile(
    r"^(?=[^\W\d_a-z]{3})[^\W\d_a-z][\w.'’-]*(?:[ ,/(]+[^\W_a-z][\w.'’/-]*[),]*){0,8}"
    r"\s?(?:—|–|--|\s-)\s",
    re.MULTILINE,
)
_NOMINAL = frozenset({"DT", "JJ", "NN", "NNP", "NNPS", "PRP$"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(slots=True)
class Found:
    """An actor and how the mention led to it."""

    actor: Actor | None
    method: Method


@dataclass(slots=True)
class Scene:
    """`title_end` is the end of a headline, 0 without one; `hint` is whom a headline repeats."""

    doc: Doc
    text: str
    cast: Cast
    states: StateContext
    focus: Focus
    title_end: int
    hint: Actor | None = None
    voices: list[Actor] = field(default_factory=list)
    _noted: int = 0
    _bodies: list[tuple[int, Actor]] | None = None
    _pending: list[tuple[int, Actor, float]] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc, text: str) -> Scene:
        """Read the cast of `doc`, whose offsets are those of `text`."""
        names = find_names(doc)
        lines = _datelines(text_of(doc))
        named = [n for n in names if not any(a <= doc[n.start].idx < b for a, b in lines)]
        cast = build_cast(doc, text, named)
        scene = cls(doc, text, cast, StateContext(doc, names), Focus(doc), _title_end(text))
        scene._pending = sorted(scene._sightings(), key=lambda item: item[0])
        return scene

    def _sightings(self) -> list[tuple[int, Actor, float]]:
        """Every name, with its weight; subjects weigh more, the headline nothing."""
        found = []
        for name, actor in self.cast.mentions:
            offset = self.doc[name.start].idx
            weight = SUBJECT if self._is_subject(name) else OTHER
            weight = ADDRESSED if self.is_addressed(self.doc[name.front].idx) else weight
            found.append((offset, actor, weight if offset >= self.title_end else 0.0))
        return found

    def _is_subject(self, name: Name) -> bool:
        return any(
            token.dep_ in _SUBJECTS or (token.dep_ == "appos" and token.head.dep_ in _SUBJECTS)
            for token in self.doc[name.start : name.end]
        )

    def catch_up(self, offset: int) -> None:
        """Bring into focus the names and definite subjects before `offset`."""
        while self._pending and self._pending[0][0] < offset:
            self.focus.see(*self._pending.pop(0))
        while self._noted < len(self.doc) and self.doc[self._noted].idx < offset:
            self._note_subject(self.doc[self._noted])
            self._noted += 1

    def _note_subject(self, token: Token) -> None:
        """A definite subject that takes up an actor: "the group put ...", "The study also ..."."""
        if token.dep_ not in _SUBJECTS or token.tag_ != "NN":
            return
        if not any(child.lower_ == "the" for child in token.children):
            return
        noun = singular(token.text)
        seen = self.focus.recent(token.idx, lambda actor: actor.is_called(noun))
        if seen:
            self.focus.see(token.idx, seen[0], SUBJECT)

    @property
    def lead_end(self) -> int:
        """The end of the first paragraph after the headline."""
        start = (
            self.title_end
            + len(self.text[self.title_end :])
            - len(self.text[self.title_end :].lstrip())
        )
        end = self.text.find("\n", start)
        return end if end > 0 else len(self.text)

    def opens_paragraph(self, offset: int) -> bool:
        """Whether nothing stands before `offset` in its line."""
        return not self.text[self.text.rfind("\n", 0, offset) + 1 : offset].strip()

    def topic(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """Of the fitting actors in headline and lead the one named most often."""
        named = [(self.doc[n.start].idx, a) for n, a in self.cast.mentions if fits(a)]
        counts = Counter(id(actor) for _, actor in named)
        led = [actor for offset, actor in named if offset < self.lead_end]
        return max(led, key=lambda actor: counts[id(actor)], default=None)

    def is_addressed(self, offset: int) -> bool:
        """Whether "told" leads to the name at `offset`: it hears, and is not spoken for."""
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        index = span.start - 1 if span is not None else -1
        while index >= 0 and self.doc[index].tag_ in _NOMINAL:
            index -= 1
        return index >= 0 and self.doc[index].lemma_ in {"tell", "inform"}

    def last_body(self, offset: int) -> Actor | None:
        """The body named or heard last before `offset`; asked when all speakers are known."""
        if self._bodies is None:
            met = [(self.doc[name.start].idx, actor) for name, actor in self.cast.mentions]
            met += [(s.offset, s.actor) for s in self.focus.sightings if s.weight == CLAIMANT]
            bodies = [pair for pair in reversed(met) if is_body_actor(pair[1])]
            self._bodies = sorted(bodies, key=itemgetter(0))
        index = bisect_left(self._bodies, offset, key=itemgetter(0))
        return self._bodies[index - 1][1] if index else None

    def state(self, code: str) -> Actor:
        """The state `code` as an actor of this text."""
        for actor in self.cast.actors:
            if actor.kind == "place" and actor.side == code:
                return actor
        actor = state_actor(code, len(self.text))
        self.cast.actors.append(actor)
        return actor

    def actor_called(self, name: str, side: str | None, mention: Mention) -> Actor:
        """The actor of that full name; a new one when the text had none."""
        for actor in self.cast.actors:
            if actor.name == name:
                return actor
        known = entity_of(name)
        actor = Actor(name, "organization", side or (known.side if known else None))
        actor.wikidata = known.wikidata_id if known else None
        actor.first = mention.start
        actor.nouns = {mention.noun}
        actor.words = {singular(word) for word in name.replace("'s", "").split()}
        self.cast.actors.append(actor)
        return actor


def _datelines(text: str) -> list[Offsets]:
    return [found.span() for found in _DATELINE.finditer(text)]


def _title_end(text: str) -> int:
    """The end of a first line that is a headline: no full stop, text after it; else 0."""
    line = text.find("\n")
    head = text[:line].rstrip() if line > 0 else ""
    return line if head and head[-1] not in ".!?”\"'" else 0
