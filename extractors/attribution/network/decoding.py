"""From a label's likelihood at each word to whole stretches of source and content."""

from __future__ import annotations

import numpy as np

from extractors.attribution.network.words import Floats, Numbers


def smooth(logs: Floats, penalty: float) -> Numbers:
    """Return the best labels `[pairs, words]` for log likelihoods `[pairs, words, labels]`.

    Each change of label from a word to the next costs `penalty` (Viterbi 1967): so a stray word
    does not cut a stretch.
    """
    pairs, words, labels = logs.shape
    best = logs[:, 0].astype(np.float64)
    back = np.empty((words, pairs, labels), dtype=np.int64)
    own = np.arange(labels)
    for word in range(1, words):
        top = best.argmax(axis=1)
        moved = best[np.arange(pairs), top] - penalty
        stays = best >= moved[:, None]
        back[word] = np.where(stays, own, top[:, None])
        best = np.where(stays, best, moved[:, None]) + logs[:, word]
    path = np.empty((pairs, words), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    for word in range(words - 1, 0, -1):
        path[:, word - 1] = back[word][np.arange(pairs), path[:, word]]
    return path
