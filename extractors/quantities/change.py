"""Whether a figure is a level or a difference, and whether it sums up more than one incident."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from extractors.quantities.mentions import Mention
from extractors.quantities.numbers import lexicon
from extractors.quantities.setting import Setting
from extractors.records import Change, Measure, Scope

_LEXICON = lexicon("measures")
_UP = frozenset(_LEXICON["change"]["increase"])
_DOWN = frozenset(_LEXICON["change"]["decrease"])
_LEVEL_BEFORE = re.compile(r"(?<!\w)(?:to|at|from|than|against|of\s+around)\s+$", re.IGNORECASE)
# "dipped below 4%" names the new level; "losses of €5m" an amount.
_LIMIT = re.compile(r"(?:just\s+|well\s+)?(?:below|above)(?!\w)", re.IGNORECASE)
_AMOUNTS = frozenset(("loss", "losses", "gain", "gains", "raise"))
_BY = re.compile(r"(?<!\w)by\s+(?:between\s+)?$", re.IGNORECASE)
_UP_DOWN = re.compile(
    r"(?<!\w)(?<!gave )(?<!give )(?<!made )(?<!make )(?<!took )(?<!set )(?<!put )(?<!shut )(?<!ended )(?P<word>up|down)(?:\s+by)?\s+$",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(r"(?<!\w)(?P<word>[a-z]+)\s+of\s+$", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?P<word>more|higher|greater|fewer|less|lower|cheaper|increase|rise|jump|growth|hike|gain|surge|cut|drop|fall|decline|decrease|reduction|plunge|slump|up|down)(?!\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^[\s,]*(?:or|and)\s+$", re.IGNORECASE)
_CUMULATIVE = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(w) for w in _LEXICON["scope"]["cumulative"]) + r")(?!\w)",
    re.IGNORECASE,
)
_INCIDENT = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(w) for w in _LEXICON["scope"]["incident"]) + r")(?!\w)",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(r"(?<!\w)(?:number|total|tally|count)\s+of(?!\w)", re.IGNORECASE)


def change_of(
    doc: Doc, mention: Mention, measure: Measure, previous: Change | None, gap: str
) -> Change:
    """Return whether the figure is a level, an increase or a decrease.

    `previous` is the change of the figure before, `gap` the text between ("1,100 jobs, or 6%").
    """
    if measure in ("killed", "wounded", "killed_or_wounded", "missing", "captured", "arrested"):
        return "level"
    if mention.unit_kind == "duration":
        return "level"
    if previous not in (None, "level") and _JOINED.match(gap):
        return previous or "level"
    before = doc.text[max(0, mention.start - 40) : mention.start]
    if (
        _LEVEL_BEFORE.search(before)
        or mention.bound in ("more_than", "less_than")
        and _LIMIT.match(doc.text, mention.start)
    ):
        return "level"
    for pattern in (_UP_DOWN, _NOUN_OF):
        match = pattern.search(before)
        if (
            match
            and match["word"].lower() not in _AMOUNTS
            and (direction := _direction(match["word"]))
        ):
            return direction
    after = _AFTER.match(doc.text[mention.end : mention.end + 30])
    if after and (
        mention.unit_kind != "none"
        or not re.match(r"\s+than", doc.text[mention.end + after.end() :])
    ):
        return _direction(after["word"]) or "level"
    return _by_verb(doc, mention, measure, by=_BY.search(before) is not None)


def is_named_after(doc: Doc, mention: Mention) -> bool:
    """Whether the word of change follows the figure: "a 3% drop", "2% higher"."""
    return _AFTER.match(doc.text[mention.end : mention.end + 30]) is not None


def _direction(word: str) -> Change | None:
    lowered = word.lower().removesuffix("s")
    if word.lower() in ("less", "loss"):
        return "decrease"
    return (
        "increase"
        if lowered in _UP or lowered in ("greater", "gain")
        else "decrease"
        if lowered in _DOWN
        else None
    )


def _by_verb(doc: Doc, mention: Mention, measure: Measure, *, by: bool) -> Change:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return "level"
    verb = _verb_before(doc, span.start, by=by)
    if verb is None:
        return "level"
    lemma = verb.lemma_.lower()
    if lemma in ("add", "hire", "recruit", "boost", "double") and not by:
        return "level"
    if lemma in ("lose", "shed") and mention.unit_kind == "none" and measure != "count":
        return "level"
    return _direction(lemma) or "level"


def _verb_before(doc: Doc, at: int, *, by: bool) -> Token | None:
    """Return the nearest verb or noun of change before a number, with no noun or "to" between.

    What changed may stand between when "by" leads to the number ("raised rates by").
    """
    limit = at - (8 if by else 4)
    for token in reversed(doc[max(0, limit, doc[at].sent.start) : at]):
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and token.lower_ in _AMOUNTS:
            return None
        if token.pos_ in ("VERB", "NOUN", "AUX") and (lemma in _UP or lemma in _DOWN):
            return token
        stops = token.pos_ in ("VERB", "NOUN", "NUM") or (
            token.pos_ == "ADP" and token.lower_ != "by"
        )
        stops = stops and not (by and token.pos_ == "NOUN")
        if token.lower_ == "to" or stops or token.is_punct:
            return None
    return None


def scope_of(
    doc: Doc, at: int, is_zero: bool, measure: Measure, zone: tuple[int, int], setting: Setting
) -> Scope:
    """Return the scope of a loss: of one incident, or a running total. `zone` is its clause."""
    if is_zero:
        return "incident"
    around = doc.text[max(0, zone[0] - 60) : zone[1]]
    inside = doc.text[zone[0] : zone[1]]
    if _INCIDENT.search(inside) and not re.search(r"\bsince\b", inside, re.IGNORECASE):
        return "incident"
    if _CUMULATIVE.search(inside):
        return "cumulative"
    if setting.is_outbreak and measure in ("killed", "infected"):
        return "cumulative"
    if (
        setting.is_war
        and _COUNT_OF.search(around)
        and measure in ("killed", "killed_or_wounded", "wounded")
    ):
        return "cumulative"
    return "incident"
