"""Who is in focus: candidates for pronouns and bare nouns, by nearness and rank."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.claimants.actors import Actor
from extractors.claimants.words import Gender
from extractors.parse import Doc, text_of

CLAIMANT, SUBJECT, OTHER, ADDRESSED = 3.0, 2.0, 0.5, -4.0
_PER_SENTENCE = 1.1
_PER_PARAGRAPH = 0.4
_KNOWN_GENDER = 0.8
# Nobody further back is taken up; it also bounds the work on very long texts.
_MEMORY = 400


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor met at a character offset; `weight` says how prominently."""

    offset: int
    actor: Actor
    weight: float


class Focus:
    """The sightings so far, in the order of the text."""

    def __init__(self, doc: Doc) -> None:
        self.sightings: list[Sighting] = []
        self._sentences = [sentence.start_char for sentence in doc.sents]
        self._breaks = [found.start() for found in re.finditer("\n\n", text_of(doc))]

    def see(self, offset: int, actor: Actor, weight: float) -> None:
        """Note that `actor` is met at `offset`."""
        self.sightings.append(Sighting(offset, actor, weight))

    def remembered(self) -> list[Sighting]:
        """The last sightings, as far back as anybody is taken up."""
        return self.sightings[-_MEMORY:]

    def _distance(self, left: int, right: int) -> float:
        sentences = bisect_right(self._sentences, right) - bisect_right(self._sentences, left)
        breaks = bisect_left(self._breaks, right) - bisect_left(self._breaks, left)
        return _PER_SENTENCE * sentences + _PER_PARAGRAPH * min(max(breaks, 0), 4)

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
        for sighting in self.sightings[-_MEMORY:]:
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
        for sighting in reversed(self.sightings[-_MEMORY:]):
            if sighting.offset < offset and fits(sighting.actor) and sighting.actor not in seen:
                seen.append(sighting.actor)
        return seen
