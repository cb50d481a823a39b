"""The grammar of English numbers: digits, words, scales, fractions, vague plurals.

Everything here works on the text alone and gives offsets into it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["digits", "words", "fraction", "ratio", "vague", "one"]


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the packaged lexicon `name`."""
    return tomllib.loads(files("extractors").joinpath(f"lexicons/{name}.toml").read_text("utf-8"))


_UNITS = lexicon("units")
_CARDINALS: dict[str, int] = _UNITS["cardinals"]
_SCALES: dict[str, float] = _UNITS["scales"]
_SUFFIXES: dict[str, float] = _UNITS["suffixes"]
_VAGUE: dict[str, float] = _UNITS["vague"]
_FRACTIONS: dict[str, int] = _UNITS["fractions"]

_GLYPHS = {char: unicodedata.numeric(char) for char in "½⅓¼¾⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
_GLYPH = f"[{''.join(_GLYPHS)}]"
_SCALE_WORDS = "|".join([*_SCALES, "dozens?", "score"])
_DIGITS = re.compile(
    r"(?P<digits>(?:\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
    rf"(?:\s+(?P<over>[1-9]/[2-9])(?!\d)|(?P<glyph>{_GLYPH}))?"
    rf"(?:(?P<suffix>{'|'.join(_SUFFIXES)})(?![\w²³/])|(?P<scales>(?:[\s-]?(?:{_SCALE_WORDS})(?!\w))+))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_START = re.compile(rf"\d+|\.(?=\d)|{_GLYPH}|[a-z]+", re.IGNORECASE)
_OPENERS = frozenset(
    (
        *_CARDINALS,
        *_VAGUE,
        "a",
        "an",
        "the",
        "another",
        "half",
        "quarter",
        "several",
        "some",
        "many",
    )
)
_SPACE, _AND = re.compile(r"\s"), re.compile(r"\s+and\s+", re.IGNORECASE)
_GAP = re.compile(r"[\s-]+(?:and\s+)?", re.IGNORECASE)
_PART_MORE = re.compile(
    rf"\s+and\s+(?P<top>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]+(?P<part>{'|'.join(_FRACTIONS)})(?![\w-])",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?<=[ (])(?<!\d )[-\u2212]$|(?<![\w-])minus\s+$", re.IGNORECASE)
_VAGUE_PLURAL = re.compile(
    rf"(?:(?P<first>tens|hundreds|thousands|dozens|scores)\s+of\s+)?(?P<last>{'|'.join(_VAGUE)})(?=\s+of(?!\w)|\s+(?:more|\w+s)(?!\w)|\W*$)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"(?:several|a\s+few|some|many|a\s+couple\s+of)\s+(?P<scale>{_SCALE_WORDS})(?!\w)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?:(?P<top>an?|one|two|three|four|five|six|seven|eight|nine|\d)[\s-]+)?(?P<part>{'|'.join(_FRACTIONS)})(?!\w)(?!-)",
    re.IGNORECASE,
)
# What follows a fraction; after anything else "a third" and "a quarter" are an ordinal or a coin.
_AFTER_FRACTION = re.compile(
    r"\s*(?:$|[,.;:!?)”\"’'—–]|(?:of|more|less|fewer|higher|lower|larger|smaller|bigger|full|empty|as|to|than"
    r"|since|in|on|from|below|above|by|off|the|its|their|his|her|our|that|this|what|are|is|was|were"
    r"|would|will|had|have|has|say|said|said|or|and|back|down|up|a|an|believe|think|support)(?!\w))",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"(?P<top>\d{1,3}|\w+)(?:\s+(?:in|of)|\s+out\s+of)\s+(?:every\s+)?(?P<bottom>\d{1,6}(?:,\d{3})?|\w+)(?![\w%])",
    re.IGNORECASE,
)
_OF_SCALE = re.compile(
    rf"(?P<of>\s+(?:of\s+)?an?)?[\s-]+(?P<scale>{_SCALE_WORDS})(?!\w)", re.IGNORECASE
)
_SLASHED = re.compile(r"(?P<top>[1-7])/(?P<bottom>[23458])(?![\w/.-])")
_LARGEST = 1e18


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: `[start, end)`, its value, how it is written.

    `value` of a vague plural is its low end; fractions and ratios ("one in five") are shares of 1.
    `scale` is what digits were multiplied by.
    """

    start: int
    end: int
    value: float
    form: Form
    scale: float = 1.0


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` in order, not overlapping; none beyond 1e18."""
    return [number for number in _scan(text) if number.value < _LARGEST]


def _scan(text: str) -> Iterator[Number]:
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        is_opener = not start[0].isalpha() or start[0].lower() in _OPENERS
        if is_opener and _starts_word(text, start.start()):
            number = _number_at(text, start.start())
            if number is not None:
                yield _signed(text, number)
                position = number.end


def _signed(text: str, number: Number) -> Number:
    """Take in a minus before the number ("-0.3%", "minus 5C"); a dash that opens a line is none."""
    before = text[max(0, number.start - 8) : number.start]
    sign = _SIGN.search(before)
    if sign is None or number.form not in ("digits", "words", "one"):
        return number
    return replace(number, start=number.start - len(sign[0]), value=-number.value)


def _starts_word(text: str, position: int) -> bool:
    char = text[position]
    if not (char.isalnum() or char == "." or char in _GLYPHS):
        return False
    if position == 0:
        return True
    before = text[position - 1]
    if before == "-" and position > 1:
        return not text[position - 2].isalpha() or char.isalpha()
    if before.isdigit() or (before in ".,/:" and position > 1 and text[position - 2].isdigit()):
        return False
    return not (before.isalpha() or before == "_") or (
        char.isdigit() and _after_code(text, position)
    )


def _after_code(text: str, position: int) -> bool:
    """Whether the letters before `position` are a currency ("RM79")."""
    code = re.search(r"(?<![A-Za-z])[A-Z]{2,3}$", text[max(0, position - 4) : position])
    symbols = _UNITS["currency_symbols"]
    return code is not None and (code[0] in symbols or f"${code[0]}" in symbols)


def _number_at(text: str, position: int) -> Number | None:
    char = text[position]
    if char in _GLYPHS:
        return Number(position, position + 1, _GLYPHS[char], "fraction")
    if char.isdigit() or char == ".":
        readers: tuple[Callable[[str, int], Number | None], ...] = (
            _ratio_at,
            _slashed_at,
            _digits_at,
        )
    else:
        readers = (_ratio_at, _part_of_scale_at, _vague_at, _fraction_at, _words_at)
    for reader in readers:
        if number := reader(text, position):
            return number
    return None


def _scale_of(word: str) -> float:
    lowered = word.lower().removesuffix("s")
    return {"dozen": 12.0, "score": 20.0}.get(lowered) or _SCALES[lowered]


def _digits_at(text: str, position: int) -> Number | None:
    match = _DIGITS.match(text, position)
    if not match:
        return None
    value, scale = float(re.sub(r"[^\d.]", "", match["digits"])), 1.0
    if match["over"]:
        top, bottom = match["over"].split("/")
        value += int(top) / int(bottom)
    value += _GLYPHS.get(match["glyph"], 0)
    if match["suffix"]:
        scale = _SUFFIXES[match["suffix"].lower()]
    for word in re.findall(r"[a-z]+", match["scales"] or "", re.IGNORECASE):
        scale *= _scale_of(word)
    value, end, scale = _with_part(text, value * scale, match.end(), scale)
    if end == match.end() and scale > 1:
        value, end = _with_rest(text, value, end, scale)
    return Number(position, end, round(value, 6), "digits", scale)


def _with_rest(text: str, value: float, end: int, scale: float) -> tuple[float, int]:
    """Add smaller scales that go on: "1 crore 25 lakh", "3 hundred and 21"."""
    gap = (_AND if scale == _scale_of("hundred") else _SPACE).match(text, end)
    rest = gap and (_digits_at(text, gap.end()) or _words_at(text, gap.end()))
    is_scaled = rest and (1 < rest.scale < scale or scale == _scale_of("hundred"))
    if rest is None or not is_scaled or rest.value >= scale:
        return value, end
    return value + rest.value, rest.end


def _slashed_at(text: str, position: int) -> Number | None:
    """Read "1/4" and "3/8" (of a mile, of members): no dates, no scores."""
    match = _SLASHED.match(text, position)
    if not match or int(match["top"]) >= int(match["bottom"]):
        return None
    return Number(position, match.end(), int(match["top"]) / int(match["bottom"]), "fraction")


def _words_at(text: str, position: int) -> Number | None:
    match = _WORD.match(text, position)
    if match is None:
        return None
    first = match[0].lower()
    if first in ("a", "an", "the", "another"):
        return _article_scale(text, match)
    if first not in _CARDINALS:
        return None
    value, end, scale = _cardinal(text, match)
    value, end, scale = _with_part(text, value, end, scale)
    return Number(position, end, value, "one" if value == 1 and scale == 1 else "words", scale)


def _article_scale(text: str, article: re.Match[str]) -> Number | None:
    """Read "a dozen", "a hundred and fifty", "the million"."""
    gap = _GAP.match(text, article.end())
    word = _WORD.match(text, gap.end()) if gap else None
    if not word or (word[0].lower() not in _SCALES and word[0].lower() != "dozen"):
        return None
    value, end, scale = _cardinal(text, word, start=1)
    if scale > 1:
        value, end, scale = _with_part(text, value, end, scale)
    return Number(article.start(), end, value, "words", scale)


def _cardinal(text: str, match: re.Match[str], start: int = 0) -> tuple[float, int, float]:
    """Read spelled number words from `match` on; returns value, end and the largest scale."""
    total, current, last, end, top = 0.0, float(start), "", match.start(), 1.0
    word: re.Match[str] | None = match
    while word:
        kind = _kind(word[0].lower())
        if not _follows(last, kind, text[end : word.start()]) or (
            last and _PART_MORE.match(text, end)
        ):
            break
        if kind in ("unit", "teen", "tens"):
            current += _CARDINALS[word[0].lower()]
        elif kind == "hundred" or (kind == "scale" and word[0].lower().startswith("dozen")):
            current = (current or 1) * _scale_of(word[0])
        elif last == "scale":  # "three lakh crore"
            total *= _scale_of(word[0])
            top = max(top, _scale_of(word[0]))
        else:
            total, current = total + (current or 1) * _scale_of(word[0]), 0.0
            top = max(top, _scale_of(word[0]))
        last, end = kind, word.end()
        gap = _GAP.match(text, end)
        word = _WORD.match(text, gap.end()) if gap else None
    return total + current, end, top


def _kind(word: str) -> str:
    if word in _SCALES or word in ("dozen", "dozens"):
        return "hundred" if word == "hundred" else "scale"
    value = _CARDINALS.get(word)
    if value is None:
        return ""
    return "unit" if value < 10 else "teen" if value < 20 else "tens"


def _follows(last: str, kind: str, gap: str) -> bool:
    """Whether number words of these kinds are one number; "and" only after a scale."""
    if not kind or ("and" in gap.lower() and last not in ("hundred", "scale")):
        return False
    allowed = {
        "": ("unit", "teen", "tens", "hundred", "scale"),
        "unit": ("hundred", "scale"),
        "teen": ("hundred", "scale"),
        "tens": ("unit", "hundred", "scale"),
        "hundred": ("unit", "teen", "tens", "scale"),
        "scale": ("unit", "teen", "tens", "scale"),
    }
    return kind in allowed[last] and not (last == "scale" and kind == "scale" and "and" in gap)


def _with_part(text: str, value: float, end: int, scale: float) -> tuple[float, int, float]:
    """Add "and a half", "and three quarters": of one, of the scale before, or of the one after.

    "two and a half million", "3 million and a half", "a billion and a quarter million".
    """
    match = _PART_MORE.match(text, end)
    if not match or not (match["part"][0] in "hq" or _AFTER_FRACTION.match(text, match.end())):
        return value, end, scale
    part = _top(match["top"]) / _FRACTIONS[match["part"].lower()]
    after = re.compile(rf"\s+({_SCALE_WORDS})(?!\w)", re.IGNORECASE).match(text, match.end())
    if after is None:
        return value + part * scale, match.end(), scale
    unit = _scale_of(after[1])
    whole = value if scale > unit else value * unit
    return whole + part * unit, after.end(), max(scale, unit)


def _part_of_scale_at(text: str, position: int) -> Number | None:
    """Read "half a million", "a quarter million", "two thirds of a million"."""
    match = _FRACTION.match(text, position)
    scale = _OF_SCALE.match(text, match.end()) if match else None
    if match is None or scale is None or (match["part"][0].lower() not in "hq" and not scale["of"]):
        return None
    value = (_top(match["top"] or "one") / _FRACTIONS[match["part"].lower()]) * _scale_of(
        scale["scale"]
    )
    return Number(position, scale.end(), value, "words", _scale_of(scale["scale"]))


def _vague_at(text: str, position: int) -> Number | None:
    if match := _SEVERAL.match(text, position):
        scale = _scale_of(match["scale"])
        return Number(position, match.end(), 2 * scale, "vague", scale)
    match = _VAGUE_PLURAL.match(text, position)
    if not match:
        return None
    value = _VAGUE[match["last"].lower()]
    if match["first"]:
        value = _VAGUE[match["first"].lower()] * value / 2
    return Number(position, match.end(), value, "vague")


def _fraction_at(text: str, position: int) -> Number | None:
    match = _FRACTION.match(text, position)
    if not match or not _AFTER_FRACTION.match(text, match.end()):
        return None
    top, part = match["top"], match["part"].lower()
    if top is None and (part != "half" or _is_other_half(text, position)):
        return None
    over = 1 if top is None else _top(top)
    return Number(position, match.end(), over / _FRACTIONS[part], "fraction")


def _top(word: str) -> int:
    return 1 if word.lower() in ("a", "an") else int(_CARDINALS.get(word.lower(), 0) or word)


def _is_other_half(text: str, position: int) -> bool:
    """Whether "half" is the first or second half of something."""
    return bool(
        re.search(
            r"(?:first|second|other|better|latter|this|last|next)[\s-]+$", text[:position], re.I
        )
    )


def _ratio_at(text: str, position: int) -> Number | None:
    match = _RATIO.match(text, position)
    if not match:
        return None
    top, bottom = _small(match["top"]), _small(match["bottom"])
    if not top or not bottom or top >= bottom:
        return None
    is_of = re.search(r"\d+\s+of\s+\d+$|\sof\s", match[0], re.IGNORECASE) and "out" not in match[0]
    if is_of or bottom not in _BOTTOMS:
        return None
    return Number(position, match.end(), top / bottom, "ratio")


_BOTTOMS = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10000}


def _small(word: str) -> int:
    lowered = word.lower().replace(",", "")
    return int(lowered) if lowered.isdigit() else _CARDINALS.get(lowered, 0)
