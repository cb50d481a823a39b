"""Unnamed speakers, documents and bodies known by their role: the body behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.claimants.actors import Actor, is_body_actor, is_firm
from extractors.claimants.bodies import body_name, embassy_name, is_public_body, state_in
from extractors.claimants.focus import ADDRESSED
from extractors.claimants.mentions import Mention, is_anonymous, is_body, is_document, mention_of
from extractors.claimants.nominals import matching, pronoun
from extractors.claimants.scene import Found, Scene
from extractors.claimants.words import gender_of_nouns, load_words, singular
from extractors.gazetteer import country_of, demonym_of
from extractors.parse import Span

_PREPOSITIONS = ("at", "of", "for", "by", "from", "with", "in")
_FIRMS = frozenset({"company", "firm", "group"})
_MAKERS = frozenset({"author", "researcher", "scientist", "pollster"})
_SOON = 600
_SEAT = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")


def spoken_for(
    scene: Scene,
    mention: Mention,
    without: Sequence[Actor],
    resolve: Callable[[Mention], Found],
) -> Found | None:
    """Unnamed speakers and documents of a body are the body."""
    is_doc = is_document(mention)
    words = load_words()
    if mention.noun in words.members and mention.owner is not None:
        return _its_members(scene, mention)
    is_speaker = mention.noun in words.speakers or mention.head.lower_ in {"those", "staff"}
    if not is_doc and not is_speaker:
        return None
    if "former" in mention.modifiers or is_anonymous(mention.span.sent.text):
        return None
    if is_doc and mention.owner is not None and mention.owner.tag_ in {"NN", "NNS"}:
        owner = resolve(mention_of(scene.doc[mention.span.start : mention.owner.i + 1]))
        return Found(owner.actor, "nominal") if owner.actor is not None else None
    sub = mention.after_head(*_PREPOSITIONS) or (mention.made_by() if is_doc else None)
    found = _sub_body(scene, sub, mention, resolve) if sub else None
    found = found or _modifying_body(scene, mention)
    if found is not None:
        return found
    if is_doc and mention.is_definite:
        return _publisher(scene, mention)
    if mention.noun in _MAKERS and mention.is_definite and mention.is_plural:
        return _publisher(scene, mention)
    if mention.noun in words.bare_speakers or (is_speaker and mention.is_definite):
        return _bare_speaker(scene, mention, without)
    return None


def _its_members(scene: Scene, mention: Mention) -> Found | None:
    """ "its members", "its volunteers": the body that "its" means."""
    owner = mention.owner
    body = pronoun(scene, owner, ()) if owner is not None and owner.lower_ == "its" else None
    return Found(body, "nominal") if body is not None and is_body_actor(body) else None


def _sub_body(
    scene: Scene, sub: Span, mention: Mention, resolve: Callable[[Mention], Found]
) -> Found | None:
    """The body after "at", "for", "by"; None when it is no body."""
    inner = mention_of(_cut(scene, sub))
    found = resolve(inner)
    if found.actor is None or found.actor.kind in {"place", "unknown"}:
        return None
    if found.actor.is_person and not is_document(mention):
        return None
    if found.actor.name is None or (found.actor.name.islower() and not is_body(inner)):
        return None
    return Found(found.actor, "explicit")


def _cut(scene: Scene, sub: Span) -> Span:
    """The first noun phrase of a span, with what hangs on it by "of" or "at"."""
    named = scene.cast.named_tokens(sub)
    for token in sub[1:]:
        if token.i in named:
            continue
        if token.lower_ in {"for", "in", "on", "to"} or token.text == ",":
            return scene.doc[sub.start : token.i]
    return sub


def _modifying_body(scene: Scene, mention: Mention) -> Found | None:
    """ "health ministry figures", "a Kremlin spokesman", "Norvane's finance chief"."""
    names = scene.cast.named_in(mention.start, mention.head.idx)
    bodies = [a for _, a in names if a.kind in {"organization", "outlet", "group"}]
    if bodies:
        return Found(bodies[-1], "explicit")
    if mention.head.i - mention.first < 1:
        return None
    before = scene.doc[mention.first : mention.head.i]
    if is_public_body(before.text):
        inner = state_body(scene, mention_of(before))
        if inner is not None:
            return Found(inner.actor, "explicit")
    known = _body_called(scene, mention_of(before)) if len(before) > 1 else None
    return Found(known, "nominal") if known is not None else None


def _body_called(scene: Scene, before: Mention) -> Actor | None:
    """The body met before whose name holds the words: "emergency committee" of a spokesman."""
    words = {singular(token.text) for token in before.span}
    bodies = scene.focus.recent(before.start, is_body_actor)
    return next((body for body in bodies if words <= body.words | {"the", "a", "an"}), None)


def _publisher(scene: Scene, mention: Mention) -> Found | None:
    """Who made "the report": the body last heard."""
    actor = matching(scene, mention) or scene.focus.best(mention.start, is_body_actor)
    if actor is not None and mention.noun in _MAKERS:
        actor.nouns |= {"report", "study"}
    return Found(actor, "nominal") if actor else None


def _bare_speaker(scene: Scene, mention: Mention, without: Sequence[Actor]) -> Found | None:
    """ "a spokeswoman": of the body in focus; "the spokesman": the one before, if any."""
    gender = gender_of_nouns(frozenset({mention.noun}))
    if mention.is_definite:
        person = matching(scene, mention)
        if person is not None and person.is_person:
            return Found(person, "nominal")
    later = introduced_later(scene, mention)
    if later is not None:
        return Found(later, "nominal")
    if mention.noun not in load_words().bare_speakers:
        return None
    fits = is_firm if mention.noun == "manager" else is_body_actor
    seen = scene.focus.remembered()
    spoke = {id(sighting.actor) for sighting in seen if sighting.weight > ADDRESSED}
    heard = [sighting.actor for sighting in seen if id(sighting.actor) not in spoke]
    actor = scene.focus.best(mention.start, fits, without=(*without, *heard))
    if actor is None:
        return None
    actor.gender = actor.gender or gender
    return Found(actor, "nominal")


def introduced_later(scene: Scene, mention: Mention) -> Actor | None:
    """Somebody whom the text soon calls "the spokesman, X", so one met before."""
    noun, start = mention.noun, mention.start
    is_body = noun in load_words().bodies
    for actor in scene.cast.actors:
        if start < actor.first < start + _SOON:
            nouns = {role[4:].lower() for role in actor.roles if role.lower().startswith("the ")}
            if noun in nouns or (is_body and nouns & _FIRMS):
                return actor
    return None


def state_body(scene: Scene, mention: Mention) -> Found | None:
    """Bodies of a state by their role: "the Defense Ministry", "the central bank"."""
    phrase = scene.doc[mention.span.start : mention.head.i + 1].text
    embassy = embassy_name(f"{phrase}{_seat(mention)}")
    if embassy is not None:
        return Found(scene.actor_called(*embassy, mention), "explicit")
    if body_name(phrase, "FR") is None:
        return _owned_by_state(scene, mention)
    stated = state_in(phrase) or country_of(_seat(mention).removeprefix(" in "))
    known = _known_body(scene, mention, phrase, stated) or _known_army(scene, mention, stated)
    if known is not None:
        same = known.words & {singular(m) for m in mention.modifiers}
        return Found(known, "name" if same and not stated else "nominal")
    side = stated or _owner_state(scene, mention) or scene.states.at(mention.start)
    name = body_name(phrase, side)
    return Found(scene.actor_called(name, side, mention), "explicit") if name else None


def _known_army(scene: Scene, mention: Mention, stated: str | None) -> Actor | None:
    """ "the army" after "the Israeli military"."""
    if stated or mention.noun not in {"army", "military", "navy"}:
        return None
    called = matching(scene, mention)
    return called if called is not None and state_in(called.name or "") else None


def _seat(mention: Mention) -> str:
    """ " in Lima" after the head, else nothing."""
    place = mention.after_head("in")
    found = _SEAT.match(place.text) if place is not None else None
    return f" in {found[0].strip()}" if found else ""


def _owned_by_state(scene: Scene, mention: Mention) -> Found | None:
    """ "its coastguard", when a state was the last that "its" can mean: the Italian coastguard."""
    owner = mention.owner
    if owner is None or owner.lower_ != "its" or not is_public_body(mention.text):
        return None
    who = pronoun(scene, owner, ())
    demonym = demonym_of(who.side) if who and who.kind == "place" and who.side else None
    if who is None or demonym is None:
        return None
    return Found(
        scene.actor_called(f"{demonym} {mention.described()}", who.side, mention), "explicit"
    )


def _known_body(scene: Scene, mention: Mention, phrase: str, stated: str | None) -> Actor | None:
    """A body met before that the phrase names without its state."""
    if stated:
        return None
    bare = body_name(phrase, None)
    here = scene.states.located_in_sentence(mention.start)
    for actor in scene.focus.recent(len(scene.text), is_body_actor):
        if bare and actor.name and actor.name.startswith(f"{bare} of ") and actor.side:
            return actor if here in {None, actor.side} else None
    return None


def _owner_state(scene: Scene, mention: Mention) -> str | None:
    owner = mention.owner
    if owner is None:
        return None
    if owner.lower_ in {"its", "their", "his", "her", "country"}:
        return scene.states.before(mention.start)
    return None
