"""Whether a figure is a level or a difference, and whether it sums up more than one incident."""

from __future__ import annotations

import re

from extractors.parse import Doc, Token
from extractors.quantities.frame import Frame
from extractors.quantities.mentions import Mention
from extractors.quantities.numbers import lexicon
from extractors.quantities.page import Page
from extractors.records import Change, Measure, Quantity, Scope

_LEXICON = lexicon("measures")
_UP = frozenset(_LEXICON["change"]["increase"])
_DOWN = frozenset(_LEXICON["change"]["decrease"])
_LEVEL_BEFORE = re.compile(r"(?<!\w)(?:to|at|from|than|against|of\s+around)\s+$", re.IGNORECASE)
# "dipped below 4%" names the new level; "losses of €5m" an amount.
_LIMIT = re.compile(r"(?:just\s+|well\s+)?(?:below|above)(?!\w)", re.IGNORECASE)
_AMOUNTS = frozenset(("loss", "losses", "gain", "gains", "raise"))
_BY = re.compile(r"(?<!\w)by\s+(?:between\s+)?$", re.IGNORECASE)
# "was up 2%"; not "gave up", "set up".
_UP_DOWN = re.compile(r"(?:^|(?P<verb>\w+)\W+)(?P<word>up|down)(?:\s+by)?\s+$", re.IGNORECASE)
_PHRASAL = frozenset(("gave", "give", "made", "make", "took", "set", "put", "shut", "ended"))
_NOUN_OF = re.compile(r"(?<!\w)(?P<word>[a-z]+)\s+of\s+$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?P<word>more|higher|greater|fewer|less|lower|cheaper|increase|rise|jump|growth|hike|gain"
    r"|surge|cut|drop|fall|decline|decrease|reduction|plunge|slump|up|down)(?!\w)",
    re.IGNORECASE,
)
_THAN = re.compile(r"\s+than(?!\w)", re.IGNORECASE)
_JOINED = re.compile(r"[\s,]*(?:or|and)\s+", re.IGNORECASE)
_COUNT_OF = re.compile(r"(?<!\w)(?:number|total|tally|count)\s+of(?!\w)", re.IGNORECASE)
_SINCE = re.compile(r"(?<!\w)since(?!\w)", re.IGNORECASE)
_NEVER_CHANGES = frozenset(
    ("killed", "wounded", "killed_or_wounded", "missing", "captured", "arrested")
)
_LITERAL = frozenset(_LEXICON["change"]["literal"])
_ADDING = frozenset(("add", "hire", "recruit", "boost", "double"))
_REACH, _REACH_BY = 4, 8


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


_CUMULATIVE = _any(_LEXICON["scope"]["cumulative"])
_INCIDENT = _any(_LEXICON["scope"]["incident"])


def change_of(
    page: Page, mention: Mention, measure: Measure, previous: Quantity | None = None
) -> Change:
    """Return whether a figure is a level, an increase or a decrease.

    `previous` is the figure before it in the same content, which "or" may join to it
    ("cut 1,100 jobs, or 6% of its staff").
    """
    if measure in _NEVER_CHANGES or mention.unit_kind == "duration":
        return "level"
    joined = previous is not None and _JOINED.fullmatch(page.text, previous.end, mention.start)
    if previous is not None and joined and previous.change != "level":
        return previous.change
    before = page.text[max(0, mention.start - 40) : mention.start]
    if _LEVEL_BEFORE.search(before) or _LIMIT.match(page.text, mention.start):
        return "level"
    return (
        _said_before(before)
        or _said_after(page, mention)
        or _by_verb(page, mention, measure, by=_BY.search(before) is not None)
        or "level"
    )


def _said_before(before: str) -> Change | None:
    """Read "down 38%", "a cut of 2%"."""
    if match := _UP_DOWN.search(before):
        return None if (match["verb"] or "").lower() in _PHRASAL else _direction(match["word"])
    match = _NOUN_OF.search(before)
    is_change = match is not None and match["word"].lower() not in _AMOUNTS
    return _direction(match["word"]) if match and is_change else None


def _said_after(page: Page, mention: Mention) -> Change | None:
    """Read "a 3% drop", "2.4% higher", "3,000 fewer"; but "400 more than" is a level."""
    after = _AFTER.match(page.text, mention.end)
    if after is None:
        return None
    if mention.unit_kind == "none" and _THAN.match(page.text, after.end()):
        return None
    if mention.unit_kind == "measure" and after["word"].lower() in ("up", "down"):
        return None  # "71 kilometres up" is a height
    return _direction(after["word"])


def is_named_after(page: Page, mention: Mention) -> bool:
    """Whether the word of change follows the figure: "a 3% drop", "2% higher"."""
    return _AFTER.match(page.text, mention.end) is not None


def _direction(word: str) -> Change | None:
    lowered = word.lower()
    for lemma in (lowered, lowered.removesuffix("s")):
        if lemma in _UP:
            return "increase"
        if lemma in _DOWN:
            return "decrease"
    return None


def _by_verb(page: Page, mention: Mention, measure: Measure, *, by: bool) -> Change | None:
    span = page.tokens(mention.start, mention.end)
    verb = _verb_before(page.doc, span.start, by=by) if span is not None else None
    if verb is None or span is None or _is_literal(page.doc, span.end):
        return None
    lemma = verb.lemma_.lower()
    if lemma in _ADDING and not by:
        return None
    loses_things = lemma in ("lose", "shed") and mention.unit_kind == "none" and measure != "count"
    return None if loses_things else _direction(lemma)


def _is_literal(doc: Doc, at: int) -> bool:
    """Whether things that can be dropped or raised follow: "dropped two bombs"."""
    return any(token.lemma_.lower() in _LITERAL for token in doc[at : at + 2])


def _verb_before(doc: Doc, at: int, *, by: bool) -> Token | None:
    """Return the nearest verb or noun of change before a number, with no noun or "to" between.

    What changed may stand between when "by" leads to the number ("raised rates by").
    """
    limit = max(at - (_REACH_BY if by else _REACH), doc[at].sent.start)
    for token in reversed(doc[limit:at]):
        if token.pos_ == "NOUN" and token.lower_ in _AMOUNTS:
            return None
        if token.pos_ in ("VERB", "NOUN", "AUX") and _direction(token.lemma_):
            return token
        if _is_barrier(token, by=by):
            return None
    return None


def _is_barrier(token: Token, *, by: bool) -> bool:
    if token.is_punct or token.lower_ == "to" or token.pos_ in ("VERB", "NUM"):
        return True
    return (token.pos_ == "NOUN" and not by) or (token.pos_ == "ADP" and token.lower_ != "by")


def scope_of(frame: Frame, measure: Measure, *, is_incident: bool) -> Scope:
    """Return the scope of a loss: of one incident, or a running total.

    `frame` is cut to the sentence of the figure.
    """
    words = frame.words
    if is_incident or (_INCIDENT.search(words) and not _SINCE.search(words)):
        return "incident"
    before = frame.page.text[max(0, frame.start - 60) : frame.end]
    totals_dead = measure in ("killed", "killed_or_wounded", "wounded") and _COUNT_OF.search(before)
    is_total = (
        _CUMULATIVE.search(words)
        or (frame.setting.is_outbreak and measure in ("killed", "infected"))
        or (frame.setting.is_war and totals_dead)
    )
    return "cumulative" if is_total else "incident"
