"""The vectors of words without their context, computed once for each kind of word.

A network of spaCy's begins with a vector that depends on a few attributes of a word alone: a third
of its work, and the same again for each "the". They are computed in blocks of one size, so that a
word's vector is the same to the last bit whichever words were met before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

_BLOCK = 64
_MOST = 50_000
"""Vectors kept at most, 384 bytes each; then all are computed anew."""

Floats = NDArray[np.float32]


def remember_vectors(nlp: Language) -> None:
    """Let the networks of the pipeline remember the vectors of words."""
    for name in ("tok2vec", "ner"):
        if name in nlp.pipe_names:
            pipe: Any = nlp.get_pipe(name)
            for node in list(pipe.model.walk()):
                if node.has_ref("embed") and _is_by_word(node.get_ref("embed")):
                    embed = node.get_ref("embed")
                    node.replace_node(embed, _remembering(embed))


def _is_by_word(embed: Model[Any, Any]) -> bool:
    """Whether the vectors are made of attributes of a word alone."""
    return embed.layers[0].name == "extract_features"


def _remembering(embed: Model[Any, Any]) -> Model[Any, Any]:
    """A layer that gives what `embed` does."""
    vectors = _Vectors(embed.layers[0].attrs["columns"], chain(*embed.layers[1:]))
    return Model("remembered_embed", lambda model, docs, is_train: (vectors(docs), _no_training))


def _no_training(_: Any) -> Callable[[Any], Any]:
    raise NotImplementedError("a remembering network does not learn")


class _Vectors:
    """The vectors of the words met, by their attributes."""

    def __init__(self, columns: list[Any], network: Model[Any, Any]) -> None:
        self._columns, self._network = columns, network
        self._rows: dict[bytes, int] = {}
        [sample] = network.predict([np.zeros((_BLOCK, len(columns)), np.uint64)])
        self._table: Floats = np.empty((_MOST, sample.shape[1]), np.float32)

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """The vectors of the words of each document, one a row."""
        return [self._of(doc) for doc in docs]

    def _of(self, doc: Doc) -> Floats:
        features: Any = np.ascontiguousarray(doc.to_array(self._columns), dtype=np.uint64)
        width = features.itemsize * len(self._columns)
        keys: list[bytes] = features.view(np.dtype((np.void, width))).ravel().tolist()
        new = {key: at for at, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) > _MOST:
            self._rows.clear()
            new = {key: at for at, key in enumerate(keys)}
        if len(new) > _MOST:
            return self._computed(features)
        first = len(self._rows)
        self._table[first : first + len(new)] = self._computed(features[list(new.values())])
        self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return self._table[[self._rows[key] for key in keys]]

    def _computed(self, features: Any) -> Floats:
        """The vectors of words with these attributes, computed in blocks of one size."""
        count = -len(features) % _BLOCK
        padded = np.concatenate([features, np.zeros((count, features.shape[1]), np.uint64)])
        blocks = [padded[at : at + _BLOCK] for at in range(0, len(padded), _BLOCK)]
        vectors = [self._network.predict([block])[0] for block in blocks]
        return np.concatenate([*vectors, self._table[:0]])[: len(features)]
