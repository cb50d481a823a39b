"""From the words that mention a claimant to the claimant: by name, role, pronoun; or not at all.

Mentions are resolved in the order of the text, headline last, since it names nobody that the text
does not name better. Where nothing fits, the name stays empty rather than wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claimants.actors import Actor
from extractors.claimants.focus import ADDRESSED, CLAIMANT
from extractors.claimants.joined import joined
from extractors.claimants.mentions import PRONOUNS, Mention, is_document, read_mention
from extractors.claimants.naming import named
from extractors.claimants.nominals import nominal, pronoun, several
from extractors.claimants.scene import Found, Scene
from extractors.claimants.speakers import spoken_for, state_body
from extractors.claimants.unnamed import unnamed
from extractors.records import Method
from extractors.text import Offsets


@dataclass(frozen=True, slots=True)
class Speech:
    """What resolution needs of an attribution: offsets of mention, relays, content; its place."""

    mention: Offsets | None
    relays: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    position: int


@dataclass(slots=True)
class Resolved:
    """The actors behind a mention (several: "both"), and how they were found."""

    actors: list[Actor]
    method: Method
    mention: Offsets | None


def resolve(scene: Scene, start: int, end: int, without: Sequence[Actor] = ()) -> Resolved:
    """Resolve the mention `[start, end)`; `without` are actors that it cannot be."""
    weight = ADDRESSED if scene.is_addressed(start) else CLAIMANT
    mention = read_mention(scene.doc, start, end)
    if mention is None:
        return Resolved([], "none", None)
    scene.catch_up(start)
    pair = several(scene, mention)
    if pair:
        return Resolved(pair, "nominal", (start, end))
    several_named = joined(scene, mention, lambda part: _resolve(scene, part, without))
    if several_named is not None:
        return Resolved(*several_named, (start, end))
    found = _resolve(scene, mention, without)
    if found.actor is not None:
        _note_roles(mention, found)
        scene.focus.see(start, found.actor, weight)
    return Resolved([found.actor] if found.actor else [], found.method, (start, end))


def _resolve(scene: Scene, mention: Mention, without: Sequence[Actor]) -> Found:
    """Try the ways in turn: pronoun, name, the body spoken for, role; else a description."""
    if len(mention.span) == 1 and mention.span[0].lower_ in PRONOUNS:
        return Found(pronoun(scene, mention.span[0], without), "pronoun")

    def inner(sub: Mention) -> Found:
        return _resolve(scene, sub, without)

    found = (
        named(scene, mention)
        or spoken_for(scene, mention, without, inner)
        or state_body(scene, mention)
        or nominal(scene, mention, without)
    )
    return found or Found(unnamed(scene, mention), "explicit")


def _note_roles(mention: Mention, found: Found) -> None:
    """What a nominal calls somebody is a description of them from then on."""
    actor = found.actor
    is_role = mention.noun != "year-old" and not is_document(mention)
    if actor is not None and found.method == "nominal" and is_role:
        actor.nouns.add(mention.noun)
        if actor.is_person and mention.text not in actor.roles:
            actor.roles.append(mention.text)
