"""Write a trained network as the two graphs and settings that the package carries.

Matrices and the pieces' embeddings become 8-bit integers of seven bits' range, so that the sums
are exact on processors with and without instructions for them.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from benchmarks.network.model import PAIR, Reader


class ReaderGraph(nn.Module):
    """One window to probabilities of cues and the words' states in either part of a pair."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs as `extractors.attribution.network.model.Network.read` gives them."""
        ids, first, tags, dependencies, flags, scores = (part[None] for part in inputs)
        words = self.reader.words(ids, None, first, tags, dependencies, flags, scores)
        as_word, as_cue = self.reader.as_word(words)[0], self.reader.as_cue(words)[0]
        return torch.sigmoid(self.reader.cues(words))[0], as_word, as_cue


class PairGraph(nn.Module):
    """The states of a window and some cues to log likelihoods of labels."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, words: Tensor, cues: Tensor, places: Tensor, readings: Tensor, nearness: Tensor
    ) -> Tensor:
        """Inputs as `Network.labels` gives them."""
        logits = self.reader.pairs(words[None], cues, places, readings, nearness)
        return F.log_softmax(logits, -1)


def export(reader: Reader, settings: dict[str, Any], folder: Path) -> None:
    """Write `reader.onnx`, `pairs.onnx` and `network.json` below `folder`."""
    reader.eval()
    words, cues = torch.rand(40, PAIR), torch.rand(3, PAIR)
    # Tensors of their own: inputs that are one object would become one input of the graph.
    whole = (torch.full((50,), 1012), torch.arange(40), *_zeros(2, 40), torch.zeros(40, 4),
             *_zeros(1, 40))  # fmt: skip
    pieces, width, pairs = (torch.export.Dim(name) for name in ("pieces", "words", "pairs"))
    shapes = ({0: pieces}, *({0: width},) * 5)
    _graph(
        ReaderGraph(reader), whole, (shapes,), folder / "reader.onnx",
        ["ids", "first", "tags", "dependencies", "flags", "scores"],
        ["probabilities", "as_words", "as_cues"], ["MatMul", "Gather"],
    )  # fmt: skip
    sample = (words, cues, torch.tensor([1, 7, 9]), *_zeros(2, 3, 40))
    both = {0: pairs, 1: width}
    _graph(
        PairGraph(reader), sample, ({0: width}, {0: pairs}, {0: pairs}, both, both),
        folder / "pairs.onnx", ["words", "cues", "places", "readings", "nearness"], ["logs"], [],
    )  # fmt: skip
    text = json.dumps(settings, indent=1, sort_keys=True)
    (folder / "network.json").write_text(text + "\n", "utf-8")


def _zeros(count: int, *shape: int) -> list[Tensor]:
    return [torch.zeros(shape, dtype=torch.long) for _ in range(count)]


def _graph(
    module: nn.Module,
    sample: tuple[Tensor, ...],
    shapes: tuple[Any, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    quantized: list[str],
) -> None:
    """Export one module; the named kinds of operation are stored and run in 8 bits."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        target = plain if quantized else path
        torch.onnx.export(
            module.eval(), sample, target, input_names=inputs, output_names=outputs,
            dynamic_shapes=shapes, dynamo=True, external_data=False, verbose=False,
        )  # fmt: skip
        if quantized:
            quantize_dynamic(
                plain, path, op_types_to_quantize=quantized, weight_type=QuantType.QInt8,
                per_channel=True, reduce_range=True,
            )  # fmt: skip
