"""Quotations of a parsed text, as token ranges with their marks.

Marks are directed by `extractors.text.normalise`. A quotation left open at the end of its
paragraph runs to that end: that is how a quotation over several paragraphs is set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.parse import Doc, text_of
from extractors.text import Offsets, paragraphs

_OPENING_SINGLE = re.compile(r"(?<![^\s(\[“—–])'(?=[^\s'])(?!(?:em|til|tis|twas|cause|\d\ds)\b)")
_CLOSING_SINGLE = re.compile(r"(?<=[^\s'])'(?![\w'])")
_WORD = re.compile(r"\w+(?:['\-]\w+)*")
# Longer than this without its closing mark, a single mark was an apostrophe.
_MAX_SINGLE = 600
_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "de", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens `[start, end)` from the opening to the closing mark."""

    start: int
    end: int
    is_name: bool = False


def _doubles(text: str, start: int, end: int) -> list[Offsets]:
    """Quotations in double marks within one paragraph."""
    found: list[Offsets] = []
    opened: int | None = None
    for offset in (m.start() for m in re.compile("[“”]").finditer(text, start, end)):
        if text[offset] == "“":
            opened = offset if opened is None else opened
        elif opened is not None:
            found.append((opened, offset + 1))
            opened = None
    return [*found, (opened, end)] if opened is not None else found


def _singles(text: str, start: int, end: int) -> list[Offsets]:
    """Quotations in single marks within a stretch free of double ones."""
    found: list[Offsets] = []
    while opening := _OPENING_SINGLE.search(text, start, end):
        stop = min(end, opening.end() + _MAX_SINGLE)
        closings = list(_CLOSING_SINGLE.finditer(text, opening.end(), stop))
        # "the workers' vote": an apostrophe after s closes only when nothing else does.
        closing = next((m for m in closings if text[m.start() - 1] != "s"), None)
        closing = closing or next(iter(closings), None)
        start = closing.end() if closing else opening.end()
        if closing:
            found.append((opening.start(), closing.end()))
    return found


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the marks stand round a name, a title or a term rather than somebody's words."""
    words = [word for word in _WORD.findall(text[start:end]) if word.lower() not in _SMALL]
    before = text[max(0, start - 10) : start].rstrip()[-1:]
    starts_sentence = not before or before in ".!?:"
    is_capital = bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
    return is_capital and not starts_sentence and text[start : end - 1].rstrip()[-1:] not in ",.!?"


def find_quotes(doc: Doc) -> list[Quote]:
    """Return the quotations of a document in order; they do not overlap."""
    text = text_of(doc)
    quotes: list[Quote] = []
    for start, end in paragraphs(text):
        doubles = _doubles(text, start, end)
        edges = [start, *(edge for pair in doubles for edge in pair), end]
        singles = [
            pair
            for left, right in zip(edges[::2], edges[1::2], strict=True)
            for pair in _singles(text, left, right)
        ]
        for left, right in sorted(doubles + singles):
            span = doc.char_span(left, right, alignment_mode="expand")
            if span is not None and (not quotes or span.start >= quotes[-1].end):
                quotes.append(Quote(span.start, span.end, _is_name(text, left, right)))
    return quotes
