"""Verbs that attribute: the cue group, and the content in each construction it takes."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.attribution.bounds import is_hoisted
from extractors.attribution.candidates import Candidate
from extractors.attribution.contents import (
    before_content,
    clause_content,
    headline_content,
    quote_content,
)
from extractors.attribution.hearsay import saying_after
from extractors.attribution.lexicon import Lexicon, load_lexicon
from extractors.attribution.mentions import Source, find_subject, mention, own_subject
from extractors.attribution.nearby import listed, named, phrase_after, phrase_before
from extractors.attribution.objects import object_content, preposition_content, relative_content
from extractors.attribution.page import CLOSERS, Page, Range
from extractors.parse import Token
from extractors.records import CueClass

_NAME = frozenset({"PROPN", "ADP", "DET", "NOUN"})
_VERBAL = frozenset({"VERB", "AUX"})


def verb_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for every cue verb outside quoted speech that has content."""
    for token in page.doc:
        if token.lemma_ in lexicon.verbs and is_verb(token) and not page.is_speech(token.i):
            if _is_hearsay(page, token) or _goes_on(token):
                continue
            found = _read(page, lexicon, token)
            if found is not None:
                yield found


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, or one taken for a noun ("Firm blames valve", "its officials in
    Chad announce that"); participles that only describe ("suspected rebels") are none.
    """
    if token.pos_ in _VERBAL:
        return not (_describes(token) or _is_in_name(token))
    if token.dep_ != "ROOT" or token.tag_ not in {"NN", "NNS"}:
        return False
    has_object = any(child.dep_ in {"dobj", "ccomp"} for child in token.rights)
    if has_object and token.tag_ == "NNS":
        return True
    before = token.doc[max(0, token.i - 1)]
    has_source = own_subject(token) is not None or before.lower_ in load_lexicon().speakers
    return has_source and any(map(_is_clause, token.rights))


def _is_in_name(token: Token) -> bool:
    """The "State" of "Islamic State": a capital inside a sentence that has other verbs."""
    if not token.text[0].isupper() or token.i == token.sent.start:
        return False
    return token.nbor(-1).text[0].isupper() and any(
        t.pos_ == "VERB" and t.is_lower for t in token.sent
    )


def _describes(token: Token) -> bool:
    """Whether a participle stands before its noun: "when suspected rebels", "to recalled goods"."""
    if token.tag_ not in {"VBN", "VBD"} or not 0 < token.i < len(token.doc) - 1:
        return False
    before, after = token.nbor(-1), token.nbor()
    leads = before.is_lower and before.tag_ in {"IN", "TO", "WRB", "DT"}
    return leads and after.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ"}


def _goes_on(verb: Token) -> bool:
    """ "continued to deny", "continues to burn": the saying, if any, is the other verb's."""
    return verb.lemma_ == "continue" and any(child.dep_ == "xcomp" for child in verb.rights)


def _is_clause(child: Token) -> bool:
    """Whether what hangs on a noun is what a verb says: a clause, "that ...", "to have ..."."""
    if child.dep_ in {"relcl", "acl"}:
        return any(mark.dep_ == "mark" and mark.lower_ == "that" for mark in child.lefts)
    return child.dep_ in {"ccomp", "xcomp"}


def _is_hearsay(page: Page, verb: Token) -> bool:
    """Whether the verb belongs to a "quoted ... as saying", which is read elsewhere."""
    if verb.lower_ == "saying" and verb.i and page.doc[verb.i - 1].lower_ == "as":
        return True
    return verb.lemma_ == "quote" and saying_after(page, verb) is not None


def is_passive(verb: Token) -> bool:
    """Whether `verb` is a passive or a bare participle on a noun."""
    if any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children):
        return True
    if verb.i == verb.sent.start and verb.tag_ in {"VBN", "VBD"}:
        return True  # "Asked whether ..., he said"
    has_auxiliary = any(child.dep_ == "aux" for child in verb.children)
    has_subject = any(child.dep_ == "nsubj" for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ != "conj" and not has_auxiliary and not has_subject


def is_negated(verb: Token) -> bool:
    """Whether the verb is negated, or what somebody declined to do, or has a negative object."""
    for child in verb.children:
        if child.dep_ in {"neg", "preconj"} and child.lower_ != "either":
            return True
        if child.dep_ == "dobj" and any(t.lower_ in {"no", "neither"} for t in child.lefts):
            return verb.lemma_ in {"give", "make", "offer", "provide", "issue"}
    if verb.dep_ == "conj" and any(child.dep_ == "preconj" for child in verb.head.children):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ in {"decline", "refuse", "fail", "want"}


def cue_range(page: Page, lexicon: Lexicon, verb: Token) -> Range:
    """From the first auxiliary to the verb, with its particle and fixed preposition."""
    start, end = verb.i, verb.i + 1
    subject = next((c.i for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}), -1)
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg"} and child.i > subject and child.tag_ != "TO":
            if "," in {token.text for token in page.doc[child.i : verb.i]}:
                continue
            start = min(start, child.i)
    extra = lexicon.particles.get(verb.lemma_, ()) + lexicon.prepositions.get(verb.lemma_, ())
    if end < len(page.doc) and page.doc[end].lower_ in extra:
        end += 1
    return start, end


def cue_sense(lexicon: Lexicon, page: Page, verb: Token, cue: Range) -> tuple[str, CueClass]:
    """The cue's lemma, with its particle, and its class; a negated denial is no denial."""
    lemma = " ".join([verb.lemma_, *(t.lower_ for t in page.doc[verb.i + 1 : cue[1]])])
    key = lemma.replace(" ", "_")
    sense = lexicon.verbs.get(key) or lexicon.verbs[verb.lemma_]
    if lemma == "rule out":
        sense = "deny"
    if is_negated(verb) and sense == "deny":
        sense = "other"
    return "hear" if lemma == "hear from" else lemma, sense


def _read(page: Page, lexicon: Lexicon, verb: Token) -> Candidate | None:
    cue = cue_range(page, lexicon, verb)
    governor = _governor(lexicon, verb)
    if governor is None and is_passive(verb):
        return _read_passive(page, lexicon, verb, cue)
    source = find_subject(page, governor or verb)
    who = _up_to_cue(page, source, cue)
    if who is None and verb.tag_ in {"VBD", "VBZ", "VBP", "NN", "NNS"}:
        who = phrase_before(page, cue[0])
        if who is None and page.doc[page.before(cue[0])].text in CLOSERS:
            who = phrase_after(page, verb.i)
        source = Source(None, "subject")
    clause = _clause_core(source, who, cue)
    found = _content(page, lexicon, verb, source, cue, clause)
    if found is None:
        return None
    shape, content = found
    lemma, sense = cue_sense(lexicon, page, verb, cue)
    if lemma == "tell" and _commands(verb):
        sense = "order"
    if lemma == "suggest" and source.head is not None and source.head.lemma_ in lexicon.models:
        sense = "estimate"
    return Candidate(shape, verb.i, cue, lemma, sense, who, source.how, content, clause)


def _commands(verb: Token) -> bool:
    """Whether somebody is told to do something."""
    return any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts) for c in verb.rights)


def _governor(lexicon: Lexicon, verb: Token) -> Token | None:
    """The cue that `verb` goes with though the parser put it into its content: coordinated, or
    ", adding that ..."."""
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.lemma_ in lexicon.telling:
        return next((t for t in verb.ancestors if t.lemma_ in lexicon.telling), None)
    if verb.dep_ != "conj":
        return None
    return next((t for t in verb.head.ancestors if is_hoisted(lexicon, t, verb)), None)


def _up_to_cue(page: Page, source: Source, cue: Range) -> Range | None:
    """The mention, with a name between it and the cue that the parser took for another subject."""
    if source.head is None:
        return None
    start, end = mention(page, source.head)
    gap = list(page.doc[end : cue[0]]) if source.how == "subject" and end < cue[0] else []
    if start < cue[0] < end:
        return start, cue[0]
    while end - 1 > start and page.doc[end - 1].lower_ in {"both", "all", "each", "also"}:
        end -= 1
    if end <= cue[0]:
        start, end = listed(page, named(page, (start, end)), cue[0])
    is_name = bool(gap) and gap[0].pos_ == "PROPN" and all(t.pos_ in _NAME for t in gap)
    return (start, cue[0]) if is_name else (start, end)


def _clause_core(source: Source, who: Range | None, cue: Range) -> Range:
    """The source, where it stands beside the cue, and the cue."""
    if who is None or source.how in {"shared", "relative"}:
        return cue
    if who[1] <= cue[0]:
        return who[0], cue[1]
    return (cue[0], max(cue[1], who[1])) if who[0] >= cue[1] else cue


def _content(
    page: Page, lexicon: Lexicon, verb: Token, source: Source, cue: Range, core: Range
) -> tuple[str, list[Range]] | None:
    """The first construction that gives content."""
    for shape, content in _readings(page, lexicon, verb, source, cue, core):
        if content:
            return _bare(page, lexicon, verb, shape, content), content
    return None


def _readings(
    page: Page, lexicon: Lexicon, verb: Token, source: Source, cue: Range, core: Range
) -> Iterator[tuple[str, list[Range] | None]]:
    """The constructions in the order of how sure each is; verbs of counting have no clauses."""
    is_relative = source.how == "relative" or verb.tag_ == "VBG"
    has_clauses = verb.lemma_ not in lexicon.counting
    if has_clauses:
        yield "headline", headline_content(page, core)
        yield "quote", quote_content(page, lexicon, verb, core[1], colon=True)
        if not is_relative:
            yield "before", before_content(page, lexicon, verb, core, strict=True)
        yield "clause", clause_content(page, lexicon, verb, core[1])
    if verb.lemma_ in lexicon.objects:
        yield "relative", relative_content(page, verb)
    if has_clauses:
        yield "quote", quote_content(page, lexicon, verb, core[1])
    yield "preposition", preposition_content(page, lexicon, verb, cue)
    if source.how != "subject" or source.head is None or source.head.i < verb.i:
        yield "object", object_content(page, lexicon, verb, cue)
    if has_clauses and not is_relative:
        yield "loose", before_content(page, lexicon, verb, core, strict=False)


def _bare(page: Page, lexicon: Lexicon, verb: Token, shape: str, content: list[Range]) -> str:
    """Mark objects that say nothing without quoted words ("praised his team")."""
    if shape != "object" or verb.lemma_ not in lexicon.objects_if_quoted:
        return shape
    quoted = any(page.is_speech(i) for start, end in content for i in range(start, end))
    return "object" if quoted or _predicates(verb) else "bare"


def _predicates(verb: Token) -> bool:
    """Whether something is said of the object: "regards the figure as too low", and no name given
    ("what it calls the Genesis Program")."""
    has_object = any(child.dep_ == "dobj" for child in verb.rights)
    return has_object and any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.rights)


def _is_quoted_as(page: Page, child: Token) -> bool:
    """The "as “fiction”" of "was dismissed as “fiction”"."""
    return child.lower_ == "as" and page.is_speech(child.right_edge.i)


def _read_passive(page: Page, lexicon: Lexicon, verb: Token, cue: Range) -> Candidate | None:
    """Passives: by somebody, or by nobody for the verbs that make claims of nobody."""
    if verb.dep_ == "acl":
        return None  # "a study published by X", "the call reported by X"
    subject = find_subject(page, verb).head
    agent = next((g for c in verb.children if c.dep_ == "agent" for g in c.children), None)
    if subject is None or (agent is None and verb.lemma_ not in lexicon.impersonal):
        return None
    content = [page.trim(*mention(page, subject))] if subject.lower_ != "it" else []
    content += [
        page.trim(child.left_edge.i, child.right_edge.i + 1)
        for child in verb.rights
        if child.dep_ in {"xcomp", "ccomp", "oprd"} or _is_quoted_as(page, child)
    ]
    content = [piece for piece in content if piece[0] < piece[1]]
    if not content or (agent is None and len(content) < 2 and subject.lower_ != "it"):
        return None
    lemma, sense = cue_sense(lexicon, page, verb, cue)
    who = mention(page, agent) if agent is not None else None
    shape = "agent" if agent is not None else "impersonal"
    return Candidate(
        shape, verb.i, cue, lemma, sense, who, "agent" if agent else "none", sorted(content), cue
    )
