"""Articles that report the same event, told by the words they share.

Texts are TF-IDF vectors (logarithmic term frequency, Salton and Buckley 1988) and are grouped by
average linkage on their cosine (nearest-neighbour chain, Murtagh 1983). Average linkage does not
chain: a story does not swallow the next one over a single article that mentions both, as connected
groups do. Memory and time grow with the square of the number of texts: for thousands, not millions.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

LEAST_COSINE = 0.24
"""Average cosine of two groups that are still one story."""

_COMMON_SHARE = 0.5
_WORD = re.compile(r"\w+")


def group_stories(texts: Sequence[str], *, least: float = LEAST_COSINE) -> list[int]:
    """Return for each text the index of the first text of its story."""
    similar = _cosines([Counter(_WORD.findall(text.casefold())) for text in texts])
    sizes = [1] * len(texts)
    parent = list(range(len(texts)))
    alive = set(parent)
    chain: list[int] = []
    while len(alive) > 1:
        chain = chain or [min(alive)]
        nearest = _nearest(chain, alive, similar)
        if len(chain) > 1 and nearest == chain[-2]:
            left, right = sorted((chain.pop(), chain.pop()))
            if similar[left][right] >= least:
                parent[right] = left
            _merge(left, right, alive, sizes, similar)
        else:
            chain.append(nearest)
    return [_root(parent, at) for at in range(len(texts))]


def _nearest(chain: list[int], alive: set[int], similar: list[list[float]]) -> int:
    """Return what is nearest to the chain's end; its predecessor wins ties, so that chains end."""
    row = similar[chain[-1]]
    best, value = (chain[-2], row[chain[-2]]) if len(chain) > 1 else (-1, -1.0)
    for other in alive:
        if other != chain[-1] and row[other] > value:
            best, value = other, row[other]
    return best


def _merge(
    left: int, right: int, alive: set[int], sizes: list[int], similar: list[list[float]]
) -> None:
    """Let `left` stand for both groups, as near to each other group as its members on average."""
    alive.discard(right)
    total = sizes[left] + sizes[right]
    for other in alive:
        if other != left:
            mean = sizes[left] * similar[left][other] + sizes[right] * similar[right][other]
            similar[left][other] = similar[other][left] = mean / total
    sizes[left] = total


def _cosines(counts: Sequence[Counter[str]]) -> list[list[float]]:
    """Return the matrix of cosines of the texts with these word counts."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, weights in enumerate(_weights(counts)):
        for word, weight in weights.items():
            holders[word].append((at, weight))
    similar = [[0.0] * len(counts) for _ in counts]
    for found in holders.values():
        for left, weight in found:
            row = similar[left]
            for right, other in found:
                row[right] += weight * other
    return similar


def _weights(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    spread = Counter(word for count in counts for word in count)
    most = max(2.0, _COMMON_SHARE * len(counts))
    rarity = {
        word: math.log(len(counts) / held) for word, held in spread.items() if 2 <= held <= most
    }
    vectors = []
    for count in counts:
        vector = {
            word: (1 + math.log(times)) * rarity[word]
            for word, times in count.items()
            if word in rarity
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    return vectors


def _root(parent: list[int], member: int) -> int:
    while parent[member] != member:
        member = parent[member]
    return member
