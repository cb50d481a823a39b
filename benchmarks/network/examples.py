"""Annotated texts as the network learns from them: batches of windows and their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from extractors.attribution.finder import scored_groups
from extractors.attribution.network.words import CONTENT, SOURCE, Words
from extractors.attribution.page import Page, Range
from extractors.parse import load_parser

RULELESS = 0.15
"""Share of the pairs that are learned without the rules' reading, so that it is not all."""

SCORELESS = 0.1
"""Share of the cues that are learned without the rules' score."""

_SPAN = re.compile(r"(T\d+)\t\w+ ([\d ;]+)\t")
_PART = re.compile(r"(Cue|Source|Content)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """An annotated attribution: the word that stands for its cue, and words by role."""

    cue: int
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated text."""

    words: Words
    relations: tuple[Relation, ...]


def read_texts(folder: Path) -> Iterator[Text]:
    """Parse every text of a split of PolNeAR, with the rules' reading of it."""
    paths = sorted(folder.glob("*.ann"))
    texts = (path.with_suffix(".txt").read_bytes().decode("utf-8") for path in paths)
    for path, doc in zip(paths, load_parser().pipe(texts), strict=True):
        page = Page.of(doc)
        candidates = [candidate for group in scored_groups(page) for candidate in group]
        words = Words.of(page, candidates)
        found = (_relation(page, words, row) for row in standoff(path.read_text("utf-8")))
        yield Text(words, tuple(relation for relation in found if relation is not None))


def standoff(text: str) -> Iterator[dict[str, list[tuple[int, int]]]]:
    """Yield the relations of a standoff file: character spans by role, in lower case."""
    spans = {name: _offsets(given) for name, given in _SPAN.findall(text)}
    for line in text.split("\n"):
        if line.startswith("E"):
            row: dict[str, list[tuple[int, int]]] = {"cue": [], "source": [], "content": []}
            for role, name in _PART.findall(line):
                row[role.lower()] += spans.get(name, [])
            yield row


def _offsets(given: str) -> list[tuple[int, int]]:
    pairs = (piece.split() for piece in given.split(";"))
    return [(int(start), int(end)) for start, end in pairs]


def _relation(page: Page, words: Words, row: dict[str, list[tuple[int, int]]]) -> Relation | None:
    cue, source, content = (_words(page, words, row[role]) for role in ("cue", "source", "content"))
    return Relation(_head(page, words, cue), source, content) if cue else None


def _words(page: Page, words: Words, spans: list[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(
        number
        for number, token in enumerate(page.doc[i] for i in words.tokens.tolist())
        if any(token.idx < end and start < token.idx + len(token) for start, end in spans)
    )


def _head(page: Page, words: Words, cue: Sequence[int]) -> int:
    """The word of a cue that the rules take, else the one that the others hang on."""
    known = [word for word in cue if words.scores[word]]
    if known:
        return known[0]
    tokens = {int(words.tokens[word]) for word in cue}
    roots = [w for w in cue if page.doc[int(words.tokens[w])].head.i not in tokens - {
        int(words.tokens[w])
    }]  # fmt: skip
    head = roots[-1] if roots else cue[-1]
    if words.tags[head] in {"TO", "IN", "DT"} and len(cue) > 1:
        return next((w for w in reversed(cue) if words.tags[w][0] in "VNJ"), head)
    return head


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows and their pairs; `window` is the number of each pair's window."""

    ids: Tensor
    valid: Tensor
    first: Tensor
    tags: Tensor
    dependencies: Tensor
    flags: Tensor
    scores: Tensor
    words: Tensor
    cues: Tensor
    window: Tensor
    places: Tensor
    readings: Tensor
    nearness: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True)
class Batcher:
    """Makes batches; `tags` and `dependencies` are numbered from 1, 0 is unknown."""

    tags: dict[str, int]
    dependencies: dict[str, int]

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Batcher:
        """Number the parser's tags and dependencies that occur."""
        tags = {tag for text in texts for tag in text.words.tags}
        names = {name for text in texts for name in text.words.dependencies}
        return cls(*({n: i for i, n in enumerate(sorted(found), 1)} for found in (tags, names)))

    def batch(self, parts: Sequence[tuple[Text, Range]], random: Random | None) -> Batch:
        """Put windows together, leaving out by chance some of what the rules say."""
        pieces = [text.words.ids(part) for text, part in parts]
        pairs = [
            (number, relation)
            for number, (text, part) in enumerate(parts)
            for relation in text.relations
            if part[0] <= relation.cue < part[1]
        ]
        cues = [torch.zeros(end - start) for _, (start, end) in parts]
        for number, relation in pairs:
            cues[number][relation.cue - parts[number][1][0]] = 1
        scores = [torch.from_numpy(text.words.scores[slice(*part)]) for text, part in parts]
        if random is not None:
            scores = [torch.where(torch.rand(len(s)) < SCORELESS, 0, s) for s in scores]
        given = [torch.from_numpy(first) for _, first in pieces]
        count = max(len(first) for first in given)
        return Batch(
            ids=_pad([torch.from_numpy(ids) for ids, _ in pieces]),
            valid=_pad([torch.ones(len(ids), dtype=torch.bool) for ids, _ in pieces]),
            first=_pad(given),
            tags=_pad([self._numbers(t.words.tags, part, self.tags) for t, part in parts]),
            dependencies=_pad(
                [self._numbers(t.words.dependencies, p, self.dependencies) for t, p in parts]
            ),
            flags=_pad([torch.from_numpy(t.words.flags[slice(*part)]) for t, part in parts]),
            scores=_pad(scores),
            words=_pad([torch.ones(len(first)) for first in given]),
            cues=_pad(cues),
            window=torch.tensor([number for number, _ in pairs], dtype=torch.long),
            places=torch.tensor([r.cue - parts[n][1][0] for n, r in pairs], dtype=torch.long),
            readings=_pad([_reading(*parts[n], r, random) for n, r in pairs], count),
            nearness=_pad([_nearness(*parts[n], r) for n, r in pairs], count),
            labels=_pad([_labels(parts[n][1], r) for n, r in pairs], count),
        )

    def _numbers(self, names: Sequence[str], part: Range, numbers: dict[str, int]) -> Tensor:
        return torch.tensor([numbers.get(name, 0) for name in names[slice(*part)]])


def _reading(text: Text, part: Range, relation: Relation, random: Random | None) -> Tensor:
    if random is not None and random.random() < RULELESS:
        return torch.zeros(part[1] - part[0], dtype=torch.long)
    return torch.from_numpy(text.words.reading(relation.cue, part))


def _nearness(text: Text, part: Range, relation: Relation) -> Tensor:
    return torch.from_numpy(text.words.nearness(relation.cue, part))


def _labels(part: Range, relation: Relation) -> Tensor:
    """The role of each word of a window; what is source and content both is source."""
    labels = torch.zeros(part[1] - part[0], dtype=torch.long)
    for role, words in ((CONTENT, relation.content), (SOURCE, relation.source)):
        for word in words:
            if part[0] <= word < part[1]:
                labels[word - part[0]] = role
    return labels


def _pad(rows: Sequence[Tensor], length: int = 0) -> Tensor:
    """Stack rows of different length, filled with zeros; `[0, length]` where there is none."""
    if not rows:
        return torch.zeros(0, length, dtype=torch.long)
    padded = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    missing = length - padded.shape[1]
    return torch.nn.functional.pad(padded, (0, missing)) if missing > 0 else padded
