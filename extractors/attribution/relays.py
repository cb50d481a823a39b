"""Who passed a saying on: sources round other sources, and the media it was said to."""

from __future__ import annotations

import re

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import Lexicon, load_lexicon
from extractors.attribution.mentions import mention
from extractors.attribution.page import Page
from extractors.parse import Token

# Nouns of agents by their ending: spokesman, diplomat, resident, owner, lawyer ...
_AGENT = re.compile(
    r"(?!matter|order|number|power|weather|water|border|factor|error|labor|terror|fear|danger)"
    r"(?:\w{2,}(?:er|or|man|men|woman|women|ist|ian|ee|ant|dent|mat|eer)"
    r"|people|person|police|staff|chief|authority)"
)


def read_quoting(page: Page, lexicon: Lexicon, kept: list[Candidate]) -> list[Candidate]:
    """Give "X reported, citing Y" and "X quoted Y as saying" to Y, relayed by X."""
    result = []
    quoting: dict[int, Token] = {}
    bounds = [page.sentence_at[candidate.head] for candidate in kept] or [(0, 0)]
    for token in page.doc[min(bounds)[0] : max(end for _, end in bounds)]:
        if _is_quoting(page, token) and (governor := _governor(page, kept, token)) is not None:
            quoting[governor] = token
    for candidate in kept:
        token = page.doc[candidate.head]
        if token.lower_ == "citing" and token not in quoting.values():
            continue  # "citing security concerns": a reason, not a source
        inner = quoting.get(candidate.head)
        if token in quoting.values():
            continue
        if inner is not None:
            candidate = _cited(page, lexicon, candidate, inner)
        elif candidate.lemma == "hear":
            named = next((g for c in token.rights if c.dep_ == "prep" for g in c.rights), None)
            if named is not None:
                relays = [candidate.source] if candidate.source else []
                candidate.source, candidate.relays = mention(page, named), relays
                candidate.content[0] = (
                    max(candidate.start, candidate.source[1]), candidate.content[0][1]
                )  # fmt: skip
        result.append(candidate)
    return result


def _is_quoting(page: Page, token: Token) -> bool:
    return (
        token.lower_ in {"citing", "quoting"}
        and token.head.i != token.i
        and (named := _object(token)) is not None
        and can_speak(named)
        and not page.is_speech(token.i)
    )


def can_speak(noun: Token) -> bool:
    """Whether a noun is a name, or by its word somebody or something that is cited."""
    lexicon = load_lexicon()
    lemma = noun.lemma_.lower()
    if noun.pos_ in {"PROPN", "PRON"} or noun.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return True
    known = lexicon.speakers | lexicon.documents | lexicon.media | lexicon.relatives
    return lemma in known or bool(_AGENT.fullmatch(lemma))


def _governor(page: Page, kept: list[Candidate], token: Token) -> int | None:
    """The cue that a "citing X" goes with: the last before it in its sentence, else the next."""
    start, end = page.sentence_at[token.i]
    heads = [c.head for c in kept if start <= c.head < end and c.source is not None]
    before = [head for head in heads if head < token.i]
    after = [head for head in heads if token.i < head]
    return max(before) if before else min(after, default=None)


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.rights if c.dep_ in {"dobj", "nsubj"}), None)


def _cited(page: Page, lexicon: Lexicon, candidate: Candidate, inner: Token) -> Candidate:
    named = _object(inner)
    assert named is not None  # _is_quoting asked
    relays = [candidate.source] if candidate.source else []
    lemma = inner.lemma_
    sense = lexicon.verbs.get(lemma, "according_to")
    return Candidate(
        candidate.shape, inner.i, (inner.i, inner.i + 1), lemma, sense, mention(page, named),
        "object", candidate.content, candidate.clause, relays, candidate.score,
    )  # fmt: skip


def _is_body(speaker: Token) -> bool:
    """Whether a source is a medium, a body or a document, for which no "he" stands."""
    lexicon = load_lexicon()
    lemma = speaker.lemma_.lower()
    return speaker.ent_type_ == "ORG" or lemma in lexicon.media or lemma in lexicon.documents


def is_same_speaker(page: Page, outer: Candidate, inner: Candidate) -> bool:
    """Whether the source within a content is the one that says the content."""
    if inner.source is None or outer.source is None:
        return inner.source is None
    root, speaker = page.doc[slice(*inner.source)].root, page.doc[slice(*outer.source)].root
    if root.lower_ in {"he", "she"} and _is_body(speaker):
        return False
    if root.pos_ == "PRON":
        return speaker.lemma_.lower() not in load_lexicon().relatives
    return root.lower_ == speaker.lower_
