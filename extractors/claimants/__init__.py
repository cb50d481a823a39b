"""Who claims: from the words of an attribution to a canonical claimant.

`resolve_claimants` reads one document's attributions together, since a pronoun or "the ministry"
is somebody met before; it abstains (name None) where nobody fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.claimants.actors import Actor, is_body_actor
from extractors.claimants.bodies import is_public_body
from extractors.claimants.offices import body_of
from extractors.claimants.resolve import Resolved, Speech, resolve
from extractors.claimants.scene import Scene
from extractors.claimants.sides import side_of
from extractors.claimants.words import load_words, singular
from extractors.parse import Doc
from extractors.records import Claimant, EntityType, Span
from extractors.stems import content_stems, overlap
from extractors.text import Offsets

__all__ = ["NOBODY", "Speaker", "Speech", "outlet_claimant", "resolve_claimants"]

NOBODY = Claimant(None, None, "unknown", None, None, "none")
_SAME = 0.3
_OF_BODY = re.compile(r"^(?:the |an? )?(?P<body>[\w-]+) \w+", re.IGNORECASE)
_ARMED = frozenset({"hacker", "militia", "rebel", "gang", "insurgent", "militant", "separatist"})
_ARMED_WORDS = re.compile(r"\b(?:armed|rebel|hacker|militant|insurgent|extremist|jihadist)\b", re.I)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who claims and who passed it on, nearest last."""

    claimant: Claimant
    relays: tuple[Claimant, ...]
    actors: tuple[int, ...]


def outlet_claimant(text: str, outlet: str | None, mention: Offsets | None) -> Claimant:
    """The article's own voice."""
    span = Span.of(text, *mention) if mention else None
    return Claimant(span, outlet, "outlet", None, None, "outlet")


class Standing(NamedTuple):
    """What a claimant is and whom he speaks for."""

    kind: EntityType
    side: str | None
    body: str | None


Standings = Mapping[int, Standing]  # by the actor's id()


def _kind(actor: Actor) -> EntityType:
    words = load_words()
    described = " ".join((actor.name or "", *actor.nouns, *actor.roles))
    if actor.kind == "organization" and (actor.nouns & _ARMED or _ARMED_WORDS.search(described)):
        return "group"
    nouns = actor.nouns & words.media - {"agency", "paper", "press", "outlet", "journal"}
    is_media = (
        bool(nouns) or "news agency" in described or re.search(r"\b(?:TV|Radio)\b", described)
    )
    return "outlet" if actor.kind == "organization" and is_media else actor.kind


def _owner_is_public(actor: Actor, scene: Scene) -> bool:
    """Whether the body before the first naming of a person, that "its" means, is a state's."""
    owner = scene.last_body(actor.first)
    if owner is None:
        return False
    return side_of(owner, scene.states) is not None or is_public_body(owner.name or "")


def _employer_side(actor: Actor, scene: Scene) -> str | None:
    """The side of whom a role names by its noun alone: "Committee chairman", "Board member"."""
    for phrase in actor.roles if actor.is_person else ():
        found = _OF_BODY.match(phrase)
        noun = singular(found["body"]) if found else ""
        if noun not in load_words().bodies | load_words().endings:
            continue
        before = [a for a in scene.cast.actors if a.first < actor.first and a.is_called(noun)]
        sides = (side_of(a, scene.states) for a in reversed(before) if is_body_actor(a))
        side = next((side for side in sides if side), None)
        if side or _is_public_in(scene.text, noun):
            return side or scene.states.at(actor.first)
    return None


def _is_public_in(text: str, noun: str) -> bool:
    """Whether the text has a public body of that noun: "the county school board"."""
    named = re.search(rf"\b(?P<kind>[\w-]+ {noun})\b", text)
    return named is not None and is_public_body(named["kind"])


def _standing(actor: Actor, scene: Scene) -> Standing:
    employer = _employer_side(actor, scene)
    owned = _owner_is_public(actor, scene)
    side = employer or side_of(actor, scene.states, owner_is_public=owned)
    return Standing(_kind(actor), side, body_of(actor, scene))


def _standings(found: Iterable[tuple[Resolved, list[Resolved]]], scene: Scene) -> Standings:
    """The standing of everybody who speaks alone, worked out once when all is known."""
    alone = {
        id(one.actors[0]): one.actors[0]
        for speaker, relays in found
        for one in (speaker, *relays)
        if len(one.actors) == 1
    }
    return {key: _standing(actor, scene) for key, actor in alone.items()}


def _claimant(text: str, resolved: Resolved, standings: Standings) -> Claimant:
    span = Span.of(text, *resolved.mention) if resolved.mention else None
    if not resolved.actors:
        return Claimant(span, None, "unknown", None, None, resolved.method)
    if len(resolved.actors) > 1:
        names = "; ".join(actor.name or "" for actor in resolved.actors)
        return Claimant(span, names, "group", None, None, resolved.method)
    actor = resolved.actors[0]
    kind, side, body = standings[id(actor)]
    return Claimant(span, actor.name, kind, side, actor.wikidata, resolved.method, body)


def resolve_claimants(doc: Doc, text: str, speeches: Sequence[Speech]) -> list[Speaker]:
    """Return the claimant of each speech, in the order given.

    `doc` is the parsed text, offset for offset; mentions are character offsets.
    """
    scene = Scene.of(doc, text)
    title_end = scene.title_end
    scene.voices = [
        actor
        for speech in sorted(speeches, key=lambda speech: speech.position)
        if speech.mention
        for _, actor in scene.cast.named_in(*speech.mention)
    ]
    order = sorted(
        range(len(speeches)),
        key=lambda i: (speeches[i].position < title_end, speeches[i].position),
    )
    found: dict[int, tuple[Resolved, list[Resolved]]] = {}
    for index in order:
        if speeches[index].position < title_end:
            scene.hint = _same_words(text, speeches[index], speeches, found)
        found[index] = _resolve(scene, speeches[index])
    actors = {id(actor): number for number, actor in enumerate(scene.cast.actors)}
    standings = _standings(found.values(), scene)
    return [
        Speaker(
            _claimant(text, found[i][0], standings),
            tuple(replace(_claimant(text, r, standings), speaks_for=None) for r in found[i][1]),
            tuple(actors.get(id(actor), -1) for actor in found[i][0].actors),
        )
        for i in range(len(speeches))
    ]


def _same_words(
    text: str,
    title: Speech,
    speeches: Sequence[Speech],
    found: Mapping[int, tuple[Resolved, list[Resolved]]],
) -> Actor | None:
    """Who says in the text what the headline says."""
    stems = _stems(text, title)
    best: tuple[float, Actor | None] = (_SAME, None)
    for index, (resolved, _) in found.items():
        share = overlap(stems, _stems(text, speeches[index]))
        if share > best[0] and len(resolved.actors) == 1:
            best = (share, resolved.actors[0])
    return best[1]


def _stems(text: str, speech: Speech) -> frozenset[str]:
    return content_stems(" ".join(text[start:end] for start, end in speech.content))


def _resolve(scene: Scene, speech: Speech) -> tuple[Resolved, list[Resolved]]:
    """Mentions in the order of the text; nobody relays himself."""
    relays = [resolve(scene, *relay) for relay in speech.relays]
    passed_on = [actor for relay in relays for actor in relay.actors]
    if speech.mention is None:
        return Resolved([], "none", None), relays
    return resolve(scene, *speech.mention, without=passed_on), relays
