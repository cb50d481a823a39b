"""A possible attribution, before it is scored."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.attribution.mentions import How
from extractors.attribution.page import Range
from extractors.records import CueClass


@dataclass(slots=True)
class Candidate:
    """Token ranges of one possible attribution.

    `shape` names the construction that gave the content; `head` is the token of the cue that
    carries it; `clause` the attributing clause.
    """

    shape: str
    head: int
    cue: Range | None
    lemma: str | None
    cue_class: CueClass | None
    source: Range | None
    how: How
    content: list[Range]
    clause: Range
    relays: list[Range] = field(default_factory=list)
    score: float = 0.0

    @property
    def start(self) -> int:
        """The first token of the content."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """The token after the content's last."""
        return self.content[-1][1]

    def covers(self, index: int) -> bool:
        """Whether token `index` is content."""
        return any(start <= index < end for start, end in self.content)
