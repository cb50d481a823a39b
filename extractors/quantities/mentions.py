"""Numbers with what stands round them: unit, bound, and the other end of a range.

A mention is still every number of the text; `extractors.quantities.claims` decides which of them
are figures of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.gazetteer import country_of
from extractors.quantities.numbers import Number, find_numbers, lexicon
from extractors.records import Bound

UnitKind = Literal["none", "money", "percent", "points", "measure", "duration"]

_UNITS = lexicon("units")
_SYMBOLS: dict[str, str] = _UNITS["currency_symbols"]
_SUBUNITS: dict[str, dict[str, str]] = _UNITS["subunits"]
_CURRENCIES: dict[str, dict[str, str]] = {**_UNITS["currency_words"], **_SUBUNITS}
_PARTS = {("ft", "in"): 12, ("lb", "oz"): 16}
_MEASURES: dict[str, str] = _UNITS["measures"]
_DURATIONS: dict[str, str] = _UNITS["durations"]


def _plural(words: Sequence[str]) -> str:
    """Match the words, and with an "s" those that are no abbreviation."""
    return rf"(?:{_any([word for word in words if len(word) > 2])})s?|{_any(words)}"


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


# Before a dollar sign letters may be small and stand apart, as in texts that were cut into words.
_SIGNS = {re.sub(r"[\s.]", "", sign).upper(): code for sign, code in _SYMBOLS.items()}
_SYMBOL_BEFORE = re.compile(
    rf"(?<![A-Za-z])({_any(list(_SYMBOLS))}|(?i:(?:US|U\.S\.?|CA?|AU?|NZ|HK|NT|MX)\s?\$))\s?$"
)
_PERCENT = re.compile(
    r"\s?(?:%|per\s?cent(?!\w|age)|percents?(?!\w|age)|pct(?!\w)|pc(?!\w)|percentage(?!\w|\s+point))",
    re.I,
)
_POINTS = re.compile(r"(?:\s+|-)(?:of\s+a\s+)?(?:percentage[\s-]+)?points?(?!\w)", re.I)
_CURRENCY_AFTER = re.compile(rf"[\s-]?({_any(list(_CURRENCIES))})s?(?!\w)", re.I)
_THEIR_CURRENCY = re.compile(
    rf"\s([a-z]+)\s+({_any(list(_UNITS['currency_words']))})s?(?!\w)", re.I
)
_OF_CURRENCY = re.compile(rf"\s+of\s+({_any(list(_CURRENCIES))})s?(?!\w)", re.I)
_AFTER_ONLY = [sign for sign, code in _SYMBOLS.items() if sign == code or sign in "€£¥₽₴₡₾₭₸₮₼"]
_CODE_AFTER = re.compile(rf"\s?({_any(_AFTER_ONLY)})(?!\w)")
_MEASURE_AFTER = re.compile(
    rf"(?:[\s-]?|\s+of\s+an?\s+)({_plural(list(_MEASURES))})(?![\w²³/])", re.I
)
_DURATION_AFTER = re.compile(
    rf"(?:[\s-]?|\s+(?:of\s+)?an?\s+)({_plural(list(_DURATIONS))})(?!\w)(?!-old)"
    r"(?!(?<=\sa\syear)\s+(?:ago|earlier|before|later))",
    re.I,
)
_STANDS_APART = re.compile("[kcm]m|[kmµμ]g|ha|ft|ml|[mgt]b|[mgk]w|hp|lb", re.I)
_MAGNITUDE_BEFORE = re.compile(r"(?<!\w)magnitude[\s-]+(?:of\s+)?$", re.I)
_MAGNITUDE_AFTER = re.compile(r"[\s-]magnitude(?!\w)", re.I)
_STRONGEST = 12
_RANGE_JOIN = re.compile(r"\s*(?:[-–—]|\s(?:to|or|and)\s)\s*", re.I)

_BOUNDS_BEFORE = {
    re.sub(r"\s+", " ", word): bound
    for bound, words in _UNITS["bounds_before"].items()
    for word in words
}
_BEFORE = re.compile(
    # "They added up to 38" is a sum and no bound.
    r"(?<!\w)(?<!\badd )(?<!\badds )(?<!\badded )"
    rf"({_any([word for word in _BOUNDS_BEFORE if word[0].isalpha()])})\s+"
    r"(?:the\s+|a\s+|an\s+|another\s+)?$"
    rf"|([~≈≥≤<>])\s*$",
    re.I,
)
_LEAD_IN = re.compile(
    r"(?<!\w)(?:between|all|another|a\s+further|an\s+additional|a\s+total\s+of|the\s+\w+est)\s+$",
    re.I,
)
_BOUNDS_AFTER = {word: bound for bound, words in _UNITS["bounds_after"].items() for word in words}
_AFTER = re.compile(rf"\s?({_any(list(_BOUNDS_AFTER))})(?!\w)", re.I)
_COMPOUND = re.compile(r"\s+(?:and\s+)?")
_MORE_OF = re.compile(r"\s+(?:than|of|\w+s(?!\w))", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number or a range with its unit and bound; `[start, end)` holds all of them.

    `first` and `last` are its numbers (the same one unless it is a range). `low` and `high` are
    in units of `unit`: percent for shares; money as named, in dollars or in cents.
    """

    start: int
    end: int
    first: Number
    last: Number
    low: float
    high: float
    bound: Bound
    unit_kind: UnitKind
    unit: str | None
    unit_text: str

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.first is not self.last

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage or a fraction of something."""
        return self.unit_kind == "percent"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One number and its unit, before bounds and ranges."""

    start: int
    end: int
    number: Number
    unit_kind: UnitKind
    unit: str | None
    unit_text: str


def find_mentions(text: str, skip: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Return the numbers of `text` with unit, range and bound, in order.

    Numbers in the spans of `skip` are none (those of dates): they must not end a range.
    """
    skipped = bytearray(len(text))
    for start, end in skip:
        skipped[start:end] = b"\1" * (end - start)
    numbers = [one for one in find_numbers(text) if skipped.find(1, one.start, one.end) < 0]
    pieces = _compounded(text, [_with_unit(text, number) for number in numbers])
    mentions: list[Mention] = []
    at = 0
    while at < len(pieces):
        first = pieces[at]
        second = pieces[at + 1] if at + 1 < len(pieces) else None
        if second and _is_range(text, first, second):
            mentions.append(_bounded(text, *_shared_unit(first, second)))
            at += 2
        else:
            mentions.append(_bounded(text, first, first))
            at += 1
    return _with_conversions(text, mentions)


def _compounded(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Join "13 dollars and 45 cents" and "5 feet 2 inches" to one sum, one length."""
    done: list[_Piece] = []
    for piece in pieces:
        parts = _parts_in(done[-1], piece) if done else 0
        if parts and _COMPOUND.fullmatch(text, done[-1].end, piece.start):
            whole = done.pop()
            value = whole.number.value + piece.number.value / parts
            number = replace(whole.number, end=piece.number.end, value=value)
            piece = replace(whole, end=piece.end, number=number)
        done.append(piece)
    return done


def _parts_in(whole: _Piece, part: _Piece) -> int:
    """Return how many of the unit of `part` make one of that of `whole`; 0 where none do."""
    if whole.unit_kind == "money" and part.unit in _SUBUNITS:
        is_sum = whole.unit not in _SUBUNITS and whole.number.scale == 1 and part.number.value < 100
        return 100 if is_sum and whole.number.value % 1 == 0 else 0
    return _PARTS.get((whole.unit or "", part.unit or ""), 0)


def _with_conversions(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give a measure in brackets the bound of what it converts: "over 100 km (60 miles)"."""
    done: list[Mention] = []
    for mention in mentions:
        before = done[-1] if done else None
        if (
            before
            and mention.unit_kind == before.unit_kind == "measure"
            and mention.bound == "exact"
        ):
            between = text[before.end : mention.start]
            mention = replace(mention, bound=before.bound if between in (" (", " / ") else "exact")
        done.append(mention)
    return done


def _with_unit(text: str, number: Number) -> _Piece:
    before = _SYMBOL_BEFORE.search(text[max(0, number.start - 5) : number.start])
    if before:
        start = number.start - len(before[0])
        code = _SIGNS[re.sub(r"[\s.]", "", before[1]).upper()]
        return _Piece(start, number.end, number, "money", code, before[1])
    if magnitude := _magnitude(text, number):
        return magnitude
    number = _without_metres(text, number)
    kind, unit, end, said = _unit_after(text, number)
    return _Piece(number.start, end, number, kind, unit, said)


def _magnitude(text: str, number: Number) -> _Piece | None:
    """Read "magnitude 6.4" and "6.4-magnitude": a measure without a unit."""
    if number.value > _STRONGEST:
        return None
    before = _MAGNITUDE_BEFORE.search(text[max(0, number.start - 14) : number.start])
    after = _MAGNITUDE_AFTER.match(text, number.end)
    if before is None and after is None:
        return None
    start = number.start - len(before[0]) if before else number.start
    return _Piece(start, after.end() if after else number.end, number, "measure", None, "")


def _without_metres(text: str, number: Number) -> Number:
    """Take "m" for metres where a height, depth or distance follows ("5m tall")."""
    said = text[number.start : number.end]
    if not re.search(r"\dm$", said) or number.value >= 1e9:
        return number
    if re.match(
        r"[\s-]*(?:high|tall|deep|long|wide|away|above|below|from|off|across|waves?|depth)\b",
        text[number.end :],
    ):
        return replace(number, end=number.end - 1, value=number.value / number.scale, scale=1.0)
    return number


def _unit_after(text: str, number: Number) -> tuple[UnitKind, str | None, int, str]:
    end = number.end
    if match := _PERCENT.match(text, end):
        points = _POINTS.match(text, match.end()) if "percentage" in match[0].lower() else None
        found = points or match
        return ("points" if points else "percent"), None, found.end(), match[0].strip()
    if match := _POINTS.match(text, end):
        return "points", None, match.end(), match[0].strip(" -")
    if match := _CODE_AFTER.match(text, end):
        return "money", _SYMBOLS[match[1]], match.end(), match[1]
    if money := _money_after(text, number):
        return money
    kinds: tuple[tuple[UnitKind, re.Pattern[str], dict[str, str]], ...] = (
        ("measure", _MEASURE_AFTER, _MEASURES),
        ("duration", _DURATION_AFTER, _DURATIONS),
    )
    for kind, pattern, table in kinds:
        match = pattern.match(text, end)
        if match and _is_unit(text, number, match):
            return kind, _symbol(match[1], table), match.end(), match[1]
    if number.form in ("fraction", "ratio"):
        return "percent", None, end, ""
    return "none", None, end, ""


def _money_after(text: str, number: Number) -> tuple[UnitKind, str, int, str] | None:
    """Read "yen", "of dollars" after a vague number, "Mexican pesos": the word of that state."""
    pattern = _OF_CURRENCY if number.form == "vague" else _CURRENCY_AFTER
    if match := pattern.match(text, number.end):
        unit = " ".join(match[1].lower().split())
        return "money", unit, match.end(), text[match.start(1) : match.end()]
    if match := _THEIR_CURRENCY.match(text, number.end):
        codes = _CURRENCIES[" ".join(match[2].lower().split())]
        if code := codes.get(country_of(match[1].title()) or ""):
            return "money", code, match.end(), text[match.start(1) : match.end()]
    return None


def _symbol(word: str, table: dict[str, str]) -> str:
    name = " ".join(word.lower().split())
    return table[name] if name in table else table[name.removesuffix("s")]


def _is_unit(text: str, number: Number, match: re.Match[str]) -> bool:
    """Whether the word is a unit here: one letter only when it is glued to digits."""
    if number.form == "vague":
        return False
    return (
        len(match[1]) > 2
        or _STANDS_APART.fullmatch(match[1]) is not None
        or match.start() + len(match[1]) == match.end()
    )


def _is_range(text: str, first: _Piece, second: _Piece) -> bool:
    between = text[first.end : second.start]
    if not _RANGE_JOIN.fullmatch(between) or second.number.form in ("vague", "one"):
        return False
    if first.unit_kind not in ("none", second.unit_kind):
        return False
    before = text[max(0, first.start - 30) : first.start]
    if "and" in between:
        return re.search(r"\bbetween\s+(?:\w+\s+)?$", before, re.I) is not None
    if "to" in between and re.search(r"\bfrom\s+$|\bby\s+(?:[a-z]+\s+){0,2}$", before, re.I):
        return first.unit_kind == "none" and re.search(r"\bby\s+$", before, re.I) is not None
    return _low_end(first, second) < second.number.value


def _low_end(first: _Piece, second: _Piece) -> float:
    """Return the value of the first end, which may lean on the scale of the second ("2 to 3m")."""
    leans = first.number.scale == 1 and second.number.scale > 1 and first.number.value < 1000
    return first.number.value * (second.number.scale if leans else 1)


def _shared_unit(first: _Piece, second: _Piece) -> tuple[_Piece, _Piece]:
    unit = second if second.unit_kind != "none" else first
    low = replace(first.number, value=_low_end(first, second))
    shared = {"unit_kind": unit.unit_kind, "unit": unit.unit, "unit_text": unit.unit_text}
    return replace(first, number=low, **shared), replace(second, **shared)  # type: ignore[arg-type]


def _bounded(text: str, first: _Piece, last: _Piece) -> Mention:
    bound, start = _bound_before(text, first.start)
    after = _AFTER.match(text, last.end) or _AFTER.match(text, last.number.end)
    end = last.end
    if (after and not _MORE_OF.match(text, after.end())) or (after and "or" in after[1]):
        end = max(end, after.end())
        bound = bound if bound != "exact" else _BOUNDS_AFTER[" ".join(after[1].lower().split())]
    if last.number.form == "vague":
        bound = "vague"
    elif first is not last:
        bound = "range"
    low, high = _in_units(first), _in_units(last)
    return Mention(
        start, end, first.number, last.number, low, high, bound,
        first.unit_kind, first.unit, first.unit_text,
    )  # fmt: skip


def _in_units(piece: _Piece) -> float:
    share = piece.number.form in ("fraction", "ratio")
    if share and piece.unit_kind == "percent":
        return round(100 * piece.number.value, 2)
    return piece.number.value


def _bound_before(text: str, start: int) -> tuple[Bound, int]:
    before = text[max(0, start - 32) : start]
    offset = start - len(before)
    if lead := _LEAD_IN.search(before):
        bound, inner = _bound_before(text, offset + lead.start())
        return bound, inner if bound != "exact" else offset + lead.start()
    match = _BEFORE.search(before)
    if not match:
        return "exact", start
    said = " ".join((match[1] or match[2]).lower().split())
    return _BOUNDS_BEFORE[said], offset + match.start()
