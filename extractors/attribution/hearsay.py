""" "X quoted Y as saying that ...", "..., Y was quoted as saying": the source is who is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.attribution.candidates import Candidate
from extractors.attribution.contents import before_content, clause_content, quote_content
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import mention, own_subject
from extractors.attribution.nearby import phrase_before
from extractors.attribution.page import Page, Range
from extractors.parse import Token

_REACH = 12


def hearsay_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for every "quoted ... as saying" outside quoted speech."""
    for token in page.doc:
        if token.lemma_ == "quote" and not page.is_speech(token.i):
            saying = saying_after(page, token)
            if saying is not None and (found := _read(page, lexicon, token, saying)) is not None:
                yield found


def saying_after(page: Page, verb: Token) -> Token | None:
    """The "saying" of "quoted ... as saying", or None."""
    end = min(verb.i + _REACH, page.sentence_at[verb.i][1])
    for token in page.doc[verb.i + 1 : end]:
        if token.lower_ == "saying" and page.doc[token.i - 1].lower_ == "as":
            return token
    return None


def _read(page: Page, lexicon: Lexicon, verb: Token, saying: Token) -> Candidate | None:
    subject = own_subject(verb)
    who = mention(page, subject) if subject is not None else phrase_before(page, verb.i)
    quoted = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < saying.i), None)
    relays: list[Range] = []
    cue = (verb.i, saying.i + 1) if saying.i == verb.i + 2 else (verb.i, verb.i + 1)
    if quoted is not None:
        relays = [who] if who is not None else []
        who = mention(page, quoted)
    relays += [
        mention(page, name)
        for child in (*verb.rights, *saying.rights)
        if child.lower_ == "by"  # "quoted by Tass as saying", "quoted as saying by Tass"
        for name in child.rights
    ]
    start = min([cue[0], *(r[0] for r in (who, *relays) if r is not None and r[0] < cue[0])])
    core = (start, saying.i + 1)
    content = (
        before_content(page, lexicon, verb, core, strict=False)
        or clause_content(page, lexicon, saying, saying.i + 1)
        or quote_content(page, lexicon, saying, saying.i + 1)
    )
    if not content:
        return None
    return Candidate(
        "hearsay", verb.i, cue, "quote as saying" if cue[1] > verb.i + 1 else "quote", "say", who,
        "object", content, core, relays,
    )  # fmt: skip
