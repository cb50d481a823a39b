"""Groups of near duplicates and of articles of one story, in the scorer's format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from extractors.copies import group_copies
from extractors.stories import group_stories


def predict_near_dup(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{"doc", "cluster"}` for each document of ECB+ at `corpus`: its group of copies."""
    names, texts = _documents(corpus)
    return _predictions(names, group_copies(texts))


def predict_story(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{"doc", "cluster"}` for each document of ECB+ at `corpus`: its story."""
    names, texts = _documents(corpus)
    return _predictions(names, group_stories(texts))


def _predictions(names: list[str], groups: list[int]) -> Iterator[dict[str, object]]:
    for name, group in zip(names, groups, strict=True):
        yield {"doc": name, "cluster": names[group]}


def _documents(corpus: Path) -> tuple[list[str], list[str]]:
    with (corpus / "documents.jsonl").open(encoding="utf-8", newline="") as lines:
        records = [json.loads(line) for line in lines]
    return [record["doc"] for record in records], [record["text"] for record in records]
