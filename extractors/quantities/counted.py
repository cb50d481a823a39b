"""What a number counts: the noun phrase after it, or the one before that it leans on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.parse import Doc, Token
from extractors.quantities.mentions import Mention
from extractors.quantities.numbers import lexicon
from extractors.times.lexicon import MONTHS, WEEKDAYS

_PERSONS = lexicon("measures")["persons"]
_GRAMMAR = lexicon("measures")["grammar"]
_PERSON_NOUNS = frozenset(_PERSONS["nouns"])
_THINGS = frozenset(_PERSONS["things"])
_PERSON_SUFFIXES = tuple(_PERSONS["suffixes"])
_PRONOUNS = frozenset(["them", "whom", "those", "these", "which"])
_NOMINALS = frozenset(_GRAMMAR["nominals"])
_COMPARATIVES = frozenset(_GRAMMAR["comparatives"])
_ANIMALS = frozenset(lexicon("measures")["killed"]["animals"])
_TOTALS = frozenset(_GRAMMAR["totals"])
_LISTS = frozenset(_GRAMMAR["lists"])
_LISTED = frozenset(_GRAMMAR["listed"])
_LONGEST = 12
_QUESTION = 60
_LEADING = re.compile(r"^(?:(?:an?\s+)?(?:\d+|[a-z]+)-year-old\s+|\d[\d,.]*\s+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted: its head noun, where its phrase stands, and where the figure's span ends.

    `leans` marks "of them" and bare numbers, whose noun stands before them.
    """

    head: Token | None
    phrase: tuple[int, int] | None
    end: int
    leans: bool = False

    def is_bare(self, mention: Mention) -> bool:
        """Whether the number stands alone, without even "of them"."""
        return self.leans and self.end == mention.end

    def is_new(self, text: str) -> bool:
        """Whether it counts what came on top of a total: "41 new cases"."""
        own = None if self.leans else self.phrase
        return own is not None and text.startswith("new ", own[0])


def lemma_of(token: Token) -> str:
    """Return the lemma in lower case; taggers leave the plural on capitals ("Martyrs")."""
    lemma = token.lemma_.lower()
    return lemma.removesuffix("s") if token.tag_ == "NNPS" else lemma


def counted_thing(doc: Doc, mention: Mention) -> Thing:
    """Return what stands after the number as the counted thing; without a head where it is bare."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    at = span.end if span is not None else len(doc)
    if at < len(doc) and doc[at].lower_ == "of":
        return _after_of(doc, at + 1, mention)
    if mention.is_share:
        return _after_share(doc, at, mention)
    return noun_phrase(doc, at, mention.end) or Thing(None, None, mention.end, leans=True)


def _after_share(doc: Doc, at: int, mention: Mention) -> Thing:
    """Read "a third more fuel" and "half the houses"; a share says what it is of, or nothing."""
    first = at
    while at < len(doc) and (doc[at].lower_ in _COMPARATIVES or doc[at].pos_ in ("DET", "PRON")):
        at += 1
    thing = noun_phrase(doc, at, mention.end) if at > first else None
    return thing or Thing(None, None, mention.end, leans=True)


def _after_of(doc: Doc, at: int, mention: Mention) -> Thing:
    if at < len(doc) and doc[at].lower_ in ("us", "you"):
        return Thing(doc[at], None, mention.end)
    if at < len(doc) and doc[at].lower_ in _PRONOUNS:
        return Thing(None, None, doc[at].idx + len(doc[at]), leans=True)
    while at < len(doc) and (doc[at].pos_ in ("DET", "PRON") or doc[at].lower_ in ("own", "all")):
        at += 1
    return noun_phrase(doc, at, mention.end) or Thing(None, None, mention.end, leans=True)


def noun_phrase(doc: Doc, at: int, otherwise: int) -> Thing | None:
    """Return the noun phrase that starts with token `at`, or None; `otherwise` is where it ends."""
    head, first = None, at
    while at < min(len(doc), first + _LONGEST) and _continues(doc, at, head):
        head = doc[at] if doc[at].pos_ in ("NOUN", "PROPN") or _is_nominal(doc, at) else head
        at += 1
    if head is None:
        return None
    end = head.idx + len(head)
    phrase = doc[first : head.i + 1]
    leading = _LEADING.match(phrase.text)
    start = phrase.start_char + (leading.end() if leading else 0)
    return Thing(head, (start, end), max(end, otherwise))


def _continues(doc: Doc, at: int, head: Token | None) -> bool:
    token = doc[at]
    if token.is_sent_start and head is not None:
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        is_date = token.lower_ in WEEKDAYS or (token.lower_ in MONTHS and token.pos_ == "PROPN")
        return not is_date and (
            head is None or head.tag_ not in ("NNS", "NNPS") or _is_nominal(doc, at - 1)
        )
    if head is not None and not _is_nominal(doc, at - 1):
        return token.text == "-" or doc[at - 1].text == "-"
    if token.lower_ in ("and", "or") and _is_nominal(doc, at - 1):
        return at + 1 < len(doc) and _is_nominal(doc, at + 1)
    return _is_nominal(doc, at) or _leads_to_noun(doc, at)


def _is_nominal(doc: Doc, at: int) -> bool:
    return doc[at].lower_ in _NOMINALS and not (at + 1 < len(doc) and doc[at + 1].pos_ == "NOUN")


def _leads_to_noun(doc: Doc, at: int) -> bool:
    """Whether the token is an attribute of a noun that follows within four tokens."""
    if (
        doc[at].pos_ not in ("ADJ", "VERB", "PUNCT", "NUM", "PART", "ADV")
        or doc[at].text in ",;:.()"
    ):
        return False
    if doc[at].lower_ in ("as", "than", "when", "so"):
        return False
    if doc[at].pos_ in ("VERB", "ADV") and doc[at].dep_ not in (
        "amod",
        "compound",
        "advmod",
        "acl",
    ):
        return False
    for later in doc[at + 1 : at + 5]:
        if later.pos_ in ("NOUN", "PROPN") or _is_nominal(doc, later.i):
            return doc[at].pos_ not in ("VERB", "ADV") or later.i - at < 3
        if later.pos_ not in ("ADJ", "VERB", "PUNCT", "NUM", "PART") or later.text in ",;:.()":
            return False
    return False


def total_before(doc: Doc, at: int) -> Thing | None:
    """Return what "the number of ..." or "put the crowd at" says a later figure counts.

    `at` is the figure's first token; only its sentence is searched, back to the figure before.
    """
    for token in reversed(doc[doc[at].sent.start : at] if at < len(doc) else []):
        if token.like_num:
            return None
        if token.lower_ in _TOTALS and token.i + 1 < at and doc[token.i + 1].lower_ == "of":
            total = noun_phrase(doc, token.i + 2 + (doc[token.i + 2].pos_ == "DET"), 0)
            return None if token.lower_ == "toll" and _is_event(total) else total
        if token.lemma_ in ("put", "estimate") and doc[at - 1].lower_ == "at":
            return noun_phrase(doc, token.i + 1 + (doc[token.i + 1].pos_ == "DET"), 0)
    return None


def _is_event(thing: Thing | None) -> bool:
    """Whether a toll "of" something is of what killed: "the toll of the blast rose to 27"."""
    head = thing.head if thing else None
    return head is not None and not (is_person(head) or is_animal(head))


def asked_before(doc: Doc, at: int) -> Thing | None:
    """Return what "How many people died?" asks for, when the answer opens with token `at`."""
    sentence = doc[at].sent
    if sentence.start != at or at < 2:
        return None
    for token in reversed(doc[max(0, at - _QUESTION) : at]):
        if "\n" in token.text:
            return None
        if token.lower_ == "many" and token.i and doc[token.i - 1].lower_ == "how":
            return noun_phrase(doc, token.i + 1, 0)
    return None


def is_listed(noun: Token) -> bool:
    """Return whether the noun stands for persons on a list: "37 names on its list"."""
    on = (child for child in noun.children if child.lower_ in ("on", "in"))
    is_name = lemma_of(noun) in _LISTED
    return is_name and any(lemma_of(what) in _LISTS for prep in on for what in prep.children)


def is_animal(noun: Token) -> bool:
    """Return whether the noun names animals."""
    return lemma_of(noun) in _ANIMALS


def is_person(noun: Token) -> bool:
    """Return whether the noun names persons (or their deaths, injuries, arrests)."""
    lemma = lemma_of(noun)
    if lemma in _PERSON_NOUNS or noun.lower_ in _PERSON_NOUNS | _NOMINALS or is_listed(noun):
        return True
    if (
        lemma in _THINGS
        or noun.lower_ in _THINGS
        or (noun.pos_ == "PROPN" and noun.ent_type_ != "NORP")
    ):
        return False
    return noun.ent_type_ == "NORP" or (lemma.endswith(_PERSON_SUFFIXES) and noun.tag_ == "NNS")
