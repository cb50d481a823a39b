"""From the words that mention a claimant to the claimant: by name, role, pronoun; or not at all.

Mentions are resolved in the order of the text, headline last, since it names nobody that the text
does not name better. Where nothing fits, the name stays empty rather than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from extractors.claimants.bodies import body_name, is_public_body, possessed_body, state_in
from extractors.claimants.cast import Actor, Cast, build_cast, state_actor
from extractors.claimants.context import StateContext
from extractors.claimants.focus import CLAIMANT, OTHER, SUBJECT, Focus
from extractors.claimants.mentions import (
    PRONOUNS,
    Mention,
    is_anonymous,
    is_document,
    mention_of,
    read_mention,
)
from extractors.claimants.names import Name, find_names
from extractors.claimants.words import Gender, gender_of_nouns, load_words, singular
from extractors.gazetteer import country_of, entity_of, is_capital, is_demonym
from extractors.records import EntityType, Method
from extractors.text import Offsets

_PREPOSITIONS = ("at", "of", "for", "by", "from", "with", "in")
_ALL = frozenset({"both", "neither"})
_FIRMS = frozenset({"company", "firm", "group"})
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "former"})
_SOON = 600
_TWO = 2
_MAKERS = frozenset({"author", "researcher", "scientist", "pollster"})


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


@dataclass(slots=True)
class Found:
    """An actor and how the mention led to it."""

    actor: Actor | None
    method: Method


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one document; feed it speeches in the order of the text."""

    doc: Doc
    text: str
    cast: Cast
    states: StateContext
    focus: Focus
    hint: Actor | None = None
    _noted: int = 0
    _pending: list[tuple[int, Actor, float]] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc, text: str) -> Resolver:
        """Read the cast of `doc`, whose offsets are those of `text`."""
        cast = build_cast(doc, text)
        resolver = cls(doc, text, cast, StateContext(doc, find_names(doc)), Focus(doc))
        resolver._pending = sorted(resolver._sightings(), key=lambda item: item[0])
        return resolver

    # ------------------------------------------------------------ focus

    def _sightings(self) -> list[tuple[int, Actor, float]]:
        """Every name outside the headline, with its weight; subjects weigh more."""
        title_end = self.title_end()
        found = []
        for name, actor in self.cast.mentions:
            offset = self.doc[name.start].idx
            weight = SUBJECT if self._is_subject(name) else OTHER
            found.append((offset, actor, weight if offset >= title_end else 0.0))
        return found

    def title_end(self) -> int:
        """The end of a first line that is a headline: no full stop, text after it; else 0."""
        line = self.text.find("\n")
        head = self.text[:line].rstrip() if line > 0 else ""
        return line if head and head[-1] not in ".!?”\"'" else 0

    def _is_subject(self, name: Name) -> bool:
        return any(
            token.dep_ in {"nsubj", "nsubjpass"} or self._heads_subject(token)
            for token in self.doc[name.start : name.end]
        )

    @staticmethod
    def _heads_subject(token: Token) -> bool:
        return token.dep_ == "appos" and token.head.dep_ in {"nsubj", "nsubjpass"}

    def _catch_up(self, offset: int) -> None:
        """Note the names and definite subjects before `offset`."""
        while self._pending and self._pending[0][0] < offset:
            self.focus.see(*self._pending.pop(0))
        while self._noted < len(self.doc) and self.doc[self._noted].idx < offset:
            self._note_subject(self.doc[self._noted])
            self._noted += 1

    def _note_subject(self, token: Token) -> None:
        """A definite subject that takes up an actor: "the group put ...", "The study also ..."."""
        if token.dep_ not in {"nsubj", "nsubjpass"} or token.tag_ != "NN":
            return
        if not any(child.lower_ == "the" for child in token.children):
            return
        noun = singular(token.text)
        actor = next(
            (a for a in self.focus.recent(token.idx, lambda _: True) if self._called(a, noun)), None
        )
        if actor is not None:
            self.focus.see(token.idx, actor, SUBJECT)

    # ------------------------------------------------------------ entry

    def resolve(self, start: int, end: int, without: Sequence[Actor] = ()) -> Resolved:
        """Resolve the mention `[start, end)`; `without` are actors that it cannot be."""
        mention = read_mention(self.doc, start, end)
        if mention is None:
            return Resolved([], "none", None)
        self._catch_up(start)
        several = self._several(mention)
        if several:
            return Resolved(several, "nominal", (start, end))
        found = self._resolve(mention, without)
        if found.actor is not None:
            self._note_roles(mention, found)
            self.focus.see(start, found.actor, CLAIMANT)
        return Resolved([found.actor] if found.actor else [], found.method, (start, end))

    def _resolve(self, mention: Mention, without: Sequence[Actor]) -> Found:
        if len(mention.span) == 1 and mention.span[0].lower_ in PRONOUNS:
            return Found(self._pronoun(mention.span[0], without), "pronoun")
        for rule in (self._named, self._spoken_for, self._body, self._nominal):
            found = rule(mention, without)
            if found is not None:
                return found
        return Found(self._unnamed(mention), "explicit")

    def _note_roles(self, mention: Mention, found: Found) -> None:
        """What a nominal calls somebody is a description of them from then on."""
        actor = found.actor
        if actor is not None and found.method == "nominal" and mention.noun != "year-old":
            actor.nouns.add(mention.noun)
            if actor.is_person:
                actor.roles.append(mention.text)

    # ------------------------------------------------------------ several

    def _several(self, mention: Mention) -> list[Actor]:
        """The two that "both", "neither side" stand for."""
        opener = mention.span[0].lower_
        if opener not in _ALL or (len(mention.span) > 3):
            return []
        if mention.noun in {"side", "party", "army", "country", "state", "government"}:
            pool = self._sides(mention.start)
            if len(pool) < _TWO:
                pool = self.focus.recent(mention.start, _is_body_actor)
        else:
            pool = self.focus.recent(mention.start, lambda actor: actor.is_person)
        return sorted(pool[:2], key=lambda actor: actor.first) if len(pool) > 1 else []

    def _sides(self, offset: int) -> list[Actor]:
        codes: list[str] = []
        for sight in reversed(self.states.sights):
            if sight.offset < offset and sight.code not in codes:
                codes.append(sight.code)
        return [self._state(code) for code in codes[:2]]

    def _state(self, code: str) -> Actor:
        for actor in self.cast.actors:
            if actor.kind == "place" and actor.side == code:
                return actor
        actor = state_actor(code, len(self.text))
        self.cast.actors.append(actor)
        return actor

    # ------------------------------------------------------------ names

    def _named(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """A name that the mention ends in, or that its head is."""
        names = self.cast.named_in(mention.start, mention.end, self.doc)
        body = possessed_body(self._trimmed(mention))
        if body:
            return Found(self._actor_called(body[0], body[1], mention), "explicit")
        if not names:
            return None
        name, actor = self._naming(mention, names) or (None, None)
        if name is None or actor is None:
            return None
        if actor.kind == "place" and actor.side and mention.head.i >= name.end:
            return None
        return Found(actor, self._how(mention, name, actor))

    def _trimmed(self, mention: Mention) -> str:
        return mention.text.removeprefix("The ").removeprefix("the ")

    def _naming(
        self, mention: Mention, names: list[tuple[Name, Actor]]
    ) -> tuple[Name, Actor] | None:
        """The name that says who is meant: the last that no preposition or possessive governs."""
        for name, actor in reversed(names):
            if self._is_owner(name, mention) or self._is_governed(name, mention):
                continue
            if name.front <= mention.head.i < name.end or self._is_apposed(name, mention):
                return name, actor
        return self._opening(mention, names)

    def _opening(
        self, mention: Mention, names: list[tuple[Name, Actor]]
    ) -> tuple[Name, Actor] | None:
        """A person whose description follows without a comma: "Ana Reyes a doctor"."""
        name, actor = names[0]
        after = self.doc[name.end] if name.end < mention.span.end else None
        opens = name.front == mention.span.start and actor.is_person
        return (name, actor) if opens and after is not None and after.tag_ == "DT" else None

    def _is_owner(self, name: Name, mention: Mention) -> bool:
        after = self.doc[name.end] if name.end < mention.span.end else None
        return after is not None and (after.tag_ == "POS" or after.text == "'")

    def _is_governed(self, name: Name, mention: Mention) -> bool:
        """Whether a preposition or participle stands between the head and the name."""
        head = mention.head.i
        between = self.doc[head + 1 : name.front] if head < name.front else self.doc[0:0]
        if len(between) and between[-1].text == ",":
            return False
        calling = any(t.lower_ in {"calling", "called", "named", "dubbed"} for t in between)
        return not calling and any(t.tag_ in {"IN", "VBN", "VBG", "TO"} for t in between)

    def _is_apposed(self, name: Name, mention: Mention) -> bool:
        """Whether the name follows the head: "the charity X", "its head, X", "the agency (X)"."""
        return name.front > mention.head.i

    def _how(self, mention: Mention, name: Name, actor: Actor) -> Method:
        code = country_of(name.text)
        if code:
            return "name" if is_capital(name.text) else "explicit"
        if actor.is_known or " ".join(name.text.split()) == actor.name:
            return "explicit"
        return "name" if len(mention.span) <= name.end - name.front + 1 else "explicit"

    def _actor_called(self, name: str, side: str | None, mention: Mention) -> Actor:
        """The actor of that full name; a new one when the text had none."""
        for actor in self.cast.actors:
            if actor.name == name:
                return actor
        known = entity_of(name)
        actor = Actor(name, "organization", side or (known.side if known else None))
        actor.wikidata = known.wikidata_id if known else None
        actor.first = mention.start
        actor.nouns = {mention.noun}
        actor.words = {singular(word) for word in name.replace("'s", "").split()}
        self.cast.actors.append(actor)
        return actor

    # ------------------------------------------------------------ speakers and documents

    def _spoken_for(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """Unnamed speakers and documents of a body are the body."""
        is_doc = is_document(mention)
        words = load_words()
        is_speaker = mention.noun in words.speakers or mention.head.lower_ in {"those", "staff"}
        if not is_doc and not is_speaker:
            return None
        if is_anonymous(mention.span.sent.text):
            return None
        sub = mention.after_head(*_PREPOSITIONS)
        found = self._sub_body(sub, mention, without) if sub else None
        found = found or self._modifying_body(mention, without)
        if found is not None:
            return found
        if is_doc and mention.is_definite:
            return self._publisher(mention)
        if mention.noun in _MAKERS and mention.is_definite and mention.is_plural:
            return self._publisher(mention)
        if mention.noun in words.bare_speakers or (is_speaker and mention.is_definite):
            return self._bare_speaker(mention, without)
        return None

    def _sub_body(self, sub: Span, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """The body after "at", "for", "by"; None when it is no body."""
        inner = mention_of(self._cut(sub))
        found = self._resolve(inner, without)
        if found.actor is None or found.actor.kind in {"place", "unknown"}:
            return None
        if found.actor.is_person and not is_document(mention):
            return None
        if found.actor.name is None or (found.actor.name.islower() and not self._is_body(inner)):
            return None
        return Found(found.actor, "explicit")

    def _cut(self, sub: Span) -> Span:
        """The first noun phrase of a span, with what hangs on it by "of" or "at"."""
        named = {i for n, _ in self.cast.mentions for i in range(n.start, n.end)}
        for token in sub[1:]:
            if token.i in named:
                continue
            if token.lower_ in {"for", "in", "on", "to"} or token.text == ",":
                return self.doc[sub.start : token.i]
        return sub

    @staticmethod
    def _is_body(mention: Mention) -> bool:
        words = load_words()
        phrase = mention.span.doc[mention.span.start : mention.head.i + 1].text
        return mention.noun in words.bodies or is_public_body(phrase)

    def _modifying_body(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """ "health ministry figures", "a Kremlin spokesman", "Norvane's finance chief"."""
        names = self.cast.named_in(mention.start, mention.head.idx, self.doc)
        bodies = [a for _, a in names if a.kind in {"organization", "outlet", "group"}]
        if bodies:
            return Found(bodies[-1], "explicit")
        if mention.head.i - mention.first < 1:
            return None
        before = self.doc[mention.first : mention.head.i]
        if not is_public_body(before.text):
            return None
        inner = self._body(mention_of(before), without)
        return Found(inner.actor, "explicit") if inner and inner.actor else None

    def _publisher(self, mention: Mention) -> Found | None:
        """Who made "the report": the body last heard."""
        actor = self._matching(mention) or self.focus.best(mention.start, _is_body_actor)
        if actor is not None and mention.noun in _MAKERS:
            actor.nouns |= {"report", "study"}
        return Found(actor, "nominal") if actor else None

    def _bare_speaker(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """ "a spokeswoman": of the body in focus; "the spokesman": the one before, if any."""
        gender = gender_of_nouns(frozenset({mention.noun}))
        if mention.is_definite:
            person = self._matching(mention)
            if person is not None and person.is_person:
                return Found(person, "nominal")
        later = self._introduced_later(mention)
        if later is not None:
            return Found(later, "nominal")
        if mention.noun not in load_words().bare_speakers:
            return None
        fits = _is_firm if mention.noun == "manager" else _is_body_actor
        actor = self.focus.best(mention.start, fits, without=without)
        if actor is None:
            return None
        actor.gender = actor.gender or gender
        return Found(actor, "nominal")

    def _introduced_later(self, mention: Mention) -> Actor | None:
        """Somebody whom the text soon calls "the spokesman, X", so one met before."""
        bodies = load_words().bodies
        for actor in self.cast.actors:
            nouns = {role[4:].lower() for role in actor.roles if role.lower().startswith("the ")}
            is_same = mention.noun in nouns or (mention.noun in bodies and bool(nouns & _FIRMS))
            if is_same and mention.start < actor.first < mention.start + _SOON:
                return actor
        return None

    # ------------------------------------------------------------ bodies

    def _body(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """Bodies of a state by their role: "the Defense Ministry", "the central bank"."""
        phrase = self.doc[mention.span.start : mention.head.i + 1].text
        stated = state_in(phrase)
        if body_name(phrase, "FR") is None:
            return None
        known = self._known_body(mention, phrase, stated)
        if known is not None:
            same = known.words & {singular(m) for m in mention.modifiers}
            return Found(known, "name" if same and not stated else "nominal")
        side = stated or self._owner_state(mention) or self.states.at(mention.start)
        name = body_name(phrase, side)
        return Found(self._actor_called(name, side, mention), "explicit") if name else None

    def _known_body(self, mention: Mention, phrase: str, stated: str | None) -> Actor | None:
        """A body met before that the phrase names without its state."""
        if stated:
            return None
        bare = body_name(phrase, None)
        here = self.states.located_in_sentence(mention.start)
        for actor in self.focus.recent(len(self.text), _is_body_actor):
            if bare and actor.name and actor.name.startswith(f"{bare} of ") and actor.side:
                return actor if here in {None, actor.side} else None
        return None

    def _owner_state(self, mention: Mention) -> str | None:
        owner = mention.owner
        if owner is None:
            return None
        if owner.lower_ in {"its", "their", "his", "her", "country"}:
            return self.states.before(mention.start)
        return None

    # ------------------------------------------------------------ nominals

    def _nominal(self, mention: Mention, without: Sequence[Actor]) -> Found | None:
        """Role, age or bare noun that takes up somebody met before."""
        if mention.head.tag_ in {"NNP", "NNPS"} and is_demonym(mention.head.text):
            return self._compatriot(mention)
        if not self._can_be_nominal(mention):
            return None
        actor = self._matching(mention)
        if actor is not None:
            return Found(actor, self._nominal_method(mention, actor))
        if mention.is_definite and not mention.is_plural:
            actor = self._in_focus(mention, without)
        return Found(actor, "nominal") if actor else None

    def _can_be_nominal(self, mention: Mention) -> bool:
        """Definite phrases, and bare nouns in headlines or for bodies ("police")."""
        in_title = mention.end <= self.title_end()
        is_bare = mention.span[0].i == mention.head.i
        if mention.owner is not None and mention.noun not in load_words().persons:
            return mention.owner.lower_ not in {"her", "his", "its", "their"}
        return mention.is_definite or in_title or (is_bare and is_public_body(mention.text))

    def _nominal_method(self, mention: Mention, actor: Actor) -> Method:
        shared = {singular(m) for m in mention.modifiers} & actor.words
        return "name" if shared else "nominal"

    def _called(self, actor: Actor, noun: str) -> bool:
        """Whether the text calls the actor by that noun, or by one that it can take up."""
        own = actor.nouns | (actor.words if not actor.is_person else set())
        same = load_words().same.get(noun, frozenset())
        is_crew = noun in load_words().persons and not actor.is_person
        return (
            noun in own
            or bool(same & (own | actor.modifiers))
            or (is_crew and noun in actor.modifiers)
        )

    def _matching(self, mention: Mention) -> Actor | None:
        """The last met actor that is called so; in a headline the first of the text."""
        in_title = mention.end <= self.title_end()
        pool = (
            self.cast.actors if in_title else self.focus.recent(mention.start, lambda actor: True)
        )
        called = [a for a in pool if self._called(a, mention.noun) and self._modified(a, mention)]
        return called[0] if called else None

    def _modified(self, actor: Actor, mention: Mention) -> bool:
        """Whether the adjectives of the mention do not speak against the actor."""
        side = state_in(self.doc[mention.span.start : mention.head.i + 1].text)
        if side and actor.side and side != actor.side:
            return False
        modifiers = {singular(m) for m in mention.modifiers if m not in {"former", "same"}}
        if actor.is_person:
            return self._held(actor, mention.noun, modifiers)
        if not modifiers:
            return True
        return (
            bool(modifiers & (actor.words | actor.nouns | actor.modifiers))
            or mention.noun not in actor.words
        )

    @staticmethod
    def _held(actor: Actor, noun: str, modifiers: set[str]) -> bool:
        """Whether the person holds that very office: no finance minister is "the interior minister"."""
        told = [set(re.findall(r"[\w-]+", role.lower())) for role in actor.roles]
        exact = [words - {noun} - _ARTICLES for words in told if noun in words]
        specific = [words for words in exact if words]
        return not modifiers or not specific or any(modifiers & words for words in specific)

    def _compatriot(self, mention: Mention) -> Found | None:
        """ "the Swede": somebody in focus."""
        actor = self.focus.best(mention.start, lambda a: a.is_person)
        return Found(actor, "nominal") if actor else None

    def _in_focus(self, mention: Mention, without: Sequence[Actor]) -> Actor | None:
        """Nobody is called so: a person noun is the person in focus, a body noun the body."""
        words = load_words()
        if mention.noun == "year-old" or mention.noun in words.persons | words.titles:
            if mention.owner is not None and mention.owner.tag_ != "PRP$":
                return None
            gender = gender_of_nouns(frozenset({mention.noun}))
            aged = self._aged(mention)
            return aged or self.focus.best(
                mention.start, lambda a: a.is_person, gender=gender, without=without
            )
        if any(not m.endswith("based") and not m[:1].isdigit() for m in self._specific(mention)):
            return None
        if mention.noun in words.bodies and not is_public_body(mention.text):
            fits = _of_class(mention.noun)
            return self.focus.best(mention.start, fits, without=without)
        if self._is_body(mention):
            return self.focus.best(mention.start, _is_public_actor, without=without)
        return None

    def _specific(self, mention: Mention) -> list[str]:
        """Words before a body noun that tell it from others; where it sits does not."""
        text = self.doc[mention.first : mention.head.i].text
        return [w for w in text.split() if country_of(w) is None and w not in {"same", "latter"}]

    def _aged(self, mention: Mention) -> Actor | None:
        return next((a for a in self.cast.actors if mention.age in a.ages), None)

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, token: Token, without: Sequence[Actor]) -> Actor | None:
        what = PRONOUNS[token.lower_]
        if what in {"male", "female"}:
            gender: Gender = "male" if what == "male" else "female"
            return self.focus.best(
                token.idx, _can_be_he_or_she(gender), gender=gender, without=without
            )
        if what == "many":
            return self.focus.best(token.idx, lambda a: a.kind == "group", without=without)
        return self.focus.best(token.idx, _is_thing, without=without)

    # ------------------------------------------------------------ nobody by name

    def _unnamed(self, mention: Mention) -> Actor | None:
        """A new actor with a description for a name: "residents", "Western officials"."""
        words = load_words()
        name = mention.described()
        kind: EntityType = "unknown"
        if self._is_body(mention):
            kind = "outlet" if mention.noun in words.media else "organization"
        elif mention.is_plural:
            kind = "group"
        elif mention.noun in words.persons | words.titles:
            kind = "person"
        if mention.noun in words.groups:
            kind = "group"
        later = self._introduced_later(mention) or self._hinted(mention)
        if later is not None:
            return later
        if mention.owner is not None and mention.owner.lower_ in {"her", "his"}:
            return self._owned(mention, name, kind)
        return self._new(mention, name, kind)

    def _new(self, mention: Mention, name: str, kind: EntityType) -> Actor:
        actor = Actor(name, kind, first=mention.start)
        actor.is_many = kind == "group" and mention.is_plural
        actor.nouns = {mention.noun}
        actor.roles = [mention.text]
        actor.gender = gender_of_nouns(frozenset(actor.nouns))
        actor.words = {singular(m) for m in (*mention.modifiers, mention.noun)}
        self.cast.actors.append(actor)
        return actor

    def _hinted(self, mention: Mention) -> Actor | None:
        """Whom a headline's bare noun means, by who says the same in the text."""
        if mention.end > self.title_end() or mention.is_definite:
            return None
        words = load_words()
        if mention.noun in words.bodies and not self._is_hint(mention):
            fits = _of_class(mention.noun)
            bodies = [s.actor for s in self.focus.sightings if s.weight == CLAIMANT]
            return next((actor for actor in bodies if fits(actor)), None)
        return self.hint if self._is_hint(mention) else None

    def _is_hint(self, mention: Mention) -> bool:
        """Whether the one who says the same can be called so."""
        if self.hint is None:
            return False
        if mention.noun in load_words().bodies:
            return _of_class(mention.noun)(self.hint)
        speaks = mention.noun in load_words().speakers
        return _is_body_actor(self.hint) if speaks else self.hint.is_person

    def _owned(self, mention: Mention, name: str, kind: EntityType) -> Actor:
        """ "her office" is the office of whom "her" means."""
        who = self._pronoun(mention.owner, ()) if mention.owner is not None else None
        if mention.noun != "office" or who is None or not who.name:
            return self._new(mention, name, kind)
        actor = self._new(mention, f"Office of {who.name}", "organization")
        actor.parent = who
        return actor


def _is_body_actor(actor: Actor) -> bool:
    return actor.kind in {"organization", "group", "outlet"} and not actor.is_many


def _is_public_actor(actor: Actor) -> bool:
    return _is_body_actor(actor) and (
        actor.side is not None or is_public_body(" ".join((actor.name or "", *actor.nouns)))
    )


def _is_private_body(actor: Actor) -> bool:
    is_body = actor.kind in {"organization", "group"} and not actor.is_many
    return is_body and not is_public_body(actor.name or "")


def _is_firm(actor: Actor) -> bool:
    return _of_class("company")(actor)


def _of_class(noun: str) -> Callable[[Actor], bool]:
    """Whether an actor can be called `noun`: no charity is "the company", no paper "the club"."""
    classes = load_words().classes
    wanted = {name for name, nouns in classes.items() if noun in nouns}

    def fits(actor: Actor) -> bool:
        if not _is_private_body(actor):
            return False
        own = actor.nouns | actor.words | actor.modifiers
        found = {name for name, nouns in classes.items() if own & nouns}
        return not wanted or not found or bool(wanted & found)

    return fits


def _is_thing(actor: Actor) -> bool:
    return _is_body_actor(actor) or (actor.kind == "place" and actor.side is not None)


def _can_be_he_or_she(gender: Gender) -> Callable[[Actor], bool]:
    def fits(actor: Actor) -> bool:
        return actor.is_person or (actor.gender == gender and actor.kind == "organization")

    return fits
