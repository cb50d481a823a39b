"""The times of the claims of one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime

from extractors.parse import Doc, text_of
from extractors.records import CueClass, TimeRef, TimeRole
from extractors.times import lexicon as words
from extractors.times.calendar import Interval, day_interval
from extractors.times.roles import Range, claim_expressions, hangs_on, is_main, role_of, within
from extractors.times.scan import Expression, scan
from extractors.times.tense import looks_forward

_ANCHOR = re.compile(
    r"(?<!\w)(?:(?:immediately|shortly|just|right|soon)\s+)?(?:before|after|during)\s+"
    rf"(?:the\s+)?(?P<who>[A-Z][\w’'-]*?)['’]s\s+(?P<what>{words.EVENT_NOUN})(?!\w)",
    re.IGNORECASE,
)


class TimeReader:
    """Reads the times of any claim of one parsed text; what the claims share is read once."""

    def __init__(
        self,
        doc: Doc,
        published_at: datetime | None,
        text: str | None = None,
        parts: Sequence[tuple[int, int, datetime]] = (),
    ) -> None:
        """Read `doc`, published at `published_at` (UTC; what has no such date has no times).

        Spans are cut from `text`, the original of a normalised `doc.text`; `parts` are pieces of it
        that were published at another time: (start, end, UTC), in order.
        """
        self._doc, self._normal = doc, text_of(doc)
        self._text = self._normal if text is None else text
        self._whole = published_at.replace(tzinfo=None) if published_at else None
        self._parts = [(start, end, at.replace(tzinfo=None)) for start, end, at in parts]
        is_dated = bool(published_at or parts)
        self._expressions = claim_expressions(self._normal) if is_dated else []
        self._anchors = list(_ANCHOR.finditer(self._normal)) if is_dated else []

    def read(
        self,
        *,
        content: Sequence[Range],
        clause: Range | None = None,
        cue: Range | None = None,
        figures: Sequence[Range] = (),
        cue_class: CueClass | None = None,
    ) -> list[TimeRef]:
        """Return the times of a claim in order.

        `content` are its pieces, `clause` is the attributing clause with its `cue`, `figures` are
        the spans of its quantities, all in code points. What lies in the content is of the event,
        what lies in the clause outside it and hangs on the cue is of the utterance; what dates a
        figure is `as_of`.
        """
        found = list(self._anchored(content))
        for expression in self._expressions:
            inside = within(expression, content)
            if not inside and not (clause and self._is_said(expression, clause, cue)):
                continue
            role = role_of(self._doc, expression, inside, figures)
            interval = role and self._resolve(expression, content, cue_class)
            if role and interval:
                found.append(self._time_ref(expression.start, expression.end, interval, role))
        return sorted(found, key=lambda time: time.start)

    def _is_said(self, expression: Expression, clause: Range, cue: Range | None) -> bool:
        """Whether the expression is of the attributing clause, and dates the saying."""
        if not within(expression, [clause]):
            return False
        return hangs_on(self._doc, expression, cue) if cue else is_main(self._doc, expression)

    def _resolve(
        self, expression: Expression, content: Sequence[Range], cue_class: CueClass | None
    ) -> Interval | None:
        at = self._published_at(expression.start)
        if at is None:
            return None
        forward = looks_forward(self._doc, expression, content, cue_class)
        return expression.resolve(at, forward=forward)

    def _published_at(self, offset: int) -> datetime | None:
        """Return when the part of the text at `offset` was published, naive UTC."""
        number = bisect_right(self._parts, offset, key=lambda part: part[0]) - 1
        if number >= 0 and offset < self._parts[number][1]:
            return self._parts[number][2]
        return self._whole

    def _anchored(self, content: Sequence[Range]) -> Iterator[TimeRef]:
        """Yield times given by an event that another sentence dates ("before X's speech")."""
        for match in self._anchors:
            inside = any(start <= match.start() and match.end() <= end for start, end in content)
            interval = self._event_day(match["who"], match.start()) if inside else None
            if interval:
                yield self._time_ref(*match.span(), interval, "event")

    def _event_day(self, who: str, before: int) -> Interval | None:
        """Return the day that a sentence about `who` names, the nearest one above `before`."""
        for expression in reversed(scan(self._normal)):
            if expression.kinds != {"day"} or expression.start >= before:
                continue
            at = self._published_at(expression.start)
            span = self._doc.char_span(expression.core, expression.end, alignment_mode="expand")
            if at is not None and span is not None and who in span.sent.text:
                interval = expression.resolve(at)
                return interval and day_interval(interval.start.date())
        return None

    def _time_ref(self, start: int, end: int, interval: Interval, role: TimeRole) -> TimeRef:
        first, last = interval.iso()
        return TimeRef(self._text[start:end], start, end, first, last, interval.precision, role)
