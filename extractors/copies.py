"""Near duplicates: wire stories, copies, shortened copies.

Texts are compared as sets of word 5-grams. A copy's are contained in its original's however much
the original is longer, so containment (Broder, "On the resemblance and containment of documents",
1997) finds the shortened copies that Jaccard similarity misses.

Two ways to find them: `group_copies` compares the texts it is given; `copy_keys` gives each text a
few integers of which copies share one, so that a database finds them among millions with a join.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

SHINGLE = 5
"""Words in a shingle."""

LEAST_CONTAINMENT = 0.5
"""Of a copy's shingles, the share that its original has too."""

BANDS = 12
ROWS = 3
LEAD_WORDS = 100
"""Copies are shortened from their end: the beginnings of texts are compared on their own."""

_COMMON = 200
"""A shingle that so many texts share is a phrase of their genre and proposes no pairs."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Return the 63-bit hashes of the word 5-grams of `text`, case folded."""
    return _shingles(_WORD.findall(text.casefold()))


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the share of the smaller set's shingles that the other has too; 0 if one is empty."""
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def group_copies(texts: Sequence[str], *, least: float = LEAST_CONTAINMENT) -> list[int]:
    """Return for each text the index of the first text of its group of copies."""
    sets = [shingles(text) for text in texts]
    pairs = ((a, b) for a, b in _candidates(sets) if containment(sets[a], sets[b]) >= least)
    return _first_of_group(len(texts), pairs)


def copy_keys(text: str) -> tuple[int, ...]:
    """Return up to 24 positive 63-bit integers; texts that share one are copies of each other.

    They are bands of MinHash signatures in one permutation (Li, Owen and Zhang, "One permutation
    hashing", 2012) of the whole text and of its first 100 words: 12 bands of 3 rows each, so that
    texts of resemblance .8 share a band with a probability of .9998, of .5 with .8, of .2 with .09.
    """
    words = _WORD.findall(text.casefold())
    parts = (("whole", words), ("lead", words[:LEAD_WORDS]))
    keys = {key for name, part in parts for key in _bands(name, _shingles(part))}
    return tuple(sorted(keys))


def _shingles(words: Sequence[str]) -> frozenset[int]:
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return frozenset(_hash(run) for run in runs)


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _bands(name: str, found: frozenset[int]) -> Iterable[int]:
    """Give the hashes of the signature's bands; a band that misses a row is left out."""
    bins = BANDS * ROWS
    smallest: dict[int, int] = {}
    for value in found:
        rank, at = divmod(value, bins)
        smallest[at] = min(rank, smallest.get(at, rank))
    for band in range(BANDS):
        rows = [smallest.get(band * ROWS + row) for row in range(ROWS)]
        if None not in rows:
            yield _hash(f"{name} {band} {rows}")


def _candidates(sets: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Return the pairs that share a shingle."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, found in enumerate(sets):
        for value in found:
            holders[value].append(at)
    shared = Counter(
        pair
        for found in holders.values()
        if len(found) <= _COMMON
        for pair in combinations(found, 2)
    )
    return sorted(shared)


def _first_of_group(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the smallest index of the connected group of each of `size` members."""
    parent = list(range(size))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    return [root(member) for member in range(size)]
