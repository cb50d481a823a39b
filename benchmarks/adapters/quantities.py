"""Quantities of single sentences, for the scorer of values, bounds and units.

NewsQuant counts more than a claim does: "one of the best", ages, multiples; it takes "dozens" for
12 to 120 and names changes by direction. This adapter puts `find_mentions` into those terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from extractors.parse import load_parser
from extractors.quantities.change import change_of, is_named_after
from extractors.quantities.counted import counted_thing
from extractors.quantities.mentions import Mention, find_mentions
from extractors.quantities.page import Page
from extractors.times import scan

_BOUNDS = {
    "approx": "~", "at_least": ">", "more_than": ">", "at_most": "<", "less_than": "<",
    "exact": "=", "range": "=", "vague": "=",
}  # fmt: skip
_DIRECTIONS = {"increase": "up", "decrease": "down", "level": "="}
_VAGUE_LOWS = {"dozens": 12.0, "scores": 20.0, "tens": 10.0, "hundreds": 100.0}
_PER = re.compile(
    r"\s+(?:per|a|an)\s+(?P<what>square\s+\w+|\w+)(?!\w)(?!\s+(?:earlier|ago|later|before))", re.I
)
_AGE = re.compile(r"[\s-]years?[\s-]old(?!\w)", re.I)
_CODE = re.compile(r"(?:st|nd|rd|th)?[A-Za-z&]|[-/:.]\d|-[A-Za-z]")
_SCORE = re.compile(r"\d[-:]$")
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z]\s$")
_APPROX = re.compile(r"(?:~|about|around|roughly|some|approximately)", re.I)
_TIMES = re.compile(r"\s+times(?!\w)", re.I)
_SUPERLATIVE = re.compile(r"^(?:most|least)\s+", re.I)
_VERBAL = re.compile(r"^(?:\w{3,}ing|recorded)\s+(?=\w)", re.I)
_NOT_TIMES = frozenset(("span", "ago"))


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{id, quantities: [{value, bound, unit, span}]}` for each line of `sentences.jsonl`."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    docs = load_parser().pipe(row["text"] for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        yield {"id": row["id"], "quantities": list(_quantities(Page.of(doc)))}


def _quantities(page: Page) -> Iterator[dict[str, object]]:
    times = [(one.core, one.end) for one in scan(page.text) if not one.kinds & _NOT_TIMES]
    for mention in find_mentions(page.text, times):
        if _counts(page, mention):
            for value in _values(page, mention):
                yield {
                    "value": value,
                    "bound": _bound(page, mention),
                    "unit": _unit(page, mention),
                    "span": [mention.start, mention.end],
                }


def _counts(page: Page, mention: Mention) -> bool:
    after = page.text[mention.end :]
    if mention.unit_kind != "none" or _AGE.match(after) or _TIMES.match(after):
        return True
    if _CODE.match(after) or _SCORE.search(page.text[: mention.start]):
        return False
    span = page.tokens(mention.first.start, mention.first.end)
    if span is None:
        return False
    if mention.first.form == "one":
        return _is_determiner(page.doc, span.end)
    return not _is_in_name(page, span.start, mention)


def _is_determiner(doc: Doc, after: int) -> bool:
    """Whether "one" counts something: "one of the best", "one proposal"; not "that one"."""
    if after >= len(doc) or (after > 1 and doc[after - 2].pos_ in ("DET", "ADJ")):
        return after < len(doc) and doc[after].lower_ == "of"
    return doc[after].lower_ == "of" or doc[after].pos_ in ("NOUN", "ADJ")


def _is_in_name(page: Page, at: int, mention: Mention) -> bool:
    before = page.doc[at - 1] if at else None
    if before is None or mention.bound != "exact":
        return False
    if _CODE_BEFORE.search(page.text[: mention.start]):
        return True
    thing = counted_thing(page.doc, mention)
    return before.pos_ == "PROPN" and (thing.head is None or thing.head.tag_ != "NNS")


def _values(page: Page, mention: Mention) -> list[float | list[float]]:
    """Return one value, or two where the corpus takes "eight or nine" for two."""
    if mention.is_range and " or " in page.text[mention.first.end : mention.last.start]:
        return [mention.low, mention.high]
    return [_value(page, mention)]


def _value(page: Page, mention: Mention) -> float | list[float]:
    if mention.bound == "vague":
        said = page.text[mention.first.start : mention.first.end].lower().split()
        low = mention.low / 2 if said[0] not in _VAGUE_LOWS else _VAGUE_LOWS[said[0]]
        low = mention.low / 2 if len(said) > 1 else low
        return [low, low * 10]
    if mention.is_range:
        return [mention.low, mention.high]
    shares = ("fraction", "ratio")
    return mention.first.value if mention.first.form in shares else mention.low


def _bound(page: Page, mention: Mention) -> str:
    change = change_of(page, mention, "share")
    plain = mention.unit_kind == "duration" or is_named_after(page, mention)
    direction = "=" if plain else _DIRECTIONS[change]
    bound = _BOUNDS[mention.bound]
    if mention.is_range and _APPROX.match(page.text[mention.start : mention.first.start]):
        return "~"
    return direction if bound == "=" else bound


def _unit(page: Page, mention: Mention) -> str:
    after = page.text[mention.end :]
    if mention.unit_kind == "percent" and mention.unit_text:
        return "percent"
    if mention.unit_kind in ("money", "measure", "duration", "points"):
        unit = mention.unit_text
        per = _PER.match(after)
        dollars = "dollar" if unit in ("$", "US$", "US $", "$US") else unit
        return f"{dollars} per {per['what']}" if per and mention.unit_kind == "money" else unit
    if _AGE.match(after):
        return "year-old"
    if _TIMES.match(after):
        return "times"
    thing = counted_thing(page.doc, mention)
    return _VERBAL.sub("", _SUPERLATIVE.sub("", page.words(thing.phrase)))
