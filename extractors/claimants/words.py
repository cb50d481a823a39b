"""The lexicon of roles and bodies, read once: `extractors/lexicons/roles.toml`, given names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors.gazetteer import lexicon, plain

Gender = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of `roles.toml`; every word in lower case and singular."""

    titles: frozenset[str]
    public_roles: frozenset[str]
    private_roles: frozenset[str]
    speakers: frozenset[str]
    bare_speakers: frozenset[str]
    persons: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    bodies: frozenset[str]
    public_bodies: frozenset[str]
    media: frozenset[str]
    documents: frozenset[str]
    groups: frozenset[str]
    endings: frozenset[str]
    official: frozenset[str]
    calendar: frozenset[str]
    particles: frozenset[str]
    name_heads: frozenset[str]
    owned: frozenset[str]
    rivals: frozenset[str]
    heads: frozenset[str]
    members: frozenset[str]
    distinct: frozenset[str]
    service: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    ministries: Mapping[str, str]
    same: Mapping[str, frozenset[str]]


@cache
def load_words() -> Words:
    """Read the lexicon."""
    raw = lexicon("roles")
    persons, bodies = raw["persons"], raw["bodies"]
    lists = {name: frozenset(words) for name, words in persons.items()}
    return Words(
        titles=lists["titles"],
        public_roles=lists["public"],
        private_roles=lists["private"],
        speakers=lists["speakers"],
        bare_speakers=lists["bare_speakers"],
        persons=frozenset().union(*(lists[name] for name in lists if name != "rivals")),
        female=lists["female"],
        male=lists["male"],
        bodies=frozenset(bodies["nouns"]) | frozenset(bodies["public"]),
        public_bodies=frozenset(bodies["public"]),
        media=frozenset(bodies["media"]),
        documents=frozenset(bodies["documents"]),
        groups=frozenset(bodies["groups"]),
        endings=frozenset(bodies["endings"]),
        official=frozenset(bodies["official"]),
        calendar=frozenset(raw["names"]["calendar"]),
        particles=frozenset(raw["names"]["particles"]),
        name_heads=frozenset(raw["names"]["heads"]),
        owned=frozenset(raw["names"]["owned"]),
        rivals=frozenset(persons["rivals"]),
        heads=frozenset(raw["offices"]["heads"]),
        members=frozenset(raw["offices"]["members"]),
        distinct=frozenset(bodies["distinct"]),
        service={name: frozenset(nouns) for name, nouns in raw["service"].items()},
        classes={name: frozenset(nouns) for name, nouns in raw["classes"].items()},
        ministries=raw["ministries"],
        same={word: frozenset(others) for word, others in raw["same"].items()},
    )


@cache
def _given_names() -> dict[str, Gender]:
    names: dict[str, Gender] = {}
    table = lexicon("given_names")
    names.update(dict.fromkeys(table["female"], "female"))
    names.update(dict.fromkeys(table["male"], "male"))
    return names


def gender_of_name(given: str) -> Gender | None:
    """Return the gender of nearly all who bear the given name, None when unknown."""
    return _given_names().get(plain(given))


def gender_of_nouns(nouns: frozenset[str]) -> Gender | None:
    """Return the gender that role nouns state ("spokeswoman"), None when they state none."""
    words = load_words()
    if nouns & words.female:
        return "female"
    return "male" if nouns & words.male else None


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Return a noun in lower case and singular, by spelling alone."""
    low = word.lower()
    irregular = {"men": "man", "women": "woman", "people": "person", "children": "child"}
    for plural, one in irregular.items():
        if low.endswith(plural):
            return low[: -len(plural)] + one
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else low
