"""Names that need no context: states, their people and capitals, known bodies, media and leaders.

The data are in `lexicons/states.toml` and `lexicons/entities.toml`: names as written, matched whole
and with their capitals ("Polish" is Poland's, "polish" nobody's). All look-ups are cached and pure.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from extractors.records import EntityType

_SPACE = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"(?:'s|')$")
_ARTICLE = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w.'-]*\w\.?)?")
_MAX_WORDS = 7


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """A canonical name, what it names, the state it speaks for (alpha-2), a Wikidata id."""

    name: str
    entity_type: EntityType
    side: str | None = None
    wikidata_id: str | None = None


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the packaged lexicon `name`.toml, read once."""
    return tomllib.loads((files("extractors") / "lexicons" / f"{name}.toml").read_text("utf-8"))


def plain(text: str) -> str:
    """Return `text` lower-cased and without accents, for comparison of names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tidy(text: str) -> str:
    """Return a name as looked up: one space, straight apostrophes, no article, no possessive."""
    text = _SPACE.sub(" ", text.replace("’", "'")).strip()
    return _POSSESSIVE.sub("", _ARTICLE.sub("", text))


def _plural(demonym: str) -> str | None:
    if demonym.endswith("man"):
        return demonym[:-3] + "men"
    return None if demonym.endswith(("sh", "ch", "ese", "ss")) else demonym + "s"


@cache
def _states() -> dict[str, dict[str, Any]]:
    states: dict[str, dict[str, Any]] = lexicon("states")["states"]
    return states


@cache
def _state_words() -> dict[str, tuple[str, str]]:
    """Map every name to (alpha-2, how: `name`, `demonym` or `capital`)."""
    words: dict[str, tuple[str, str]] = {}
    for code, state in _states().items():
        for name in (state["name"], *state.get("aliases", ())):
            words.setdefault(name, (code, "name"))
    for code, state in _states().items():
        for demonym in state.get("demonyms", ()):
            words.setdefault(demonym, (code, "demonym"))
            plural = _plural(demonym)
            if plural:
                words.setdefault(plural, (code, "demonym"))
        for capital in state.get("capitals", ()):
            words.setdefault(capital, (code, "capital"))
    return words


def _look_up_state(text: str) -> tuple[str, str] | None:
    name = tidy(text)
    return _state_words().get(name)


def country_of(text: str) -> str | None:
    """Return the alpha-2 code of the state that `text` names: by name, demonym or capital."""
    found = _look_up_state(text)
    return found[0] if found else None


@cache
def _places() -> dict[str, str]:
    places = lexicon("places")["places"]
    return {name: code for code, names in places.items() for name in names}


def place_country(text: str) -> str | None:
    """Return the code of the state that the city, region, island or state `text` lies in."""
    name = tidy(text)
    found = _state_words().get(name)
    return found[0] if found and found[1] != "demonym" else _places().get(name)


@cache
def institutions() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what matches a phrase of one state's institutions, and the state of each phrase."""
    table = lexicon("places")["institutions"]
    codes = {phrase: code for code, phrases in table.items() for phrase in phrases}
    longest = sorted(codes, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), codes


def institution_in(phrase: str) -> str | None:
    """Return the state whose institutions alone are called as `phrase` is ("Whitehall")."""
    pattern, codes = institutions()
    found = pattern.search(phrase.replace("’", "'"))
    return codes[found[0]] if found else None


@cache
def _stateless() -> frozenset[str]:
    return frozenset(lexicon("places")["stateless"]["names"])


def is_stateless_place(text: str) -> bool:
    """Return whether `text` is a known sea, range or continent."""
    return tidy(text) in _stateless()


def region_name(text: str) -> str | None:
    """Return the official name of a region said in short ("Moscow region"), if known."""
    name: str | None = lexicon("places")["regions"].get(tidy(text))
    return name


def is_capital(text: str) -> bool:
    """Return whether `text` is a capital that can stand for its state."""
    found = _look_up_state(text)
    return found is not None and found[1] == "capital"


def is_demonym(text: str) -> bool:
    """Return whether `text` is a demonym or adjective of a state ("Thai", "Russians")."""
    found = _look_up_state(text)
    return found is not None and found[1] == "demonym"


@lru_cache(maxsize=8192)
def country_in(phrase: str) -> str | None:
    """Return the code of the first state named anywhere in `phrase`, the longest name first."""
    text = phrase.replace("’", "'")
    words = [found.span() for found in _WORD.finditer(text)]
    for i, (start, _) in enumerate(words):
        for j in range(min(len(words), i + _MAX_WORDS), i, -1):
            code = country_of(text[start : words[j - 1][1]])
            if code:
                return code
    return None


def country_name(code: str) -> str:
    """Return the English short name of the state `code`; the code itself when unknown."""
    state = _states().get(code)
    return str(state["name"]) if state else code


def demonym_of(code: str) -> str | None:
    """Return the adjective of the state `code` ("Italian"), None when unknown."""
    demonyms = _states().get(code, {}).get("demonyms", ())
    return str(demonyms[0]) if demonyms else None


def country_entity(code: str) -> KnownEntity:
    """Return the state `code` as a claimant."""
    wikidata = _states().get(code, {}).get("wikidata")
    return KnownEntity(country_name(code), "place", code, wikidata)


_TYPES: dict[str, EntityType] = {
    "international": "organization",
    "state": "organization",
    "media": "outlet",
    "people": "person",
}


@cache
def _entities() -> dict[str, KnownEntity]:
    known: dict[str, KnownEntity] = {}
    for section, entity_type in _TYPES.items():
        for name, row in lexicon("entities")[section].items():
            entity = KnownEntity(name, entity_type, row.get("side"), row.get("wikidata"))
            for alias in (name, *row.get("aliases", ())):
                known.setdefault(tidy(alias), entity)
    return known


def entity_of(text: str) -> KnownEntity | None:
    """Return the known body, medium or person of exactly that name or acronym; no state."""
    return _entities().get(tidy(text))


@cache
def _surnames() -> dict[str, KnownEntity]:
    """Surnames that only one known person bears."""
    people = lexicon("entities")["people"]
    surnames = [name.split()[-1] for name in people]
    return {
        surname: _entities()[tidy(name)]
        for name, surname in zip(people, surnames, strict=True)
        if surnames.count(surname) == 1
    }


def person_of(surname: str) -> KnownEntity | None:
    """Return the known person who is called by that surname alone."""
    return _surnames().get(tidy(surname))


@lru_cache(maxsize=8192)
def entity_in(phrase: str) -> KnownEntity | None:
    """Return the first known body, medium or person named anywhere in `phrase`."""
    text = phrase.replace("’", "'")
    words = [found.span() for found in _WORD.finditer(text)]
    for i, (start, _) in enumerate(words):
        for j in range(min(len(words), i + _MAX_WORDS), i, -1):
            entity = entity_of(text[start : words[j - 1][1]])
            if entity:
                return entity
    return None


def is_medium(text: str) -> bool:
    """Return whether `text` names a known news agency, paper or broadcaster."""
    entity = entity_of(text)
    return entity is not None and entity.entity_type == "outlet"
