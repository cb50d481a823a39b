"""Names found as spaCy's recogniser finds them, all words at once.

spaCy's recogniser decides word by word, and asks of some 75 moves at each whether it is allowed.
But what it decides outside a name depends on that word alone, and within one on the word, the one
before and the name's first: so all words are decided at once, then all names' second words, and so
on. The network, the moves and their order are the pipeline's own; sums may differ in the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

RECOGNISER = "claimwire_entities"
_FEATURES = 3  # the word, the first word of its name, the word before it in the name

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]


def recognise_at_once(nlp: Language) -> None:
    """Put this recogniser in the place of spaCy's, where the pipeline has one of its kind."""
    if "ner" in nlp.pipe_names and _is_known(nlp.get_pipe("ner")):
        nlp.add_pipe(RECOGNISER, after="ner")
        nlp.disable_pipe("ner")


def _is_known(ner: Any) -> bool:
    """Whether it takes the best move at each word, by the network that is computed here."""
    return (
        isinstance(ner, EntityRecognizer)
        and ner.cfg["beam_width"] == 1
        and ner.model.attrs["has_upper"]
        and not ner.model.attrs["unseen_classes"]
        and ner.model.get_ref("lower").get_dim("nF") == _FEATURES
        and ner.model.get_ref("lower").get_dim("nP") == 2
    )


@dataclass(frozen=True, slots=True)
class _Moves:
    """The numbers of the moves: those that begin a name or are one, and by them what goes on
    (`inside`) and what ends it (`last`)."""

    labels: tuple[str, ...]
    begin: Ints
    unit: Ints
    inside: Ints
    last: Ints
    out: int

    @classmethod
    def of(cls, names: list[str]) -> _Moves:
        number = {name: at for at, name in enumerate(names)}
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        begin, inside, last, unit = (
            np.array([number[f"{way}-{label}"] for label in labels]) for way in "BILU"
        )
        return cls(labels, begin, unit, inside, last, number["O"])


@Language.factory(RECOGNISER)
class Recogniser:
    """Sets the names that the pipeline's own recogniser would set."""

    def __init__(self, nlp: Language, name: str) -> None:
        ner: Any = nlp.get_pipe("ner")
        self._ner, model, moves = ner, ner.model, ner.moves
        self._tok2vec, self._lower = model.get_ref("tok2vec"), model.get_ref("lower")
        upper = model.get_ref("upper")
        self._weights, self._bias = upper.get_param("W"), upper.get_param("b")
        self._moves = _Moves.of([moves.get_class_name(at) for at in range(moves.n_moves)])

    def __call__(self, doc: Doc) -> Doc:
        """Set the names of `doc`; one in which some are set already is left to spaCy's own."""
        if not len(doc) or doc.has_annotation("ENT_IOB"):
            return cast(Doc, self._ner(doc))
        table = doc.to_array([IS_SPACE, SENT_START])
        is_space = table[:, 0] == 1
        # No name crosses a sentence's start, nor the end of the text.
        is_final = np.append(table[1:, 1] == 1, True)
        features = self._lower.predict(self._tok2vec.predict([doc]))
        features = features.reshape(len(doc) + 1, _FEATURES, -1)
        moves = self._outside(features, is_space, is_final)
        ends = self._within(features, is_final, moves)
        doc.set_ents(list(self._spans(doc, moves, ends)))
        return doc

    def _hidden(self, summed: Floats) -> Floats:
        summed += self._lower.get_param("b").reshape(-1)
        return np.maximum(summed[:, 0::2], summed[:, 1::2])

    def _outside(self, features: Floats, is_space: Flags, is_final: Flags) -> Ints:
        """The move at each word if no name is open there."""
        scores = self._hidden(features[1:, 0] + (features[0, 1] + features[0, 2])) @ self._weights.T
        scores += self._bias
        allowed = np.zeros(scores.shape, bool)
        allowed[:, self._moves.out] = True
        allowed[:, self._moves.unit] = ~is_space[:, None]
        allowed[:, self._moves.begin] = ~(is_space | is_final)[:, None]
        best: Ints = np.where(allowed, scores, -np.inf).argmax(axis=1)
        return best

    def _within(self, features: Floats, is_final: Flags, moves: Ints) -> dict[int, int]:
        """Where each name ends that begins at a word."""
        ends: dict[int, int] = {}
        label_of = np.full(len(self._bias), -1)
        label_of[self._moves.begin] = np.arange(len(self._moves.labels))
        starts = np.flatnonzero(label_of[moves] >= 0)
        labels, at = label_of[moves[starts]], starts + 1
        while len(starts):
            hidden = self._hidden(features[at + 1, 0] + features[starts + 1, 1] + features[at, 2])
            inside, last = (
                np.einsum("ij,ij->i", hidden, self._weights[move]) + self._bias[move]
                for move in (self._moves.inside[labels], self._moves.last[labels])
            )
            is_last = is_final[at] | (inside < last)
            ends.update(zip(starts[is_last].tolist(), (at[is_last] + 1).tolist(), strict=True))
            starts, labels, at = starts[~is_last], labels[~is_last], at[~is_last] + 1
        return ends

    def _spans(self, doc: Doc, moves: Ints, ends: dict[int, int]) -> Iterator[Span]:
        """The names, one after the other: a move within a name was never made."""
        label_of = {
            int(move): label
            for numbers in (self._moves.begin, self._moves.unit)
            for move, label in zip(numbers, self._moves.labels, strict=True)
        }
        end = 0
        for start in np.flatnonzero(moves != self._moves.out).tolist():
            if start >= end:
                end = ends.get(start, start + 1)
                yield Span(doc, start, end, label=label_of[int(moves[start])])
