"""Figures without a number: none at all, a single one, and vague losses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.parse import Token
from extractors.quantities.counted import Thing, noun_phrase
from extractors.quantities.numbers import lexicon
from extractors.quantities.page import Page

_VAGUE = lexicon("measures")["vague"]
_ZERO = re.compile(
    r"(?<![\w-])(?:no(?!\s+one(?!\w))|none\s+of|zero)(?!\w)"
    r"(?:\s+(?:the|its|their|his|her|our|own|\d+))*\s+",
    re.I,
)
_NOBODY = re.compile(r"(?<!\w)(?:nobody|no\s+one|no-one)(?!\w)", re.I)
_LOSSES = re.compile(
    rf"(?<!\w)(?:{'|'.join(_VAGUE['sizes'])})\s+(?P<what>{'|'.join(_VAGUE['losses'])})(?!\w)", re.I
)
_AMOUNT = re.compile(
    r"(?<!\w)an?\s+(?:\w+\s+)?amount\s+of\s+(?:the|its|their|his|her|our)?\s*"
    r"(?P<what>[A-Za-z][\w -]*?\w)"
    r"(?=\s*(?:[,.;:!?”\"’]|$)"
    r"|\s+(?:to|in|on|for|from|that|which|and|by|at|is|was|has|had|were)(?!\w))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Special:
    """A figure in words: its span, its value (None where it is vague), what it counts."""

    start: int
    end: int
    value: float | None
    thing: Thing
    anchor: Token


def find_zeros(page: Page, start: int, end: int) -> Iterator[Special]:
    """Yield "no deaths", "none of its employees", "nobody"; the caller keeps those of losses."""
    for match in _ZERO.finditer(page.text, start, end):
        at = _token_at(page, match.end())
        thing = at is not None and noun_phrase(page.doc, at, match.end())
        if thing and thing.head is not None and thing.end <= end:
            yield Special(match.start(), thing.end, 0.0, thing, thing.head)
    for match in _NOBODY.finditer(page.text, start, end):
        at = _token_at(page, match.end() - 1)
        if at is not None:
            thing = Thing(None, None, match.end())
            yield Special(match.start(), match.end(), 0.0, thing, page.doc[at])


def find_singles(page: Page, start: int, end: int) -> Iterator[Special]:
    """Yield noun phrases with "a", "an" or "one"; the caller keeps those of losses."""
    for token in page.tokens(start, end) or ():
        if not start <= token.idx < end or token.lower_ not in ("a", "an", "one"):
            continue
        thing = noun_phrase(page.doc, token.i + 1, 0)
        head = thing.head if thing and thing.end <= end else None
        if thing and head is not None and head.tag_ in ("NN", "NNP"):
            yield Special(token.idx, thing.end, 1.0, thing, head)


def find_vague(page: Page, start: int, end: int) -> Iterator[Special]:
    """Yield "heavy losses" and "a significant amount of its reserves"."""
    for pattern in (_LOSSES, _AMOUNT):
        for match in pattern.finditer(page.text, start, end):
            span = page.tokens(*match.span("what"))
            if span is not None:
                thing = Thing(span.root, match.span("what"), match.end())
                yield Special(match.start(), match.end(), None, thing, span.root)


def _token_at(page: Page, offset: int) -> int | None:
    span = page.tokens(offset, offset + 1)
    return span.start if span is not None else None
