"""How firmly a claim is made: modality, polarity, hedges. Judged on its first proposition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.drafts import Draft
from extractors.gazetteer import lexicon
from extractors.parse import Doc, Token
from extractors.records import Modality, Polarity, Span
from extractors.text import Offsets

_NEGATIVES = frozenset({"no", "none", "nobody", "nothing", "neither", "never"})
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "csubj", "csubjpass", "pcomp"})
_DENYING = frozenset({"deny", "reject", "dismiss", "dispute", "refute", "rule", "contest"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class _Words:
    modals: frozenset[str]
    adverbs: frozenset[str]
    approximators: frozenset[str]
    possible: frozenset[str]
    conditions: frozenset[str]
    planned: frozenset[str]
    forecasting: frozenset[str]
    expecting: frozenset[str]
    permitting: frozenset[str]
    timeless: frozenset[str]
    known: frozenset[str]
    doubted: frozenset[str]


@cache
def _words() -> _Words:
    raw = lexicon("stance")
    tables = {**raw["hedges"], **raw["modality"], **raw["polarity"]}
    return _Words(**{name: frozenset(words) for name, words in tables.items()})


def _tokens(doc: Doc, spans: Sequence[Offsets]) -> Iterator[Token]:
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is not None:
            yield from span


def _number_follows(doc: Doc, token: Token) -> bool:
    following = doc[token.i + 1 : token.i + 3]
    return any(t.like_num or t.pos_ == "NUM" or t.is_currency for t in following) or (
        len(following) > 0 and following[0].lower_ in {"a", "half", "midday", "noon", "midnight"}
    )


def find_hedges(doc: Doc, text: str, content: Sequence[Offsets]) -> tuple[Span, ...]:
    """Return the words in `content` (character offsets) that weaken the claim."""
    words = _words()
    found = []
    for token in _tokens(doc, content):
        low = token.lower_
        is_modal = low in words.modals and token.tag_ == "MD" and not _is_negated(token.head)
        is_about = low in words.approximators and _number_follows(doc, token)
        if is_modal or is_about or low in words.adverbs:
            found.append(Span.of(text, token.idx, token.idx + len(token)))
    return tuple(found)


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


@dataclass(frozen=True, slots=True)
class _First:
    """The first proposition: its tokens up to the end of its sentence, and its verb."""

    tokens: list[Token]
    verb: Token | None


def _first(doc: Doc, content: Sequence[Offsets]) -> _First:
    tokens: list[Token] = []
    for start, end in content:
        piece = list(_tokens(doc, [(start, end)]))
        if tokens and piece and _opens_anew(tokens[-1], piece):
            break
        tokens += piece
    stop = next((i for i, t in enumerate(tokens) if i and t.text in {".", "!", "?", ";"}), None)
    sentence = tokens[: stop or len(tokens)]
    return _First(sentence, _main_verb(sentence))


def _opens_anew(last: Token, piece: list[Token]) -> bool:
    """Whether a quotation that was closed with its comma is followed by another sentence."""
    word = next((token for token in piece if token.text[0].isalnum()), None)
    is_new = word is not None and word.text[0].isupper() and word.pos_ != "PROPN"
    return last.is_quote and is_new and last.i > 0 and last.nbor(-1).text in {",", ".", "!", "?"}


def _main_verb(tokens: list[Token]) -> Token | None:
    """The verb of the first finite clause that hangs on nothing within the content."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if not _is_finite(token):
            continue
        verb = token.head if token.dep_ in {"aux", "auxpass"} else token
        if not _hangs(verb, inside):
            return verb
    return None


def _is_finite(token: Token) -> bool:
    """Whether it is a finite verb, also one whose past tense was taken for a participle."""
    if token.tag_ in _FINITE:
        return True
    parts = {child.dep_ for child in token.children}
    return token.tag_ == "VBN" and "nsubj" in parts and not parts & {"aux", "auxpass"}


def _hangs(verb: Token, inside: set[int]) -> bool:
    """Whether the clause of `verb` is subordinate to something in the content."""
    node = verb
    for _ in range(12):
        if node.dep_ in _SUBORDINATE and node.head.i in inside:
            return True
        if node.head == node or node.head.i not in inside:
            return False
        node = node.head
    return False


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "advmod"}}


def modality_of(doc: Doc, draft: Draft) -> Modality:
    """Return how the claim is meant: as fact, belief, plan, possibility, under a condition."""
    if draft.kind in {"non_disclosure", "status_statement"}:
        return "narrated"
    first = _first(doc, [(start, end) for start, end, _ in draft.content])
    words = _words()
    if any(t.lower_ in words.conditions and not _asks(t) for t in first.tokens):
        return "conditional"
    auxiliaries = _auxiliaries(first.verb) if first.verb is not None else set()
    if "would" in auxiliaries and _lemma(draft) in words.timeless:
        return "conditional"
    if "could" in auxiliaries and _is_able(first, draft):
        auxiliaries.discard("could")
    if _is_possible(first, auxiliaries, draft):
        return "possible"
    if _is_planned(first, auxiliaries, draft):
        return "planned"
    return "believed" if draft.cue_class == "believe" else "asserted"


def _asks(token: Token) -> bool:
    """Whether "if" means "whether"."""
    return token.lower_ == "if" and token.head.dep_ == "ccomp"


def _lemma(draft: Draft) -> str:
    """The verb of the cue without its particle: "rule" of "rule out"."""
    return (draft.lemma or "").split(" ")[0]


def _is_possible(first: _First, auxiliaries: set[str], draft: Draft) -> bool:
    words = _words()
    if draft.lemma == "rule out" and draft.cue_class == "other":
        return True
    if first.verb is None:
        return any(t.lower_ in words.possible for t in first.tokens)
    attributes = {t.lower_ for t in first.verb.children if t.dep_ in {"acomp", "advmod", "attr"}}
    return bool((auxiliaries | attributes) & words.possible)


def _is_able(first: _First, draft: Draft) -> bool:
    """Whether "could" means ability or leave: "could not confirm", "ruled that it could go on"."""
    is_negated = first.verb is not None and _is_negated(first.verb)
    return is_negated or _lemma(draft) in _words().permitting


def _is_planned(first: _First, auxiliaries: set[str], draft: Draft) -> bool:
    words = _words()
    if auxiliaries & (words.planned | {"should"}) or draft.cue_class in {"order", "promise"}:
        return True
    if _lemma(draft) in words.forecasting:
        return True
    expects = first.verb is not None and (
        first.verb.lemma_ in words.expecting
        or (first.verb.lemma_ == "see" and "now" in auxiliaries)
    )
    to_come = first.verb is None and bool(first.tokens) and first.tokens[0].lower_ == "to"
    is_stopped = draft.lemma == "rule out" and draft.cue_class == "deny"
    return expects or is_stopped or (to_come and draft.cue_class not in {"claim", "deny", "report"})


def polarity_of(doc: Doc, draft: Draft, *, denies: bool = False) -> Polarity:
    """Return whether the claim is a negative one; `denies`: it calls another claim untrue."""
    if draft.kind in {"non_disclosure", "status_statement"} or denies:
        return "negative"
    if _lemma(draft) == "plead":
        return "negative" if draft.cue_class == "deny" else "affirmative"
    if draft.cue_class == "deny" or _lemma(draft) in _DENYING - {"dispute"}:
        return "affirmative" if draft.cue_class == "other" else "negative"
    first = _first(doc, [(start, end) for start, end, _ in draft.content])
    return "negative" if _negated(first) else "affirmative"


def _negated(first: _First) -> bool:
    verb = first.verb
    if verb is None:
        opening = first.tokens[:4]
        return any(t.lower_ in {"no", "not", "none", "nobody", "never"} for t in opening)
    tokens = [token for token in first.tokens if not _bounds(token)]
    if any(t.dep_ == "neg" and _reaches(t, verb) for t in tokens):
        return True
    return any(token.lower_ in _NEGATIVES and _is_argument(token, verb) for token in tokens)


def _bounds(token: Token) -> bool:
    """Whether a negative word bounds a number: "no fewer than 16", "not more than 16"."""
    following = token.doc[token.i + 1 : token.i + 3]
    is_compared = len(following) == 2 and following[0].tag_ in {"JJR", "RBR"}
    return (
        is_compared and following[1].lower_ == "than" and _number_follows(token.doc, following[1])
    )


def _reaches(negation: Token, verb: Token) -> bool:
    """Whether "not" is the verb's, its auxiliary's or its complement's ("is not in a position")."""
    head = negation.head
    return head == verb or (head.head == verb and head.pos_ != "VERB")


def _is_argument(token: Token, verb: Token) -> bool:
    """Whether a negative word is, or determines, an argument of the verb."""
    noun = token.head if token.dep_ in {"det", "neg", "advmod"} else token
    if noun.lemma_ in _words().doubted:
        return False
    if token.lower_ == "no" and verb.lemma_ == "have" and noun.lemma_ not in _words().known:
        return False
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        return noun.head.head == verb and token.lower_ == "no" and noun.head.lower_ == "of"
    is_there = any(child.dep_ == "expl" for child in verb.children)
    if not is_there and (noun.dep_ == "attr" or token.lower_ == "nothing"):
        return False  # "did nothing that she had to hide" tells of what was done
    return noun == verb or (
        noun.head == verb and noun.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "expl", "advmod"}
    )
