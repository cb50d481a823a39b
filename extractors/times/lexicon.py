"""The words of `lexicons/times.toml`, and regular expressions made of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lexicon() -> dict[str, Any]:
    text = files("extractors").joinpath("lexicons/times.toml").read_text("utf-8")
    return tomllib.loads(text)


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


WEEKDAYS: dict[str, int] = _lexicon()["weekdays"]
MONTHS: dict[str, int] = _lexicon()["months"]
SEASONS: dict[str, int] = _lexicon()["seasons"]
PARTS: dict[str, list[int]] = _lexicon()["parts"]
CLOCK_WORDS: dict[str, list[int]] = _lexicon()["clock_words"]
HOLIDAYS: dict[str, list[int]] = _lexicon()["holidays"]
EASTER: dict[str, int] = _lexicon()["easter"]
MOVING: dict[str, list[int]] = _lexicon()["moving"]
ORDINALS: dict[str, int] = _lexicon()["ordinals"]
NUMBERS: dict[str, int] = _lexicon()["numbers"]
DECADES: dict[str, int] = _lexicon()["decades"]
PRESENT: list[str] = _lexicon()["references"]["present"]
EVENT_NOUNS: list[str] = _lexicon()["events"]["nouns"]
FORECASTS: frozenset[str] = frozenset(_lexicon()["references"]["forecasts"])

# Fragments for patterns; months and weekdays of four letters or fewer may carry a full stop.
WEEKDAY = rf"(?:{_alternatives(list(WEEKDAYS))})\b\.?"
MONTH = rf"(?:{_alternatives(list(MONTHS))})\b\.?"
SEASON = _alternatives(list(SEASONS))
PART = _alternatives(list(PARTS))
CLOCK_WORD = _alternatives(list(CLOCK_WORDS))
HOLIDAY = _alternatives([*HOLIDAYS, *EASTER, *MOVING]).replace("'", "['’]")
TENS: dict[str, int] = {"twenty": 20, "thirty": 30}
ORDINAL = rf"(?:(?:{_alternatives(list(TENS))})[\s-])?(?:{_alternatives(list(ORDINALS))})"
NUMBER = rf"(?:\d+|{_alternatives(list(NUMBERS))})"
PRESENT_WORDS = _alternatives(PRESENT)
EVENT_NOUN = _alternatives(EVENT_NOUNS)
BEGINNING = _alternatives(_lexicon()["events"]["beginning"])
YEAR = r"(?:1[2-9]|20|21)\d\d"
UNIT = r"(?:(?:minute|hour|day|week|fortnight|month|quarter|year|decade|min|hr)s?|centur(?:y|ies))"
_SHORT = {"min": "minute", "hr": "hour"}


def key(word: str) -> str:
    """Return the word as the lexicon has it: lower case, straight apostrophe, no full stop."""
    return word.lower().replace("’", "'").rstrip(".")


def number(word: str) -> int:
    """Return the value of what `NUMBER` matched."""
    return int(word) if word.isdigit() else NUMBERS[key(word)]


def ordinal(word: str) -> int:
    """Return the value of what `ORDINAL` matched, or of digits with an ending ("21st")."""
    *tens, last = re.split(r"[\s-]+", key(word))
    digits = re.match(r"\d+", last)
    value = int(digits[0]) if digits else ORDINALS[last]
    return sum(TENS[ten] for ten in tens) + value


def unit(word: str) -> str:
    """Return the singular of what `UNIT` matched."""
    lowered = word.lower().removesuffix("s")
    return "century" if lowered.startswith("centur") else _SHORT.get(lowered, lowered)
