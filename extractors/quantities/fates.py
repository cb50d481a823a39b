"""What is said of persons in set phrases: "are being held", "were taken to hospital"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.parse import Token
from extractors.quantities.numbers import lexicon
from extractors.quantities.setting import Setting
from extractors.records import Measure

_PHRASES: dict[str, list[str]] = lexicon("measures")["phrases"]
_MEASURES: tuple[Measure, ...] = ("killed", "wounded", "displaced", "arrested")
_BEFORE = "|".join(map(re.escape, _PHRASES["before"]))
_PATTERNS = tuple(
    (measure, re.compile(rf"\s*(?:(?:{_BEFORE})\s+){{0,8}}(?:{'|'.join(_PHRASES[measure])})(?!\w)"))
    for measure in _MEASURES
)
_REACH = 12


def fates(noun: Token, setting: Setting) -> Iterator[Measure]:
    """Yield the losses that a phrase right after the noun tells of.

    In an outbreak people are in hospital because they are ill.
    """
    end = min(noun.sent.end, noun.i + 1 + _REACH)
    after = noun.doc[noun.i + 1 : end].text.lower()
    for measure, pattern in _PATTERNS:
        if pattern.match(after) and not (measure == "wounded" and setting.is_outbreak):
            yield measure


def held(verb: Token) -> Measure | None:
    """Read "is holding 16 foreigners" and "are held"; halls, too, hold people."""
    return "arrested" if verb.lemma_ == "hold" and verb.tag_ in ("VBG", "VBN") else None
