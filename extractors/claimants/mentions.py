"""The words that mention a claimant, taken apart: head, article, names inside, what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.claimants.bodies import is_public_body
from extractors.claimants.words import load_words, singular
from extractors.gazetteer import country_of
from extractors.parse import Doc, Span, Token

PRONOUNS: dict[str, str] = {
    "he": "male", "him": "male", "his": "male", "she": "female", "her": "female",
    "it": "thing", "its": "thing", "they": "many", "them": "many", "their": "many",
    "who": "any", "which": "thing", "himself": "male", "herself": "female", "itself": "thing",
}  # fmt: skip
_SKIP = frozenset({"DT", "PDT", "CD", "PRP$", "POS"})
_AGED = re.compile(r"\b(?P<age>\d{1,3})-year-olds?\b(?! \w)")
_ANONYMOUS = re.compile(
    r"condition of anonymity|anonymous|not to be (?:named|identified)|declined to be (?:named"
    r"|identified)|familiar with|close to|not authori[sz]ed|with knowledge of|briefed on",
    re.IGNORECASE,
)
_CLOSERS = frozenset({"IN", "TO", "WDT", "WP", "VBD", "VBZ", "VBP", ",", "(", "-LRB-"})
_PARTICIPLES = frozenset({"VBN", "VBG"})
_PROPER = frozenset({"NORP", "GPE", "ORG", "LOC", "PERSON", "FAC"})
_COMPASS = frozenset({"western", "eastern"})
_QUANTIFIERS = frozenset(
    {"some", "several", "many", "most", "few", "all", "other", "another", "various", "both", "any"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens of a mention; `head` is the head noun of its first noun phrase."""

    span: Span
    head: Token
    first: int

    @property
    def text(self) -> str:
        """The words, with straight apostrophes."""
        return self.span.text

    @property
    def start(self) -> int:
        """Character offset."""
        return self.span.start_char

    @property
    def end(self) -> int:
        """Character offset behind it."""
        return self.span.end_char

    @property
    def noun(self) -> str:
        """The head in lower case and singular."""
        return "year-old" if _AGED.search(self.text) else singular(self.head.text)

    @property
    def age(self) -> str | None:
        """The age that "the 34-year-old" gives."""
        found = _AGED.search(self.text)
        return found["age"] if found else None

    @property
    def modifiers(self) -> list[str]:
        """Lower-case words between article and head."""
        tokens = self.span.doc[self.first : self.head.i]
        return [
            t.lower_ for t in tokens if t.tag_ not in _SKIP and not t.is_punct and not t.is_space
        ]

    @property
    def is_definite(self) -> bool:
        """Whether "the" or a possessive opens it."""
        return self.span[0].lower_ in {"the", "this", "that"} or self.owner is not None

    @property
    def is_plural(self) -> bool:
        """Whether the head is a plural."""
        return self.head.tag_ in {"NNS", "NNPS"} or self.head.lower_ in {"people", "police"}

    @property
    def owner(self) -> Token | None:
        """The possessive word before the head: "its", "Norvane" of "Norvane's"."""
        for token in self.span.doc[self.span.start : self.head.i]:
            if token.tag_ == "PRP$":
                return token
            if token.tag_ == "POS" and token.i > self.span.start:
                return self.span.doc[token.i - 1]
        return None

    def after_head(self, *prepositions: str) -> Span | None:
        """What follows the preposition right after the head: "analysts at | the bank"."""
        doc, index = self.span.doc, self.head.i + 1
        if index + 1 < self.span.end and doc[index : index + 2].text.lower() == "such as":
            return doc[index + 2 : self.span.end]
        if index < self.span.end and doc[index].lower_ in prepositions:
            return doc[index + 1 : self.span.end]
        return None

    def made_by(self) -> Span | None:
        """What follows "by" after a participle: "a study published in June by | the institute"."""
        doc, index = self.span.doc, self.head.i + 1
        if index >= self.span.end or doc[index].tag_ != "VBN":
            return None
        by = next((t.i for t in doc[index : self.span.end] if t.lower_ == "by"), self.span.end)
        return doc[by + 1 : self.span.end] if by + 1 < self.span.end else None

    def described(self) -> str:
        """The head noun with what stands before it, in lower case unless a name does."""
        doc = self.span.doc
        start = self.first
        while start < self.head.i and (
            doc[start].tag_ in _SKIP or doc[start].lower_ in _QUANTIFIERS or doc[start].is_punct
        ):
            start += 1
        if doc[start].lower_ in load_words().service["levels"] and doc[start + 1].tag_ == "POS":
            start += 2
        words = doc[start : self.head.i + 1].text
        opens = doc[start].is_sent_start or start == self.span.start
        keep = doc[start].tag_ in {"NNP", "NNPS"} or doc[start].lower_ in {"western", "eastern"}
        keep = keep or (bool(doc[start].ent_type_) and doc[start].ent_type_ in _PROPER)
        keep = keep or country_of(doc[start].text) is not None
        return (
            words[0].lower() + words[1:] if opens and not keep and words[1:2].islower() else words
        )


def is_anonymous(sentence: str) -> bool:
    """Return whether the sentence says that its speaker is not to be named."""
    return _ANONYMOUS.search(sentence) is not None


def _last_of_phrase(doc: Doc, start: int, end: int) -> int:
    """The last noun of the first noun phrase in `[start, end)`."""
    last = None
    for index in range(start, end):
        token = doc[index]
        if last is not None and (token.tag_ in _CLOSERS or token.text in {",", "(", "“"}):
            break
        if last is not None and token.tag_ in _PARTICIPLES and doc[index - 1].text != "-":
            break
        if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"} or token.tag_ == "CD":
            last = index if token.pos_ != "ADJ" or last is None else last
        is_body = index == end - 1 and token.lower_ in load_words().bodies  # "the US military"
        last = index if is_body or token.tag_ in {"NN", "NNS", "NNP", "NNPS"} else last
    return last if last is not None else end - 1


def read_mention(doc: Doc, start: int, end: int) -> Mention | None:
    """Take the characters `[start, end)` apart; None when no token lies there."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return mention_of(span)


def mention_of(span: Span) -> Mention:
    """Take a span of tokens apart."""
    first = span.start
    while first < span.end - 1 and span.doc[first].tag_ in {"DT", "PDT"}:
        first += 1
    return Mention(span, span.doc[_last_of_phrase(span.doc, span.start, span.end)], first)


def is_body(mention: Mention) -> bool:
    """Return whether the head is a noun for a body, or the phrase names a body of a state."""
    phrase = mention.span.doc[mention.span.start : mention.head.i + 1].text
    return mention.noun in load_words().bodies or is_public_body(phrase)


def is_document(mention: Mention) -> bool:
    """Return whether the head is a document, poll or figures."""
    documents = load_words().documents
    return mention.noun in documents or mention.head.lower_ in documents
