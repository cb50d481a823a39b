"""Predictions for PolNeAR's attribution relations, in the format of its scorer.

PolNeAR's conventions differ from the claim contract's, and this bridges them: nested attributions
are relations of their own there, sources may be the writer, a colon is a cue. So candidates are
taken as scored, not settled into one record a saying.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.attribution.finder import annotated_attributions
from extractors.attribution.records import Attribution
from extractors.parse import load_parser


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield one line a document of a split folder (`<doc>.txt` beside `<doc>.ann`)."""
    paths = [path.with_suffix(".txt") for path in sorted(corpus.glob("*.ann"))]
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    for path, text, doc in zip(paths, texts, load_parser().pipe(texts), strict=True):
        found = [_relation(item, text) for item in annotated_attributions(doc)]
        yield {"doc": path.stem, "attributions": found}


def _relation(found: Attribution, text: str) -> dict[str, object]:
    cue = found.cue
    if cue is None and found.source is not None and text[found.source[1] :][:1] == ":":
        cue = (found.source[1], found.source[1] + 1)
    return {
        "cue": list(cue) if cue else None,
        "source": [list(found.source)] if found.source else None,
        "content": [[start, end] for start, end, _ in found.content],
    }
