"""What a figure measures: losses by the words round the counted thing, else by its unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from extractors.parse import Token
from extractors.quantities.counted import is_listed, is_person, lemma_of
from extractors.quantities.fates import fates, held
from extractors.quantities.numbers import lexicon
from extractors.quantities.setting import Setting
from extractors.records import Measure

_LEXICON = lexicon("measures")
LOSSES: tuple[Measure, ...] = (
    "killed", "wounded", "killed_or_wounded", "missing", "captured", "destroyed", "displaced",
    "arrested", "infected",
)  # fmt: skip
# Losses of people, unless another kind of thing is counted ("600 trout died").
OF_PEOPLE = frozenset(LOSSES) - {"captured", "destroyed"}


def _table(kind: str) -> dict[str, Measure]:
    return {word: measure for measure in LOSSES for word in _LEXICON[measure].get(kind, ())}


_NOUNS, _STATES = _table("nouns"), _table("states")
_OBJECTS, _SUBJECTS = _table("object"), _table("subject")
_ARMY, _MATERIEL = frozenset(_LEXICON["war"]["army"]), frozenset(_LEXICON["war"]["materiel"])
_HOUSEHOLDS = frozenset(_LEXICON["persons"]["households"])
_TOLD = frozenset(_LEXICON["killed"]["told"])
_REACHING = frozenset(_LEXICON["grammar"]["reaching"])
_FILLERS = frozenset(_LEXICON["grammar"]["fillers"])
_OBJECT_ROLES = frozenset(("dobj", "nsubjpass", "oprd", "attr"))
_CHAIN = frozenset(_LEXICON["grammar"]["chain"])


@dataclass(frozen=True, slots=True)
class Site:
    """Where a figure stands: its first token, its number, its counted noun, the noun it totals.

    `head` is the counted noun that follows; `total` is that of "the number of killed ... is 41".
    """

    first: Token
    anchor: Token
    head: Token | None
    total: Token | None = None

    @property
    def noun(self) -> Token:
        """The counted noun, or the number itself."""
        return self.head or self.anchor


def loss_measure(site: Site, setting: Setting) -> Measure | None:
    """Return the loss that the figure measures, or None."""
    return _merged(_readings(site, setting))


def single_loss(site: Site, setting: Setting) -> Measure | None:
    """Return the loss of one thing ("shot down a drone"), by the verb beside it alone."""
    predicate = (m for m in _predicate(site.noun) if m != "destroyed" or _is_passive(site.noun))
    steps = (_verb_before(site, setting), predicate)
    return _merged([m for step in steps for m in step if m and _fits(m, site.head)])


def _is_passive(noun: Token) -> bool:
    return noun.dep_ == "nsubjpass"


def _merged(found: Sequence[Measure]) -> Measure | None:
    if not found:
        return None
    if {"killed", "wounded"} <= set(found) or "killed_or_wounded" in found:
        return "killed_or_wounded"
    return next(measure for measure in LOSSES if measure in found)


def _readings(site: Site, setting: Setting) -> list[Measure]:
    """Return the first readings that there are, the surest evidence first."""
    head = site.head
    top, verb = clause_of(site.noun)
    between = [t for t in site.noun.ancestors if verb is None or verb in t.ancestors]
    steps: tuple[Iterable[Measure | None], ...] = (
        (_noun(token, setting) for token in _with_conjuncts(head)),
        (_state(token) for token in _attributes(head)),
        _of_list(head),
        _verb_before(site, setting),
        _predicate(site.noun),
        fates(site.noun, setting),
        _of_total(site, setting),
        (
            _noun(token, setting, head)
            for above in between
            for token in (above, *_attributes(above))
        ),
        _from_verb(top, verb, head, setting),
        _from_arguments(verb, top, head, setting),
    )
    for step in steps:
        found = [measure for measure in step if measure and _fits(measure, head)]
        if found:
            return found
    return []


def _of_list(head: Token | None) -> Iterator[Measure | None]:
    """Read "37 names on its list" where the text has "their lists of the dead"."""
    if head is None or not is_listed(head):
        return
    for lists in head.doc[: head.i]:
        if lemma_of(lists) == "list" and lists.i + 1 < head.i and lists.nbor().lower_ == "of":
            of = lists.nbor(3) if lists.nbor(2).pos_ == "DET" else lists.nbor(2)
            yield _NOUNS.get(lemma_of(of)) or _NOUNS.get(of.lower_) or _STATES.get(of.lower_)


def _verb_before(site: Site, setting: Setting) -> Iterator[Measure | None]:
    """Read the verb just before the figure: "wounded at least 11", "shot down a drone"."""
    doc, at = site.first.doc, site.first.i - 1
    if at < 0:
        return
    if doc[at].pos_ in ("ADP", "ADV") and at and doc[at - 1].pos_ == "VERB":
        yield _OBJECTS.get(f"{doc[at - 1].lemma_.lower()} {doc[at].lower_}")
    token, lemma = doc[at], doc[at].lemma_.lower()
    if token.pos_ in ("VERB", "AUX") and not any(c.dep_ == "auxpass" for c in token.children):
        yield _lost("dobj", token, site.head, setting) if lemma == "lose" else _OBJECTS.get(lemma)
        yield held(token)


def _predicate(noun: Token) -> Iterator[Measure | None]:
    """Read what is said just after the noun: "have died", "were damaged", "are feared dead"."""
    doc, at, passive, has = noun.doc, noun.i + 1, False, False
    while at < len(doc) and (doc[at].lemma_ in ("be", "have", "get") or doc[at].lower_ in _FILLERS):
        passive |= doc[at].lemma_ in ("be", "get")
        has |= doc[at].lemma_ == "have"
        at += 1
    if at == len(doc):
        return
    token, skipped = doc[at], at > noun.i + 1
    if token.lower_ == "among" and skipped:
        nominal = next((word for word in doc[at + 1 : at + 4] if word.pos_ != "DET"), token)
        yield _NOUNS.get(lemma_of(nominal)) or _NOUNS.get(nominal.lower_)
        return
    for word in (token, *_alternatives(token)):
        yield _predicated(word, passive=passive, has=has and not passive, skipped=skipped)


def _alternatives(token: Token) -> list[Token]:
    """Return what "or" or "and" joins to a participle: "killed or wounded"."""
    doc = token.doc
    if token.tag_ not in ("VBN", "VBD", "JJ"):
        return []
    joined = token.i + 2 < len(doc) and doc[token.i + 1].lower_ in ("or", "and")
    return [doc[token.i + 2]] if joined and doc[token.i + 2].tag_ in ("VBN", "VBD", "JJ") else []


def _predicated(word: Token, *, passive: bool, has: bool, skipped: bool) -> Measure | None:
    phrase = _phrase(word)
    if word.lower_ == "down" and not skipped:
        return "destroyed"
    if has or (word.tag_ in ("VBD", "VBP", "VBZ", "VB") and not passive and phrase in _SUBJECTS):
        return _SUBJECTS.get(phrase)
    if passive and (moved := _moved(word)):
        return moved
    acts = not passive and any(child.dep_ == "dobj" for child in word.children)
    if passive or (word.tag_ in ("VBN", "VBD") and not acts):
        return _OBJECTS.get(phrase) or _STATES.get(phrase) or _STATES.get(word.lower_)
    return (_STATES.get(phrase) or _STATES.get(word.lower_)) if word.pos_ == "ADJ" else None


def _of_total(site: Site, setting: Setting) -> Iterator[Measure | None]:
    """Read "the number of losses ... at 348,000", "the number of people killed ... to 41"."""
    if site.total is None:
        return
    for noun in _nominals(site.total):
        yield _noun(noun, setting, site.head)
    for token in _attributes(site.total):
        yield _state(token)
    yield from _predicate(site.total)


def _nominals(noun: Token) -> list[Token]:
    """Return the noun and the nominals joined to it by position ("dead and wounded")."""
    doc = noun.doc
    pair = doc[max(0, noun.i - 2) : noun.i]
    joined = len(pair) == 2 and pair[1].lower_ in ("and", "or")
    return [pair[0], noun] if joined else [noun]


def _fits(measure: Measure, head: Token | None) -> bool:
    """Whether persons, or things, can suffer that loss."""
    if head is None or lemma_of(head) in _NOUNS:
        return True
    if measure == "destroyed":
        return not is_person(head)
    if measure == "killed":
        return lemma_of(head) not in _TOLD
    is_household = measure == "displaced" and lemma_of(head) in _HOUSEHOLDS
    return is_household or measure == "captured" or is_person(head)


def _with_conjuncts(token: Token | None) -> list[Token]:
    if token is None:
        return []
    joined = (one for one in token.conjuncts if one.pos_ in ("NOUN", "ADJ"))
    return [token, *(one for one in joined if not _is_counted(one))]


def _is_counted(token: Token) -> bool:
    return any(child.dep_ in ("nummod", "det") for child in token.children)


def _noun(token: Token, setting: Setting, head: Token | None = None) -> Measure | None:
    lemma = lemma_of(token)
    measure = _NOUNS.get(lemma) or _NOUNS.get(token.lower_)
    if measure is None and token.pos_ in ("ADJ", "VERB", "NOUN"):
        return (
            _STATES.get(lemma) or _STATES.get(token.lower_)
            if head is None or token.pos_ != "NOUN"
            else None
        )
    if measure == "infected" and not setting.is_outbreak:
        return None
    if lemma == "loss":
        return _loss(head, setting)
    return measure


def _loss(head: Token | None, setting: Setting) -> Measure | None:
    if head is not None and not is_person(head):
        return "destroyed" if setting.is_war or lemma_of(head) in _MATERIEL else None
    return "killed_or_wounded" if setting.is_war else None


def _attributes(token: Token | None) -> Iterator[Token]:
    """Yield adjectives, participles and reduced clauses of a noun, and what is joined to them."""
    if token is None:
        return
    for child in token.children:
        if child.dep_ in ("amod", "acl", "relcl", "compound") and _is_loss_form(child):
            yield child
            yield from (one for one in child.conjuncts if not _has_own_arguments(one))


def _has_own_arguments(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "nsubj", "nsubjpass") for child in verb.children)


def _is_loss_form(token: Token) -> bool:
    return token.tag_ != "VBG" or token.lower_ == "missing"


def _state(token: Token) -> Measure | None:
    lemma = lemma_of(token)
    if lemma == "down":
        return None
    return _STATES.get(lemma) or _STATES.get(token.lower_)


def clause_of(token: Token) -> tuple[Token, Token | None]:
    """Return the top of the noun phrase that `token` is in, and the verb it hangs on."""
    top = token
    while top.dep_ in _CHAIN and top.head is not top and top.head.pos_ not in ("VERB", "AUX"):
        top = top.head
    verb = top.head if top.head.pos_ in ("VERB", "AUX") and top.head is not top else None
    return top, verb


def _phrase(verb: Token) -> str:
    """Return the lemma with its particle: "shoot down"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    if particle is None and verb.i + 1 < len(verb.doc):
        particle = verb.doc[verb.i + 1].lower_
    both = f"{lemma} {particle}"
    return both if both in _OBJECTS or both in _SUBJECTS else lemma


def _from_verb(
    top: Token, verb: Token | None, head: Token | None, setting: Setting
) -> Iterator[Measure | None]:
    if verb is None:
        return
    for one in (verb, *(joined for joined in verb.conjuncts if not _has_own_arguments(joined))):
        yield _by_role(top if one is verb else None, one, head, setting)


def _by_role(
    top: Token | None, verb: Token, head: Token | None, setting: Setting
) -> Measure | None:
    phrase = _phrase(verb)
    role = top.dep_ if top is not None else "nsubjpass" if verb.tag_ == "VBN" else ""
    if phrase == "lose":
        return _lost(role, verb, head, setting)
    if role in _OBJECT_ROLES:
        moved = _moved(verb) if role == "nsubjpass" else held(verb)
        return moved or _OBJECTS.get(phrase)
    if role == "nsubj":
        return _crossed(verb, head) or _SUBJECTS.get(phrase)
    return None


def _moved(verb: Token) -> Measure | None:
    """Read "have been moved to schools": persons taken to a shelter."""
    return "displaced" if verb.lemma_ in ("move", "rehouse", "shelter") else None


def _crossed(verb: Token, head: Token | None) -> Measure | None:
    crossed = verb.lemma_ in ("cross", "escape") and any(
        child.lower_ in ("into", "to", "over") for child in verb.children
    )
    return "displaced" if crossed and head is not None and is_person(head) else None


def _lost(role: str, verb: Token, head: Token | None, setting: Setting) -> Measure | None:
    words = {lemma_of(token) for token in verb.subtree}
    if role == "nsubj":
        return "killed" if words & {"life"} else None
    if head is None or not setting.is_war:
        return None
    lemma = lemma_of(head)
    if lemma == "life":
        return "killed"
    if lemma in _MATERIEL:
        return "destroyed"
    return "killed_or_wounded" if lemma in _ARMY or is_person(head) else None


def _from_arguments(
    verb: Token | None, top: Token, head: Token | None, setting: Setting
) -> Iterator[Measure | None]:
    """Read "the number of people killed has risen to 41", "put the loss at ...".

    The figure then hangs on the verb by a preposition, or is its attribute.
    """
    is_argument = top.dep_ in ("nsubj", "nsubjpass", "dobj")
    if verb is None or (is_argument and verb.lemma_ not in _REACHING):
        return
    is_thing = head is not None and not is_person(head) and lemma_of(head) not in _NOUNS
    for child in verb.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj") or child is top:
            continue
        for token in child.subtree:
            if token.pos_ in ("NOUN", "ADJ", "VERB") and token.i < (head or top).i:
                measure = _noun(token, setting, head if token.lemma_ == "loss" else None)
                # "Five victims were entered in two districts": districts are not killed.
                yield measure if measure == "destroyed" or not is_thing else None


def default_measure(unit_kind: str) -> Measure:
    """Return the measure of a figure that is no loss."""
    table = {"money": "money", "percent": "share", "points": "share", "none": "count"}
    return cast("Measure", table.get(unit_kind, "other"))
