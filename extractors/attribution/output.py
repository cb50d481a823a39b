"""From token ranges to the record: offsets, pieces cut at quotation marks, kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.page import Page, Range
from extractors.attribution.records import Attribution
from extractors.records import CueClass
from extractors.text import Offsets

_OPENERS = "“\"'‘"


def to_attribution(page: Page, candidate: Candidate) -> Attribution:
    """Turn a settled candidate into the public record."""
    content = tuple(piece for part in candidate.content for piece in _pieces(page, part))
    return Attribution(
        cue=offsets(page, candidate.cue),
        lemma=candidate.lemma,
        cue_class=_sense(page, candidate),
        source=offsets(page, candidate.source),
        content=content,
        kind=_kind(content),
        relays=tuple(found for relay in candidate.relays if (found := offsets(page, relay))),
        clause=offsets(page, candidate.clause) or (0, 0),
        score=candidate.score,
        construction=candidate.shape,
    )


def _sense(page: Page, candidate: Candidate) -> CueClass | None:
    """The class of the cue; a plea is what it opens with: "guilty" is no denial.

    Told apart only here, as the scorer was trained on pleas of one class.
    """
    said = page.doc[candidate.start : candidate.end].text.lower().lstrip(_OPENERS)
    is_admitted = candidate.lemma == "plead" and said.startswith(load_lexicon().admissions)
    return "confirm" if is_admitted else candidate.cue_class


def offsets(page: Page, tokens: Range | None) -> Offsets | None:
    """The offsets of a token range, None of an empty one."""
    if tokens is None or tokens[0] >= tokens[1]:
        return None
    last = page.doc[tokens[1] - 1]
    return page.doc[tokens[0]].idx, last.idx + len(last)


def _kind(content: tuple[tuple[int, int, bool], ...]) -> Literal["direct", "indirect", "mixed"]:
    quoted = [piece[2] for piece in content]
    return "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"


def _pieces(page: Page, part: Range) -> Iterator[tuple[int, int, bool]]:
    """Cut a range at the quotations in it; names in quotation marks are no cut."""
    start, end = part
    position = start
    numbers = dict.fromkeys(page.quote_at[start:end])
    for quote in (page.quotes[number] for number in numbers if number >= 0):
        if quote.is_name:
            continue
        yield from _plain(page, position, quote.start)
        inside = offsets(page, (max(start, quote.start), min(end, quote.end)))
        if inside is not None and _has_words(page, inside):
            yield _up_to_mark(page, *inside)
        position = quote.end
    yield from _plain(page, position, end)


def _up_to_mark(page: Page, start: int, end: int) -> tuple[int, int, bool]:
    """A quoted piece, without what the tokenizer left glued to its closing mark."""
    while end > start and page.text[end - 1].isspace():
        end -= 1
    return start, end, True


def _plain(page: Page, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    found = offsets(page, page.trim(start, end)) if start < end else None
    if found is not None and _has_words(page, found):
        yield *found, False


def _has_words(page: Page, span: Offsets) -> bool:
    return any(character.isalnum() for character in page.text[slice(*span)])
