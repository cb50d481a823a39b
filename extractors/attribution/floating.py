"""Quotations without an attribution of their own: pieces of the claim before them."""

from __future__ import annotations

from extractors.attribution.candidates import Candidate
from extractors.attribution.mentions import find_subject, mention, own_subject
from extractors.attribution.page import Page
from extractors.attribution.quotes import Quote


def attach_floating(page: Page, kept: list[Candidate]) -> list[Candidate]:
    """Give whole-sentence quotations that nobody has to the claim before them.

    One that follows a colon after words that are no content of their own becomes a claim
    without a cue, by the subject of those words. Returns the candidates in order of the text.
    """
    extra: list[Candidate] = []
    for quote in page.quotes:
        if quote.is_name or any(c.covers(quote.start) or c.covers(quote.end - 1) for c in kept):
            continue
        if page.doc[page.before(quote.start)].text == ":" and page.before(quote.start) >= 0:
            extra += _after_colon(page, kept, quote)
        elif _is_sentence(page, quote):
            _append(page, [*kept, *extra], quote)
    return sorted([*kept, *extra], key=lambda c: (c.start, c.head))


def _is_sentence(page: Page, quote: Quote) -> bool:
    """Whether a quotation stands alone: a stop before it and one in it."""
    before = page.before(quote.start)
    starts = before < 0 or page.doc[before].text in {".", "?", "!", "”", "'", ":"}
    inside = page.doc.text[: page.doc[quote.end - 1].idx].rstrip()[-1:]
    last = page.doc[quote.end - 1].text
    return starts and (inside in ".!?…" or last in {".", "!", "?"} or len(last) > 1)


def _append(page: Page, kept: list[Candidate], quote: Quote) -> None:
    """Attach `quote` to the nearest claim before it, in its paragraph or the one before."""
    place = page.paragraph_at[quote.start]
    before = [c for c in kept if c.head < quote.start and c.end <= quote.start]
    if not before:
        return
    last = max(before, key=lambda c: max(c.end, c.head))
    gap = place - page.paragraph_at[max(last.end - 1, last.head)]
    spoke = page.is_speech(last.end - 1) or page.doc[last.end - 1].text == "”"
    if gap == 0 or (gap == 1 and spoke and _starts_paragraph(page, quote)):
        last.content.append((quote.start, quote.end))


def _starts_paragraph(page: Page, quote: Quote) -> bool:
    return page.before(quote.start) < 0


def _after_colon(page: Page, kept: list[Candidate], quote: Quote) -> list[Candidate]:
    """The claim that a quotation after a colon makes."""
    colon = page.before(quote.start)
    lead = page.doc[page.sentence_at[colon][0] : colon]
    verbs = [t for t in lead if own_subject(t) is not None]
    root = next((t for t in verbs if t.dep_ == "ROOT"), next(iter(verbs), None))
    if root is None:
        return []
    own = [
        c for c in kept if page.sentence_at[c.head] == page.sentence_at[colon] and c.head < colon
    ]
    source = own[-1].source if own else None
    if source is None:
        subject = find_subject(page, root)
        source = mention(page, subject.head) if subject.head is not None else None
    if source is None:
        return []
    content = [(quote.start, quote.end)]
    clause = (page.sentence_at[colon][0], colon)
    return [Candidate("after_colon", colon, None, None, None, source, "subject", content, clause)]
