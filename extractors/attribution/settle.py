"""One saying, one record: rivals, nested sources, and what is no claim."""

from __future__ import annotations

import re

from extractors.attribution.candidates import Candidate
from extractors.attribution.features import source_type
from extractors.attribution.lexicon import Lexicon, load_lexicon
from extractors.attribution.media import media_in_clause
from extractors.attribution.page import Page, Range
from extractors.attribution.relays import is_same_speaker, read_quoting
from extractors.attribution.verbs import is_negated
from extractors.parse import Span, Token

_WRITER = frozenset({"i", "we", "you"})
_RELAYING = frozenset({"say", "report", "announce", "claim", "confirm", "according_to"})
_RELAYABLE = frozenset({"hear", "speak of", "tell", "say", "claim", "write"})
_TRIBUNALS = frozenset({"court", "inquest", "jury", "tribunal", "hearing", "inquiry"})
_DECIDING = _TRIBUNALS | {"judge", "voter", "parliament", "senate", "assembly", "lawmaker"}
_DECIDED = frozenset(
    {"request", "appeal", "motion", "petition", "referendum", "bid", "application"}
)
_NOBODY = frozenset({"neither", "nobody", "none", "no"})
# "An earlier version of this article gave the toll as 29": the writer of himself.
_OWN_VOICE = re.compile(
    r"\b(?:earlier|previous|original) version of th(?:is|e) (?:article|story|report)\b", re.I
)
_ANONYMITY = re.compile(r"not to be (?:named|identified|quoted)|for anonymity|to remain anonymous")


def settle(
    page: Page, lexicon: Lexicon, scored: list[Candidate], threshold: float
) -> list[Candidate]:
    """Keep one candidate a saying, by the claim contract's rules of nesting.

    Those below `threshold` are kept only as the inner half of a relay: that the outer source
    reports a saying is all the evidence it needs.
    """
    claims = [candidate for candidate in scored if is_claim(page, candidate)]
    kept = [candidate for candidate in claims if candidate.score >= threshold]
    kept += [candidate for candidate in claims if _is_relayed(page, kept, candidate, threshold)]
    kept.sort(key=lambda candidate: (candidate.start, candidate.head))
    kept = read_quoting(page, lexicon, kept)
    _cut_at_colons(page, kept)
    _repair_sources(page, kept)
    kept = _unnest(page, kept)
    for candidate in kept:
        if candidate.lemma == "hear" and _is_tribunal(page, candidate.source):
            candidate.source = None
        candidate.clause = _clause(page, candidate, kept)
        candidate.relays += [
            relay
            for relay in media_in_clause(page, lexicon, candidate)
            if relay not in candidate.relays
        ]
    return kept


def _is_tribunal(page: Page, source: Range | None) -> bool:
    """ "..., the court heard": those who heard it did not say it."""
    return source is not None and page.doc[slice(*source)].root.lemma_.lower() in _TRIBUNALS


def is_claim(page: Page, candidate: Candidate) -> bool:
    """Whether a candidate says something: no bare praise, no refusal to speak, no writer's "we"."""
    head = page.doc[candidate.head]
    if candidate.shape == "bare":
        return False
    if candidate.cue is not None and is_negated(head) and not _denies_denial(candidate):
        return False
    words = page.doc[candidate.start : candidate.end].text
    if candidate.lemma == "ask" and _ANONYMITY.match(words):
        return False
    source = candidate.source
    if _OWN_VOICE.search(page.doc[slice(*page.sentence_at[candidate.head])].text):
        return False
    if source is not None and page.doc[source[0]].lower_ in _NOBODY:
        return False
    if _is_idle(page, candidate):
        return False
    if candidate.shape == "colon" and not _is_speaker(page, candidate):
        return False
    return source is None or page.doc[slice(*source)].root.lower_ not in _WRITER


def _is_speaker(page: Page, candidate: Candidate) -> bool:
    """Whether what stands before a colon can speak: a person, a body, or a word for them."""
    words = page.doc[slice(*(candidate.source or (0, 0)))]
    named = any(token.ent_type_ in {"PERSON", "ORG", "NORP"} for token in words)
    return named or words[-1].lower_ in load_lexicon().speakers or _recurs(page, words)


def _recurs(page: Page, words: Span) -> bool:
    """Whether the text uses the last of `words` as a name within a sentence, too."""
    return words[-1].pos_ == "PROPN" and words[-1].orth in page.names


def _is_idle(page: Page, candidate: Candidate) -> bool:
    """ "it is safe to say that", "the goal gave him 12 points": no saying in spite of the verb."""
    head = page.doc[candidate.head]
    if candidate.lemma == "give":
        words = page.doc[candidate.start : candidate.end]
        gives_toll = any(token.lemma_ in load_lexicon().tolls for token in words)
        return source_type(page, candidate.source) != "document" and not gives_toll
    if candidate.shape == "object" and (_decides(page, candidate) or _is_ground(head)):
        return True
    has_to = any(child.tag_ == "TO" for child in head.lefts)
    if has_to and head.dep_ in {"ROOT", "acl"}:
        return True  # "Schools to ask voters for more"
    is_infinitive = head.tag_ == "VB" and head.dep_ == "xcomp"
    return is_infinitive and (head.head.pos_ == "ADJ" or head.head.lemma_ == "be")


def _decides(page: Page, candidate: Candidate) -> bool:
    """ "The court dismissed the charges", "dismissed minister X": a ruling, and no denial."""
    words = [token for start, end in candidate.content for token in page.doc[start:end]]
    says_why = any(page.is_speech(token.i) or token.lower_ == "as" for token in words)
    who = candidate.source
    if candidate.lemma not in {"reject", "dismiss", "deny"} or who is None or says_why:
        return False
    what = page.doc[slice(*candidate.content[0])].root
    if candidate.lemma == "dismiss" and what.ent_type_ == "PERSON":
        return True
    source = page.doc[slice(*who)]
    judges = [source.root] if source.root.pos_ != "PROPN" else list(source)
    is_ruling = candidate.lemma != "deny" and any(t.lemma_.lower() in _DECIDING for t in judges)
    return what.lemma_.lower() in _DECIDED or is_ruling


def _is_ground(head: Token) -> bool:
    """ "was fined for revealing secrets": what somebody did, told by others."""
    return head.dep_ == "pcomp" and head.tag_ == "VBG" and head.head.lower_ == "for"


def _denies_denial(candidate: Candidate) -> bool:
    """ "did not rule out X", "does not dispute X", "does not believe that": negated and a claim."""
    if candidate.lemma in {"rule out", "dispute", "deny", "reject", "question", "contradict"}:
        return candidate.shape != "xcomp"
    return candidate.cue_class in {"believe", "order"} or candidate.lemma in {"expect", "accept"}


def _cut_at_colons(page: Page, kept: list[Candidate]) -> None:
    """End a content at a colon or semicolon after which another attribution has its own."""
    starts = {min(c.start, c.clause[0]) for c in kept}
    for candidate in kept:
        start, end = candidate.content[-1]
        for index in range(start + 1, end):
            is_break = page.doc[index].text in {":", ";"} and not page.is_speech(index)
            if is_break and index + 1 in starts:
                candidate.content[-1] = (start, index)
                break


def _repair_sources(page: Page, kept: list[Candidate]) -> None:
    """Read a source again that the parser ran together with the "according to" before it."""
    phrases = [c for c in kept if c.shape == "phrase"]
    for candidate in kept:
        source, cue = candidate.source, candidate.cue
        if candidate.shape == "phrase" or source is None or cue is None or source[1] > cue[0]:
            continue
        for phrase in phrases:
            if phrase.clause[0] <= source[0] < phrase.clause[1]:
                candidate.source = (phrase.start, cue[0])
                candidate.source = page.trim(*candidate.source)


def _is_relayed(page: Page, kept: list[Candidate], candidate: Candidate, threshold: float) -> bool:
    if candidate.score >= threshold or candidate.lemma not in _RELAYABLE:
        return False
    return any(
        _is_inside(outer, candidate)
        and _says_all(page, outer, candidate)
        and (candidate.lemma == "hear" or not is_same_speaker(page, outer, candidate))
        for outer in kept
        if outer.score >= threshold
    )


def _unnest(page: Page, kept: list[Candidate]) -> list[Candidate]:
    """Resolve attributions within the content of others, the outermost first."""
    dropped: set[int] = set()
    for outer in sorted(kept, key=lambda c: c.start - c.end):
        if id(outer) in dropped:
            continue
        for inner in kept:
            if inner is outer or id(inner) in dropped or not _is_inside(outer, inner):
                continue
            if is_same_speaker(page, outer, inner) or not _says_all(page, outer, inner):
                dropped.add(id(inner))
            else:
                if inner.lemma == "hear":
                    inner.relays = []
                inner.relays = [
                    *outer.relays,
                    *([outer.source] if outer.source else []),
                    *inner.relays,
                ]
                dropped.add(id(outer))
                break
    return [candidate for candidate in kept if id(candidate) not in dropped]


def _is_inside(outer: Candidate, inner: Candidate) -> bool:
    """Whether the inner cue and content are content of the outer."""
    return outer.covers(inner.head) and outer.covers(inner.start)


def _says_all(page: Page, outer: Candidate, inner: Candidate) -> bool:
    """Whether the outer content is the inner attribution and nothing else."""
    if outer.cue_class not in _RELAYING:
        return False
    if inner.source is None or inner.lemma == "ask" or inner.shape in {"noun", "relative"}:
        return False
    own = [inner.source, inner.cue or inner.source, *inner.content]
    rest = [
        token
        for start, end in outer.content
        for token in page.doc[start:end]
        if token.is_alpha
        and not any(left <= token.i < right for left, right in own)
        and token.pos_ not in {"ADV", "SCONJ", "ADP", "AUX", "DET"}
    ]
    first = min(inner.source[0], inner.start, *(inner.cue or ())[:1])
    starts = first - outer.start <= 2
    return starts and len(rest) <= 4


def _clause(page: Page, candidate: Candidate, kept: list[Candidate]) -> Range:
    """Widen the attributing clause to its sentence, up to contents and other cues."""
    start, end = candidate.clause
    floor, limit = page.sentence_at[candidate.head]
    others = {c.head for c in kept if c is not candidate}

    def is_free(index: int) -> bool:
        inside = any(other.covers(index) for other in kept if other is not candidate)
        return not inside and index not in others and not page.is_speech(index)

    while start > floor and is_free(start - 1) and not candidate.covers(start - 1):
        start -= 1
    while end < limit and is_free(end):
        end += 1
    return start, end
