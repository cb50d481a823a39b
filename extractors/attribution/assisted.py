"""What the rules read and what the network reads, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.attribution.candidates import Candidate
from extractors.attribution.network import Reading, read_page
from extractors.attribution.network.model import load_network
from extractors.attribution.output import offsets
from extractors.attribution.page import Page
from extractors.parse import Doc
from extractors.text import Offsets


@dataclass(frozen=True, slots=True)
class Opinion:
    """The network's reading of one cue, by code-point offsets (half-open) into the text.

    `probability` is that of the word to attribute; `is_sure` tells whether that is enough for a cue
    that no rule knows.
    """

    cue: Offsets
    probability: float
    source: Offsets | None
    content: tuple[Offsets, ...]
    is_sure: bool


def annotated(page: Page, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The attributions as the training corpus has them, claims or not."""
    known, threshold = _best(candidates), load_network().threshold
    return [
        _as_read(known.get(reading.head), reading)
        for reading in read_page(page, candidates)
        if reading.probability >= threshold and (reading.content or reading.head in known)
    ]


def opinions(doc: Doc, candidates: Sequence[Candidate]) -> list[Opinion]:
    """The network's reading of every cue that it or a rule sees, in the order of the text."""
    page, sure = Page.of(doc), load_network().new_threshold
    return [
        Opinion(
            cue=(doc[reading.head].idx, doc[reading.head].idx + len(doc[reading.head])),
            probability=round(reading.probability, 3),
            source=offsets(page, reading.source),
            content=tuple(
                found for part in reading.content if (found := offsets(page, page.trim(*part)))
            ),
            is_sure=reading.probability >= sure,
        )
        for reading in read_page(page, candidates)
    ]


def _best(candidates: Sequence[Candidate]) -> dict[int, Candidate]:
    """The candidate of the highest score at each token."""
    return {c.head: c for c in sorted(candidates, key=lambda candidate: candidate.score)}


def _as_read(given: Candidate | None, reading: Reading) -> Candidate:
    """A candidate with the network's source and content, or a new one."""
    score, source = reading.probability, reading.source
    if given is not None:
        return replace(given, source=source, content=reading.content or given.content, score=score)
    cue = (reading.head, reading.head + 1)
    return Candidate(
        "network", reading.head, cue, None, None, source, "none", reading.content, cue, score=score
    )
