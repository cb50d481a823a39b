"""Whose a figure is: the side that lost, the company that earned, the state that pays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.gazetteer import country_in, country_of
from extractors.quantities.counted import Thing, lemma_of
from extractors.quantities.measures import LOSSES, clause_of
from extractors.quantities.numbers import lexicon
from extractors.quantities.setting import Setting
from extractors.records import EntityType, Measure

_LEXICON = lexicon("measures")
_ARMY = frozenset(_LEXICON["war"]["army"])
_OWNED = frozenset(_LEXICON["owner"]["nouns"])
_SPENDING = frozenset(
    ("spend", "invest", "borrow", "owe", "repay", "pay", "cut", "hire", "employ", "shed", "axe")
)
_VOTES = frozenset(("seat", "vote", "ballot", "constituency", "mandate", "deputy"))
_ENEMY = re.compile(
    r"(?<!\w)(?:the|our)\s+(?:enemy|foe|occupiers?|invaders?|aggressor)(?!\w)", re.IGNORECASE
)
_TOTALS = frozenset(("loss", "toll", "number", "casualty", "dead", "death", "total"))
_REGULARS = frozenset(
    (
        "soldier",
        "troop",
        "serviceman",
        "servicewoman",
        "guard",
        "conscript",
        "recruit",
        "marine",
        "pilot",
    )
)
_STAFF = frozenset(("employee", "staff", "worker", "crew", "miner", "member"))
_POSSESSIVES = frozenset(("its", "their", "his", "her", "our", "my"))
_STATE_NOUNS = re.compile(
    r"(?<!\w)(?:to|for)\s+the\s+(?:state|taxpayers?|treasury|government|public\s+purse)(?!\w)", re.I
)
_OWNER = re.compile(
    r"(?<!\w)(?P<who>[A-Z][\w&-]+(?: [A-Z][\w&-]+)*)['’]s? (?:[a-z-]+ ){0,3}"
    rf"(?:{'|'.join(_LEXICON['owner']['nouns'])})s?(?!\w)"
)
_FORMER = re.compile(r"(?<!\w)the\s+company[’']s(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a claim, as far as known: canonical name, type, the state it speaks for."""

    name: str | None = None
    entity_type: EntityType = "unknown"
    side: str | None = None


def party_of(
    doc: Doc,
    anchor: Token,
    thing: Thing,
    measure: Measure,
    zone: tuple[int, int],
    setting: Setting,
    speaker: Speaker,
) -> str | None:
    """Return whose loss, stock or gain a figure is: an alpha-2 code or a name, else None.

    `anchor` is a token of the figure, `zone` the part of the content it stands in.
    """
    if measure in LOSSES:
        return _loser(doc, anchor, thing, measure, zone, setting, speaker)
    return _owner(doc, anchor, thing, measure, zone, setting, speaker)


# ---------------------------------------------------------------- losses


def _loser(
    doc: Doc,
    anchor: Token,
    thing: Thing,
    measure: Measure,
    zone: tuple[int, int],
    setting: Setting,
    speaker: Speaker,
) -> str | None:
    if not setting.is_war:
        return _employer(doc, thing, zone, speaker)
    if measure in ("infected", "arrested") or (
        measure == "displaced" and not setting.is_between_states
    ):
        return None
    return (
        (thing.text and country_in(thing.text))
        or _losing_state(doc, thing.head or anchor, zone, setting, speaker)
        or _own_side(thing, measure, setting, speaker)
    )


def _employer(doc: Doc, thing: Thing, zone: tuple[int, int], speaker: Speaker) -> str | None:
    """Return the firm whose people they were: "none of its own employees", "the company's pit"."""
    inside = doc.text[zone[0] : zone[1]]
    if (
        thing.head is not None
        and lemma_of(thing.head) in _STAFF
        and speaker.entity_type == "organization"
    ):
        before = {token.lower_ for token in thing.head.lefts}
        if before & _POSSESSIVES:
            return speaker.name
    return _last_company(doc, zone[0]) if _FORMER.search(inside) else None


def _last_company(doc: Doc, before: int) -> str | None:
    names = [ent.text for ent in doc.ents if ent.label_ == "ORG" and ent.end_char <= before]
    return names[-1] if names else None


def _losing_state(
    doc: Doc, noun: Token, zone: tuple[int, int], setting: Setting, speaker: Speaker
) -> str | None:
    """Read the state off the loser ("Ukraine had lost"), the losses ("Russia's losses"), "the enemy"."""
    top, verb = clause_of(noun)
    if _ENEMY.search(doc.text[zone[0] : zone[1]]):
        return setting.opponent(speaker.side)
    for phrase in _loser_phrases(top, verb, zone):
        if code := country_in(phrase):
            return code
    killer = _subject(verb) if verb is not None and top.dep_ == "dobj" else None
    code = country_in(_text(killer)) if killer is not None else None
    return (
        setting.opponent(code)
        if code and verb is not None and verb.lemma_ not in ("lose", "suffer")
        else None
    )


def _loser_phrases(top: Token, verb: Token | None, zone: tuple[int, int]) -> Iterable[str]:
    if verb is None:
        if lemma_of(top) in _TOTALS:
            yield _text(top)
        return
    if verb.lemma_ in ("lose", "suffer", "sustain") and (subject := _subject(verb)) is not None:
        yield _text(subject)
    for child in verb.children:
        is_loss = any(
            t.lemma_.lower() in ("loss", "toll", "number", "casualty", "dead")
            for t in child.subtree
        )
        if child.dep_ in ("dobj", "nsubj", "nsubjpass") and is_loss and child.idx >= zone[0]:
            yield _text(child)
    if lemma_of(top) in _TOTALS:
        yield _text(top)


def _subject(verb: Token) -> Token | None:
    for one in (verb, *verb.ancestors):
        if one.pos_ not in ("VERB", "AUX"):
            return None
        for child in one.children:
            if child.dep_ == "nsubj":
                return child
        if one.dep_ not in ("conj", "xcomp"):
            return None
    return None


def _text(token: Token) -> str:
    span = token.doc[token.left_edge.i : token.right_edge.i + 1]
    return span.text


def _own_side(thing: Thing, measure: Measure, setting: Setting, speaker: Speaker) -> str | None:
    """Return whose losses go unnamed: those whom a side counts at home are its own."""
    if setting.is_between_states:
        return speaker.side if speaker.side in setting.belligerents else None
    is_army = thing.head is not None and lemma_of(thing.head) in _REGULARS
    counts_dead = thing.head is not None and lemma_of(thing.head) in (
        "death",
        "dead",
        "loss",
        "casualty",
    )
    if measure != "destroyed" and (is_army or (counts_dead and speaker.side)):
        return setting.states[0] if setting.states else speaker.side
    return None


# ---------------------------------------------------------------- stocks and gains


def _owner(
    doc: Doc,
    anchor: Token,
    thing: Thing,
    measure: Measure,
    zone: tuple[int, int],
    setting: Setting,
    speaker: Speaker,
) -> str | None:
    inside = doc.text[zone[0] : zone[1]]
    if measure == "money" and _STATE_NOUNS.search(inside):
        return speaker.side
    noun = thing.head
    if noun is not None and lemma_of(noun) in _VOTES:
        return _named_before(doc, anchor, zone)
    if setting.is_war and noun is not None and lemma_of(noun) in _ARMY:
        return country_in(thing.text or "") or speaker.side
    if measure == "share" and _is_about_votes(doc, zone):
        return _named_before(doc, anchor, zone)
    return _spender(doc, anchor, zone, measure, setting, speaker)


def _is_about_votes(doc: Doc, zone: tuple[int, int]) -> bool:
    words = {token.lemma_.lower() for token in doc if zone[0] <= token.idx < zone[1]}
    return bool(words & {"seat", "poll"}) and "turnout" not in words


def _named_before(doc: Doc, anchor: Token, zone: tuple[int, int]) -> str | None:
    """Return the last name before the figure in its clause ("put Coast First at 34.1%")."""
    run: list[Token] = []
    for token in reversed(doc[anchor.sent.start : anchor.i]):
        if token.idx < zone[0]:
            break
        if (
            token.text[:1].isupper()
            and token.pos_ != "DET"
            and token.lower_ not in ("the", "a", "all")
        ):
            run.append(token)
        elif run:
            break
    name = " ".join(token.text for token in reversed(run))
    return (
        (country_of(name) or name)
        if any(token.pos_ in ("PROPN", "ADJ", "NOUN") for token in run)
        else None
    )


def _spender(
    doc: Doc,
    anchor: Token,
    zone: tuple[int, int],
    measure: Measure,
    setting: Setting,
    speaker: Speaker,
) -> str | None:
    if possessor := _possessor(doc.text[zone[0] : zone[1]]):
        return possessor
    words = [t for t in doc if zone[0] <= t.idx < zone[1]]
    owned = [t for t in words if t.lemma_.lower() in _OWNED]
    spends = any(t.lemma_.lower() in _SPENDING and t.pos_ == "VERB" for t in words)
    if measure == "money" and owned and (state := _state_subject(words, owned)):
        return state
    if speaker.entity_type == "place" and measure == "money" and spends:
        return speaker.side
    if setting.company is None:
        return None
    if measure == "other" or not (owned or spends or measure == "money"):
        return None
    return _company(setting, speaker)


def _possessor(text: str) -> str | None:
    """Return the owner named in front of what it owns: "Apple's quarterly revenue"."""
    match = _OWNER.search(text)
    return (country_of(match["who"]) or match["who"]) if match else None


def _state_subject(words: list[Token], owned: list[Token]) -> str | None:
    """Return the state whose budget it is: "Helsinki would raise its budget"."""
    first = next((t for t in words if t.pos_ == "PROPN" and t.dep_ == "nsubj"), None)
    code = country_of(first.text) if first is not None and first.i < owned[0].i else None
    return code


def _company(setting: Setting, speaker: Speaker) -> str | None:
    """Return the speaker where it is the company of the story, else that company's name."""
    company = setting.company or ""
    if speaker.name and company.split()[0] in speaker.name:
        return speaker.name
    return company
