"""Dates of TimeML documents, for the scorer of resolved dates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from extractors.parse import load_parser
from extractors.times.timex import find_dates


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{doc, dates: [{span, value}]}` for each document of a `documents.jsonl`."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    docs = load_parser().pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        dates = find_dates(doc, datetime.fromisoformat(row["dct"]))
        yield {
            "doc": row["doc"],
            "dates": [{"span": [date.start, date.end], "value": date.value} for date in dates],
        }
