"""Candidates of every construction, scored, settled and turned into attributions."""

from __future__ import annotations

from spacy.tokens import Doc

from extractors.attribution.candidates import Candidate
from extractors.attribution.floating import attach_floating
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.output import to_attribution
from extractors.attribution.page import Page
from extractors.attribution.phrases import colon_candidates, noun_candidates, phrase_candidates
from extractors.attribution.records import Attribution
from extractors.attribution.verbs import verb_candidates


def all_candidates(page: Page) -> list[Candidate]:
    """Every possible attribution of a page, unscored, in order of the text."""
    lexicon = load_lexicon()
    found = [
        *verb_candidates(page, lexicon),
        *phrase_candidates(page, lexicon),
        *noun_candidates(page, lexicon),
        *colon_candidates(page),
    ]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.head))


def find_attributions(doc: Doc) -> list[Attribution]:
    """Return the attributions of a parsed text, in the order of their content."""
    page = Page.of(doc)
    kept = attach_floating(page, all_candidates(page))
    return [to_attribution(page, candidate) for candidate in kept]
