"""Whether a clause looks forward from the day of publication or back, read off its verbs."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.parse import Doc, Token
from extractors.records import CueClass
from extractors.times.scan import Expression

FORWARD_CUES: frozenset[CueClass] = frozenset({"estimate", "order", "promise", "warn"})
_MODALS = frozenset(
    (
        "will",
        "would",
        "'ll",
        "wo",
        "shall",
        "may",
        "might",
        "could",
        "can",
        "should",
        "ca",
        "must",
        "'d",
    )
)
_PERFECT = frozenset(("have", "has", "had", "'ve", "having"))
_PAST = _PERFECT | {"was", "were", "did"}
_CONDITIONS = frozenset(("if", "unless", "when", "until", "before", "once"))
_RAISING = frozenset(
    ("manage", "fail", "have", "seem", "appear", "begin", "start", "continue", "claim", "use")
)
_PLANNED = frozenset(
    (
        "forecast",
        "expect",
        "schedule",
        "plan",
        "due",
        "set",
        "predict",
        "project",
        "slate",
        "likely",
    )
)
_LIFTED = frozenset(("conj", "advcl", "acl", "pcomp", "relcl"))


def looks_forward(
    doc: Doc,
    expression: Expression,
    content: Sequence[tuple[int, int]] = (),
    cue_class: CueClass | None = None,
) -> bool | None:
    """Return whether the clause round `expression` is about the future; None where it is open.

    `cue_class` decides where the content has no verb of its own ("forecast a cut in May").
    """
    if expression.prep == "since":
        return False
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    if span is None:
        return None
    inside = next((one for one in content if one[0] <= expression.core < one[1]), None)
    verb = governing_verb(span.root)
    if verb is None or (inside and not inside[0] <= verb.idx < inside[1]):
        direction = True if cue_class in FORWARD_CUES else None
    else:
        direction = is_forward(verb, cue_class)
    if direction is None and expression.prep in ("by", "until", "till"):
        return True
    return direction


def governing_verb(token: Token) -> Token | None:
    """Return the verb whose clause holds `token`, or None in a sentence without one."""
    for above in (token, *token.ancestors):
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def is_forward(verb: Token, cue_class: CueClass | None = None) -> bool | None:
    """Return whether the clause of `verb` is about the future; None where its form is open."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & _MODALS:
        return not auxiliaries & _PERFECT or "will" in auxiliaries
    if _is_planned(verb) and not auxiliaries & _PAST:
        return True
    if auxiliaries & _PAST:
        return False
    if "to" in auxiliaries:
        return verb.head.lemma_ not in _RAISING
    return _by_form(verb, cue_class)


def _is_planned(verb: Token) -> bool:
    """Whether it says what is to come in the present: "is due in May", "are expected"."""
    if verb.lemma_ in _PLANNED:
        return verb.tag_ != "VBD"
    complements = (child for child in verb.children if child.dep_ in ("acomp", "oprd", "attr"))
    return verb.tag_ in ("VBZ", "VBP") and any(c.lower_ in _PLANNED for c in complements)


def _by_form(verb: Token, cue_class: CueClass | None) -> bool | None:
    is_lifted = verb.dep_ in _LIFTED and verb.head.pos_ in ("VERB", "AUX")
    if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not is_lifted):
        return False
    if verb.tag_ in ("VBP", "VBZ") and {child.lower_ for child in verb.children} & _CONDITIONS:
        return True
    if is_lifted:
        return is_forward(verb.head, cue_class)
    if verb.tag_ == "VB":
        return True
    return True if cue_class in FORWARD_CUES and verb.tag_ != "VBG" else None
