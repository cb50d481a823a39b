"""Whose stocks and gains they are: votes, budgets, revenue, staff."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.gazetteer import country_in, country_of
from extractors.parse import Token
from extractors.quantities.counted import Thing, lemma_of
from extractors.quantities.frame import Frame
from extractors.quantities.numbers import lexicon
from extractors.records import Measure

_LEXICON = lexicon("measures")
_ARMY = frozenset(_LEXICON["war"]["army"])
_OWNED = frozenset(_LEXICON["owner"]["nouns"])
_SPENDING = frozenset(_LEXICON["owner"]["verbs"])
_NEAR = 60
_VOTES = frozenset(("seat", "vote", "ballot", "constituency", "mandate", "deputy"))
_TO_THE_STATE = re.compile(
    r"(?<!\w)(?:to|for)\s+the\s+(?:state|taxpayers?|treasury|government|public\s+purse)(?!\w)", re.I
)
_OWNER = re.compile(
    r"(?<!\w)(?P<who>[A-Z][\w&-]+(?: [A-Z][\w&-]+)*)['’]s? (?:[a-z-]+ ){0,3}"
    rf"(?:{'|'.join(_LEXICON['owner']['nouns'])})s?(?!\w)"
)
# "$350 million in frozen Iranian funds"
_FUNDS = re.compile(
    r"\s+(?:in|of|worth\s+of)\s+(?:[a-z]+\s+){0,2}(?P<who>[A-Z]\w+)['’]?s?\s+(?:[a-z]+\s+){0,2}"
    r"(?:funds?|assets?|reserves?|money|debts?|bonds?|deposits?|accounts?)(?!\w)"
)
_HIMSELF = frozenset(("i", "me", "my", "he", "him", "his", "she", "her"))
_NO_NAMES = frozenset(("the", "a", "an", "all"))


def owner(frame: Frame, anchor: Token, thing: Thing, measure: Measure) -> str | None:
    """Return the company, party, person or state whose stock or gain a figure is, or None."""
    noun = lemma_of(thing.head) if thing.head is not None else ""
    if measure == "money" and _TO_THE_STATE.search(frame.words):
        return frame.speaker.side
    if noun in _VOTES or (measure == "share" and _is_about_votes(frame)):
        return _named_before(frame, anchor) or _speaker_himself(frame)
    if measure == "money" and (state := _state_of_funds(frame, anchor)):
        return state
    if frame.setting.is_war and noun in _ARMY:
        return country_in(frame.page.words(thing.phrase)) or frame.speaker.side
    return _possessor(frame.words) or _spender(frame, measure)


def _is_about_votes(frame: Frame) -> bool:
    words = {lemma_of(token) for token in frame.tokens}
    return bool(words & {"seat", "poll", "vote", "ballot"}) and "turnout" not in words


def _named_before(frame: Frame, anchor: Token) -> str | None:
    """Return the last name before the figure in its clause ("put Coast First at 34.1%")."""
    run: list[Token] = []
    for token in reversed([token for token in frame.tokens if token.i < anchor.i]):
        if token.text[:1].isupper() and token.lower_ not in _NO_NAMES:
            run.append(token)
        elif run:
            break
    name = " ".join(token.text for token in reversed(run))
    is_name = any(token.pos_ in ("PROPN", "ADJ", "NOUN") for token in run)
    return (country_of(name) or name) if is_name else None


def _speaker_himself(frame: Frame) -> str | None:
    """Return the candidate who speaks of his own votes: "his tally gave him 52 percent"."""
    own = any(token.lower_ in _HIMSELF for token in frame.tokens)
    return frame.speaker.name if own and frame.speaker.entity_type == "person" else None


def _state_of_funds(frame: Frame, anchor: Token) -> str | None:
    """Return the state whose funds a sum is in."""
    at = min(anchor.idx + len(anchor), frame.end)
    match = _FUNDS.search(frame.page.text, at, min(frame.end, at + _NEAR))
    return country_of(match["who"]) if match else None


def _possessor(words: str) -> str | None:
    """Return the owner named in front of what it owns: "Apple's quarterly revenue"."""
    match = _OWNER.search(words)
    return (country_of(match["who"]) or match["who"]) if match else None


def _spender(frame: Frame, measure: Measure) -> str | None:
    """Return the state that spends, or the company that a business story is about."""
    tokens = frame.tokens
    owned = [token for token in tokens if lemma_of(token) in _OWNED]
    spends = any(token.pos_ == "VERB" and lemma_of(token) in _SPENDING for token in tokens)
    if measure == "money" and owned and (state := _state_subject(tokens, owned[0])):
        return state
    if measure == "money" and spends and frame.speaker.entity_type == "place":
        return frame.speaker.side
    is_business = bool(owned) or spends or measure == "money"
    return _company(frame) if is_business and measure != "other" else None


def _state_subject(tokens: Sequence[Token], owned: Token) -> str | None:
    """Return the state whose budget it is: "Helsinki would raise its budget"."""
    names = (token for token in tokens if token.pos_ == "PROPN" and token.dep_ == "nsubj")
    first = next(names, None)
    return country_of(first.text) if first is not None and first.i < owned.i else None


def _company(frame: Frame) -> str | None:
    """Return the company of the story: the speaker where it is that company."""
    company, name = frame.setting.company, frame.speaker.name
    return name if company and name and company.split()[0] in name else company
