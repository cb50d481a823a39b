"""Somebody or something that can speak, and what tells one kind from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.claimants.bodies import is_public_body
from extractors.claimants.descriptors import Description
from extractors.claimants.words import Gender, gender_of_nouns, load_words, singular
from extractors.gazetteer import KnownEntity, country_entity, country_of, place_country
from extractors.records import EntityType


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something that can speak; `nouns` are what the text calls it, lower case."""

    name: str | None
    kind: EntityType
    side: str | None = None
    wikidata: str | None = None
    gender: Gender | None = None
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    ages: set[str] = field(default_factory=set)
    first: int = 0
    is_known: bool = False
    is_many: bool = False
    parent: Actor | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is one human being."""
        return self.kind == "person"

    def is_called(self, noun: str) -> bool:
        """Whether the text calls it by that noun, or by one that the noun can take up."""
        words = load_words()
        own = self.nouns | (self.words if not self.is_person else set())
        same = words.same.get(noun, frozenset())
        is_crew = noun in words.persons and not self.is_person
        taken_up = bool(same & (own | self.modifiers))
        return noun in own or taken_up or (is_crew and noun in self.modifiers)

    def adopt(self, description: Description) -> None:
        """Take over what the text says about it."""
        self.nouns |= description.nouns
        self.modifiers |= description.words
        self.roles += [phrase for phrase in description.phrases if phrase not in self.roles]
        self.ages |= description.ages
        self.gender = self.gender or gender_of_nouns(frozenset(description.nouns))


def from_known(known: KnownEntity) -> Actor:
    """A body, medium or person of the gazetteer."""
    return Actor(known.name, known.entity_type, known.side, known.wikidata_id, is_known=True)


def state_actor(code: str, first: int) -> Actor:
    """The state `code` as an actor."""
    actor = from_known(country_entity(code))
    actor.first = first
    actor.words = {singular(word) for word in (actor.name or "").split()}
    return actor


def is_body_actor(actor: Actor) -> bool:
    """Whether it is a body, which "it" can take up: no person, no "residents"."""
    return actor.kind in {"organization", "group", "outlet"} and not actor.is_many


def is_public_actor(actor: Actor) -> bool:
    """Whether it is a body of a state."""
    return is_body_actor(actor) and (
        actor.side is not None or is_public_body(" ".join((actor.name or "", *actor.nouns)))
    )


def is_private_body(actor: Actor) -> bool:
    """Whether it is a body of nobody's state, and no medium."""
    is_body = actor.kind in {"organization", "group"} and not actor.is_many
    return is_body and not is_public_body(actor.name or "")


def is_firm(actor: Actor) -> bool:
    """Whether it can be called "the company"."""
    return of_class("company")(actor)


def of_class(noun: str) -> Callable[[Actor], bool]:
    """Whether an actor can be called `noun`: no charity is "the company", no paper "the club"."""
    classes = load_words().classes
    wanted = {name for name, nouns in classes.items() if noun in nouns}

    def fits(actor: Actor) -> bool:
        if not is_private_body(actor):
            return False
        own = actor.nouns | actor.words | actor.modifiers
        found = {name for name, nouns in classes.items() if own & nouns}
        return not wanted or not found or bool(wanted & found)

    return fits


def is_thing(actor: Actor) -> bool:
    """Whether it can be called "it" as a speaker: a body or a state."""
    return is_body_actor(actor) or (actor.kind == "place" and actor.side is not None)


def is_area(actor: Actor) -> bool:
    """Whether it is a part of a state: a province, no state itself."""
    name = actor.name or ""
    return actor.kind == "place" and country_of(name) is None and place_country(name) is not None


def can_be_he_or_she(gender: Gender) -> Callable[[Actor], bool]:
    """Whether an actor can be "he" or "she": a person, or the body of whom a spokesman spoke."""

    def fits(actor: Actor) -> bool:
        return actor.is_person or (actor.gender == gender and actor.kind == "organization")

    return fits
