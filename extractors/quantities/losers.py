"""Whose losses they are: in war the side of the dead, otherwise at most an employer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.gazetteer import country_in
from extractors.parse import Doc, Token
from extractors.quantities.counted import Thing, lemma_of
from extractors.quantities.frame import Frame
from extractors.quantities.measures import clause_of
from extractors.records import Measure

_ENEMY = re.compile(
    r"(?<!\w)(?:the|our)\s+(?:enemy|foe|occupiers?|invaders?|aggressor)(?!\w)", re.IGNORECASE
)
_COMPANYS = re.compile(r"(?<!\w)the\s+company[’']s(?!\w)", re.IGNORECASE)
_TOTALS = frozenset(("loss", "toll", "number", "casualty", "dead", "death", "total"))
_DEATHS = frozenset(("death", "dead", "loss", "casualty"))
_REGULARS = frozenset(
    ("soldier", "troop", "serviceman", "servicewoman", "guard", "conscript", "recruit", "marine",
     "pilot")
)  # fmt: skip
_STAFF = frozenset(("employee", "staff", "worker", "crew", "miner", "member"))
_POSSESSIVES = frozenset(("its", "their", "his", "her", "our", "my"))
_OWNING_UP = frozenset(("acknowledge", "admit", "concede", "confirm", "mourn", "bury"))
_LOSING = frozenset(("lose", "suffer", "sustain"))


def loser(frame: Frame, anchor: Token, thing: Thing, measure: Measure) -> str | None:
    """Return the side, or the employer, that a loss was of; None for victims of no side."""
    if not frame.setting.is_war:
        return _employer(frame, thing)
    if measure in ("displaced", "infected", "arrested"):
        return None
    named = country_in(frame.page.words(thing.phrase))
    return named or _losing_state(frame, thing.head or anchor) or _own_side(frame, thing, measure)


def _employer(frame: Frame, thing: Thing) -> str | None:
    """Return the firm whose people they were: "none of its own employees", "the company's pit"."""
    head = thing.head
    is_staff = head is not None and lemma_of(head) in _STAFF
    own = head is not None and {token.lower_ for token in head.lefts} & _POSSESSIVES
    if is_staff and own and frame.speaker.entity_type == "organization":
        return frame.speaker.name
    return _last_company(frame.page.doc, frame.start) if _COMPANYS.search(frame.words) else None


def _last_company(doc: Doc, before: int) -> str | None:
    names = [ent.text for ent in doc.ents if ent.label_ == "ORG" and ent.end_char <= before]
    return names[-1] if names else None


def _losing_state(frame: Frame, noun: Token) -> str | None:
    """Read it off the loser ("Ukraine lost"), the losses ("Russia's losses"), "the enemy"."""
    if _ENEMY.search(frame.words):
        return frame.setting.opponent(frame.speaker.side)
    top, verb = clause_of(noun)
    for phrase in _phrases(frame, top, verb):
        if code := country_in(phrase):
            return code
    if verb is None or verb.lemma_ in _LOSING or top.dep_ != "dobj":
        return None
    subject = _subject(verb)
    state = country_in(_text(subject)) if subject is not None else None
    return state if verb.lemma_ in _OWNING_UP else frame.setting.opponent(state)


def _phrases(frame: Frame, top: Token, verb: Token | None) -> Iterator[str]:
    """Yield the phrases that may name the loser, the surest first."""
    if verb is not None and verb.lemma_ in _LOSING and (subject := _subject(verb)) is not None:
        yield _text(subject)
    for child in verb.children if verb is not None else ():
        is_argument = child.dep_ in ("dobj", "nsubj", "nsubjpass") and child.idx >= frame.start
        if is_argument and any(lemma_of(token) in _TOTALS for token in child.subtree):
            yield _text(child)
    if lemma_of(top) in _TOTALS:
        yield _text(top)


def _subject(verb: Token) -> Token | None:
    for one in (verb, *verb.ancestors):
        if one.pos_ not in ("VERB", "AUX"):
            return None
        for child in one.children:
            if child.dep_ == "nsubj":
                return child
        if one.dep_ not in ("conj", "xcomp"):
            return None
    return None


def _text(token: Token) -> str:
    return str(token.doc[token.left_edge.i : token.right_edge.i + 1].text)


def _own_side(frame: Frame, thing: Thing, measure: Measure) -> str | None:
    """Return whose losses go unnamed: those whom a side counts at home are its own.

    Within a state the regular forces are the state's; civilians have no side.
    """
    setting, side = frame.setting, frame.speaker.side
    if setting.is_between_states:
        return side if side in setting.belligerents else None
    lemma = lemma_of(thing.head) if thing.head is not None else ""
    of_state = lemma in _REGULARS or (lemma in _DEATHS and side is not None)
    if measure == "destroyed" or not of_state:
        return None
    return setting.states[0] if setting.states else side
