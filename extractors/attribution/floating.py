"""Quotations without an attribution of their own: pieces of the claim before them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict

from extractors.attribution.candidates import Candidate
from extractors.attribution.mentions import find_subject, mention, own_subject
from extractors.attribution.page import Page
from extractors.attribution.quotes import Quote

_STOPS = frozenset({".", "?", "!", "”", "'", ":", "…", "..."})


# How many claims before a quotation are looked at.
_REACH = 8


class _Kept:
    """The claims so far, by the paragraph that their words stand in and where they end there."""

    def __init__(self, page: Page, kept: list[Candidate]) -> None:
        self._page = page
        self._covered = bytearray(len(page.doc))
        self._by_paragraph: defaultdict[int, list[tuple[int, int, Candidate]]] = defaultdict(list)
        for candidate in kept:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Take in a claim with its content."""
        self._note(candidate, max(candidate.head, candidate.end - 1))
        self._note(candidate, candidate.head)
        for start, end in candidate.content:
            self._covered[start:end] = b"\1" * (end - start)

    def extend(self, candidate: Candidate, quote: Quote) -> None:
        """Give a quotation to a claim as a further piece."""
        candidate.content.append((quote.start, quote.end))
        self._covered[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
        self._note(candidate, quote.end - 1)

    def _note(self, candidate: Candidate, last: int) -> None:
        place = self._by_paragraph[self._page.paragraph_at[last]]
        insort(place, (last, len(place), candidate))

    def has(self, quote: Quote) -> bool:
        """Whether a quotation is content already."""
        return bool(self._covered[quote.start] or self._covered[quote.end - 1])

    def before(self, quote: Quote) -> list[Candidate]:
        """The latest that end before `quote`, in its paragraph or else in the one before."""
        number = self._page.paragraph_at[quote.start]
        for place in (self._by_paragraph[number], self._by_paragraph[number - 1]):
            count = bisect_left(place, (quote.start,))
            recent = [candidate for _, _, candidate in place[max(0, count - _REACH) : count]]
            found = [c for c in recent if max(c.head, c.end - 1) < quote.start]
            if found:
                return found
        return []


def attach_floating(page: Page, kept: list[Candidate]) -> list[Candidate]:
    """Give whole-sentence quotations that nobody has to the claim before them.

    One that follows a colon after words that are no content of their own becomes a claim
    without a cue, by the subject of those words. Returns the candidates in order of the text.
    """
    extra: list[Candidate] = []
    claims = _Kept(page, kept)
    for quote in page.quotes:
        if quote.is_name or claims.has(quote):
            continue
        before = page.before(quote.start)
        if before >= 0 and page.doc[before].text == ":":
            for candidate in _after_colon(page, claims.before(quote), before, quote):
                extra.append(candidate)
                claims.add(candidate)
        elif _is_sentence(page, quote):
            _append(page, claims, quote)
    return sorted([*kept, *extra], key=lambda c: (c.start, c.head))


def _is_sentence(page: Page, quote: Quote) -> bool:
    """Whether a quotation stands alone: a stop before it and one in it."""
    before = page.before(quote.start)
    last = page.doc[quote.end - 1].text
    is_open = last not in {"”", "'"}
    return (before < 0 or page.doc[before].text in _STOPS) and (
        is_open or page.character_before(quote.end - 1) in ".!?…'"
    )


def _append(page: Page, claims: _Kept, quote: Quote) -> None:
    """Attach `quote` to the claim before it: of its paragraph, or of the one before if it opens
    its own and words were quoted there."""
    found = claims.before(quote)
    if not found:
        return
    latest = max(page.sentence_at[c.head][0] for c in found)
    nearest = [c for c in found if page.sentence_at[c.head][0] == latest]
    spoken = [
        c for c in nearest if page.doc[c.end - 1].text in {"”", "'"} or page.is_speech(c.end - 1)
    ]
    last = max(spoken or nearest, key=lambda c: max(c.end, c.head))
    same = page.paragraph_at[quote.start] in {
        page.paragraph_at[last.head], page.paragraph_at[last.end - 1]
    }  # fmt: skip
    if same or (spoken and page.before(quote.start) < 0):
        claims.extend(last, quote)


def _after_colon(page: Page, claims: list[Candidate], colon: int, quote: Quote) -> list[Candidate]:
    """The claim that a quotation after a colon makes."""
    first = page.sentence_at[colon][0]
    own = [c for c in claims if first <= c.head < colon]
    source = own[-1].source if own else None
    if source is None:
        verbs = [t for t in page.doc[first:colon] if own_subject(t) is not None]
        root = next((t for t in verbs if t.dep_ == "ROOT"), next(iter(verbs), None))
        head = find_subject(page, root).head if root is not None else None
        source = mention(page, head) if head is not None else None
    if source is None:
        return []
    score = own[-1].score if own else AFTER_COLON
    return [
        Candidate(
            "after_colon", colon, None, None, None, source, "subject",
            [(quote.start, quote.end)], (first, colon), score=score,
        )
    ]  # fmt: skip


# Share of the quotations after a colon without a saying before it that are the subject's: train.
AFTER_COLON = 0.6
