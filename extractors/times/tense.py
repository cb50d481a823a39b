"""Whether a clause looks forward from the day of publication, read off its verbs."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractors.records import CueClass
from extractors.times.scan import Expression

FORWARD_CUES: frozenset[CueClass] = frozenset({"estimate", "order", "promise", "warn"})
_FORWARD_AUXILIARIES = frozenset(
    "will would 'll ’ll wo shall may might could can should ca must 'd ’d".split()
)
_CONDITIONS = frozenset("if unless when until before once".split())
_NOT_FORWARD_HEADS = frozenset("manage fail have seem appear begin start continue claim".split())


def looks_forward(
    doc: Doc,
    expression: Expression,
    content: Sequence[tuple[int, int]] = (),
    cue_class: CueClass | None = None,
) -> bool:
    """Return whether the clause round `expression` is about the future.

    `cue_class` decides where the content has no verb of its own ("forecast a cut in May").
    """
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    if span is None:
        return False
    inside = next((one for one in content if one[0] <= expression.core < one[1]), None)
    verb = governing_verb(span.root)
    if verb is None or (inside and not inside[0] <= verb.idx < inside[1]):
        return cue_class in FORWARD_CUES
    if expression.prep in ("by", "until", "till") and verb.tag_ in ("VBZ", "VBP"):
        return True
    return is_forward(verb, cue_class)


def governing_verb(token: Token) -> Token | None:
    """Return the verb whose clause holds `token`, or None in a sentence without one."""
    for above in (token, *token.ancestors):
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def is_forward(verb: Token, cue_class: CueClass | None = None) -> bool:
    """Return whether the clause of `verb` is about the future."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"have", "has", "had", "was", "were", "did"} and not auxiliaries & {"will"}:
        return False
    if auxiliaries & _FORWARD_AUXILIARIES:
        return True
    if "to" in auxiliaries:
        return verb.head.lemma_ not in _NOT_FORWARD_HEADS
    if verb.tag_ in ("VBD", "VBN"):
        return verb.dep_ == "conj" and verb.tag_ == "VBN" and is_forward(verb.head, cue_class)
    if verb.tag_ in ("VBP", "VBZ") and {c.lower_ for c in verb.children} & _CONDITIONS:
        return True
    if verb.dep_ in ("conj", "advcl", "acl", "pcomp", "relcl") and verb.head.pos_ in (
        "VERB",
        "AUX",
    ):
        return is_forward(verb.head, cue_class)
    return verb.tag_ == "VB" or (cue_class in FORWARD_CUES and verb.tag_ != "VBG")
