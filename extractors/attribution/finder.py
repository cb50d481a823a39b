"""Candidates of every construction, scored, settled and turned into attributions."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.attribution.assisted import Opinion, annotated, opinions
from extractors.attribution.candidates import Candidate
from extractors.attribution.counts import count_candidates
from extractors.attribution.features import features
from extractors.attribution.figures import floor_of
from extractors.attribution.floating import attach_floating
from extractors.attribution.hearsay import hearsay_candidates
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.output import to_attribution
from extractors.attribution.owned import owned_candidates
from extractors.attribution.page import Page
from extractors.attribution.phrases import (
    colon_candidates,
    dash_candidates,
    noun_candidates,
    phrase_candidates,
)
from extractors.attribution.records import Attribution
from extractors.attribution.scorer import load_scorer
from extractors.attribution.settle import settle
from extractors.attribution.tails import tail_candidates
from extractors.attribution.verbs import verb_candidates
from extractors.parse import Doc

# Below the model's own threshold: it was trained on political news, which has few of the counts
# and estimates that claims are full of, and settling removes most of what is wrong.
CLAIM_THRESHOLD = 0.25
# Rivals are compared pair by pair, so a paragraph without end is cut after this many.
GROUP = 40


def all_candidates(page: Page) -> list[Candidate]:
    """Every possible attribution of a page, unscored, in order of the text."""
    lexicon = load_lexicon()
    tails = list(tail_candidates(page, lexicon))
    closed = {candidate.head: candidate for candidate in tails}
    found = [
        *(c for c in verb_candidates(page, lexicon) if _agrees(c, closed.get(c.head))),
        *hearsay_candidates(page, lexicon),
        *phrase_candidates(page, lexicon),
        *noun_candidates(page, lexicon),
        *owned_candidates(page, lexicon),
        *count_candidates(page, lexicon),
        *colon_candidates(page),
        *dash_candidates(page),
    ]
    read = {candidate.head for candidate in found}
    found += [candidate for candidate in tails if candidate.head not in read]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.head))


def _agrees(candidate: Candidate, tail: Candidate | None) -> bool:
    """Whether the tree's reading of a verb stands against that of the words alone."""
    if tail is None:
        return True
    source, other = candidate.source, tail.source
    overlaps = source and other and source[0] < other[1] and other[0] < source[1]
    return candidate.shape == "before" and bool(overlaps)


def scored_groups(page: Page) -> Iterator[list[Candidate]]:
    """All candidates with their scores, paragraph by paragraph."""
    scorer = load_scorer()
    found = sorted(
        all_candidates(page),
        key=lambda c: (page.paragraph_at[c.head], page.sentence_at[c.head], c.start, c.head),
    )
    for group in _neighbours(page, found):
        for candidate in group:
            likely = scorer.probability(features(page, candidate, group))
            candidate.score = max(likely, floor_of(page, candidate))
        yield group


def _neighbours(page: Page, found: list[Candidate]) -> Iterator[list[Candidate]]:
    """Cut candidates into paragraphs, and endless paragraphs between sentences."""
    group: list[Candidate] = []
    for candidate in found:
        if group and _parts(page, group, candidate):
            yield group
            group = []
        group.append(candidate)
    if group:
        yield group


def _parts(page: Page, group: list[Candidate], candidate: Candidate) -> bool:
    last, head = group[-1].head, candidate.head
    is_full = len(group) >= GROUP and page.sentence_at[head] != page.sentence_at[last]
    return is_full or page.paragraph_at[head] != page.paragraph_at[last]


def annotated_attributions(doc: Doc) -> list[Attribution]:
    """Return attributions as the training corpus has them: nested ones on their own, unsettled,
    and with wants, hopes and support, which are no claims."""
    page = Page.of(doc)
    return _records(page, annotated(page, _scored(page)))


def second_opinions(doc: Doc) -> list[Opinion]:
    """Return the network's reading of a parsed text, cue by cue."""
    return opinions(doc, _scored(Page.of(doc)))


def _scored(page: Page) -> list[Candidate]:
    return [candidate for group in scored_groups(page) for candidate in group]


def find_attributions(doc: Doc) -> list[Attribution]:
    """Return the attributions of a parsed text, in the order of their content."""
    page, lexicon = Page.of(doc), load_lexicon()
    groups = (settle(page, lexicon, group, CLAIM_THRESHOLD) for group in scored_groups(page))
    kept = [candidate for group in groups for candidate in group]
    return _records(page, kept)


def _records(page: Page, kept: list[Candidate]) -> list[Attribution]:
    """The public records; what has no words in it is none."""
    found = (to_attribution(page, candidate) for candidate in attach_floating(page, kept))
    return [attribution for attribution in found if attribution.content]
