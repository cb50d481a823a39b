"""Attributions by what is somebody's own: "in X's view", "X's answer: “...”", "was X's reply"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import mention
from extractors.attribution.page import Page, Range
from extractors.attribution.phrases import around, owner
from extractors.parse import Token


def owned_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for nouns of view and reply with an owner, outside quoted speech."""
    for token in page.doc:
        if token.pos_ not in {"NOUN", "PROPN"} or page.is_speech(token.i):
            continue
        lemma = token.lemma_.lower()
        found = _view(page, lexicon, token, lemma)
        if found is None and lemma in lexicon.nouns:
            found = _answer(page, lexicon, token, lemma) or _verdict(page, lexicon, token, lemma)
        if found is not None:
            yield found


def _view(page: Page, lexicon: Lexicon, noun: Token, lemma: str) -> Candidate | None:
    """ "In the opposition's view, ...", "..., by his reckoning"."""
    preposition = noun.head
    if lexicon.views.get(lemma) != preposition.lower_ or preposition.dep_ != "prep":
        return None
    holder = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if holder is None or holder.lower_ == "my" or _views_something(noun):
        return None
    clause = preposition.i, noun.i + 1
    content = around(page, lexicon, clause)
    if not content:
        return None
    phrase = f"{preposition.lower_} the {lemma} of"
    return Candidate(
        "phrase", preposition.i, clause, phrase, "according_to", _holder(page, holder), "object",
        content, clause,
    )  # fmt: skip


def _views_something(noun: Token) -> bool:
    """ "In her view of the lake" is no opinion."""
    return any(child.dep_ == "prep" and child.lower_ == "of" for child in noun.rights)


def _holder(page: Page, holder: Token) -> Range:
    """Who owns, with the mark of the possessive."""
    start, end = mention(page, holder)
    return start, end + 1 if end < len(page.doc) and page.doc[end].tag_ == "POS" else end


def _answer(page: Page, lexicon: Lexicon, noun: Token, lemma: str) -> Candidate | None:
    """ "EdForce's answer: “...”": a quotation after a colon behind the noun."""
    quote = page.quote_of(page.after(noun.i + 2))
    holder = owner(noun)
    if holder is None or quote is None or quote.is_name or page.doc[noun.i + 1].text != ":":
        return None
    return _of(lexicon, noun, lemma, (noun.i, noun.i + 1), _source(page, holder),
               (quote.start, quote.end))  # fmt: skip


def _verdict(page: Page, lexicon: Lexicon, noun: Token, lemma: str) -> Candidate | None:
    """ "“Not true,” was the club's reply": a quotation that the noun is said to be."""
    verb = noun.head
    if verb.lemma_ != "be" or noun.dep_ not in {"attr", "nsubj"} or verb.i > noun.i:
        return None
    quote = page.quote_of(page.before(verb.i))
    holder = owner(noun)
    if holder is None or quote is None or quote.is_name:
        return None
    source = _source(page, holder)
    end = source[0] if source[0] > noun.i else noun.i + 1
    return _of(lexicon, noun, lemma, (verb.i, end), source, (quote.start, quote.end))


def _source(page: Page, holder: Token) -> Range:
    return _holder(page, holder) if holder.dep_ == "poss" else mention(page, holder)


def _of(
    lexicon: Lexicon, noun: Token, lemma: str, cue: Range, source: Range, content: Range
) -> Candidate:
    return Candidate(
        "noun", noun.i, cue, lemma, lexicon.nouns[lemma], source, "object", [content],
        (min(noun.left_edge.i, cue[0]), max(cue[1], source[1])),
    )  # fmt: skip
