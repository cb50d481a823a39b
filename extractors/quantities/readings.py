"""The numbers of a text that are figures, each with the thing it counts.

Left out are the numbers of dates, ages, frequencies and multiples, scores, codes and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.parse import Token
from extractors.quantities.counted import (
    Thing,
    asked_before,
    counted_thing,
    is_person,
    total_before,
)
from extractors.quantities.mentions import Mention, find_mentions
from extractors.quantities.page import Page
from extractors.times.scan import scan

_AGE_AFTER = re.compile(
    r"[-\s]?(?:(?:year|month|week|day)s?)?[\s-]old(?!\w)|[\s-](?:year|month|week|day)s?\s+of\s+age",
    re.I,
)
_COMMA = re.compile(r",(?!\d)")
_AGE_BEFORE = re.compile(r"(?<!\w)aged?\s+(?:of\s+|between\s+|over\s+|under\s+)?$", re.I)
_NAME_BEFORE = re.compile(r"[A-Z][\w'’-]+,\s+$")
_MULTIPLE = re.compile(r"[\s-]*(?:times?|fold)(?!\w)", re.I)
_GLUED = re.compile(r"(?:st|nd|rd|th)?[A-Za-z]|[-/:.]\d|-[A-Za-z]")
_CORRECTED = re.compile(r"(?:,\s+(?:and\s+)?not|rather\s+than|instead\s+of)\s+$", re.I)
_SCORE = re.compile(r"\d[-–]$")
_LABEL = re.compile(
    r"(?<!\w)(?:no\.?|number|article|section|chapter|page|flight|route|channel|resolution"
    r"|paragraph|room|point|phase|line|platform|gate|level|tier|act|rule|#)\s*$",
    re.I,
)
_MEASURED = re.compile(r"(?<!\w)(?P<what>[a-z]+)\s+of\s+$", re.I)
COMPARED = re.compile(r"^[^.;]*(?<!\w)(?:from|than|against|of|to)\s+(?:the\s+)?$", re.I)
_LIKELY_YEARS = range(1900, 2040)
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A number, its counted thing, and the tokens that matter.

    `noun` is the counted noun, also where it stands before the number; `first` is the mention's
    first token, `anchor` its number, `unit` its last. `total` is what "the number of ..." says,
    `before` the reading before; `counted` is the one before whose noun a bare number leans on.
    """

    mention: Mention
    thing: Thing
    noun: Token | None
    first: Token
    anchor: Token
    unit: Token
    total: Thing | None
    before: Reading | None
    counted: Reading | None = None


def read_numbers(page: Page) -> list[Reading]:
    """Return the figures of a parsed text in order."""
    readings: list[Reading] = []
    last: Thing | None = None
    counted: Reading | None = None
    for mention in find_mentions(page.text, list(_times(page))):
        thing = counted_thing(page.doc, mention)
        span = page.tokens(mention.start, mention.end)
        if span is None or not _is_figure(page, mention, thing):
            continue
        before = readings[-1] if readings else None
        total = total_before(page.doc, span.start) or asked_before(page.doc, span.start)
        thing, noun = _leaning(page, mention, thing, total, last)
        if thing.phrase and mention.unit_kind == "none":
            last = replace(thing, head=noun)
        anchor = next((t for t in reversed(span) if t.like_num or t.pos_ == "NUM"), span[-1])
        mention = _with_unit_of(page, before, mention, thing)
        leant = counted if thing.is_bare(mention) and total is None else None
        reading = Reading(mention, thing, noun, span[0], anchor, span[-1], total, before, leant)
        if thing.phrase and not thing.leans and mention.unit_kind == "none":
            counted = reading
        readings.append(reading)
    return readings


def _times(page: Page) -> Iterator[tuple[int, int]]:
    for one in scan(page.text):
        is_bare_year = one.kinds == {"year"} and one.prep is None
        is_number = is_bare_year and _counts_things(page, one.core, one.end)
        is_duration = "span" in one.kinds and (one.prep == "for" or not one.has("rel"))
        if not (is_number or is_duration):
            yield one.core, one.end


def _counts_things(page: Page, start: int, end: int) -> bool:
    """Whether four digits are a number ("1500 homes", "2010 people"), not a year."""
    span = page.tokens(start, end)
    if span is None or span.end >= len(page.doc) or not span.text.isdigit():
        return False
    noun = page.doc[span.end]
    plural = noun.tag_ in ("NNS", "NNPS")
    return plural and (int(span.text) not in _LIKELY_YEARS or is_person(noun))


def _is_figure(page: Page, mention: Mention, thing: Thing) -> bool:
    after = page.text[mention.end : mention.end + 20]
    before = page.text[max(0, mention.start - 24) : mention.start]
    if _MULTIPLE.match(after) or _CORRECTED.search(before) or _is_age(page, mention, before):
        return False
    if mention.unit_kind != "none":
        return True
    if mention.first.form == "one" or (mention.is_range and _is_score(page, mention, thing)):
        return False
    if _GLUED.match(after) or _LABEL.search(before) or _SCORE.search(before):
        return False
    return not _is_part_of_name(page, mention, thing)


def _is_age(page: Page, mention: Mention, before: str) -> bool:
    """Read "12-year-old", "aged 34", "Ana Reyes, 44, said"."""
    if _AGE_AFTER.match(page.text, mention.last.end) or _AGE_BEFORE.search(before):
        return True
    between_commas = _COMMA.match(page.text, mention.end)
    bare = mention.unit_kind == "none" and mention.high < _OLDEST
    return bare and between_commas is not None and _NAME_BEFORE.search(before) is not None


def _is_score(page: Page, mention: Mention, thing: Thing) -> bool:
    between = page.text[mention.first.end : mention.last.start]
    plural = thing.head is not None and thing.head.tag_ in ("NNS", "NNPS")
    return between.strip() in ("-", "–") and not plural


def _is_part_of_name(page: Page, mention: Mention, thing: Thing) -> bool:
    """Whether digits follow a capitalised word as in "Boeing 737" and count nothing."""
    span = page.tokens(mention.first.start, mention.first.end)
    if span is None or span.start == 0 or mention.bound != "exact":
        return False
    token = page.doc[span.start - 1]
    if token.pos_ != "PROPN" or span[0].dep_ == "ROOT" or token.is_sent_start:
        return False
    plain = span[-1].ent_type_ in ("", "CARDINAL", "QUANTITY", "DATE")
    in_name = not plain or token.head == span[-1]
    return in_name and (thing.head is None or thing.head.tag_ != "NNS")


def _leaning(
    page: Page, mention: Mention, thing: Thing, total: Thing | None, last: Thing | None
) -> tuple[Thing, Token | None]:
    """Return the thing with the words of the noun that a bare number leans on, and that noun."""
    if mention.unit_kind in ("measure", "duration", "money", "points"):
        return _measured(page, mention, thing), None
    if not thing.leans:
        return thing, thing.head
    is_bare = thing.is_bare(mention)
    if mention.is_share and is_bare:
        return thing, None
    source = total if total is not None and is_bare else last
    return (replace(thing, phrase=source.phrase), source.head) if source else (thing, None)


def _measured(page: Page, mention: Mention, thing: Thing) -> Thing:
    """Return what a measure is of: "150 millimetres of rain", "gusts of over 180 km/h"."""
    if mention.unit_kind != "measure":
        return Thing(None, None, mention.end)
    before = page.text[max(0, mention.start - 24) : mention.start]
    is_of = page.text.startswith(" of ", mention.end) and not before.lower().endswith("within ")
    if is_of and thing.head is not None:
        return replace(thing, end=mention.end)
    match = _MEASURED.search(before)
    offset = mention.start - len(before)
    what = (offset + match.start("what"), offset + match.end("what")) if match else None
    return Thing(None, what, mention.end)


def _with_unit_of(page: Page, before: Reading | None, mention: Mention, thing: Thing) -> Mention:
    """Give a bare number the unit it is compared in: "52,000 square km, against 165,000"."""
    if before is None or mention.unit_kind != "none" or not thing.leans:
        return mention
    between = page.text[before.mention.end : mention.start]
    if before.mention.unit_kind != "measure" or not COMPARED.search(between):
        return mention
    return replace(mention, unit_kind="measure", unit=before.mention.unit)
