"""Words cut into the pieces that the encoder knows: WordPiece, lower case, without accents.

The scheme is BERT's (Devlin et al. 2019, with the uncased vocabulary of MiniLM); a library for it
would bring a client of a model hub along.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

START, END, UNKNOWN = 101, 102, 100
MAX_PIECES = 12
"""Pieces of one word; what is longer is no word."""

_LONGEST = 24
_RUN = re.compile(r"[^\W_]+|\W|_")


@cache
def _vocabulary() -> dict[str, int]:
    words = files("extractors.attribution.network").joinpath("vocabulary.txt").read_text("utf-8")
    return {word: number for number, word in enumerate(words.split("\n"))}


@lru_cache(maxsize=100_000)
def cut_word(word: str) -> tuple[int, ...]:
    """Return the numbers of the pieces of a word, at least one and at most `MAX_PIECES`."""
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    found = [piece for run in _RUN.findall(plain) for piece in _cut_run(run)]
    return tuple(found[:MAX_PIECES]) or (UNKNOWN,)


def _cut_run(run: str) -> list[int]:
    """The longest pieces from the left; unknown where none fits."""
    known, found, start = _vocabulary(), [], 0
    while start < len(run):
        mark = "##" if start else ""
        for end in range(min(len(run), start + _LONGEST), start, -1):
            number = known.get(mark + run[start:end])
            if number is not None:
                break
        else:
            return [UNKNOWN]
        found.append(number)
        start = end
    return found
