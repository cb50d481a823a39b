"""Which times date a claim, and what they date: the saying, the thing said, or its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.parse import Doc, Token
from extractors.records import TimeRole
from extractors.times import lexicon as words
from extractors.times.scan import Expression, scan
from extractors.times.tense import governing_verb

Range = tuple[int, int]

_BASE = re.compile(r"(?<!\w)(?:than|from|as|the\s+same\s+\w+)\s+$", re.IGNORECASE)
# "from nine a year ago", "against 4.2% a year ago": the base of a comparison.
_BASE_FIGURE = re.compile(
    r"(?<!\w)(?:from|than|against|versus|compared\s+(?:with|to))\s+[^,;.]{1,40}\s$", re.IGNORECASE
)
_CHANGED = re.compile(r"(?:%|per\s?cent|points?|up|down|rise|increase|drop|fall|growth)\s+$", re.I)
_STAMP = re.compile(r"(?:^|\n)[\s([•–-]*(?:[Dd]ate:?\s+|[Uu]pdated:?\s+)?$")
_FINITE = frozenset(("nsubj", "nsubjpass", "aux", "auxpass"))
_DATING = frozenset(
    ("in", "since", "by", "until", "till", "before", "after", "from", "between", "during", "for")
)


def claim_expressions(text: str) -> list[Expression]:
    """Return the expressions of `text` that can date a claim: no habits, durations, bases."""
    return [one for one in scan(text) if _dates(text, one)]


def _dates(text: str, expression: Expression) -> bool:
    kinds = expression.kinds
    if "span" in kinds and expression.prep == "for":
        return False
    if _is_base(expression, text) or _is_stamp(expression, text):
        return False
    if not expression.is_weak or "full" in text[expression.core : expression.end]:
        return True
    if kinds == {"part"}:
        return expression.prep in ("since", "by", "until", "during")
    return expression.edge is not None or _is_dated_year(text, expression)


def _is_base(expression: Expression, text: str) -> bool:
    """Whether something is compared with that time: "than a year ago", "up 6% over last year"."""
    kinds, before = expression.kinds, text[max(0, expression.start - 60) : expression.start]
    if kinds & {"ago", "unit", "year"} and _BASE.search(before):
        return True
    if "ago" in kinds:
        return expression.prep == "from" or _BASE_FIGURE.search(before) is not None
    is_last = "unit" in kinds and expression.parts[0].match.groupdict().get("rel") is not None
    return is_last and expression.prep in ("over", "from") and _CHANGED.search(before) is not None


def _is_stamp(expression: Expression, text: str) -> bool:
    """Whether it heads a line as the stamp of a live page does ("14:40 Minister: ...")."""
    digits = text[expression.core : expression.core + 1].isdigit()
    is_bare = expression.start == expression.core and expression.last is None
    head = text[max(0, expression.start - 20) : expression.start]
    is_first = _STAMP.search(head) is not None
    return digits and is_bare and is_first and expression.kinds <= {"clock", "day"}


def _is_dated_year(text: str, expression: Expression) -> bool:
    """Whether a year or season dates something, and is no name of it ("the 2019 election")."""
    if text[: expression.core].lower().endswith("the ") and expression.kinds == {"year"}:
        return False
    named = bool(expression.kinds & {"year", "season"})
    return named and expression.prep in _DATING


def within(expression: Expression, ranges: Sequence[Range]) -> bool:
    """Return whether one of `ranges` holds the expression."""
    return any(start <= expression.core and expression.end <= end for start, end in ranges)


def hangs_on(doc: Doc, expression: Expression, cue: Range) -> bool:
    """Return whether the expression follows the cue, or hangs on it or on the verb above it.

    Reduced clauses are climbed through: "said in a statement published on Monday", "Speaking on
    Monday, she said".
    """
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    said = doc.char_span(*cue, alignment_mode="expand")
    if span is None or said is None:
        return False
    if 0 <= expression.start - cue[1] <= 1:
        return True
    verb = governing_verb(span.root)
    while verb is not None and verb not in said and _is_reduced(verb):
        verb = governing_verb(verb.head)
    return verb is None or verb in said or verb in _verbs_above(said.root)


def is_main(doc: Doc, expression: Expression) -> bool:
    """Return whether the expression is of no relative clause ("the mission that ended in 2021")."""
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    verb = governing_verb(span.root) if span is not None else None
    return verb is None or verb.dep_ != "relcl"


def _verbs_above(cue: Token) -> list[Token | None]:
    """Return the verbs whose times date what the cue says: "reported on Sunday, citing ..."."""
    if cue.lower_ in ("citing", "quoting"):
        return list(cue.ancestors)
    is_beside = any(token.text == ";" for token in cue.head.children)
    return [governing_verb(cue), *([] if is_beside else [cue.head])]


def _is_reduced(verb: Token) -> bool:
    """Whether the clause is a participle's: "published on Monday", "Speaking on Monday, ..."."""
    own = {child.dep_ for child in verb.children}
    is_participle = verb.tag_ in ("VBG", "VBN") and not own & _FINITE
    return verb.dep_ == "acl" or (verb.dep_ in ("advcl", "ccomp") and is_participle)


def role_of(
    doc: Doc, expression: Expression, inside: bool, figures: Sequence[Range]
) -> TimeRole | None:
    """Return what an expression dates that is `inside` the content or in its attributing clause."""
    if "present" in expression.kinds:
        return "as_of" if figures and not _is_forecast(doc, expression) else None
    if not inside:
        return "utterance"
    return "as_of" if _dates_figure(doc, expression, figures) else "event"


def _is_forecast(doc: Doc, expression: Expression) -> bool:
    """Whether "now" says when somebody expects something: "it now sees revenue of ..."."""
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    verb = governing_verb(span.root) if span is not None else None
    return verb is not None and verb.lemma_ in words.FORECASTS


def _dates_figure(doc: Doc, expression: Expression, figures: Sequence[Range]) -> bool:
    """Whether a time of day says when a count was taken ("27 detained by 9pm", "still")."""
    if not expression.kinds & {"clock", "part"}:
        return False
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    verb = governing_verb(span.root) if span is not None else None
    if verb is None:
        return False
    arguments = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    if verb.dep_ == "acl":
        arguments.append(verb.head)
    counted = any(
        token.idx < end and start < token.idx + len(token)
        for argument in arguments
        for token in (argument, *argument.lefts)
        for start, end in figures
    )
    still = any(child.lower_ == "still" for child in verb.children)
    return counted and (still or expression.prep == "by")
