"""The figures of a claim, with all that is said of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.parse import Doc, Token
from extractors.quantities.aspects import aspect_of
from extractors.quantities.change import change_of, scope_of
from extractors.quantities.counted import is_animal, is_person
from extractors.quantities.frame import Frame, Speaker
from extractors.quantities.measures import (
    LOSSES,
    OF_PEOPLE,
    Site,
    default_measure,
    loss_measure,
    single_loss,
)
from extractors.quantities.mentions import Mention
from extractors.quantities.page import Page
from extractors.quantities.parties import party_of
from extractors.quantities.readings import COMPARED, Reading, read_numbers
from extractors.quantities.setting import Setting, read_setting
from extractors.quantities.special import Special, find_singles, find_vague, find_zeros
from extractors.quantities.units import in_currency, unit_of
from extractors.records import Bound, Measure, Quantity, Scope
from extractors.times.tense import governing_verb, is_forward

_AMONG = re.compile(
    r"(?<!\w)(?:among|including|of)\s+(?:them|whom|which)?,?\s*(?:at\s+least\s+)?$", re.I
)
_TOTALLING = re.compile(r",\s+(?:bringing|taking|raising|pushing|lifting)(?!\w)", re.I)
_SAME_STORY = 300
_NUMBER_ALONE = re.compile(
    r"\s*(?:(?:its|their|his|her|the|an?|own|new|previous|earlier|they|these|those|added|up|came|to"
    r"|of|at|figure|count|toll|total|tally|estimate)\s+)*",
    re.I,
)
_TOLL = re.compile(r"\b(?:count|toll|tally|added up|came to)\b", re.I)
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_NO_LOSS_UNITS = frozenset(("money", "percent", "points", "duration"))


def _beginning(reading: Reading) -> int:
    return reading.mention.first.start


class FigureReader:
    """Reads the figures of any part of one parsed text; what the parts share is read once."""

    def __init__(self, doc: Doc, text: str | None = None) -> None:
        """Read `doc`; spans are cut from `text`, the original of a normalised `doc.text`."""
        self._page = Page.of(doc)
        self.setting: Setting = read_setting(self._page)
        self._text = self._page.text if text is None else text
        self._readings = read_numbers(self._page)

    def read(self, start: int, end: int, speaker: Speaker | None = None) -> list[Quantity]:
        """Return the figures in `[start, end)` in order; `speaker` is who claims them."""
        frame = Frame(self._page, start, end, self.setting, speaker or Speaker())
        found: list[Quantity] = []
        first = bisect_left(self._readings, start, key=_beginning)
        last = bisect_left(self._readings, end, key=_beginning)
        for reading in self._readings[first:last]:
            if reading.mention.last.end <= end:
                found.append(self._figure(reading, frame, found[-1] if found else None))
        for special in _specials(frame):
            taken = any(special.start < one.end and one.start < special.end for one in found)
            figure = None if taken else self._special(special, frame, found)
            found += [figure] if figure else []
        return sorted(found, key=lambda figure: figure.start)

    def _figure(self, reading: Reading, frame: Frame, previous: Quantity | None) -> Quantity:
        mention = reading.mention
        sentence = frame.sentence_of(reading.anchor)
        bound: Bound = "exact" if _is_cut(mention, frame) else mention.bound
        whole = previous if previous and self._is_part(reading.mention.start, reading) else None
        if told := self._told_by_number_alone(reading, frame):
            reading = replace(
                reading, thing=replace(told.thing, leans=False, end=reading.mention.end)
            )
            reading = replace(reading, noun=told.noun, counted=told.counted)
        measure = self._measure(told or reading) or self._inherited(reading, whole)
        measure = measure or default_measure(mention.unit_kind)
        reading = self._without_other_noun(reading, measure)
        thing = replace(reading.thing, head=reading.noun)
        party = party_of(sentence, reading.anchor, thing, measure)
        if party is None and whole and whole.measure == measure:
            party = whole.party
        start, end = _span(reading, frame)
        return Quantity(
            self._text[start:end],
            start,
            end,
            *_values(bound, in_currency(mention)),
            bound,
            unit_of(self._page, mention, reading.noun, measure, self.setting),
            self._cut(thing.phrase),
            measure,
            party,
            change_of(self._page, mention, measure, previous),
            _scope(sentence, reading, measure),
            aspect_of(self._page.text, start, end, _near_noun(reading), measure),
        )

    def _cut(self, span: tuple[int, int] | None) -> str | None:
        return self._text[slice(*span)] if span else None

    def _measure(self, reading: Reading) -> Measure | None:
        if reading.mention.unit_kind in _NO_LOSS_UNITS:
            return None
        head = None if reading.thing.leans else reading.noun
        if reading.mention.unit_kind == "measure":
            head = reading.thing.head or reading.unit
        total = reading.total.head if reading.total else None
        measure = loss_measure(Site(reading.first, reading.anchor, head, total), self.setting)
        fits = reading.noun is None or measure != "destroyed" or not is_person(reading.noun)
        return measure if fits else None

    def _without_other_noun(self, reading: Reading, measure: Measure) -> Reading:
        """Return a bare number of people lost without the thing before it that it does not count.

        After "20 homes burned" a toll is not of homes; after "600 trout fell ill" it is of trout.
        """
        noun, counted = reading.noun, reading.counted
        if noun is None or counted is None or measure not in OF_PEOPLE:
            return reading
        if is_person(noun) or is_animal(noun) or self._measure(counted) == measure:
            return reading
        return replace(reading, noun=None, thing=replace(reading.thing, phrase=None))

    def _inherited(self, reading: Reading, whole: Quantity | None) -> Measure | None:
        """Return the measure of the figure it is part of, or compared with ("from the 29")."""
        if reading.mention.unit_kind != "none":
            return None
        if whole is not None:
            return whole.measure
        before = reading.before
        if before is None or not reading.thing.leans:
            return None
        between = self._page.text[before.mention.end : reading.mention.start]
        is_of_them = reading.thing.end > reading.mention.end and len(between) < _SAME_STORY
        return self._measure(before) if is_of_them or COMPARED.search(between) else None

    def _told_by_number_alone(self, reading: Reading, frame: Frame) -> Reading | None:
        """Return the loss that a claim means of which a number is all: "speaks of more than 40".

        That is the one told of before; of a sum, or "its own count", one told of later, too.
        """
        lead = self._page.text[frame.start : reading.mention.start]
        rest = self._page.text[reading.mention.end : frame.end]
        is_bare = reading.mention.unit_kind == "none" and reading.thing.leans
        if not is_bare or rest.strip(' .,”"') or not _NUMBER_ALONE.fullmatch(lead):
            return None
        if reading.total is not None and self._measure(reading):
            return None
        is_toll = _TOLL.search(lead) is not None
        at = self._readings.index(reading)
        nearest = [*reversed(self._readings[:at]), *(self._readings[at + 1 :] if is_toll else ())]
        return next(
            (one for one in nearest[: None if is_toll else 1] if self._measure(one) in LOSSES), None
        )

    def _is_part(self, start: int, reading: Reading | None = None) -> bool:
        """Whether a figure is of those counted just before ("19 of them", "among them six")."""
        if reading and reading.thing.leans and reading.thing.end > reading.mention.end:
            return True
        return _AMONG.search(self._page.text[max(0, start - 24) : start]) is not None

    def _special(
        self, special: Special, frame: Frame, figures: Sequence[Quantity]
    ) -> Quantity | None:
        measure = self._special_measure(special)
        before = [one for one in figures if one.end <= special.start]
        if measure is None and before and self._is_part(special.start):
            measure = before[-1].measure
        is_vague = special.value is None
        if measure not in LOSSES and not is_vague:
            return None
        head, sentence = special.thing.head, frame.sentence_of(special.anchor)
        person = "person" if head is None or is_person(head) else "item"
        return Quantity(
            self._text[special.start : special.end],
            special.start,
            special.end,
            *(special.value,) * 3,
            "vague" if is_vague else "exact",
            None if is_vague else person,
            self._cut(special.thing.phrase),
            measure or "other",
            party_of(sentence, special.anchor, special.thing, measure or "killed_or_wounded"),
            "level",
            None if is_vague else "incident",
            aspect_of(
                self._page.text, special.start, special.end, special.anchor, measure or "other"
            ),
        )

    def _special_measure(self, special: Special) -> Measure | None:
        span = self._page.tokens(special.start, special.end)
        assert span is not None, "a figure in words is made of tokens"
        site = Site(span[0], special.anchor, special.thing.head)
        return (single_loss if special.value == 1 else loss_measure)(site, self.setting)


def _near_noun(reading: Reading) -> Token:
    """The counted noun where it stands in the figure's sentence, else the number."""
    noun = reading.noun
    return noun if noun is not None and noun.sent == reading.anchor.sent else reading.anchor


def _specials(frame: Frame) -> Iterator[Special]:
    for find in (find_vague, find_zeros, find_singles):
        yield from find(frame.page, frame.start, frame.end)


def _span(reading: Reading, frame: Frame) -> tuple[int, int]:
    counts = reading.mention.unit_kind in ("none", "percent")
    end = max(reading.mention.end, reading.thing.end if counts else 0)
    start = reading.mention.start
    if start < frame.start:
        article = _ARTICLE.match(frame.page.text, frame.start)
        start = article.end() if article else frame.start
    return start, min(end, frame.end)


def _is_cut(mention: Mention, frame: Frame) -> bool:
    """Whether the words that bound the number are not the claimant's ("less than | the 5m")."""
    return mention.start < frame.start and not mention.is_range and mention.bound != "vague"


def _scope(frame: Frame, reading: Reading, measure: Measure) -> Scope | None:
    if measure not in LOSSES:
        return None
    verb = governing_verb(reading.anchor)
    is_told = verb is not None and frame.start <= verb.idx < frame.end
    if verb is not None and is_told and is_forward(verb):
        return None
    is_first = reading.mention.low == 0 or reading.thing.is_new(frame.page.text)
    return scope_of(_before_total(frame, reading), measure, is_incident=is_first)


def _before_total(frame: Frame, reading: Reading) -> Frame:
    """Return the frame cut where a participle goes on to the total: ", bringing the total to"."""
    cut = _TOTALLING.search(frame.page.text, frame.start, frame.end)
    if cut is None:
        return frame
    is_before = reading.mention.start < cut.start()
    return replace(frame, end=cut.start()) if is_before else replace(frame, start=cut.start())


def _values(bound: Bound, mention: Mention) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high by the bound."""
    low, high = mention.low, mention.high
    match bound:
        case "exact":
            return low, low, low
        case "approx":
            return low, None, None
        case "at_least" | "more_than":
            return low, low, None
        case "at_most" | "less_than":
            return low, None, low
        case "range":
            return None, low, high
    return None, low, None


def find_quantities(
    doc: Doc,
    start: int,
    end: int,
    *,
    text: str | None = None,
    speaker: Speaker | None = None,
) -> list[Quantity]:
    """Return the figures of `doc.text[start:end]`, a piece of a claim's content.

    Use a `FigureReader` to read several pieces of one text.
    """
    return FigureReader(doc, text).read(start, end, speaker)
