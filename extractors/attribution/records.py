"""What attribution finds: one source, one cue, one content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.records import CueClass
from extractors.text import Offsets


@dataclass(frozen=True, slots=True)
class Attribution:
    """One saying, by code-point offsets into the parsed text (half-open).

    `cue` with `lemma` and `cue_class` are null for colons; `source` is the mention with its
    titles, null where nobody is named. `content` has (start, end, quoted) in the order of the
    text. `relays` are who passed it on, nearest last. `clause` is the attributing clause, where
    times and places of the utterance stand. `score` is the calibrated probability that this is
    an attribution; `construction` names the rule that read it.
    """

    cue: Offsets | None
    lemma: str | None
    cue_class: CueClass | None
    source: Offsets | None
    content: tuple[tuple[int, int, bool], ...]
    kind: Literal["direct", "indirect", "mixed"]
    relays: tuple[Offsets, ...]
    clause: Offsets
    score: float
    construction: str
