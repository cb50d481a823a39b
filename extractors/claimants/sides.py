"""For which state a claimant speaks, judged by its role and the text round it."""

from __future__ import annotations

import re

from extractors.claimants.actors import Actor
from extractors.claimants.bodies import is_public_body, is_public_role, state_in
from extractors.claimants.context import StateContext
from extractors.claimants.words import load_words, singular
from extractors.gazetteer import entity_in, institution_in, place_country

# Heads of bodies of any kind, too: these speak for a state only if what they head does.
_AMBIGUOUS = frozenset({"president", "vice-president", "chancellor", "commissioner", "secretary"})
_OWNER = re.compile(r"(?:^|\bthe |\s)(?P<owner>(?:[\w-]+ ){0,2}[\w-]+)'s\s", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|at|for) (?:the )?(?P<owner>[\w\s-]+)$")
_ITS = re.compile(r"^its\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:its|their|his|her)\b", re.IGNORECASE)


def _owner(phrase: str) -> str | None:
    """What a role belongs to: "federation" in "the federation's president"."""
    found = _OWNER.search(phrase) or _OF.search(phrase)
    return found["owner"] if found else None


def _is_private_owner(owner: str) -> bool:
    words = [singular(word) for word in owner.split()]
    is_area = bool(words) and words[-1] in load_words().service["levels"]
    if is_area or is_public_body(owner) or state_in(owner):
        return False
    return bool(words) and (words[-1] in load_words().bodies or owner[:1].isupper())


def _speaks_for_state(phrase: str, owner_is_public: bool) -> bool:
    text = phrase.replace("’", "'")
    if not is_public_role(text) and not (owner_is_public and _ITS.match(text)):
        return False
    owner = _owner(text)
    nouns = {singular(word) for word in re.findall(r"[\w-]+", text)}
    is_ambiguous = bool(nouns & _AMBIGUOUS) and "minister" not in nouns
    if is_ambiguous and owner is not None:
        return not _is_private_owner(owner)
    if _PRONOUN.match(text) and (is_ambiguous or not nouns & load_words().public_roles):
        return owner_is_public
    return owner is None or not _is_private_owner(owner) or bool(nouns & {"minister", "mayor"})


def _state_of_role(phrase: str, actor: Actor, states: StateContext) -> str | None:
    stated = state_in(phrase) or institution_in(phrase)
    if stated:
        return stated
    if _PRONOUN.match(phrase):
        return states.before(actor.first) or states.dominant
    return states.of_person(actor.name or phrase, actor.first)


def side_of(actor: Actor, states: StateContext, *, owner_is_public: bool = False) -> str | None:
    """Return the alpha-2 code of the state that `actor` speaks for, None for nobody's."""
    if actor.side is not None or actor.is_known:
        return actor.side
    if actor.kind == "place":
        name = actor.name or ""
        is_site = singular(name.split()[-1]) in load_words().endings if name else True
        return None if is_site else place_country(name)
    if actor.parent is not None:
        return side_of(actor.parent, states)
    if actor.is_person:
        for phrase in actor.roles:
            known = entity_in(phrase)
            if known is not None and known.side and "former" not in phrase.lower():
                return known.side
            if _speaks_for_state(phrase, owner_is_public):
                return _state_of_role(phrase, actor, states)
        return None
    described = " ".join([actor.name or "", *sorted(actor.nouns), *actor.roles])
    if actor.kind == "group" and not is_public_body(actor.name or ""):
        serving = (phrase for phrase in actor.roles if is_public_role(phrase))
        return next((_state_of_role(phrase, actor, states) for phrase in serving), None)
    if is_public_body(described) or is_public_body(actor.name or ""):
        return state_in(described) or states.at(actor.first)
    return None
