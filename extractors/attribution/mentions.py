"""Who speaks: the subject of a cue, and the words that mention it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.attribution.page import Page, Range
from extractors.parse import Token

How = Literal["subject", "shared", "relative", "agent", "object", "none"]
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CLAUSES = frozenset(
    {"xcomp", "advcl", "pcomp", "conj", "ccomp", "prep", "aux", "dep", "parataxis"}
)
_STAMP = re.compile(r"\d{1,2}[:.]\d\d$")
_DATELINE = frozenset({"nmod", "nummod", "npadvmod", "dep", "compound"})
_STOPS = frozenset({",", ";", "—", "–", "--", "-", ":", "“", "”"})


@dataclass(frozen=True, slots=True)
class Source:
    """The head of the mention and how the cue leads to it."""

    head: Token | None
    how: How

    @property
    def is_passive(self) -> bool:
        """Whether the subject is that of a passive."""
        return self.head is not None and self.head.dep_ == "nsubjpass"


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself."""
    return next(_subjects(verb), None)


def _subjects(verb: Token) -> Iterator[Token]:
    return (child for child in verb.children if child.dep_ in SUBJECTS)


def find_subject(page: Page, verb: Token) -> Source:
    """Follow shared, elided and relative subjects from `verb` up to a noun phrase.

    A subject within quoted words is not one: the parser took what is said for who says it.
    """
    how: How = "subject"
    node = verb
    for _ in range(8):
        found = next((c for c in _subjects(node) if _can_speak(page, c)), None)
        if found is not None:
            return _antecedent(found, node, how)
        if node.dep_ in {"relcl", "acl"}:
            return Source(node.head, "relative")
        if node.dep_ not in _CLAUSES or (node.dep_ == "ccomp" and how == "subject"):
            break
        node, how = node.head, "shared"
    return Source(None, "none")


def _can_speak(page: Page, token: Token) -> bool:
    return not page.is_speech(token.i) and any(character.isalnum() for character in token.text)


def _antecedent(found: Token, verb: Token, how: How) -> Source:
    """Replace a relative pronoun by what it stands for."""
    if found.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
        return Source(verb.head, "relative")
    return Source(found, how)


def mention(page: Page, head: Token) -> Range:
    """The noun phrase of `head` with titles and the phrases that say who it is.

    Commas close it, but for role, comma, name ("the minister, Ana Reyes"); relative clauses with
    a pronoun of their own are out.
    """
    start = _left(page, head)
    end = _right(page, head)
    return start, end


def _left(page: Page, head: Token) -> int:
    start = head.left_edge.i
    floor = page.sentence_at[head.i][0]
    start = max(start, floor)
    index = head.i
    while index > start:
        before = page.doc[index - 1]
        if before.is_space or (before.text in _STOPS and not _joins_names(before)):
            break
        if page.quote_at[before.i] != page.quote_at[head.i] and page.is_speech(before.i):
            break
        index -= 1
    while index < head.i and _leads(page.doc[index]):
        index += 1
    while index < head.i and _STAMP.match(page.doc[index].text):
        index += 1  # "14:40 Minister says ..." on a live page
    while index < head.i and page.doc[index].like_num and page.doc[index - 1].text == "-":
        index += 1  # the rest of a date before the phrase
    return index


def _leads(token: Token) -> bool:
    """Whether a first word is no part of a mention: a conjunction, a mark, a dateline's date."""
    dated = token.ent_type_ == "DATE" and token.dep_ in {
        "nmod",
        "nummod",
        "npadvmod",
        "dep",
        "compound",
    }
    return token.dep_ in {"cc", "punct"} or token.is_punct or dated


def _joins_names(token: Token) -> bool:
    """A hyphen or comma inside a name or a string of adjectives."""
    if token.text != "-" or token.i == 0:
        return False
    return not token.whitespace_ and not token.nbor(-1).whitespace_


def _right(page: Page, head: Token) -> int:
    end = head.i + 1
    limit = min(head.right_edge.i + 1, page.sentence_at[head.i][1])
    while end < limit:
        token = page.doc[end]
        if token.dep_ == "relcl" or _opens_relative(token, head) or _dates(token, limit):
            break
        if token.text == "," and (name := _named(page, head, end)):
            return name
        if token.is_space or (token.text in _STOPS and not _joins_names(token)):
            break
        end += 1
    while end > head.i + 1 and (
        page.doc[end - 1].is_punct and page.doc[end - 1].text not in ")'”."
    ):
        end -= 1
    return end


def _dates(token: Token, limit: int) -> bool:
    """Whether `token` starts a phrase of time that ends the mention by mistake."""
    if token.dep_ != "prep" or token.lower_ not in {"in", "on", "at"}:
        return False
    if token.right_edge.i + 1 < limit:
        return False
    return any(t.ent_type_ in {"DATE", "TIME"} for t in token.subtree)


def _opens_relative(token: Token, head: Token) -> bool:
    """Whether `token` is the leftmost word of a relative clause on the phrase."""
    return any(
        ancestor.dep_ == "relcl" and ancestor.left_edge.i == token.i and ancestor.i > head.i
        for ancestor in token.ancestors
    )


def _named(page: Page, head: Token, comma: int) -> int | None:
    """The end of a name that follows a role and a comma, or None."""
    limit = min(len(page.doc), comma + 8)
    name = next(
        (
            t
            for t in page.doc[comma + 1 : limit]
            if t.dep_ == "appos" and t.left_edge.i == comma + 1 and head.i <= t.head.i < comma
        ),
        None,
    )
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        return None
    if name is None or name.pos_ != "PROPN" or name.left_edge.i != comma + 1:
        return None
    end = name.i + 1
    while end <= name.right_edge.i and page.doc[end].text not in _STOPS:
        if page.doc[end].dep_ == "relcl" or page.doc[end].is_space:
            break
        end += 1
    return end
