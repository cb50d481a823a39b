"""A page as the network sees it: its words with their pieces and what the rules say of them.

Words are the tokens that are no white space. The network reads them in windows of whole
paragraphs; a paragraph too long for one is cut between sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.attribution.candidates import Candidate
from extractors.attribution.network.pieces import END, START, cut_word
from extractors.attribution.page import Page, Range

MAX_PIECES = 320
"""Pieces of one window."""

SOURCE, CONTENT, CUE = 1, 2, 3
"""What the rules read a word as, for one cue; 0 is none of it. The network answers in these."""

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_SCORES = 11


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page, an array entry each.

    `tokens` are the words' token numbers, `word_of` the reverse (-1: white space); `flags` are
    quoted, title case, upper case and first of a sentence; `scores` are 0 where the rules see no
    cue, else 1 and more with their score; `readings` what they read, by cue and word.
    """

    tokens: Numbers
    word_of: Numbers
    pieces: tuple[tuple[int, ...], ...]
    paragraphs: Numbers
    sentences: Numbers
    tags: Sequence[str]
    dependencies: Sequence[str]
    flags: Floats
    scores: Numbers
    readings: Mapping[int, Mapping[int, int]]

    @classmethod
    def of(cls, page: Page, candidates: Sequence[Candidate]) -> Words:
        """Read a page and the scored candidates of the rules."""
        kept = [token for token in page.doc if not token.is_space]
        tokens = np.array([token.i for token in kept], dtype=np.int64)
        word_of = np.full(len(page.doc) + 1, -1, dtype=np.int64)
        word_of[tokens] = np.arange(len(kept))
        sentences = np.array([page.sentence_at[token.i][0] for token in kept], dtype=np.int64)
        first = np.diff(sentences, prepend=-1) != 0
        flags = [
            (page.is_speech(t.i), t.text[:1].isupper(), t.text.isupper() and len(t.text) > 1, new)
            for t, new in zip(kept, first, strict=True)
        ]
        scores, readings = _rules(word_of, len(kept), candidates)
        return cls(
            tokens=tokens,
            word_of=word_of,
            pieces=tuple(cut_word(token.text) for token in kept),
            paragraphs=np.array([page.paragraph_at[token.i] for token in kept], dtype=np.int64),
            sentences=sentences,
            tags=[token.tag_ for token in kept],
            dependencies=[token.dep_ for token in kept],
            flags=np.array(flags, dtype=np.float32).reshape(-1, 4),
            scores=scores,
            readings=readings,
        )

    def windows(self, first: int = MAX_PIECES) -> Iterator[Range]:
        """Cut the words into windows of at most `MAX_PIECES` pieces, of `first` the first."""
        breaks = np.diff(self.paragraphs, prepend=self.paragraphs[:1]) != 0
        sizes = np.array([len(pieces) for pieces in self.pieces], dtype=np.int64) + breaks
        total = np.concatenate([[0], np.cumsum(sizes)])
        start, count = 0, len(sizes)
        while start < count:
            room = total[start] + breaks[start] + (MAX_PIECES if start else first) - 2
            end = int(np.searchsorted(total, room, side="right")) - 1
            end = count if end >= count else self._cut(start, end)
            yield start, end
            start = end

    def _cut(self, start: int, end: int) -> int:
        """The last start of a paragraph, else of a sentence, in `(start, end]`, else `end`."""
        for numbers in (self.paragraphs, self.sentences):
            starts = np.flatnonzero(np.diff(numbers[start : end + 1])) + 1
            if len(starts):
                return start + int(starts[-1])
        return end

    def ids(self, window: Range) -> tuple[Numbers, Numbers]:
        """The pieces of a window, and where in them each of its words begins."""
        pieces, first = [START], []
        for word in range(*window):
            if word > window[0] and self.paragraphs[word] != self.paragraphs[word - 1]:
                pieces.append(END)
            first.append(len(pieces))
            pieces += self.pieces[word]
        return np.array([*pieces, END]), np.array(first)

    def reading(self, cue: int, window: Range) -> Numbers:
        """What the rules read the words of a window as, for the cue at word `cue`."""
        found = np.zeros(window[1] - window[0], dtype=np.int64)
        for word, role in self.readings.get(cue, {}).items():
            if window[0] <= word < window[1]:
                found[word - window[0]] = role
        return found

    def nearness(self, cue: int, window: Range) -> Numbers:
        """0 for words of the cue's sentence, 1 for others of its paragraph, else 2."""
        part = slice(*window)
        far = self.paragraphs[part] != self.paragraphs[cue]
        other = self.sentences[part] != self.sentences[cue]
        return np.where(far, 2, other.astype(np.int64))

    def ranges(self, words: Sequence[int]) -> list[Range]:
        """Token ranges of words in order; neighbours are one range."""
        found: list[Range] = []
        for token in self.tokens[list(words)].tolist():
            if found and found[-1][1] == token:
                found[-1] = found[-1][0], token + 1
            else:
                found.append((token, token + 1))
        return found


def _rules(
    word_of: Numbers, count: int, candidates: Sequence[Candidate]
) -> tuple[Numbers, dict[int, dict[int, int]]]:
    """The score of each cue, and what its best candidate reads the words as."""
    scores = np.zeros(count, dtype=np.int64)
    readings: dict[int, dict[int, int]] = {}
    for candidate in candidates:
        cue = int(word_of[candidate.head])
        score = 1 + min(_SCORES - 1, int(candidate.score * _SCORES))
        if cue < 0 or score <= scores[cue]:
            continue
        scores[cue] = score
        readings[cue] = dict(_roles(word_of, candidate))
    return scores, readings


def _roles(word_of: Numbers, candidate: Candidate) -> Iterator[tuple[int, int]]:
    parts: list[tuple[Any, int]] = [(part, CONTENT) for part in candidate.content]
    parts += [(candidate.source, SOURCE), (candidate.cue, CUE)]
    for part, role in parts:
        for token in range(*(part or (0, 0))):
            if word_of[token] >= 0:
                yield int(word_of[token]), role
