"""Which times date a claim, and what they date: the saying, the thing said, or its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from extractors.records import TimeRole
from extractors.times.scan import Expression, scan
from extractors.times.tense import governing_verb

Range = tuple[int, int]

_BASE = re.compile(r"(?<!\w)(?:than|from|as|the\s+same\s+\w+)\s+$", re.IGNORECASE)
_DATING = frozenset(
    ("in", "since", "by", "until", "till", "before", "after", "from", "between", "during", "for")
)


def claim_expressions(text: str) -> list[Expression]:
    """Return the expressions of `text` that can date a claim: no habits, durations, bases."""
    return [one for one in scan(text) if _dates(text, one)]


def _dates(text: str, expression: Expression) -> bool:
    kinds, before = expression.kinds, text[max(0, expression.start - 20) : expression.start]
    if "span" in kinds and expression.prep == "for":
        return False
    if kinds & {"ago", "unit", "year"} and _BASE.search(before):
        return False
    if not expression.is_weak or "full" in text[expression.core : expression.end]:
        return True
    if kinds == {"part"}:
        return expression.prep in ("since", "by", "until", "during")
    return expression.edge is not None or _is_dated_year(text, expression)


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

    Reduced clauses are climbed through: "said in a statement published on Monday".
    """
    span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
    said = doc.char_span(*cue, alignment_mode="expand")
    if span is None or said is None:
        return False
    if 0 <= expression.start - cue[1] <= 1:
        return True
    verb = governing_verb(span.root)
    while verb is not None and verb.dep_ == "acl" and verb not in said:
        verb = governing_verb(verb.head)
    return (
        verb is None or verb in said or verb == governing_verb(said.root) or verb == said.root.head
    )


def role_of(
    doc: Doc, expression: Expression, inside: bool, figures: Sequence[Range]
) -> TimeRole | None:
    """Return what an expression dates that is `inside` the content or in its attributing clause."""
    if "present" in expression.kinds:
        return "as_of" if figures else None
    if not inside:
        return "utterance"
    return "as_of" if _dates_figure(doc, expression, figures) else "event"


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
