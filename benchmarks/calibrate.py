"""Fit the weights that turn an attribution's score into a claim's confidence.

    python -m benchmarks.calibrate --gold DIR [DIR ...] [--out extractors/lexicons/confidence.toml]

A DIR holds annotated articles as `tests/golden/holdout` does. A claim counts as right when a gold
claim has its claimant's name and, by Dice's coefficient over characters, 0.8 of its content.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.adapters.gold import documents
from extractors.claims import ClaimParser
from extractors.confidence import Weights, log_odds
from extractors.gazetteer import plain
from extractors.records import Claim, Method

LEAST_DICE = 0.8
PULL = 1.0
STEPS = 50
METHODS: tuple[Method, ...] = ("name", "nominal", "pronoun", "outlet", "none")
DEFAULT_OUT = Path(__file__).parent.parent / "extractors" / "lexicons" / "confidence.toml"
Row = tuple[str, frozenset[int]]


def characters(spans: Sequence[dict[str, int]]) -> frozenset[int]:
    """The offsets that the spans cover."""
    return frozenset(i for span in spans for i in range(span["start"], span["end"]))


def gold_rows(path: Path) -> list[Row]:
    """The claimants' names and the contents of one article's annotation."""
    claims = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(plain(c["claimant"]["name"] or ""), characters(c["content"])) for c in claims]


def is_right(claim: Claim, gold: Sequence[Row]) -> bool:
    """Whether an annotator found the same."""
    name = plain(claim.claimant.name or "")
    said = frozenset(i for span in claim.content for i in range(span.start, span.end))
    return any(
        name == other and 2 * len(said & content) >= LEAST_DICE * (len(said) + len(content))
        for other, content in gold
    )


def examples(folder: Path) -> Iterator[tuple[list[float], bool]]:
    """One row a claim: the score's log odds and the claimant's method; whether it is right."""
    parser = ClaimParser(weights=Weights(0.0, 1.0, {}))
    texts = list(documents(folder))
    for text, claims in zip(texts, parser.parse_batch(texts), strict=True):
        gold = gold_rows(folder / f"{text.doc}.claims.jsonl")
        for claim in claims:
            methods = [float(claim.claimant.method == method) for method in METHODS]
            yield [1.0, log_odds(claim.confidence), *methods], is_right(claim, gold)


def fit(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> list[float]:
    """Logistic regression by Newton's method; all but the intercept are pulled to nought."""
    table, target = np.array(rows), np.array(right, dtype=float)
    weights = np.zeros(table.shape[1])
    pull = np.full(table.shape[1], PULL)
    pull[0] = 0.0
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (target - expected) - pull * weights
        spread = (table * (expected * (1 - expected))[:, None]).T @ table + np.diag(pull)
        weights = weights + np.linalg.solve(spread, slope)
    return [round(float(weight), 3) for weight in weights]


def main() -> None:
    """Fit and write."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--gold", type=Path, nargs="+", required=True)
    reader.add_argument("--out", type=Path, default=DEFAULT_OUT)
    chosen = reader.parse_args()
    found = [example for folder in chosen.gold for example in examples(folder)]
    rows, right = zip(*found, strict=True)
    intercept, slope, *shifts = fit(rows, right)
    lines = [
        "# Weights of extractors/confidence.py, as fitted by benchmarks/calibrate.py.",
        f"intercept = {intercept}\nslope = {slope}\n\n[methods]",
        *(f"{method} = {shift}" for method, shift in zip(METHODS, shifts, strict=True)),
    ]
    chosen.out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(right)} claims, {sum(right)} right")


if __name__ == "__main__":
    main()
