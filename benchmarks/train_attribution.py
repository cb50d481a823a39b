"""Train the attribution scorer on PolNeAR's train part and write its coefficients.

    python -m benchmarks.train_attribution --data DIR [--out extractors/attribution/scorer.json]

DIR is a folder with `polnear/train` (texts with standoff annotations). Only coefficients leave
it: one number a feature. `docs/models.md` is the model's card.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from extractors.attribution.candidates import Candidate
from extractors.attribution.features import features
from extractors.attribution.finder import scored_groups
from extractors.attribution.page import Page
from extractors.parse import load_parser

MIN_COUNT = 8
STRENGTH = 0.3
DEFAULT_OUT = Path(__file__).parent.parent / "extractors" / "attribution" / "scorer.json"
_CUE = re.compile(r"T\d+\tCue ([\d ;]+)\t")


def gold_cues(path: Path) -> list[tuple[int, int]]:
    """The cue spans of a standoff file, as character offsets."""
    spans = []
    for found in _CUE.finditer(path.read_text("utf-8")):
        for piece in found[1].split(";"):
            start, end = piece.split()
            spans.append((int(start), int(end)))
    return spans


def read_split(folder: Path) -> Iterator[tuple[Page, list[tuple[int, int]]]]:
    """Parse every annotated text of a split."""
    annotations = sorted(folder.glob("*.ann"))
    texts = (path.with_suffix(".txt").read_bytes().decode("utf-8") for path in annotations)
    for path, doc in zip(annotations, load_parser().pipe(texts), strict=True):
        yield Page.of(doc), gold_cues(path)


def is_true(page: Page, candidate: Candidate, cues: Sequence[tuple[int, int]]) -> bool:
    """Whether an annotator marked the candidate's cue, or the colon of a cueless one."""
    token = page.doc[candidate.head]
    return any(start < token.idx + len(token) and token.idx < end for start, end in cues)


def examples(
    split: Iterator[tuple[Page, list[tuple[int, int]]]],
) -> Iterator[tuple[list[str], bool, int]]:
    """Features, label and document number of every candidate."""
    for number, (page, cues) in enumerate(split):
        for group in scored_groups(page):
            for candidate in group:
                yield features(page, candidate, group), is_true(page, candidate, cues), number


def best_threshold(labels: np.ndarray[Any, Any], scores: np.ndarray[Any, Any]) -> float:
    """The score that gives the best F1."""

    def f1(threshold: float) -> float:
        kept = scores >= threshold
        return float(2 * (kept & labels).sum() / (kept.sum() + labels.sum()))

    return max((round(0.2 + 0.02 * step, 2) for step in range(31)), key=f1)


def train(rows: list[tuple[list[str], bool, int]]) -> dict[str, Any]:
    """Fit the model; the threshold comes from five folds over documents."""
    counts = Counter(name for names, _, _ in rows for name in names)
    inputs = [{name: 1.0 for name in names if counts[name] >= MIN_COUNT} for names, _, _ in rows]
    labels = np.array([label for _, label, _ in rows])
    groups = np.array([number for _, _, number in rows])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(inputs)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    scores = cross_val_predict(
        model, matrix, labels, groups=groups, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    model.fit(matrix, labels)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {
        "version": "1",
        "threshold": best_threshold(labels, scores),
        "weights": {
            name: round(float(weights[name]), 3)
            for name in sorted(weights)
            if abs(weights[name]) >= 0.005
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/train")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    options = parser.parse_args(arguments)
    model = train(list(examples(read_split(options.data / "polnear" / "train"))))
    options.out.write_text(json.dumps(model, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{len(model['weights'])} weights, threshold {model['threshold']}: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
