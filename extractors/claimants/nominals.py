"""Mentions that take somebody up: by a role, an age, a bare noun, a pronoun, as a pair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.claimants.actors import (
    Actor,
    can_be_he_or_she,
    is_area,
    is_body_actor,
    is_public_actor,
    is_thing,
    of_class,
)
from extractors.claimants.bodies import is_public_body, state_in
from extractors.claimants.mentions import PRONOUNS, Mention, is_body
from extractors.claimants.scene import Found, Scene
from extractors.claimants.words import Gender, gender_of_nouns, load_words, singular
from extractors.gazetteer import country_of, is_demonym, place_country
from extractors.parse import Token
from extractors.records import Method

_ALL = frozenset({"both", "neither", "each"})
_AREAS = frozenset({"province", "state", "territory", "canton", "region", "emirate"})
_OTHERS = frozenset({"rival", "other", "parent", "second", "third", "smaller", "larger", "new"})
_TWO = 2
_SHORT = 3
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "former"})


def several(scene: Scene, mention: Mention) -> list[Actor]:
    """The two that "both", "neither side" stand for."""
    if not _is_pair(mention):
        return []
    if mention.noun in {"side", "party", "army", "country", "state", "government"}:
        pool = _sides(scene, mention.start)
        if len(pool) < _TWO:
            pool = scene.focus.recent(mention.start, is_body_actor)
    else:
        pool = scene.focus.recent(mention.start, lambda actor: actor.is_person)
        if len(pool) < _TWO and mention.start < scene.lead_end:
            pool = [actor for actor in scene.cast.actors if actor.is_person]
    return sorted(pool[:2], key=lambda actor: actor.first) if len(pool) > 1 else []


def _is_pair(mention: Mention) -> bool:
    """ "both candidates", "neither side", "the two rivals in the race"."""
    opener = mention.span[0].lower_
    if opener in _ALL:
        return len(mention.span) <= _SHORT
    counted = mention.span[1].lower_ if len(mention.span) > _TWO else ""
    is_rival = mention.noun in load_words().rivals
    return opener == "the" and counted in {"two", "rival"} and mention.is_plural and is_rival


def _sides(scene: Scene, offset: int) -> list[Actor]:
    title = [s.code for s in scene.states.sights if s.offset < scene.title_end]
    if len(set(title)) == _TWO:
        return [scene.state(code) for code in dict.fromkeys(title)]
    codes: list[str] = []
    for sight in reversed(scene.states.sights):
        if sight.offset < offset and sight.code not in codes:
            codes.append(sight.code)
    return [scene.state(code) for code in codes[:2]]


def pronoun(scene: Scene, token: Token, without: Sequence[Actor]) -> Actor | None:
    """Whom a pronoun means, None when nobody fits."""
    what = PRONOUNS[token.lower_]
    if what in {"male", "female"}:
        gender: Gender = "male" if what == "male" else "female"
        return scene.focus.best(token.idx, can_be_he_or_she(gender), gender=gender, without=without)
    if what == "many":
        return scene.focus.best(token.idx, lambda a: a.kind == "group", without=without)
    return scene.focus.best(token.idx, is_thing, without=without)


def nominal(scene: Scene, mention: Mention, without: Sequence[Actor]) -> Found | None:
    """Role, age or bare noun that takes up somebody met before."""
    if mention.head.tag_ in {"NNP", "NNPS"} and is_demonym(mention.head.text):
        return _compatriot(scene, mention)
    if not _can_be_nominal(scene, mention):
        return None
    actor = matching(scene, mention)
    if actor is not None:
        return Found(actor, _method(mention, actor))
    if mention.is_definite and not mention.is_plural:
        actor = _area(scene, mention) or _in_focus(scene, mention, without)
    return Found(actor, "nominal") if actor else None


def _area(scene: Scene, mention: Mention) -> Actor | None:
    """ "the province": the part of a state that the text names most."""
    if mention.noun not in _AREAS or mention.modifiers:
        return None
    named = [actor for _, actor in scene.cast.mentions if is_area(actor)]
    counts = Counter(id(actor) for actor in named)
    actor = max(named, key=lambda area: counts[id(area)], default=None)
    if actor is not None:
        actor.side = place_country(actor.name or "")
    return actor


def _can_be_nominal(scene: Scene, mention: Mention) -> bool:
    """Definite phrases, and bare nouns in headlines or for bodies ("police")."""
    in_title = mention.end <= scene.title_end
    is_bare = mention.span[0].i == mention.head.i
    if mention.owner is not None and mention.noun not in load_words().persons:
        return mention.owner.lower_ not in {"her", "his", "its", "their"}
    return mention.is_definite or in_title or (is_bare and is_public_body(mention.text))


def _method(mention: Mention, actor: Actor) -> Method:
    shared = {singular(m) for m in mention.modifiers} & actor.words
    return "name" if shared else "nominal"


def matching(scene: Scene, mention: Mention) -> Actor | None:
    """The last met actor that is called so; in a headline the first of the text."""
    in_title = mention.end <= scene.title_end
    pool = scene.cast.actors if in_title else scene.focus.recent(mention.start, lambda actor: True)
    is_one, noun = not mention.is_plural, mention.noun
    called = (
        actor
        for actor in pool
        if (is_one or not actor.is_person)
        and actor.is_called(noun)
        and _modified(scene, actor, mention)
    )
    return next(called, None) or (None if in_title else _named_later(scene, mention))


def _named_later(scene: Scene, mention: Mention) -> Actor | None:
    """ "The country's doctors" in the lead, of whom the text then names the chamber."""
    if mention.start > scene.lead_end or not (mention.is_plural and mention.is_definite):
        return None
    bodies = (a for a in scene.cast.actors if is_body_actor(a) and not is_public_actor(a))
    return next((a for a in bodies if mention.noun in a.words), None)


def _modified(scene: Scene, actor: Actor, mention: Mention) -> bool:
    """Whether the adjectives of the mention do not speak against the actor."""
    side = state_in(scene.doc[mention.span.start : mention.head.i + 1].text)
    own = actor.side or state_in(actor.name or "")
    if side and own and side != own:
        return False
    modifiers = {singular(m) for m in mention.modifiers if m not in {"former", "same"}}
    if actor.is_person:
        return _held(actor, mention.noun, modifiers)
    if not modifiers:
        return True
    return (
        bool(modifiers & (actor.words | actor.nouns | actor.modifiers))
        or mention.noun not in actor.words
    )


def _held(actor: Actor, noun: str, modifiers: set[str]) -> bool:
    """Whether the person holds that very office: no finance minister is "the interior minister"."""
    told = [set(re.findall(r"[\w-]+", role.lower())) for role in actor.roles]
    exact = [words - {noun} - _ARTICLES for words in told if noun in words]
    specific = [words for words in exact if words]
    return not modifiers or not specific or any(modifiers & words for words in specific)


def _compatriot(scene: Scene, mention: Mention) -> Found | None:
    """ "the Swede": somebody in focus."""
    actor = scene.focus.best(mention.start, lambda a: a.is_person)
    return Found(actor, "nominal") if actor else None


def _in_focus(scene: Scene, mention: Mention, without: Sequence[Actor]) -> Actor | None:
    """Nobody is called so: a person noun is the person in focus, a body noun the body."""
    words = load_words()
    if mention.noun == "year-old" or mention.noun in words.persons | words.titles:
        if mention.owner is not None and mention.owner.tag_ != "PRP$":
            return None
        gender = gender_of_nouns(frozenset({mention.noun}))
        aged = _aged(scene, mention)
        return aged or scene.focus.best(
            mention.start, lambda a: a.is_person, gender=gender, without=without
        )
    told = [m for m in _specific(scene, mention) if not m.endswith("based") and m[:1].isalpha()]
    if told:
        return _described_firm(scene, mention, told)
    if mention.noun in words.distinct:
        return None
    if mention.noun in words.bodies and not is_public_body(mention.text):
        return _firm(scene, mention, without)
    if is_body(mention):
        return scene.focus.best(mention.start, is_public_actor, without=without)
    return None


def _firm(scene: Scene, mention: Mention, without: Sequence[Actor]) -> Actor | None:
    """The body in focus; where a paragraph opens with it, the one that the text is about."""
    fits = of_class(mention.noun)
    nearest = scene.focus.best(mention.start, fits, without=without)
    topic = scene.topic(fits) if scene.opens_paragraph(mention.start) else None
    if topic is None or topic.first > mention.start or topic in without:
        return nearest
    return topic


def _described_firm(scene: Scene, mention: Mention, told: Sequence[str]) -> Actor | None:
    """ "the high street retailer": whom the text is about, unless the words set it apart."""
    is_kind = mention.noun in load_words().classes["firm"]
    if not is_kind or any(word in _OTHERS or not word.islower() for word in told):
        return None
    topic = scene.topic(of_class(mention.noun))
    return topic if topic is not None and topic.first < mention.start else None


def _specific(scene: Scene, mention: Mention) -> list[str]:
    """Words before a body noun that tell it from others; where it sits does not."""
    text = scene.doc[mention.first : mention.head.i].text
    return [w for w in text.split() if country_of(w) is None and w not in {"same", "latter"}]


def _aged(scene: Scene, mention: Mention) -> Actor | None:
    return next((a for a in scene.cast.actors if mention.age in a.ages), None)
