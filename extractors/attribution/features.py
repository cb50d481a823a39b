"""What the scorer sees of a candidate: names of binary features, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import load_lexicon
from extractors.attribution.page import Page, Range
from extractors.attribution.verbs import is_negated
from extractors.parse import Token

_FIRST_SECOND = frozenset({"i", "we", "you", "me", "us"})
_SIZES = ((2, "2"), (4, "4"), (8, "8"), (16, "16"), (32, "32"), (64, "64"))


def features(page: Page, candidate: Candidate, others: Sequence[Candidate]) -> list[str]:
    """Name the features of `candidate`, of which `others` are the rivals in its text."""
    head = page.doc[candidate.head]
    shape = candidate.shape
    plain = [
        f"shape={shape}",
        f"lemma={candidate.lemma}",
        f"class={candidate.cue_class}",
        f"tag={head.tag_}",
        f"dep={head.dep_}",
        f"how={candidate.how}",
        f"source={source_type(page, candidate.source)}",
        f"quoted={_quoted(page, candidate)}",
        f"size={_size(candidate)}",
        f"first={_first(page.doc[candidate.start])}",
        *_verb_features(head),
        *_place_features(page, candidate, others),
    ]
    pairs = (
        f"lemma={candidate.lemma}", f"class={candidate.cue_class}", f"tag={head.tag_}",
        f"how={candidate.how}", f"source={source_type(page, candidate.source)}",
        f"quoted={_quoted(page, candidate)}", f"first={_first(page.doc[candidate.start])}",
    )  # fmt: skip
    return ["bias", *plain, *(f"{shape}&{name}" for name in pairs)]


def source_type(page: Page, source: Range | None) -> str:
    """A coarse type of the mention: writer, pronoun, entity label, document, noun, none."""
    if source is None:
        return "none"
    words = page.doc[source[0] : source[1]]
    root = words.root
    if root.lower_ in _FIRST_SECOND:
        return "writer"
    if root.pos_ == "PRON":
        return "it" if root.lower_ in {"it", "this", "that"} else f"pronoun_{root.tag_}"
    if root.ent_type_:
        return root.ent_type_
    if root.lemma_.lower() in load_lexicon().documents:
        return "document"
    return root.pos_


def _quoted(page: Page, candidate: Candidate) -> str:
    count = sum(page.is_speech(i) for start, end in candidate.content for i in range(start, end))
    total = sum(end - start for start, end in candidate.content)
    return "none" if not count else "all" if count > 0.85 * total else "some"


def _size(candidate: Candidate) -> str:
    total = sum(end - start for start, end in candidate.content)
    return next((name for limit, name in _SIZES if total <= limit), "long")


def _first(token: Token) -> str:
    return token.lower_ if token.pos_ in {"SCONJ", "PART", "ADP"} else token.tag_


def _verb_features(head: Token) -> Iterator[str]:
    for child in head.children:
        if child.dep_ in {"aux", "mark", "prt"} or child.tag_ == "MD":
            yield f"{child.dep_}={child.lower_}"
    if is_negated(head):
        yield "negated"
    if head.dep_ in {"xcomp", "conj", "advcl", "pcomp", "acl", "relcl"}:
        yield f"governor={head.head.pos_}"


def _place_features(page: Page, candidate: Candidate, others: Sequence[Candidate]) -> Iterator[str]:
    rivals = [other for other in others if other is not candidate]
    if any(other.covers(candidate.head) for other in rivals):
        yield "inside"
    if any(candidate.covers(other.head) for other in rivals):
        yield "outside"
    if candidate.cue is not None:
        gap = candidate.start - candidate.cue[1]
        yield f"gap={'before' if gap < 0 else gap if gap < 3 else 'far'}"
    if page.paragraph_at[candidate.head] <= 1:
        yield "headline"
    sentence = page.doc[slice(*page.sentence_at[candidate.head])]
    if sentence.text.rstrip().endswith("?"):
        yield "question"
