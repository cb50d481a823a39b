"""Groups of copies beside those of MinHash and of TF-IDF, each at its best threshold.

    pip install datasketch==2.0.0
    python -m benchmarks.copy_peers --data DIR --eval DIR [--json]

DIR of `--data` holds `ecbplus`, of `--eval` the scorers. MinHash is datasketch's (128 permutations,
words in fives; left out where it is not installed), TF-IDF scikit-learn's (words and pairs of them,
cosine). Documents at or above a threshold are joined; shown is the threshold with the best pairwise
F1, which nobody knows beforehand, and that with the best among those of precision .97 and more.
`other_events` counts pairs of documents in one group that are of different events.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.judging import judge, say
from benchmarks.tasks import PREDICTIONS, Task
from extractors.copies import group_copies

Similarity = NDArray[np.float64]

PRECISION = 0.97
PERMUTATIONS = 128
WORDS = 5
_THRESHOLDS = [round(0.1 + 0.02 * step, 2) for step in range(45)]


class Corpus:
    """ECB+ as documents, with the scorer of their groups."""

    def __init__(self, folder: Path, scorers: Path) -> None:
        with (folder / "documents.jsonl").open(encoding="utf-8", newline="") as lines:
            records = [json.loads(line) for line in lines]
        self.names: list[str] = [record["doc"] for record in records]
        self.texts: list[str] = [record["text"] for record in records]
        self._stories: list[str] = [record["story"] for record in records]
        self._scorers = scorers
        command = ("clusters.py", str(folder), PREDICTIONS, "--gold", "near-dup")
        self._task = Task("clusters/near-dup", "", folder, command)

    def score(self, groups: list[int]) -> dict[str, Any]:
        """Return what the scorer says of each document's group, and the pairs of other events."""
        lines = ({"doc": n, "cluster": g} for n, g in zip(self.names, groups, strict=True))
        pairs = judge(self._task, lines, self._scorers)["pairwise"]
        members = defaultdict(list)
        for group, story in zip(groups, self._stories, strict=True):
            members[group].append(story)
        other = sum(a != b for listed in members.values() for a, b in combinations(listed, 2))
        return {**{key: pairs[key] for key in ("p", "r", "f1")}, "other_events": other}


def joined(similarity: Similarity, threshold: float) -> list[int]:
    """Return for each row the least row that it is joined to, through others or not."""
    groups = list(range(len(similarity)))
    for left, right in np.argwhere(np.triu(similarity >= threshold, 1)).tolist():
        old, new = sorted((groups[left], groups[right]), reverse=True)
        groups = [new if group == old else group for group in groups]
    return groups


def tfidf_similarity(texts: list[str]) -> Similarity:
    """Return the cosines of texts."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
    return np.asarray((vectors @ vectors.T).todense(), dtype=np.float64)


def minhash_similarity(texts: list[str]) -> Similarity:
    """Return the estimated Jaccard similarities of texts; raises ImportError without datasketch."""
    from datasketch import MinHash

    signatures = []
    for text in texts:
        words = text.lower().split()
        made = MinHash(num_perm=PERMUTATIONS)
        for start in range(max(1, len(words) - WORDS + 1)):
            made.update(" ".join(words[start : start + WORDS]).encode())
        signatures.append(made.hashvalues)
    table = np.stack(signatures)
    return np.stack([(table == row).mean(axis=1) for row in table])


def rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Yield the figures of ours, and of both thresholds of each of the others."""
    yield {"method": "claimwire", "threshold": None, **corpus.score(group_copies(corpus.texts))}
    for name, measure in (("MinHash", minhash_similarity), ("TF-IDF", tfidf_similarity)):
        try:
            similarity = measure(corpus.texts)
        except ImportError:
            say(f"{name}: datasketch is not installed, left out")
            continue
        scored = [
            {"method": name, "threshold": at, **corpus.score(joined(similarity, at))}
            for at in _THRESHOLDS
        ]
        yield max(scored, key=lambda row: row["f1"])
        precise = [row for row in scored if row["p"] >= PRECISION]
        if precise:
            yield max(precise, key=lambda row: row["f1"])


def main() -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--eval", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = list(rows(Corpus(options.data / "ecbplus", options.eval)))
    if options.json:
        print(json.dumps(found))
        return 0
    print(f"{'method':12}{'threshold':>10}{'p':>8}{'r':>8}{'f1':>8}{'other events':>14}")
    for row in found:
        at = "" if row["threshold"] is None else f"{row['threshold']:.2f}"
        figures = "".join(f"{row[key]:8.3f}" for key in ("p", "r", "f1"))
        print(f"{row['method']:12}{at:>10}{figures}{row['other_events']:14}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
