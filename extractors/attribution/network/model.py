"""The network itself: which words are cues, and who says what by each of them.

Two graphs in ONNX, run by ONNX Runtime on one thread and one window at a time: the scales of
8-bit inference depend on what is computed together, so a window's answer is its own alone.
`docs/models.md` is its card.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from extractors.attribution.network.words import Floats, Numbers, Words
from extractors.attribution.page import Range


@dataclass(frozen=True, slots=True)
class Window:
    """A window that was read: the probability of each word to be a cue, and its states.

    `as_words` and `as_cues` are the words' states `[words, width]` in either part of a pair.
    """

    part: Range
    cues: Floats
    as_words: Floats
    as_cues: Floats


class Network:
    """The loaded graphs; from `threshold` on a word that the rules know is taken for a cue, from
    `new_threshold` on any other."""

    def __init__(self, folder: str = "extractors.attribution.network") -> None:
        home = files(folder)
        settings = json.loads(home.joinpath("network.json").read_text("utf-8"))
        self.version: str = settings["version"]
        self.threshold: float = settings["threshold"]
        self.new_threshold: float = settings["new_threshold"]
        self.penalty: float = settings["penalty"]
        self._tags = {name: number for number, name in enumerate(settings["tags"], 1)}
        self._dependencies = {name: n for n, name in enumerate(settings["dependencies"], 1)}
        self._reader = _session(home.joinpath("reader.onnx").read_bytes())
        self._pairs = _session(home.joinpath("pairs.onnx").read_bytes())

    def read(self, words: Words, window: Range) -> Window:
        """Read one window of a text."""
        part = slice(*window)
        ids, first = words.ids(window)
        inputs = {
            "ids": ids,
            "first": first,
            "tags": _numbered(words.tags[part], self._tags),
            "dependencies": _numbered(words.dependencies[part], self._dependencies),
            "flags": words.flags[part],
            "scores": words.scores[part],
        }
        cues, as_words, as_cues = self._reader.run(None, inputs)
        return Window(window, cues, as_words, as_cues)

    def labels(self, words: Words, window: Window, cues: list[int]) -> Floats:
        """Return log likelihoods `[cues, words, 3]`: of none, of source and of content."""
        start = window.part[0]
        inputs = {
            "words": window.as_words,
            "cues": window.as_cues[[cue - start for cue in cues]],
            "places": np.array([cue - start for cue in cues], dtype=np.int64),
            "readings": np.stack([words.reading(cue, window.part) for cue in cues]),
            "nearness": np.stack([words.nearness(cue, window.part) for cue in cues]),
        }
        (found,) = self._pairs.run(None, inputs)
        return np.asarray(found, dtype=np.float32)


def _numbered(names: Sequence[str], numbers: dict[str, int]) -> Numbers:
    return np.array([numbers.get(name, 0) for name in names], dtype=np.int64)


def _session(graph: bytes) -> Any:
    """A session on one thread; the runtime is loaded with the first, as few need it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


@cache
def load_network() -> Network:
    """Load the packaged network."""
    return Network()
