"""Near duplicates: wire stories, copies, shortened copies.

Texts are sets of word 5-grams; a copy's are contained in its original's, however much the original
is longer, so containment (Broder, "On the resemblance and containment of documents", 1997) finds
shortened copies that Jaccard similarity misses.
"""

from __future__ import annotations

import hashlib
import re

SHINGLE = 5
"""Words in a shingle."""

KEYS = 12
"""Integers that stand for a text in a search for its copies."""

_WORD = re.compile(r"\w+")
_MASK = (1 << 63) - 1


def shingles(text: str) -> frozenset[int]:
    """Return the 63-bit hashes of the word 5-grams of `text`, case folded."""
    words = [word.encode() for word in _WORD.findall(text.casefold())]
    runs = (b" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return frozenset(_hash(run) for run in runs)


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the share of the smaller set's shingles that the other has too; 0 if one is empty."""
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def copy_keys(text: str) -> tuple[int, ...]:
    """Return a few integers, of which a text and its copies share at least one.

    They are the smallest shingle hashes (a bottom-k sketch): of two texts of which one contains
    most of the other they differ only where the longer one has words of its own.
    """
    return tuple(sorted(shingles(text))[:KEYS])


def _hash(run: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(run, digest_size=8).digest(), "big") & _MASK
