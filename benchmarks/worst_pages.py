"""The pages of a set whose text comes out worst, and what is wrong with it."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import Extraction

_SHINGLE = 4
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class WorstPage:
    """A page, its figure, and the lines that the text has too much and too little.

    `figure` is the F1 of the text where the whole text is known (1 is best), else the share of
    labelled segments that are wrong (0 is best).
    """

    name: str
    figure: float
    extra: tuple[str, ...]
    lost: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.name}  {self.figure:.3f}"]
        for sign, parts in (("+", self.extra), ("-", self.lost)):
            lines += [f"  {sign} {_short(part)}" for part in parts[:6]]
            if len(parts) > 6:
                lines.append(f"  {sign} ... {len(parts) - 6} more")
        return "\n".join(lines)


def worst_pages(corpus: Path, predictions: Mapping[str, Extraction], count: int) -> list[WorstPage]:
    """Return the `count` pages of a set that are worst by text, the worst first.

    A set that labels neither texts (fundus) nor segments (trafilatura's evaluation) has none.
    """
    texts = {name: found.text for name, found in predictions.items()}
    if (corpus / "index.csv").exists():
        pages = [_by_text(name, gold, texts.get(name, "")) for name, gold in _gold_texts(corpus)]
        return sorted(pages, key=lambda page: (page.figure, page.name))[:count]
    if (corpus / "evaldata.json").exists():
        rows = json.loads((corpus / "evaldata.json").read_text("utf-8")).values()
        pages = [_by_segments(row, texts.get(row["file"], "")) for row in rows]
        return sorted(pages, key=lambda page: (-page.figure, page.name))[:count]
    return []


def gold_records(corpus: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name of each page of a set like fundus, and what is known of it."""
    with (corpus / "index.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name = row["html"].removeprefix("pages/").removesuffix(".html.gz")
            yield name, json.loads((corpus / row["json"]).read_text("utf-8"))


def _gold_texts(corpus: Path) -> Iterator[tuple[str, list[str]]]:
    for name, record in gold_records(corpus):
        body = record.get("body") or {}
        lines = list(body.get("summary") or [])
        for section in body.get("sections") or []:
            lines += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
        yield name, lines


def _by_text(name: str, gold: Sequence[str], text: str) -> WorstPage:
    known, found = _shingles("\n".join(gold)), _shingles(text)
    total = known.total() + found.total()
    figure = 2 * (known & found).total() / total if total else 1.0
    return WorstPage(name, figure, _strange(text.splitlines(), known), _strange(gold, found))


def _strange(lines: Sequence[str], known: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the lines most of whose words are not in the other text."""
    strange = []
    for line in lines:
        parts = _shingles(line)
        if (parts & known).total() * 2 < parts.total():
            strange.append(line)
    return tuple(strange)


def _by_segments(row: Mapping[str, Any], text: str) -> WorstPage:
    squeezed = _squeeze(text)
    extra = tuple(part for part in row["without"] if _squeeze(part) in squeezed)
    lost = tuple(part for part in row["with"] if _squeeze(part) not in squeezed)
    count = len(row["with"]) + len(row["without"])
    return WorstPage(row["file"], (len(extra) + len(lost)) / count, extra, lost)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    starts = range(max(1, len(words) - _SHINGLE + 1) if words else 0)
    return Counter(tuple(words[start : start + _SHINGLE]) for start in starts)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _short(line: str) -> str:
    line = _squeeze(line)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
