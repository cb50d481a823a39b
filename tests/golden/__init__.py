"""Articles written for these tests, annotated in full: people, firms and events are invented."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from extractors.records import TextDocument

FOLDER = Path(__file__).parent


def documents() -> list[TextDocument]:
    """Return the articles, texts as stored."""
    listed = json.loads((FOLDER / "articles.json").read_text("utf-8"))
    return [_document(slug, meta) for slug, meta in listed.items()]


def _document(slug: str, meta: dict[str, str]) -> TextDocument:
    text = (FOLDER / f"{slug}.txt").read_bytes().decode("utf-8")
    published = datetime.fromisoformat(meta["published_at"])
    return TextDocument(slug, text, published, outlet=meta["outlet"])
