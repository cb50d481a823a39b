"""spaCy's tokenizer, which also splits the full stop off a figure with its unit.

It is set up once: spaCy's own is filled from the language's defaults, then from the model's file,
and every change of its suffixes has it read its 1,300 special cases again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_suffix_regex, registry

UNIT_TOKENIZER = "claimwire.UnitTokenizer.v1"

# Without these the full stop sticks to the unit: "fell to €5.2bn. The group ...".
_UNIT_STOPS = [rf"(?<=[0-9]{unit})\." for unit in ("m", "k", "bn", "tn", "am", "pm")]
# "m." and the like are special cases of their own, as the numbers of lists.
_LIST_LETTER = re.compile(r"[gkmt]\.")


class UnitTokenizer(Tokenizer):  # type: ignore[misc]  # compiled, without types
    """A tokenizer to be filled from a model's file; its suffixes are those of the language."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp.vocab)
        self._suffixes = [*(nlp.Defaults.suffixes or ()), *_UNIT_STOPS]

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """Read what `Tokenizer.to_bytes` wrote; the special cases last, and once."""
        super().from_bytes(bytes_data, exclude=[*exclude, "suffix_search", "exceptions"])
        self.suffix_search = compile_suffix_regex(self._suffixes).search
        stored: dict[str, Any] = srsly.msgpack_loads(bytes_data)
        self.rules = {
            word: rule
            for word, rule in stored["exceptions"].items()
            if not _LIST_LETTER.fullmatch(word)
        }
        return self

    def _validate_special_case(self, chunk: str, substrings: Any) -> None:
        """Nothing: spaCy's check takes a quarter of the time, and its own file needs none."""


def _make_tokenizer() -> Callable[[Language], Tokenizer]:
    return UnitTokenizer


registry.tokenizers.register(UNIT_TOKENIZER, func=_make_tokenizer)
