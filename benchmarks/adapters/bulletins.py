"""Figures of official casualty bulletins: dead and wounded, of the period and in all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from extractors.parse import load_parser
from extractors.quantities import FigureReader
from extractors.records import Quantity

_TOTAL = re.compile(
    r"\b(?:since|updated|total|overall|cumulative|rises?\s+to|risen\s+to|exceeds?)\b", re.IGNORECASE
)
_PERIOD = re.compile(r"\b(?:reporting|same)\s+period\b", re.IGNORECASE)
_HEADLINE = 160  # A line that names no period gives the running total.
_NAMES = {"killed": "killed", "wounded": "injured"}


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{doc, killed, killed_cum, injured, injured_cum}` for a `bulletins.jsonl`."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    docs = load_parser().pipe(row["text_en"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        yield {"doc": row["doc"], **read_bulletin(doc)}


def read_bulletin(doc: Doc) -> dict[str, float]:
    """Return the first figure of each kind; sentences that name the period come first."""
    figures = [one for one in FigureReader(doc).read(0, len(doc.text)) if one.measure in _NAMES]
    figures.sort(key=lambda one: (_PERIOD.search(_sentence(doc, one)) is None, one.start))
    found: dict[str, float] = {}
    for one in figures:
        value = one.low if one.value is None else one.value
        is_total = len(doc.text) < _HEADLINE or _TOTAL.search(_sentence(doc, one))
        suffix = "_cum" if is_total else ""
        if value is not None:
            found.setdefault(_NAMES[one.measure] + suffix, value)
    return found


def _sentence(doc: Doc, figure: Quantity) -> str:
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    return span.sent.text if span is not None else ""
