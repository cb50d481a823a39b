"""Who is in focus: candidates for pronouns and bare nouns, by nearness and place in the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from extractors.claimants.cast import Actor
from extractors.claimants.words import Gender

CLAIMANT, SUBJECT, OTHER = 3.0, 2.0, 0.5
_PER_SENTENCE = 1.1
_PER_PARAGRAPH = 0.4
_KNOWN_GENDER = 0.8


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor met at a character offset; `weight` says how prominently."""

    offset: int
    actor: Actor
    weight: float


@dataclass(slots=True)
class Focus:
    """The sightings so far, in the order of the text."""

    doc: Doc
    sightings: list[Sighting] = field(default_factory=list)
    _sentences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sentences = [sentence.start_char for sentence in self.doc.sents]

    def see(self, offset: int, actor: Actor, weight: float) -> None:
        """Note that `actor` is met at `offset`."""
        self.sightings.append(Sighting(offset, actor, weight))

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that `offset` lies in."""
        low, high = 0, len(self._sentences)
        while low < high:
            middle = (low + high) // 2
            if self._sentences[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def _distance(self, left: int, right: int) -> float:
        sentences = self.sentence_of(right) - self.sentence_of(left)
        breaks = self.doc.text.count("\n\n", left, right) if left < right else 0
        return _PER_SENTENCE * sentences + _PER_PARAGRAPH * min(breaks, 4)

    def best(
        self,
        offset: int,
        fits: Callable[[Actor], bool],
        *,
        gender: Gender | None = None,
        without: Iterable[Actor] = (),
    ) -> Actor | None:
        """The most prominent fitting actor met before `offset`, None when nobody is."""
        barred = {id(actor) for actor in without}
        best: tuple[float, int] | None = None
        chosen = None
        for sighting in self.sightings:
            actor = sighting.actor
            if sighting.offset >= offset or id(actor) in barred or not fits(actor):
                continue
            if gender and actor.gender not in {gender, None}:
                continue
            bonus = _KNOWN_GENDER if gender and actor.gender == gender else 0.0
            score = sighting.weight + bonus - self._distance(sighting.offset, offset)
            if best is None or (score, sighting.offset) >= best:
                best, chosen = (score, sighting.offset), actor
        return chosen

    def recent(self, offset: int, fits: Callable[[Actor], bool]) -> list[Actor]:
        """Fitting actors met before `offset`, the last met first, each once."""
        seen: list[Actor] = []
        for sighting in reversed(self.sightings):
            if sighting.offset < offset and fits(sighting.actor) and sighting.actor not in seen:
                seen.append(sighting.actor)
        return seen
