"""Bodies of a state: which they are, what they are called in full, who speaks for one."""

from __future__ import annotations

import re

from extractors.claimants.words import load_words, singular
from extractors.gazetteer import country_in, country_name, country_of, institution_in

_MINISTRY_OF = re.compile(r"\b(?:ministry|department) (?:of|for) ([\w\s,-]+)", re.IGNORECASE)
_MINISTRY = re.compile(r"([\w-]+(?: (?:and|&) [\w-]+)?) ministry$", re.IGNORECASE)
_GENERIC = re.compile(
    r"\b(?P<kind>central bank|armed forces|army|navy|air force|government|parliament"
    r"|general staff|presidency|supreme court|constitutional court)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\bpresident(?:'s|ial) office$|\boffice of the president\b", re.IGNORECASE)
_NATIONAL = re.compile(
    r"^(?:the )?(?:country|nation|republic|kingdom)'s (?P<body>[a-z][a-z -]*)$", re.IGNORECASE
)
_EMBASSY = re.compile(
    r"\b(?P<kind>embassy|consulate|high commission)(?: in (?P<seat>[A-Z][\w -]*))?$"
)
_POSSESSED = re.compile(r"^(?:the )?(?P<owner>[A-Z][\w\s.-]*?)'s (?P<body>[A-Z][\w\s-]+)$")
_TITLES = {
    "central bank": "Central Bank",
    "general staff": "General Staff",
    "armed forces": "Armed Forces",
    "air force": "Air Force",
    "supreme court": "Supreme Court",
    "constitutional court": "Constitutional Court",
}
# In lower case a council is a local authority: "Marsh Vale council", no "Insurers' Council".
_COUNCIL = re.compile(r"\b(?:council|councils)\b")
_SMALL = frozenset({"and", "of", "for", "the"})
_OFFICIAL_KINDS = re.compile(
    r"\b(?:institute|agency|office|chamber|service|observatory|board|council|commission|centre"
    r"|center|authority|administration|bank|guard|laboratory)\b"
)
_SERVICE = (
    r"(?:agency|office|authority|administration|service|institute|commission|regulator|watchdog"
    r"|guard|coastguard|registry|bureau|board)"
)
_OWNED_SERVICE = re.compile(
    rf"^(?:[Tt]he )?(?P<owner>[A-Z][\w.-]*(?: [\w.-]+)?)'s [^,]*\b{_SERVICE}\b", re.I
)
_SERVICE_OF = re.compile(rf"\b{_SERVICE} of (?:the )?(?P<state>[A-Z][\w. -]+)$", re.I)


def _title(words: str) -> str:
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in words.split())


def _topic(raw: str) -> str:
    known = load_words().ministries.get(raw.lower())
    return known or _title(raw)


def _without_state(words: str) -> str:
    """Drop a leading state, possessive or article from what stands before "ministry"."""
    parts = [w for w in words.split() if country_of(w) is None and w.lower() != "the"]
    return " ".join(parts)


def ministry_topic(phrase: str) -> str | None:
    """Return what a ministry named in `phrase` is for ("Defence", "the Interior"), or None."""
    text = phrase.replace("’", "'").replace("'s", " ")
    found = _MINISTRY_OF.search(text)
    if found:
        topic = re.split(r"\b(?:of|in|on|at|said)\b|,", found[1])[0].strip()
        return _topic(topic.removeprefix("the ")) if topic else None
    found = _MINISTRY.search(text)
    topic = _without_state(found[1]) if found else ""
    return _topic(topic) if topic else None


def body_name(phrase: str, state: str | None) -> str | None:
    """Return the full name of the body of `state` (alpha-2) that `phrase` calls by its role.

    "the Defense Ministry" and RU give "Ministry of Defence of Russia"; None for other phrases.
    """
    of_state = f" of {_with_article(country_name(state))}" if state else ""
    topic = ministry_topic(phrase)
    if topic:
        return f"Ministry of {topic}{of_state}"
    text = phrase.replace("’", "'")
    if _OFFICE.search(text):
        return f"Office of the President{of_state}"
    national = _NATIONAL.match(text)
    if national and state and _words_of(national["body"])[-1] in load_words().bodies:
        return f"{_title(national['body'])}{of_state}"
    found = _GENERIC.search(text)
    if found is None or (not state and found["kind"].lower() != "central bank"):
        return None
    kind = found["kind"].lower()
    return f"{_TITLES.get(kind, kind.capitalize())}{of_state}"


def embassy_name(phrase: str) -> tuple[str, str] | None:
    """Turn "the Swiss embassy in Lima" into ("Embassy of Switzerland in Lima", "CH")."""
    found = _EMBASSY.search(phrase)
    state = country_in(phrase[: found.start()]) if found else None
    if found is None or state is None:
        return None
    seat = f" in {found['seat'].strip()}" if found["seat"] else ""
    return f"{found['kind'].capitalize()} of {_with_article(country_name(state))}{seat}", state


def _with_article(name: str) -> str:
    plural = name.startswith(("United ", "Democratic ")) or name.endswith(("s Islands", "ines"))
    return f"the {name}" if plural or name in {"Netherlands", "Bahamas", "Maldives"} else name


def possessed_body(name: str) -> tuple[str, str] | None:
    """Turn "Ukraine's General Staff" into ("General Staff of Ukraine", "UA"); else None.

    Ministries get their usual name: "Russia's Defence Ministry", "Ministry of Defence of Russia".
    """
    found = _POSSESSED.match(name.replace("’", "'"))
    state = country_of(found["owner"]) if found else None
    if not found or not state:
        return None
    topic = ministry_topic(found["body"])
    body = f"Ministry of {topic}" if topic else found["body"]
    return f"{body} of {_with_article(country_name(state))}", state


def _words_of(phrase: str) -> list[str]:
    return [singular(w) for w in re.findall(r"[\w-]+", phrase.replace("’", "'"))]


def is_public_body(phrase: str) -> bool:
    """Return whether `phrase` names or describes a body of a state."""
    low = phrase.lower().replace("’", "'")
    words = set(_words_of(phrase))
    single = {w for w in load_words().public_bodies if " " not in w}
    if words & single or any(f" {w}" in f" {low}" for w in load_words().public_bodies if " " in w):
        return True
    if _COUNCIL.search(phrase):
        return True
    if _is_of_state(phrase):
        return True
    is_official = bool(words & load_words().official)
    return is_official and _OFFICIAL_KINDS.search(low) is not None


def _is_of_state(phrase: str) -> bool:
    """A service with its state in its name: "Chile's space agency", "Health Agency of Chile"."""
    text = phrase.replace("’", "'")
    owned, of = _OWNED_SERVICE.match(text), _SERVICE_OF.search(text)
    if owned:
        return (country_of(owned["owner"]) or institution_in(owned["owner"])) is not None
    return of is not None and country_of(of["state"]) is not None


def is_public_role(phrase: str) -> bool:
    """Return whether `phrase` describes somebody in office, or of a public body."""
    words = _words_of(phrase)
    known = load_words()
    if "former" in words or "ex" in words or set(words) & known.private_roles - known.public_roles:
        return is_public_body(phrase) and "former" not in words
    # "Council leader" opens a title with a capital that is not the council's own.
    is_body = is_public_body(phrase) or is_public_body(phrase[:1].lower() + phrase[1:])
    return is_body or _holds_office(set(words), phrase)


def _holds_office(words: set[str], phrase: str) -> bool:
    known = load_words()
    service = known.service
    if words & service["local"]:
        stated = country_in(phrase) or institution_in(phrase)
        return bool(words & service["levels"]) or stated is not None
    if words & service["officials"]:
        private = known.bodies - known.public_bodies - service["levels"]
        return not words & (service["elsewhere"] | private)
    return bool(words & known.public_roles)


def state_in(phrase: str) -> str | None:
    """Return the first state that `phrase` names, by name, demonym or capital."""
    return country_in(phrase)
