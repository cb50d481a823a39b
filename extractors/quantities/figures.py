"""The figures of a claim: which numbers count, and all that is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extractors.quantities.change import change_of, scope_of
from extractors.quantities.counted import Thing, counted_thing, is_person, total_before
from extractors.quantities.measures import LOSSES, Site, default_measure, loss_measure, single_loss
from extractors.quantities.mentions import Mention, find_mentions
from extractors.quantities.numbers import lexicon
from extractors.quantities.parties import Speaker, party_of
from extractors.quantities.setting import Setting, read_setting
from extractors.quantities.special import Special, find_singles, find_vague, find_zeros
from extractors.records import Bound, Change, Measure, Quantity, Scope
from extractors.times.scan import scan
from extractors.times.tense import governing_verb, is_forward

_CURRENCIES: dict[str, dict[str, str]] = lexicon("units")["currency_words"]
_AGE_AFTER = re.compile(r"(?:-|\s)?(?:years?|months?)?[\s-]old(?!\w)|\s+years?\s+of\s+age", re.I)
_AGE_BEFORE = re.compile(
    r"(?<!\w)aged?\s+(?:of\s+|between\s+|over\s+|under\s+)?$|[A-Z]\w+,\s+$", re.I
)
_TIMES = re.compile(r"[\s-]*(?:times?|fold)(?!\w)", re.I)
_GLUED = re.compile(r"(?:st|nd|rd|th)?[A-Za-z]|[-/:.]\d|-[A-Za-z]")
_WRONG = re.compile(r"(?:,\s+(?:and\s+)?not|rather\s+than|instead\s+of)\s+$", re.I)
_NAMED = re.compile(
    r"(?<!\w)(?:no\.?|number|article|section|chapter|page|flight|route|channel|resolution|paragraph|room|point|phase|line|platform|gate|level|tier|act|rule|#)\s*$",
    re.I,
)
_AMONG = re.compile(
    r"(?<!\w)(?:among|including|of)\s+(?:them|whom|which)?,?\s*(?:at\s+least\s+)?$", re.I
)
_MEASURED = re.compile(r"(?<!\w)(?P<what>[a-z]+)\s+of\s+$", re.I)
_COMPARED = re.compile(r"^[^.;]*(?<!\w)(?:from|than|against|of|to)\s+(?:the\s+)?$", re.I)
_LIKELY_YEARS = range(1900, 2040)
_RATE_WORDS = re.compile(
    r"%|per\s?cent|(?<!\w)(?:rates?|interest|inflation|yields?|polls?|turnout|bank|approval)(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number with its counted thing; `noun` is the head that it leans on, if its own is absent."""

    mention: Mention
    thing: Thing
    noun: Token | None
    first: Token
    anchor: Token
    unit: Token
    total: Thing | None
    before: _Reading | None


class FigureReader:
    """Reads the figures of any part of one parsed text; what the parts share is read once."""

    def __init__(self, doc: Doc, text: str | None = None, setting: Setting | None = None) -> None:
        """Read `doc`; spans are cut from `text`, the original of a normalised `doc.text`."""
        self.doc = doc
        self._text = doc.text if text is None else text
        self.setting = setting or read_setting(doc)
        self._readings = list(self._read_all())

    def read(self, start: int, end: int, speaker: Speaker | None = None) -> list[Quantity]:
        """Return the figures in `[start, end)` in order; `speaker` is who claims them."""
        speaker, zone = speaker or Speaker(), (start, end)
        found: list[Quantity] = []
        for reading in self._readings:
            if start <= reading.mention.first.start and reading.mention.last.end <= end:
                figure = self._figure(reading, zone, speaker, found[-1] if found else None)
                found.append(figure)
        figures = list(found)
        for special in self._specials(start, end):
            taken = any(special.start < one.end and one.start < special.end for one in figures)
            if not taken and (figure := self._special(special, zone, speaker, figures)):
                figures.append(figure)
        return sorted(figures, key=lambda figure: figure.start)

    # ------------------------------------------------------------ all numbers of the text

    def _read_all(self) -> Iterator[_Reading]:
        blocked = list(self._times())
        last: Thing | None = None
        before: _Reading | None = None
        for mention in find_mentions(self.doc.text, blocked):
            thing = counted_thing(self.doc, mention)
            if not self._is_figure(mention, thing):
                continue
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            assert span is not None
            anchor = next(
                (t for t in reversed(list(span)) if t.like_num or t.pos_ == "NUM"), span[-1]
            )
            total = total_before(self.doc, span.start)
            thing, noun = self._leaning(mention, thing, total, last)
            if thing.text and mention.unit_kind == "none":
                last = replace(thing, head=noun)
            mention = self._with_unit_of(before, mention, thing)
            before = _Reading(mention, thing, noun, span[0], anchor, span[-1], total, before)
            yield before

    def _times(self) -> Iterator[tuple[int, int]]:
        for one in scan(self.doc.text):
            is_bare_year = one.kinds == {"year"} and one.prep is None
            if is_bare_year and self._counts_things(one.core, one.end):
                continue
            if not ("span" in one.kinds and one.prep == "for"):
                yield one.core, one.end

    def _counts_things(self, start: int, end: int) -> bool:
        """Whether four digits are a number ("1500 homes", "2010 people"), not a year."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None or span.end >= len(self.doc) or not span.text.isdigit():
            return False
        noun = self.doc[span.end]
        plural = noun.tag_ in ("NNS", "NNPS")
        return plural and (int(span.text) not in _LIKELY_YEARS or is_person(noun))

    def _is_figure(self, mention: Mention, thing: Thing) -> bool:
        text = self.doc.text
        after, before = (
            text[mention.end : mention.end + 20],
            text[max(0, mention.start - 24) : mention.start],
        )
        if _AGE_AFTER.match(after) or _TIMES.match(after) or _WRONG.search(before):
            return False
        if mention.unit_kind == "duration" and _AGE_AFTER.match(text[mention.last.end :][:20]):
            return False
        if mention.unit_kind != "none":
            return True
        if mention.first.form == "one" or (mention.is_range and self._is_score(mention, thing)):
            return False
        if _GLUED.match(after) or _NAMED.search(before):
            return False
        is_bare_age = re.match(r",(?!\d)", after) and re.search(r"[A-Z][\w’'-]+,\s+$", before)
        return not (is_bare_age and mention.high < 120) and not self._is_part_of_name(
            mention, thing
        )

    def _is_score(self, mention: Mention, thing: Thing) -> bool:
        between = self.doc.text[mention.first.end : mention.last.start]
        plural = thing.head is not None and thing.head.tag_ in ("NNS", "NNPS")
        return between.strip() in ("-", "–") and not plural

    def _is_part_of_name(self, mention: Mention, thing: Thing) -> bool:
        """Whether digits follow a capitalised word as in "Boeing 737" and count nothing."""
        span = self.doc.char_span(mention.first.start, mention.first.end, alignment_mode="expand")
        if span is None or span.start == 0 or mention.bound != "exact":
            return False
        token = self.doc[span.start - 1]
        if token.pos_ != "PROPN" or span[0].dep_ == "ROOT" or token.is_sent_start:
            return False
        in_name = (
            span[-1].ent_type_ not in ("", "CARDINAL", "QUANTITY", "DATE") or token.head == span[-1]
        )
        return in_name and (thing.head is None or thing.head.tag_ not in ("NNS",))

    def _leaning(
        self, mention: Mention, thing: Thing, total: Thing | None, last: Thing | None
    ) -> tuple[Thing, Token | None]:
        if mention.unit_kind in ("measure", "duration", "money", "points"):
            return self._measured(mention, thing), None
        if not thing.leans:
            return thing, thing.head
        if mention.is_share and thing.end == mention.end:
            return thing, None
        if total is not None and thing.end == mention.end:
            return replace(thing, text=total.text), total.head
        if last is None:
            return thing, None
        return replace(thing, text=last.text), last.head

    def _with_unit_of(self, before: _Reading | None, mention: Mention, thing: Thing) -> Mention:
        """Give a bare number the unit it is compared in: "52,000 square km, against 165,000"."""
        if before is None or mention.unit_kind != "none" or not thing.leans:
            return mention
        between = self.doc.text[before.mention.end : mention.start]
        if before.mention.unit_kind != "measure" or not _COMPARED.search(between):
            return mention
        return replace(mention, unit_kind="measure", unit=before.mention.unit)

    def _measured(self, mention: Mention, thing: Thing) -> Thing:
        """Return what a measure is of: "150 millimetres of rain", "gusts of over 180 km/h"."""
        of = self.doc.text[mention.end : mention.end + 4] == " of "
        within = self.doc.text[: mention.start].lower().endswith("within ")
        if mention.unit_kind == "measure" and of and thing.head is not None and not within:
            return replace(thing, end=mention.end)
        before = _MEASURED.search(self.doc.text[max(0, mention.start - 24) : mention.start])
        text = before["what"] if before and mention.unit_kind == "measure" else None
        return Thing(None, text, mention.end)

    # ------------------------------------------------------------ one figure

    def _figure(
        self, reading: _Reading, zone: tuple[int, int], speaker: Speaker, previous: Quantity | None
    ) -> Quantity:
        mention, thing = reading.mention, reading.thing
        own = replace(thing, head=reading.noun)
        within = self._sentence(reading.anchor, zone)
        bound: Bound = "exact" if self._is_cut(mention, zone) else mention.bound
        gap = self.doc.text[previous.end : mention.start] if previous else ""
        part = previous is not None and self._is_part(reading)
        measure = self._measure(reading) or self._inherited(reading, previous if part else None)
        measure = measure or default_measure(mention.unit_kind)
        party = party_of(self.doc, reading.anchor, own, measure, within, self.setting, speaker)
        if party is None and part and previous and previous.measure == measure:
            party = previous.party
        change = change_of(self.doc, mention, measure, previous.change if previous else None, gap)
        return Quantity(
            *self._span(reading, zone),
            *_values(bound, mention),
            bound,
            self._unit(mention, reading.noun),
            thing.text,
            measure,
            party,
            change,
            self._scope(mention, measure, within, reading.anchor),
        )

    def _inherited(self, reading: _Reading, whole: Quantity | None) -> Measure | None:
        """Return the measure of the figure it is part of, or compared with ("from the 29")."""
        if reading.mention.unit_kind != "none":
            return None
        if whole is not None:
            return whole.measure
        before = reading.before
        if before is None or not reading.thing.leans:
            return None
        between = self.doc.text[before.mention.end : reading.mention.start]
        return self._measure(before) if _COMPARED.search(between) else None

    def _is_part(self, reading: _Reading) -> bool:
        """Whether the figure is of those counted just before ("19 of them", "among them six")."""
        start, end = reading.mention.start, reading.thing.end
        of_them = reading.thing.leans and end > reading.mention.end
        among = _AMONG.search(self.doc.text[max(0, start - 24) : start])
        return of_them or among is not None

    def _measure(self, reading: _Reading) -> Measure | None:
        if reading.mention.unit_kind in ("money", "percent", "points", "duration"):
            return None
        head = None if reading.thing.leans else reading.noun
        if reading.mention.unit_kind == "measure":
            head = reading.thing.head or reading.unit
        total = reading.total.head if reading.total else None
        measure = loss_measure(Site(reading.first, reading.anchor, head, total), self.setting)
        fits = reading.noun is None or measure != "destroyed" or not is_person(reading.noun)
        return measure if fits else None

    def _sentence(self, anchor: Token, zone: tuple[int, int]) -> tuple[int, int]:
        """Return the part of `zone` in the sentence of `anchor`."""
        return max(zone[0], anchor.sent.start_char), min(zone[1], anchor.sent.end_char)

    def _unit(self, mention: Mention, noun: Token | None) -> str | None:
        match mention.unit_kind:
            case "percent":
                return "percent"
            case "points":
                near = self.doc.text[max(0, mention.start - 120) : mention.end + 60]
                return "percentage_point" if _RATE_WORDS.search(near) else "item"
            case "money":
                return self._currency(mention.unit)
            case "measure" | "duration":
                return mention.unit
        return "person" if noun is not None and is_person(noun) else "item"

    def _currency(self, word: str | None) -> str | None:
        if word is None or word.isupper():
            return word
        codes = _CURRENCIES[word]
        if len(codes) == 1:
            return next(iter(codes.values()))
        home = next((state for state in self.setting.states if state in codes), None)
        return codes[home] if home else next(iter(codes.values())) if "GB" in codes else None

    def _span(self, reading: _Reading, zone: tuple[int, int]) -> tuple[str, int, int]:
        mention = reading.mention
        counts = mention.unit_kind in ("none", "percent")
        end = min(max(mention.end, reading.thing.end if counts else 0), zone[1])
        start = max(mention.start, zone[0])
        return self._text[start:end], start, end

    def _is_cut(self, mention: Mention, zone: tuple[int, int]) -> bool:
        """Whether the words that bound the number are not the claimant's ("less than | the 5m")."""
        return mention.start < zone[0] and not mention.is_range and mention.bound != "vague"

    def _scope(
        self, mention: Mention, measure: Measure, zone: tuple[int, int], anchor: Token
    ) -> Scope | None:
        if measure not in LOSSES:
            return None
        verb = governing_verb(anchor)
        if verb is not None and is_forward(verb):
            return None
        return scope_of(self.doc, mention.start, mention.low == 0, measure, zone, self.setting)

    # ------------------------------------------------------------ figures in words

    def _specials(self, start: int, end: int) -> Iterator[Special]:
        yield from find_vague(self.doc, start, end)
        yield from find_zeros(self.doc, start, end)
        yield from find_singles(self.doc, start, end)

    def _special_measure(self, special: Special) -> Measure | None:
        span = self.doc.char_span(special.start, special.end, alignment_mode="expand")
        assert span is not None
        site = Site(span[0], special.anchor, special.thing.head)
        read = single_loss if special.value == 1 else loss_measure
        return read(site, self.setting)

    def _special(
        self, special: Special, zone: tuple[int, int], speaker: Speaker, figures: list[Quantity]
    ) -> Quantity | None:
        measure = self._special_measure(special)
        among = _AMONG.search(self.doc.text[max(0, special.start - 24) : special.start])
        before = [one for one in figures if one.end <= special.start]
        if measure is None and among and before:
            measure = before[-1].measure
        if measure not in LOSSES and special.value is not None:
            return None
        party = party_of(
            self.doc,
            special.anchor,
            special.thing,
            measure or "killed_or_wounded",
            zone,
            self.setting,
            speaker,
        )
        head = special.thing.head
        person = head is None or is_person(head)
        low_high = (special.value, special.value)
        scope: Scope | None = None if special.value is None else "incident"
        bound: Bound = "vague" if special.value is None else "exact"
        unit = None if special.value is None else "person" if person else "item"
        change: Change = "level"
        return Quantity(
            self._text[special.start : special.end], special.start, special.end,
            special.value, *low_high, bound, unit, special.thing.text, measure or "other",
            party, change, scope,
        )  # fmt: skip


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
