"""Attributions at the end of a sentence that the parser missed, read from the words alone.

"..., the reinsurance group Quillon Re estimated on Friday." has a form that needs no tree: a
comma, a noun phrase, a reporting verb, and at most a place or time after it. Small models often
take such verbs for participles or nouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.attribution.candidates import Candidate
from extractors.attribution.contents import before_content
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.nearby import PHRASE, phrase_before
from extractors.attribution.page import Page
from extractors.parse import Token

_AFTER = frozenset({"ADP", "ADV"})


def tail_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for every closing attribution, whatever the parser made of its verb."""
    for token in page.doc:
        lemma = lexicon.finite.get(token.lower_)
        if lemma is None or page.is_speech(token.i) or _is_in_name(token):
            continue
        if (
            token.is_lower
            and page.doc[token.i - 1].text == ","
            and (inverted := _inverted(page, lexicon, token.i))
        ):
            yield inverted
            continue
        if not _closes(page, token.i):
            continue
        source = phrase_before(page, token.i)
        if source is None or source[0] <= page.sentence_at[token.i][0]:
            continue
        content = before_content(page, lexicon, token, (source[0], token.i + 1), strict=False)
        if content and any(t.pos_ in {"VERB", "AUX"} for t in page.doc[slice(*content[0])]):
            yield Candidate(
                "tail", token.i, (token.i, token.i + 1), lemma, lexicon.verbs[lemma], source,
                "subject", content[:1], (source[0], token.i + 1),
            )  # fmt: skip


def _is_in_name(token: Token) -> bool:
    """ "..., United States": a word for saying within a name."""
    return token.pos_ == "PROPN" and token.i > 0 and token.nbor(-1).text[0].isupper()


def _inverted(page: Page, lexicon: Lexicon, index: int) -> Candidate | None:
    """ "Footage of it, claimed Army TV, was filmed by a guard": the saying in its middle."""
    first, last = page.sentence_at[index]
    if index == first or page.doc[index - 1].text != ",":
        return None
    end = index + 1
    while end < last and page.doc[end].pos_ in PHRASE:
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
        return all(t.pos_ in PHRASE or t.is_punct for t in following)
    first = following[0]
    dated = first.ent_type_ in {"DATE", "TIME"}
    return (dated or first.pos_ in _AFTER) and not any(t.tag_ in {"VBD", "VBZ"} for t in following)
