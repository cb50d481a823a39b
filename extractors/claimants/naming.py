"""Mentions that name: "the minister, Ana Reyes", "the charity Sea Aid", "Kyiv"."""

from __future__ import annotations

from extractors.claimants.actors import Actor
from extractors.claimants.bodies import ministry_topic, possessed_body, state_in
from extractors.claimants.descriptors import is_charge
from extractors.claimants.mentions import Mention
from extractors.claimants.names import Name
from extractors.claimants.scene import Found, Scene
from extractors.claimants.words import load_words
from extractors.gazetteer import country_of, is_capital, place_country
from extractors.records import Method


def named(scene: Scene, mention: Mention) -> Found | None:
    """A name that the mention ends in, or that its head is."""
    if _is_unstated_ministry(scene, mention):
        return None
    names = scene.cast.named_in(mention.start, mention.end)
    body = possessed_body(_trimmed(mention))
    if body:
        return Found(scene.actor_called(body[0], body[1], mention), "explicit")
    if not names:
        return None
    name, actor = _naming(scene, mention, names) or (None, None)
    if name is None or actor is None:
        return None
    if actor.kind == "place" and actor.side and mention.head.i >= name.end:
        return None
    _settle_kind(actor)
    return Found(actor, _how(mention, name, actor))


def _is_unstated_ministry(scene: Scene, mention: Mention) -> bool:
    """ "the Health Ministry": the text leaves to the reader whose it is."""
    phrase = scene.doc[mention.first : mention.head.i + 1].text
    is_ministry = mention.noun == "ministry" and ministry_topic(phrase) is not None
    return is_ministry and state_in(phrase) is None


def _settle_kind(actor: Actor) -> None:
    """A name that speaks is no place but a state: what the model took for a town is a body."""
    is_unsure = actor.kind == "unknown" or (actor.kind == "place" and actor.side is None)
    if is_unsure and place_country(actor.name or "") is None:
        actor.kind = "organization"


def _trimmed(mention: Mention) -> str:
    return mention.text.removeprefix("The ").removeprefix("the ")


def _naming(
    scene: Scene, mention: Mention, names: list[tuple[Name, Actor]]
) -> tuple[Name, Actor] | None:
    """The name that says who is meant: the last that no preposition or possessive governs."""
    for name, actor in reversed(names):
        if _is_owner(scene, name, mention) or _is_governed(scene, name, actor, mention):
            continue
        if name.front <= mention.head.i < name.end or _is_apposed(name, mention):
            return name, actor
    return _with_kind(mention, names) or _opening(scene, mention, names)


def _with_kind(mention: Mention, names: list[tuple[Name, Actor]]) -> tuple[Name, Actor] | None:
    """A name with what it is right behind it: "the IG Werk union", "the Guardian newspaper"."""
    name, actor = names[-1]
    classes = load_words().classes
    is_kind = any(mention.noun in classes[kind] for kind in ("firm", "union", "media", "party"))
    is_right_before = name.end == mention.head.i and mention.head.text.islower()
    is_body = actor.kind in {"organization", "unknown", "outlet"} and mention.noun != "agency"
    return (name, actor) if is_kind and is_right_before and is_body else None


def _opening(
    scene: Scene, mention: Mention, names: list[tuple[Name, Actor]]
) -> tuple[Name, Actor] | None:
    """A person whose description follows without a comma: "Ana Reyes a doctor"."""
    name, actor = names[0]
    after = scene.doc[name.end] if name.end < mention.span.end else None
    opens = name.front == mention.span.start and actor.is_person
    return (name, actor) if opens and after is not None and after.tag_ == "DT" else None


def _is_owner(scene: Scene, name: Name, mention: Mention) -> bool:
    after = scene.doc[name.end] if name.end < mention.span.end else None
    return after is not None and (after.tag_ == "POS" or after.text == "'")


def _is_governed(scene: Scene, name: Name, actor: Actor, mention: Mention) -> bool:
    """Whether a preposition or participle stands between the head and the name."""
    head = mention.head.i
    between = scene.doc[head + 1 : name.front] if head < name.front else scene.doc[0:0]
    if len(between) and between[-1].text == ",":
        return False
    calling = any(t.lower_ in {"calling", "called", "named", "dubbed"} for t in between)
    offices = load_words().titles | load_words().public_roles
    if actor.is_person and mention.noun in offices and len(between) and is_charge(between):
        return False
    return not calling and any(t.tag_ in {"IN", "VBN", "VBG", "TO"} for t in between)


def _is_apposed(name: Name, mention: Mention) -> bool:
    """Whether the name follows the head: "the charity X", "its head, X", "the agency (X)"."""
    return name.front > mention.head.i


def _how(mention: Mention, name: Name, actor: Actor) -> Method:
    code = country_of(name.text)
    if code:
        return "name" if is_capital(name.text) else "explicit"
    if actor.is_known or " ".join(name.text.split()) == actor.name:
        return "explicit"
    return "name" if len(mention.span) <= name.end - name.front + 1 else "explicit"
