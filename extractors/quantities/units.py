"""The unit of a figure as the record has it: person, item, percent, ISO 4217, symbol."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.parse import Token
from extractors.quantities.counted import is_person
from extractors.quantities.measures import OF_PEOPLE
from extractors.quantities.mentions import Mention
from extractors.quantities.numbers import lexicon
from extractors.quantities.page import Page
from extractors.quantities.setting import Setting
from extractors.records import Measure

_SUBUNITS: dict[str, dict[str, str]] = lexicon("units")["subunits"]
_CURRENCIES: dict[str, dict[str, str]] = {**lexicon("units")["currency_words"], **_SUBUNITS}
_RATES = re.compile(
    r"%|per\s?cent|(?<!\w)(?:rates?|interest|inflation|yields?|polls?|turnout|bank|approval)(?!\w)",
    re.I,
)
_SYMBOLS: dict[str, str] = lexicon("units")["currency_symbols"]
_SIGN = re.compile("|".join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True))))
_NEAR, _SAME_SUM = 120, 400


def unit_of(
    page: Page, mention: Mention, noun: Token | None, measure: Measure, setting: Setting
) -> str | None:
    """Return the unit of a figure that counts `noun`; None for money of an unknown currency.

    Where no noun is counted ("the toll rose to 30"), the measure says whether people are.
    """
    match mention.unit_kind:
        case "percent":
            return "percent"
        case "points":
            near = page.text[max(0, mention.start - _NEAR) : mention.end + _NEAR // 2]
            return "percentage_point" if _RATES.search(near) else "item"
        case "money":
            return _currency(page, mention, setting)
        case "measure" | "duration":
            return mention.unit
    is_of_people = measure in OF_PEOPLE if noun is None else is_person(noun)
    return "person" if is_of_people else "item"


def _currency(page: Page, mention: Mention, setting: Setting) -> str | None:
    """Return the currency; where states share its name, that of the state the text is about.

    Cents are those of the last sum before them.
    """
    word = mention.unit
    if word is None or word.isupper():
        return word
    codes = _CURRENCIES[word]
    if len(codes) == 1:
        return next(iter(codes.values()))
    before = page.text[max(0, mention.start - _SAME_SUM) : mention.start]
    signs = [_SYMBOLS[sign] for sign in _SIGN.findall(before)] if word in _SUBUNITS else []
    if signs and signs[-1] in codes.values():
        return signs[-1]
    home = next((state for state in setting.states if state in codes), None)
    return codes[home] if home else codes.get("US") or codes.get("GB")


def in_currency(mention: Mention) -> Mention:
    """Return money of hundredths in whole units: 87 cents are 0.87 dollars."""
    if mention.unit_kind != "money" or mention.unit not in _SUBUNITS:
        return mention
    return replace(mention, low=round(mention.low / 100, 6), high=round(mention.high / 100, 6))
