"""The vectors of words without their context, computed once for each kind of word of a text.

A network of spaCy's begins with a vector that depends on a few attributes of a word alone: a third
of its work, and the same again for each "the". They are not kept from text to text: a product of
matrices differs in its last bit with the place of a row in it, and a reading must depend on its
text alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

Floats = NDArray[np.float32]


def embed_words_once(nlp: Language) -> None:
    """Let the networks of the pipeline compute the vectors of equal words together."""
    for name in ("tok2vec", "ner"):
        pipe: Any = nlp.get_pipe(name) if name in nlp.pipe_names else None
        for node in list(pipe.model.walk()) if pipe is not None else ():
            if node.has_ref("embed") and _is_by_word(node.get_ref("embed")):
                embed = node.get_ref("embed")
                node.replace_node(embed, _once(embed))


def _is_by_word(embed: Model[Any, Any]) -> bool:
    """Whether the vectors are made of attributes of a word alone."""
    return embed.layers[0].name == "extract_features"


def _once(embed: Model[Any, Any]) -> Model[Any, Any]:
    """A layer that gives what `embed` does."""
    columns = embed.layers[0].attrs["columns"]
    network: Model[Any, Any] = chain(*embed.layers[1:])

    def forward(
        model: Model[Any, Any], docs: list[Doc], is_train: bool
    ) -> tuple[list[Floats], Callable[[Any], Any]]:
        return [_vectors(doc, columns, network) for doc in docs], _no_training

    return Model("embed_words_once", forward)


def _no_training(_: Any) -> Any:
    raise NotImplementedError("this network reads, and does not learn")


def _vectors(doc: Doc, columns: list[Any], network: Model[Any, Any]) -> Floats:
    """The vectors of the words of `doc`, one a row."""
    features: Any = np.ascontiguousarray(doc.to_array(columns), dtype=np.uint64)
    kind = np.dtype((np.void, features.itemsize * len(columns)))
    words: list[bytes] = features.view(kind).ravel().tolist()
    rows: dict[bytes, int] = {}
    at = [rows.setdefault(word, len(rows)) for word in words]
    distinct = np.frombuffer(b"".join(rows), np.uint64).reshape(len(rows), len(columns))
    vectors: Floats = network.predict([distinct])[0][at]
    return vectors
