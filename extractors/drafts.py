"""A claim on its way: what attribution and the statement rules found, before it is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import ClaimKind, CueClass
from extractors.text import Offsets

Piece = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """Offsets of one claim; `clause` is the attributing clause, `score` the detection's, and
    `construction` the name of the rule that read it."""

    kind: ClaimKind
    cue: Offsets | None
    lemma: str | None
    cue_class: CueClass | None
    mention: Offsets | None
    relays: tuple[Offsets, ...]
    content: tuple[Piece, ...]
    clause: Offsets
    score: float
    construction: str
    withholds_number: bool = False

    @property
    def position(self) -> int:
        """Where the attributing words begin."""
        starts = [span[0] for span in (self.mention, self.cue) if span]
        near = [start for start in starts if abs(start - self.clause[0]) < 400]
        return self.cue[0] if self.cue else min(near, default=self.content[0][0])

    @property
    def start(self) -> int:
        """The first offset of anything in it."""
        spans = [*self.content, *(span for span in (self.mention, self.cue) if span)]
        return min(span[0] for span in spans)

    @property
    def end(self) -> int:
        """The last offset of anything in it."""
        spans = [*self.content, *(span for span in (self.mention, self.cue) if span)]
        return max(span[1] for span in spans)
