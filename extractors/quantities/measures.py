"""What a figure measures: losses by the words round the counted thing, else by its unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from spacy.tokens import Token

from extractors.quantities.counted import is_person
from extractors.quantities.numbers import lexicon
from extractors.quantities.setting import Setting
from extractors.records import Measure

_LEXICON = lexicon("measures")
LOSSES: tuple[Measure, ...] = (
    "killed", "wounded", "killed_or_wounded", "missing", "captured", "destroyed", "displaced",
    "arrested", "infected",
)  # fmt: skip


def _table(kind: str) -> dict[str, Measure]:
    return {word: measure for measure in LOSSES for word in _LEXICON[measure].get(kind, ())}


_NOUNS, _STATES = _table("nouns"), _table("states")
_OBJECTS, _SUBJECTS = _table("object"), _table("subject")
_ARMY, _MATERIEL = frozenset(_LEXICON["war"]["army"]), frozenset(_LEXICON["war"]["materiel"])
_OF_PERSONS = frozenset(
    {
        "killed",
        "wounded",
        "killed_or_wounded",
        "missing",
        "captured",
        "displaced",
        "arrested",
        "infected",
    }
)
_OBJECT_ROLES = frozenset(("dobj", "nsubjpass", "oprd", "attr"))
_CHAIN = frozenset(
    "pobj prep nummod quantmod appos conj compound amod nmod npadvmod pcomp attr dep poss acl advmod".split()
)


def loss_measure(anchor: Token, head: Token | None, setting: Setting) -> Measure | None:
    """Return the loss that the figure at `anchor` measures, or None.

    `head` is the counted noun, where the figure has one.
    """
    found = set(_readings(anchor, head, setting))
    if not found:
        return None
    if {"killed", "wounded"} <= found or "killed_or_wounded" in found:
        return "killed_or_wounded"
    return next(measure for measure in LOSSES if measure in found)


def _readings(anchor: Token, head: Token | None, setting: Setting) -> list[Measure]:
    """Return the first readings that there are: noun, its states, nouns above, the verb."""
    top, verb = clause_of(head or anchor)
    between = [
        token for token in (head or anchor).ancestors if verb is None or verb in token.ancestors
    ]
    steps: tuple[Iterable[Measure | None], ...] = (
        (_noun(token, setting) for token in _with_conjuncts(head)),
        (_state(token, head) for token in _attributes(head)),
        (
            _noun(token, setting, head)
            for above in between
            for token in (above, *_attributes(above))
        ),
        _from_verb(top, verb, head, setting),
        _from_arguments(verb, top, head, setting),
    )
    for step in steps:
        found = [measure for measure in step if measure and _fits(measure, head)]
        if found:
            return found
    return []


def _fits(measure: Measure, head: Token | None) -> bool:
    """Whether persons, or things, can suffer that loss."""
    if head is None or head.lemma_.lower() in _NOUNS:
        return True
    if measure == "destroyed":
        return not is_person(head)
    return measure in ("killed", "captured") or is_person(head)


def _with_conjuncts(token: Token | None) -> list[Token]:
    return [] if token is None else [token, *token.conjuncts]


def _noun(token: Token, setting: Setting, head: Token | None = None) -> Measure | None:
    lemma = token.lemma_.lower()
    measure = _NOUNS.get(lemma) or _NOUNS.get(token.lower_)
    if measure is None and token.pos_ in ("ADJ", "VERB", "NOUN"):
        return _STATES.get(lemma) if head is None or token.pos_ != "NOUN" else None
    if measure == "infected" and not setting.is_outbreak:
        return None
    if lemma == "loss":
        return _loss(head, setting)
    return measure


def _loss(head: Token | None, setting: Setting) -> Measure | None:
    if head is not None and not is_person(head):
        return "destroyed" if head.lemma_.lower() in _MATERIEL else None
    return "killed_or_wounded" if setting.is_war else None


def _attributes(token: Token | None) -> Iterator[Token]:
    """Yield adjectives, participles and reduced clauses of a noun, and what is joined to them."""
    if token is None:
        return
    for child in token.children:
        if child.dep_ in ("amod", "acl", "relcl", "advmod", "compound") and _is_loss_form(child):
            yield child
            yield from child.conjuncts
    following = token.doc[token.i + 1 : token.i + 2]
    yield from (word for word in following if word.tag_ in ("VBN", "VBD", "JJ", "RP"))
    for word in following:
        yield from word.conjuncts if word.tag_ in ("VBN", "VBD") else ()


def _is_loss_form(token: Token) -> bool:
    return token.tag_ != "VBG" or token.lower_ == "missing"


def _state(token: Token, head: Token | None) -> Measure | None:
    lemma = token.lemma_.lower()
    if lemma == "down" and (token.pos_ == "ADJ" or head is None):
        return None
    if token.tag_ == "VBD" and lemma in _SUBJECTS:
        return _SUBJECTS[lemma]
    return _STATES.get(lemma) or _STATES.get(token.lower_)


def clause_of(token: Token) -> tuple[Token, Token | None]:
    """Return the top of the noun phrase that `token` is in, and the verb it hangs on."""
    top = token
    while top.dep_ in _CHAIN and top.head is not top and top.head.pos_ not in ("VERB", "AUX"):
        top = top.head
    verb = top.head if top.head.pos_ in ("VERB", "AUX") and top.head is not top else None
    return top, verb


def _phrase(verb: Token) -> str:
    """Return the lemma with its particle: "shoot down"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    if particle is None and verb.i + 1 < len(verb.doc):
        particle = verb.doc[verb.i + 1].lower_
    both = f"{lemma} {particle}"
    return both if both in _OBJECTS or both in _SUBJECTS else lemma


def _from_verb(
    top: Token, verb: Token | None, head: Token | None, setting: Setting
) -> Iterator[Measure | None]:
    if verb is None:
        return
    for one in (verb, *verb.conjuncts):
        yield _by_role(top if one is verb else None, one, head, setting)


def _by_role(
    top: Token | None, verb: Token, head: Token | None, setting: Setting
) -> Measure | None:
    phrase = _phrase(verb)
    role = top.dep_ if top is not None else "nsubjpass" if verb.tag_ == "VBN" else ""
    if phrase == "lose":
        return _lost(role, verb, head, setting)
    if role in _OBJECT_ROLES or (verb.tag_ == "VBN" and role == "nsubj"):
        return _moved(verb, head) or _OBJECTS.get(phrase)
    if role == "nsubj":
        return _crossed(verb, head) or _SUBJECTS.get(phrase)
    return None


def _moved(verb: Token, head: Token | None) -> Measure | None:
    """Read "have been moved to schools": persons taken to a shelter."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    moved = verb.lemma_ in ("move", "rehouse", "shelter") and passive
    return "displaced" if moved and head is not None and is_person(head) else None


def _crossed(verb: Token, head: Token | None) -> Measure | None:
    crossed = verb.lemma_ in ("cross", "escape") and any(
        child.lower_ in ("into", "to", "over") for child in verb.children
    )
    return "displaced" if crossed and head is not None and is_person(head) else None


def _lost(role: str, verb: Token, head: Token | None, setting: Setting) -> Measure | None:
    words = {token.lemma_.lower() for token in verb.subtree}
    if role == "nsubj":
        return "killed" if words & {"life"} else None
    if head is None or not setting.is_war:
        return None
    lemma = head.lemma_.lower()
    if lemma == "life":
        return "killed"
    if lemma in _MATERIEL:
        return "destroyed"
    return "killed_or_wounded" if lemma in _ARMY or is_person(head) else None


def _from_arguments(
    verb: Token | None, top: Token, head: Token | None, setting: Setting
) -> Iterator[Measure | None]:
    """Read "the number of people killed has risen to 41", "put the loss at ...".

    The figure then hangs on the verb by a preposition, or is its attribute.
    """
    if verb is None or top.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return
    for child in verb.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj") or child is top:
            continue
        for token in child.subtree:
            if token.pos_ in ("NOUN", "ADJ", "VERB") and token.i < (head or top).i:
                yield _noun(token, setting, head if token.lemma_ == "loss" else None)


def default_measure(unit_kind: str) -> Measure:
    """Return the measure of a figure that is no loss."""
    table = {"money": "money", "percent": "share", "points": "share", "none": "count"}
    return cast("Measure", table.get(unit_kind, "other"))
