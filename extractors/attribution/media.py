"""The media that something was said to or through ("told Radio Narew", "on state television")."""

from __future__ import annotations

import re

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import mention
from extractors.attribution.page import Page, Range
from extractors.parse import Token

_NAME = re.compile(r"(?:[A-Z]*TV[A-Z]*|Radio|News|Press)$")
_CHANNELS = frozenset({"television", "radio", "tv", "channel"})
_HOSTS = frozenset({"dobj", "pobj", "dative", "nsubj", "appos"})
_INNER = frozenset({"compound", "nmod", "amod"})


def media_in_clause(page: Page, lexicon: Lexicon, candidate: Candidate) -> list[Range]:
    """Mentions of media beside the source, before the content or, where that comes first, after."""
    found: list[Range] = []
    start, end = candidate.clause
    if candidate.start > candidate.head:
        end = min(end, candidate.start)
    for token in page.doc[start:end]:
        taken = [r for r in (candidate.source, candidate.cue, *found) if r is not None]
        if not any(left <= token.i < right for left, right in taken) and _carries(lexicon, token):
            found.append(_whole_name(page, token))
    return found


def _carries(lexicon: Lexicon, token: Token) -> bool:
    """Whether a noun is a medium by its place and its words; platforms and the outlet are not."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ not in _HOSTS:
        return False
    if token.dep_ in _INNER or any(t.lower_ in {"this", "our"} for t in token.lefts):
        return False
    governor = token.head.lower_
    if governor == "in" or (governor == "on" and token.lemma_ not in _CHANNELS):
        return False
    return _is_medium(lexicon, token) or _is_paper(token)


def _is_medium(lexicon: Lexicon, token: Token) -> bool:
    """A word for a medium, or a name with one in it ("state radio", "Radio Narew")."""
    parts = [c for c in token.children if c.dep_ in (*_INNER, "appos") and c.pos_ == "PROPN"]
    named = [c for c in token.children if c.dep_ in (*_INNER, "appos")]
    words = [token, *(named if token.pos_ == "PROPN" else [])]
    apposed = [c for c in token.children if c.dep_ in {"compound", "appos"} and c.i > token.i]
    lemmas = {word.lemma_.lower() for word in (*words, *apposed)}
    if token.lemma_ == "station":
        return any(c.lemma_.lower() in _CHANNELS for c in token.children)
    if token.lower_ == "channel" and not any(c.dep_ in _INNER for c in token.children):
        return token.head.lemma_ == "tell"
    is_common = token.pos_ == "NOUN" or bool(parts)
    names = lemmas & lexicon.media or (is_common and lemmas & lexicon.mastheads)
    return bool(names) or any(_NAME.match(word.text) for word in words)


def _is_paper(token: Token) -> bool:
    """ "told The Star": an article with a capital within a sentence is part of a title."""
    told = token.head.lemma_ in {"tell", "inform"} and token.dep_ in {"dobj", "dative"}
    return told and token.pos_ == "PROPN" and any(t.text == "The" for t in token.lefts)


def _whole_name(page: Page, token: Token) -> Range:
    """The medium's mention with the name that the parser cut off ("the newspaper De Kade")."""
    start, end = mention(page, token)
    while end < len(page.doc) and _goes_on(page.doc[end]):
        end += 1
    return start, end


def _goes_on(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ not in {"DATE", "TIME"}
