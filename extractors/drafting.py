"""Put what attribution found and what the statement rules found into one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.attribution import Attribution
from extractors.drafts import Draft, Piece
from extractors.text import Offsets

_TAIL = re.compile(r"(?:[\s,;]|\b(?:but|and|while)\b)+$")


def _overlap(left: Offsets, right: Offsets) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _draft(attribution: Attribution) -> Draft:
    return Draft(
        kind=attribution.kind,
        cue=attribution.cue,
        lemma=attribution.lemma,
        cue_class=attribution.cue_class,
        mention=attribution.source,
        relays=attribution.relays,
        content=attribution.content,
        clause=attribution.clause,
        score=attribution.score,
        construction=attribution.construction,
    )


def _is_replaced(draft: Draft, statements: Sequence[Draft]) -> bool:
    """Whether a statement is what the attribution rules took for a claim."""
    for statement in statements:
        start, end, _ = statement.content[0]
        if draft.cue is not None and statement.cue is not None:
            if _overlap(draft.cue, statement.cue):
                return True
        elif draft.cue is not None and _overlap(draft.cue, (start, end)):
            return not all(start < left and right < end for left, right, _ in draft.content)
    return False


def _cut(text: str, draft: Draft, statements: Sequence[Draft]) -> Draft:
    """End plain pieces where a statement with a predicate of its own begins."""
    pieces: list[Piece] = []
    for start, end, quoted in draft.content:
        stops = [s.content[0][0] for s in statements if start < s.content[0][0] < end]
        if stops and not quoted:
            end = start + len(_TAIL.sub("", text[start : min(stops)]))
        if start < end:
            pieces.append((start, end, quoted))
    return replace(draft, content=tuple(pieces))


def merge_drafts(
    text: str, attributions: Sequence[Attribution], statements: Sequence[Draft]
) -> list[Draft]:
    """Return all claims in the order of the text; a statement wins over an attribution of it."""
    said = [
        _cut(text, draft, statements)
        for draft in map(_draft, attributions)
        if draft.content and not _is_replaced(draft, statements)
    ]
    drafts = [draft for draft in said if draft.content] + list(statements)
    return sorted(drafts, key=lambda draft: (draft.start, draft.end))
