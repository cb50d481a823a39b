"""The cast of an article: who is named in it, under which forms, described how.

`build_cast` reads the whole text once; resolution then adds the unnamed speakers it meets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from operator import itemgetter

from extractors.claimants.actors import Actor, from_known, state_actor
from extractors.claimants.descriptors import describe
from extractors.claimants.names import Name
from extractors.claimants.shortened import FullNames
from extractors.claimants.words import gender_of_name, gender_of_nouns, load_words, singular
from extractors.gazetteer import (
    KnownEntity,
    country_of,
    entity_of,
    is_demonym,
    is_stateless_place,
    person_of,
    place_country,
    plain,
)
from extractors.parse import Doc, Span, Token
from extractors.records import EntityType

# A single word must be taken for a person nearly always to be one: people come with two names.
_SURE = 0.7
_NEAR = 15
_THINGS = frozenset({"it", "its", "itself"})
_PEOPLE = frozenset({"he", "she", "his", "her", "him"})
_WATERS = frozenset({"gulf", "bay", "strait", "isle", "lake", "mount", "cape"})
_JOINED = re.compile(r" (?:of|&) ")
_ACRONYM = re.compile(r"[A-Z][A-Z.]+[A-Z]s?\b")


@dataclass(slots=True)
class Cast:
    """Actors of a text and where they are named, in order; `ends` are the offsets (characters) of
    the last word of each name."""

    actors: list[Actor] = field(default_factory=list)
    mentions: list[tuple[Name, Actor]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def named_in(self, start: int, end: int) -> list[tuple[Name, Actor]]:
        """The names that end within the characters `[start, end)`, the first perhaps cut."""
        return self.mentions[bisect_left(self.ends, start) : bisect_left(self.ends, end)]

    def named_tokens(self, words: Span) -> set[int]:
        """The tokens of names that reach into `words`."""
        first = bisect_left(self.ends, words.start_char)
        rest = (name for name, _ in islice(self.mentions, first, None))
        names = takewhile(lambda name: name.start < words.end, rest)
        return {index for name in names for index in range(name.start, name.end)}


def _kind_by_entity(doc: Doc, names: Iterable[Name]) -> Counter[str]:
    return Counter(t.ent_type_ for n in names for t in doc[n.start : n.end] if t.ent_type_)


def _looks_like_body(name: Name) -> bool:
    words = name.text.split()
    last = singular(words[-1])
    endings = load_words().endings
    is_acronym = len(words) == 1 and _ACRONYM.fullmatch(words[-1]) is not None
    is_ending = last in endings or words[-1].lower() in endings
    is_ending = is_ending or (len(words) > 1 and last in load_words().bodies)
    return is_acronym or is_ending or _JOINED.search(name.text) is not None


def _kind_of(doc: Doc, names: list[Name], nouns: set[str]) -> EntityType:
    """What a name is, by its words, its titles and descriptions; the model's guess comes last."""
    words = load_words()
    longest = max(names, key=lambda name: name.end - name.start)
    if any(set(name.titles) & words.titles for name in names):
        return "person"
    if singular(longest.text.split()[0]) in _WATERS:
        return "place"
    if _looks_like_body(longest):
        return "organization"
    if gender_of_name(longest.text.split()[0]) and len(longest.text.split()) > 1:
        return "person"
    if nouns & words.bodies:
        return "organization"
    if nouns & words.persons:
        return "person"
    relative = {doc[n.end + 1].lower_ for n in names if _comma_follows(doc, n)}
    if "who" in relative or _has_surname(names, longest):
        return "person"
    return "organization" if "which" in relative else _guess(doc, names, longest)


def _comma_follows(doc: Doc, name: Name) -> bool:
    return name.end + 1 < len(doc) and doc[name.end].text == ","


def _has_surname(names: list[Name], longest: Name) -> bool:
    """Whether the last word stands alone elsewhere, as a surname does."""
    last = longest.text.split()[-1]
    return " " in longest.text and any(name.text == last for name in names)


def _guess(doc: Doc, names: list[Name], longest: Name) -> EntityType:
    if place_country(longest.text) or is_stateless_place(longest.text):
        return "place"
    labels = _kind_by_entity(doc, names)
    label = labels.most_common(1)[0][0] if labels else ""
    if label == "PERSON":
        is_sure = " " in longest.text or (
            labels[label] >= _SURE * len(names) and not _is_taken_up_as_thing(doc, names)
        )
        if is_sure:
            return "person"
        # Capital words that only open sentences need be no names at all ("Turnout was low").
        is_inside = any(not doc[name.front].is_sent_start for name in names)
        return "organization" if is_inside else "unknown"
    if label in {"GPE", "LOC", "FAC"}:
        return "place"
    if " " in longest.text and _taken_up(doc, names, _PEOPLE) > _taken_up(doc, names, _THINGS):
        return "person"
    return "organization" if label in {"ORG", "PRODUCT", "WORK_OF_ART"} else "unknown"


def _is_taken_up_as_thing(doc: Doc, names: list[Name]) -> bool:
    """Whether "it" and "its" follow the name in its sentences, rather than "he" and "her"."""
    return _taken_up(doc, names, _THINGS) > _taken_up(doc, names, _PEOPLE | {"who"})


def _taken_up(doc: Doc, names: list[Name], words: frozenset[str]) -> int:
    return sum(t.lower_ in words for n in names for t in _rest_of_sentence(doc, n))


def _rest_of_sentence(doc: Doc, name: Name) -> Iterator[Token]:
    end = min(doc[name.end - 1].sent.end, name.end + _NEAR)
    return (doc[index] for index in range(name.end, end))


def _key(name: Name) -> str:
    return plain(name.text.replace("’", "'").replace("'s ", " ").replace("' ", " "))


def _merge(groups: dict[str, list[Name]], body: int) -> dict[str, list[Name]]:
    """Join short forms and acronyms to the longest form that they can belong to.

    A body's short form follows its full one (from token `body` on, after a headline): what the
    text names alone first is itself ("Strava", not "Strava Community Hub").
    """
    full = sorted(groups, key=lambda key: (-len(key.split()), groups[key][0].start))
    merged: dict[str, list[Name]] = {}
    names = FullNames()
    for key in full:
        longer = names.of(key, groups[key][0].text)
        homes = [home for home in longer if _leads(key, home, groups, body)]
        if not homes:
            homes = [key]
            names.add(key, groups[key][0].text)
        seen = sorted((name.start, home) for home in homes for name in groups[home])
        for name in groups[key]:
            merged.setdefault(_last_before(name, seen) or homes[0], []).append(name)
    return merged


def _leads(key: str, home: str, groups: dict[str, list[Name]], body: int) -> bool:
    """Whether the full form comes first, or is a person's."""
    if gender_of_name(home.split()[0]) or any(name.titles for name in groups[home]):
        return True
    short = [name.start for name in groups[key] if name.start >= body]
    return not short or min(name.start for name in groups[home]) <= min(short)


def _last_before(name: Name, seen: Sequence[tuple[int, str]]) -> str | None:
    """Of several full forms ("Bill Clinton", "Hillary Clinton") the one last seen before."""
    before = bisect_right(seen, name.start, key=itemgetter(0))
    return seen[before - 1][1] if before else None


def _parenthesised(doc: Doc, names: list[Name]) -> Iterator[tuple[Name, Name]]:
    """Pairs of a name and the short form in brackets after it."""
    for left, right in pairwise(names):
        between = doc[left.end : right.front].text
        after = doc[right.end].text if right.end < len(doc) else ""
        if between == "(" and after == ")":
            yield left, right


def _known(names: list[Name]) -> KnownEntity | None:
    """Whom the gazetteer knows by one of the forms; a surname alone only if nothing contradicts."""
    exact = next((known for name in names if (known := entity_of(name.text))), None)
    is_alone = all(" " not in name.text for name in names)
    return exact or (person_of(names[0].text) if is_alone else None)


def _new_actor(doc: Doc, text: str, names: list[Name]) -> Actor:
    longest = max(names, key=lambda name: (len(name.text), -name.start))
    shown = text[doc[longest.start].idx : doc[longest.end - 1].idx + len(doc[longest.end - 1])]
    shown += _kind_behind(doc, names)
    known = _known(names)
    actor = (
        from_known(known) if known else Actor(" ".join(shown.replace("’", "'").split()), "unknown")
    )
    for name in names:
        actor.adopt(describe(doc, text, name))
    if not known:
        actor.kind = _kind_of(doc, names, actor.nouns)
    for title in (t for n in names for t in n.titles):
        actor.nouns.add(title)
    if actor.is_person:
        given = (actor.name or "").split()[0]
        stated = gender_of_nouns(frozenset(actor.nouns))
        actor.gender = stated or gender_of_name(given) or actor.gender
    actor.words |= {singular(w) for w in re.findall(r"[\w-]+", actor.name or "")}
    actor.first = min(doc[name.start].idx for name in names)
    return actor


def _kind_behind(doc: Doc, names: list[Name]) -> str:
    """ " hospital" after "St Luke", which is no name of it alone."""
    behind = {doc[n.end].text for n in names if n.end < len(doc)} & load_words().owned
    kinds = sorted(kind for kind in behind if kind.islower())
    return f" {kinds[0]}" if kinds and place_country(names[0].text) is None else ""


def _body_start(doc: Doc) -> int:
    """The token after a first line, where the text begins."""
    return next((token.i + 1 for token in doc if "\n" in token.text), 0)


def build_cast(doc: Doc, text: str, found: Sequence[Name]) -> Cast:
    """Find and cluster all names of a text; states are actors too, adjectives ("Thai") are not."""
    names = [name for name in found if not is_demonym(name.text)]
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(_key(name), []).append(name)
    for left, right in _parenthesised(doc, names):
        if _key(right) in groups and _key(left) != _key(right):
            groups[_key(left)] += groups.pop(_key(right))
    cast = Cast()
    owner: dict[Name, Actor] = {}
    for group in _merge(groups, _body_start(doc)).values():
        code = next((code for name in group if (code := country_of(name.text))), None)
        offset = doc[group[0].start].idx
        actor = state_actor(code, offset) if code else _new_actor(doc, text, group)
        cast.actors.append(actor)
        owner.update(dict.fromkeys(group, actor))
    cast.mentions = [(name, owner[name]) for name in names if name in owner]
    cast.ends = [doc[name.end - 1].idx for name, _ in cast.mentions]
    cast.actors.sort(key=lambda actor: actor.first)
    return cast
