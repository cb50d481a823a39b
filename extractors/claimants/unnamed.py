"""Claimants without a name: a description, or in a headline whom the text names."""

from __future__ import annotations

from extractors.claimants.actors import Actor, is_body_actor, of_class
from extractors.claimants.focus import CLAIMANT
from extractors.claimants.mentions import Mention, is_anonymous, is_body, is_document
from extractors.claimants.nominals import pronoun
from extractors.claimants.scene import Scene
from extractors.claimants.speakers import introduced_later
from extractors.claimants.words import gender_of_nouns, load_words, singular
from extractors.records import EntityType


def unnamed(scene: Scene, mention: Mention) -> Actor | None:
    """A new actor with a description for a name: "residents", "Western officials"."""
    words = load_words()
    name = mention.described()
    kind: EntityType = "unknown"
    if is_body(mention):
        kind = "outlet" if mention.noun in words.media else "organization"
    elif mention.is_plural and not is_document(mention):
        kind = "group"
    elif mention.noun in words.persons | words.titles:
        kind = "person"
    if mention.noun in words.groups:
        kind = "group"
    later = introduced_later(scene, mention) or _hinted(scene, mention) or _voiced(scene, mention)
    if later is not None:
        return later
    named = scene.cast.named_in(mention.start, mention.head.idx)
    is_named = bool(named) and named[-1][1].is_person and mention.noun == "office"
    if mention.owner is not None and (mention.owner.lower_ in {"her", "his"} or is_named):
        who = named[-1][1] if is_named else pronoun(scene, mention.owner, ())
        return _owned(scene, mention, name, kind, who)
    return _new(scene, mention, name, kind)


def _new(scene: Scene, mention: Mention, name: str, kind: EntityType) -> Actor:
    actor = Actor(name, kind, first=mention.start)
    actor.is_many = kind == "group" and mention.is_plural
    actor.nouns = {mention.noun}
    actor.roles = [mention.text]
    actor.gender = gender_of_nouns(frozenset(actor.nouns))
    actor.words = {singular(m) for m in (*mention.modifiers, mention.noun)}
    scene.cast.actors.append(actor)
    return actor


def _hinted(scene: Scene, mention: Mention) -> Actor | None:
    """Whom a headline's bare noun means, by who says the same in the text."""
    if mention.end > scene.title_end or mention.is_definite:
        return None
    words = load_words()
    if mention.noun in words.bodies and not _is_hint(scene, mention):
        fits = of_class(mention.noun)
        bodies = [s.actor for s in scene.focus.sightings if s.weight == CLAIMANT]
        return next((actor for actor in bodies if fits(actor)), None)
    return scene.hint if _is_hint(scene, mention) else None


def _voiced(scene: Scene, mention: Mention) -> Actor | None:
    """Of whom headline and lead speak without a name: the first person who then speaks."""
    words = load_words()
    is_role = mention.noun in words.persons - words.public_roles - words.speakers
    is_former = "former" in mention.modifiers
    people = [a for a in scene.voices if a.is_person and a.first > mention.start]
    if _is_in_heading(scene, mention) and mention.noun in words.titles:
        return next((person for person in people if person.is_called(mention.noun)), None)
    if mention.start > scene.lead_end or mention.is_plural or not (is_role or is_former):
        return None
    if mention.is_definite or is_anonymous(mention.span.sent.text):
        return None
    gender = gender_of_nouns(frozenset({mention.noun}))
    fitting = (a for a in people if gender is None or a.gender in {gender, None})
    person = next(fitting, None)
    if person is None:
        return None
    is_in_office = bool(person.nouns & words.public_roles) and not person.is_called(mention.noun)
    return None if is_in_office else person


def _is_in_heading(scene: Scene, mention: Mention) -> bool:
    """Whether a bare noun stands in a line without a full stop."""
    end = scene.text.find("\n", mention.end)
    line = scene.text[mention.end : end if end > 0 else len(scene.text)].rstrip()
    return len(mention.span) == 1 and line[-1:] not in {".", "!", "?", "”"}


def _is_hint(scene: Scene, mention: Mention) -> bool:
    """Whether the one who says the same can be called so."""
    if scene.hint is None:
        return False
    if mention.noun in load_words().bodies:
        return of_class(mention.noun)(scene.hint)
    speaks = mention.noun in load_words().speakers
    if speaks:
        return is_body_actor(scene.hint)
    return scene.hint.is_person and not mention.is_plural


def _owned(scene: Scene, mention: Mention, name: str, kind: EntityType, who: Actor | None) -> Actor:
    """ "her office", "Ana Reyes's office": the office of `who`."""
    if mention.noun != "office" or who is None or not who.name:
        return _new(scene, mention, name, kind)
    actor = _new(scene, mention, f"Office of {who.name}", "organization")
    actor.parent = who
    return actor
