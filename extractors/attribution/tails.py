"""Attributions at the end of a sentence that the parser missed, read from the words alone.

"..., the reinsurance group Quillon Re estimated on Friday." has a form that needs no tree: a
comma, a noun phrase, a reporting verb, and at most a place or time after it. Small models often
take such verbs for participles or nouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.attribution.candidates import Candidate
from extractors.attribution.contents import before_content
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.page import Page, Range

_PHRASE = frozenset(
    {"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON", "ADP", "ADV", "X", "SYM"}
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "ADJ"})
_AFTER = frozenset({"ADP", "ADV"})
_MAX_SOURCE = 14


def tail_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for every closing attribution, whatever the parser made of its verb."""
    for token in page.doc:
        lemma = lexicon.finite.get(token.lower_)
        if lemma is None or page.is_speech(token.i):
            continue
        if page.doc[token.i - 1].text == "," and (inverted := _inverted(page, lexicon, token.i)):
            yield inverted
            continue
        if not _closes(page, token.i):
            continue
        source = phrase_before(page, token.i)
        if source is None or source[0] <= page.sentence_at[token.i][0]:
            continue
        content = before_content(page, token, (source[0], token.i + 1), strict=False)
        if content and any(t.pos_ in {"VERB", "AUX"} for t in page.doc[slice(*content[0])]):
            yield Candidate(
                "tail", token.i, (token.i, token.i + 1), lemma, lexicon.verbs[lemma], source,
                "subject", content[:1], (source[0], token.i + 1),
            )  # fmt: skip


def _inverted(page: Page, lexicon: Lexicon, index: int) -> Candidate | None:
    """ "Footage of it, claimed Army TV, was filmed by a guard": the saying in its middle."""
    first, last = page.sentence_at[index]
    end = index + 1
    while end < last and page.doc[end].pos_ in _PHRASE:
        end += 1
    lead = page.trim(first, index - 1)
    rest = page.trim(end, last)
    if end == index + 1 or end >= last or page.doc[end].text != "," or rest[0] >= rest[1]:
        return None
    if lead[0] >= lead[1] or page.doc[rest[0]].pos_ not in {"VERB", "AUX"}:
        return None
    lemma = lexicon.finite[page.doc[index].lower_]
    return Candidate(
        "tail", index, (index, index + 1), lemma, lexicon.verbs[lemma], (index + 1, end),
        "subject", [lead, rest], (index, end),
    )  # fmt: skip


def _closes(page: Page, index: int) -> bool:
    """Whether nothing but a phrase of time or place follows the verb in its sentence."""
    end = page.sentence_at[index][1]
    following = [token for token in page.doc[index + 1 : end] if not token.is_space]
    if not following or following[0].is_punct:
        return not following or following[0].text not in {":", ",", "“"}
    if page.doc[index].lower_ in {"told", "tells"}:
        return all(t.pos_ in _PHRASE or t.is_punct for t in following)
    first = following[0]
    dated = first.ent_type_ in {"DATE", "TIME"}
    return (dated or first.pos_ in _AFTER) and not any(t.tag_ in {"VBD", "VBZ"} for t in following)


def phrase_before(page: Page, index: int) -> Range | None:
    """The noun phrase that ends right before token `index`, back to the comma that opens it.

    "its president, Deirdre Dunphy, said" is one phrase: role, comma, name, comma.
    """
    end = index
    while end and (page.doc[end - 1].text == "," or page.doc[end - 1].pos_ == "ADV"):
        end -= 1
    start = _phrase_start(page, end)
    if end - start == 1 and page.doc[start].like_num and page.doc[start - 1].text == ",":
        end = start - 1  # "Ana Reyes, 44, said"
        start = _phrase_start(page, end)
    if start == end or not _is_nominal(page.doc[end - 1]):
        return None
    if page.doc[start - 1].text == "," and _is_bare_name(page, start, end):
        role = _phrase_start(page, start - 1)
        if role < start - 1 and _is_role(page, role, start - 1):
            start = role
    return (start, end) if end - start <= _MAX_SOURCE and start > 0 else None


def phrase_after(page: Page, index: int) -> Range | None:
    """The noun phrase that follows token `index`, up to the first mark."""
    end = index + 1
    while end < page.sentence_at[index][1] and _is_phrasal(page.doc[end]):
        end += 1
    return (index + 1, end) if end > index + 1 and _is_nominal(page.doc[end - 1]) else None


def _phrase_start(page: Page, end: int) -> int:
    start = end
    floor = page.sentence_at[max(0, end - 1)][0]
    while start > floor and _is_phrasal(page.doc[start - 1]) and not page.is_speech(start - 1):
        start -= 1
    return start


def _is_bare_name(page: Page, start: int, end: int) -> bool:
    return all(token.pos_ == "PROPN" for token in page.doc[start:end])


def _is_role(page: Page, start: int, end: int) -> bool:
    """Whether a phrase describes somebody: a common noun, opened by a determiner or possessive."""
    words = page.doc[start:end]
    return words[-1].pos_ == "NOUN" and (
        words[0].pos_ in {"DET", "PRON"} or any(token.tag_ == "POS" for token in words)
    )


def _is_phrasal(token: Token) -> bool:
    return token.pos_ in _PHRASE or (token.is_alpha and token.pos_ == "PUNCT")


def _is_nominal(token: Token) -> bool:
    return token.pos_ in _NOMINAL or (token.is_alpha and token.pos_ == "PUNCT")
