"""A page read by the network: cues with their probability, and what it takes for their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.attribution.candidates import Candidate
from extractors.attribution.network.decoding import smooth
from extractors.attribution.network.model import Network, Window, load_network
from extractors.attribution.network.words import CONTENT, SOURCE, Words
from extractors.attribution.page import Page, Range


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue: its token, the probability that it attributes, and token ranges."""

    head: int
    probability: float
    source: Range | None
    content: list[Range]


def read_page(page: Page, candidates: Sequence[Candidate]) -> Iterator[Reading]:
    """Yield the network's reading of each cue in a page, in order.

    Cues are those that it sees itself and those of `candidates`, which are the rules' with their
    scores.
    """
    network = load_network()
    words = Words.of(page, candidates)
    for part in words.windows():
        window = network.read(words, part)
        cues = _cues(network, words, window)
        if cues:
            yield from _readings(network, words, window, cues)


def _cues(network: Network, words: Words, window: Window) -> list[int]:
    start, end = window.part
    seen = np.flatnonzero(window.cues >= network.new_threshold) + start
    return sorted({word for word in words.readings if start <= word < end}.union(seen.tolist()))


def _readings(network: Network, words: Words, window: Window, cues: list[int]) -> Iterator[Reading]:
    labels = smooth(network.labels(words, window, cues), network.penalty)
    start = window.part[0]
    for cue, roles in zip(cues, labels, strict=True):
        source = words.ranges((np.flatnonzero(roles == SOURCE) + start).tolist())
        yield Reading(
            head=int(words.tokens[cue]),
            probability=float(window.cues[cue - start]),
            source=max(source, key=lambda part: part[1] - part[0], default=None),
            content=words.ranges((np.flatnonzero(roles == CONTENT) + start).tolist()),
        )
