"""For which body a person speaks: whose head or spokesman the text says that he is."""

from __future__ import annotations

import re

from extractors.claimants.actors import Actor, is_body_actor
from extractors.claimants.scene import Scene
from extractors.claimants.words import load_words, singular

_ITS = re.compile(r"^(?:its|their)\b", re.IGNORECASE)
_OWNER = re.compile(r"^(?:the )?(?P<owner>.+?)['’]s? (?P<role>[\w -]+)$", re.IGNORECASE)
_OF = re.compile(r"^(?P<role>[\w ,-]*?)\b(?:of|for|at|from) (?:the )?(?P<owner>.+)$", re.IGNORECASE)
_HEADS = re.compile(r"^who (?:heads|leads|chairs|runs) (?:the )?(?P<owner>.+)$", re.IGNORECASE)


def body_of(actor: Actor, scene: Scene) -> str | None:
    """Return the name of the body that a person heads or speaks for; None where nobody says so."""
    if not actor.is_person:
        return None
    for phrase in actor.roles:
        text = phrase.replace("’", "'").strip(" ,")
        if "former" in text.lower():
            continue
        body = _named_in(text, actor, scene)
        if body is not None and body.name:
            return body.name
    return None


def _named_in(phrase: str, actor: Actor, scene: Scene) -> Actor | None:
    if _ITS.match(phrase):
        return scene.last_body(actor.first) if _is_head(phrase) else None
    if found := _HEADS.match(phrase):
        return _body(found["owner"], scene)
    for found in (_OF.match(phrase), _OWNER.match(phrase)):
        if found and (not found["role"].strip() or _is_head(found["role"])):
            return _body(found["owner"], scene)
    return None


def _is_head(role: str) -> bool:
    """Whether it is who leads a body, or speaks for it."""
    words = {singular(word) for word in re.findall(r"[\w-]+", role)}
    return bool(words & load_words().heads)


def _body(owner: str, scene: Scene) -> Actor | None:
    """The body called so: by its name, or by a noun that takes it up ("the service")."""
    bodies = [actor for actor in scene.cast.actors if is_body_actor(actor) and actor.name]
    by_name = next((body for body in bodies if (body.name or "") in owner), None)
    noun = singular(owner.split()[-1])
    return by_name or next((body for body in bodies if body.is_called(noun)), None)
