"""The times of one claim: what dates the saying, what the thing said, and what its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from spacy.tokens import Doc

from extractors.records import CueClass, TimeRef, TimeRole
from extractors.times import lexicon as words
from extractors.times.calendar import Interval, day_interval
from extractors.times.scan import Expression, scan
from extractors.times.tense import governing_verb, looks_forward

Range = tuple[int, int]

_BASE = re.compile(r"(?<!\w)(?:than|from|as|the\s+same\s+\w+)\s+$", re.IGNORECASE)
_DATING = frozenset(
    ("in", "since", "by", "until", "till", "before", "after", "from", "between", "during", "for")
)
_ANCHOR = re.compile(
    r"(?<!\w)(?:(?:immediately|shortly|just|right|soon)\s+)?(?:before|after|during)\s+"
    rf"(?:the\s+)?(?P<who>[A-Z][\w’'-]*?)['’]s\s+(?P<what>{words.EVENT_NOUN})(?!\w)",
    re.IGNORECASE,
)


def find_times(
    doc: Doc,
    published_at: datetime | None,
    *,
    content: Sequence[Range],
    text: str | None = None,
    clause: Range | None = None,
    cue: Range | None = None,
    figures: Sequence[Range] = (),
    cue_class: CueClass | None = None,
) -> list[TimeRef]:
    """Return the times of a claim in order; none without `published_at` (UTC).

    `content` are its pieces, `clause` is the attributing clause with its `cue`, `figures` are the
    spans of its quantities, all in code points. What lies in the content is of the event, what
    lies in the clause outside it and hangs on the cue is of the utterance; what dates a figure is
    `as_of`. Spans are cut from `text`, the original where `doc.text` is normalised.
    """
    if published_at is None:
        return []
    at, normal = published_at.replace(tzinfo=None), doc.text
    text = normal if text is None else text
    found = []
    for expression in claim_expressions(normal):
        inside = _within(expression, content)
        if not inside and not (clause and _within(expression, [clause])):
            continue
        if not inside and cue and not _hangs_on(doc, expression, cue):
            continue
        role = _role(doc, expression, inside, figures)
        interval = role and _resolve(doc, expression, at, content, cue_class)
        if role and interval:
            found.append(_time_ref(text, expression.start, expression.end, interval, role))
    return sorted([*found, *_anchored(doc, normal, text, at, content)], key=lambda time: time.start)


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


def _resolve(
    doc: Doc,
    expression: Expression,
    at: datetime,
    content: Sequence[Range],
    cue_class: CueClass | None,
) -> Interval | None:
    forward = looks_forward(doc, expression, content, cue_class)
    return expression.resolve(at, forward=forward)


def _within(expression: Expression, ranges: Sequence[Range]) -> bool:
    return any(start <= expression.core and expression.end <= end for start, end in ranges)


def _hangs_on(doc: Doc, expression: Expression, cue: Range) -> bool:
    """Whether the expression follows the cue at once, or hangs on it or on the verb above it.

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


def _role(
    doc: Doc, expression: Expression, inside: bool, figures: Sequence[Range]
) -> TimeRole | None:
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


def _anchored(
    doc: Doc, normal: str, text: str, at: datetime, content: Sequence[Range]
) -> list[TimeRef]:
    """Return times given by an event that another sentence dates ("before X's speech")."""
    found = []
    for match in _ANCHOR.finditer(normal):
        inside = any(start <= match.start() and match.end() <= end for start, end in content)
        interval = _event_day(doc, match["who"], match.start(), at) if inside else None
        if interval:
            found.append(_time_ref(text, *match.span(), interval, "event"))
    return found


def _event_day(doc: Doc, who: str, before: int, at: datetime) -> Interval | None:
    """Return the day that a sentence about `who` names, the nearest one above `before`."""
    for expression in reversed(scan(doc.text)):
        if expression.kinds != {"day"} or expression.start >= before:
            continue
        span = doc.char_span(expression.core, expression.end, alignment_mode="expand")
        if span is not None and who in span.sent.text:
            interval = expression.resolve(at)
            return interval and day_interval(interval.start.date())
    return None


def _time_ref(text: str, start: int, end: int, interval: Interval, role: TimeRole) -> TimeRef:
    first, last = interval.iso()
    return TimeRef(text[start:end], start, end, first, last, interval.precision, role)
