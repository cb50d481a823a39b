"""Claims of the annotated articles, for the scorer of claim records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from extractors.claims import ClaimParser
from extractors.records import TextDocument

_UNKNOWN_DATE = "2023-12-19T12:00:00+00:00"


def documents(corpus: Path) -> Iterator[TextDocument]:
    """Yield the texts of a folder: `<slug>.txt` with `<slug>.json`, or one `article.txt`.

    The single article has no metadata of its own; its day of publication is stated in its text.
    """
    single = corpus / "article.txt"
    if single.exists():
        yield _document(single, corpus.resolve().name, {"published_at": _UNKNOWN_DATE})
        return
    for path in sorted(corpus.glob("*.txt")):
        yield _document(path, path.stem, json.loads(path.with_suffix(".json").read_text("utf-8")))


def _document(path: Path, slug: str, meta: dict[str, str]) -> TextDocument:
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    published = datetime.fromisoformat(meta["published_at"].replace("Z", "+00:00"))
    return TextDocument(
        slug, text, published, title=meta.get("title"), url=meta.get("url"),
        outlet=meta.get("outlet"),
    )  # fmt: skip


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield one claim record a claim, each with its `doc`."""
    parser = ClaimParser()
    texts = list(documents(corpus))
    for document, claims in zip(texts, parser.parse_batch(texts), strict=True):
        for claim in claims:
            yield {"doc": document.doc, **claim.to_dict()}
