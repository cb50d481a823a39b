"""Where content ends: what follows it in its sentence that its source cannot have said."""

from __future__ import annotations

import re

from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import own_subject
from extractors.attribution.page import Page, Range
from extractors.parse import Token

_DASHES = frozenset({"—", "–", "--", "-"})
_CONTRAST = frozenset({"whereas", "while", "although", "though"})
_REFUSAL = re.compile(
    r"(?:has |had )?(?:declined|refused|gave no|offered no|made no|provided no)\b"
    r"|(?:would|did|does|could|has|had|have) (?:not|n't) (?:yet )?"
    r"(?:say|give|given|comment|commented|specify|elaborate|disclose|respond|responded|name|identify)\b"
)


def is_time(token: Token) -> bool:
    """Whether a phrase says when: its words are mostly a date or time."""
    words = [t for t in token.subtree if not t.is_punct]
    dated = [t for t in words if t.ent_type_ in {"DATE", "TIME"}]
    return len(dated) * 2 >= len(words) > 0


def is_venue(lexicon: Lexicon, phrase: Token) -> bool:
    """Whether a phrase says where or in what something was said ("in a statement")."""
    if phrase.dep_ != "prep" or phrase.lower_ not in {"in", "on", "at", "during", "via"}:
        return False
    return any(noun.lemma_.lower() in lexicon.venues for noun in phrase.rights)


def cut(page: Page, lexicon: Lexicon, start: int, end: int) -> int:
    """Return where content that starts at `start` and could run to `end` ends at the latest."""
    for index in range(start + 1, end):
        if page.is_speech(index):
            continue
        token = page.doc[index]
        if token.lower_ in {"and", "but"} and _refuses(page, index + 1):
            return index
        if token.text == ":" and page.is_speech(page.after(index + 1)):
            return index
        if token.text in _DASHES and _is_last_dash(page, start, index, end):
            return index
        if page.doc[index - 1].text == "," and opens_other(lexicon, token, start, end):
            return index
    return end


def _is_last_dash(page: Page, start: int, index: int, end: int) -> bool:
    """Whether a dash opens an afterthought of the writer: one, set off by spaces, to the end."""
    others = [i for i in range(start, end) if page.doc[i].text in _DASHES and i != index]
    spaced = bool(page.doc[index - 1].whitespace_ and page.doc[index].whitespace_)
    return spaced and not any(page.doc[i].whitespace_ for i in others)


def _refuses(page: Page, index: int) -> bool:
    """Whether the words after a conjunction say that the source said no more."""
    words = " ".join(token.lower_ for token in page.doc[index : index + 4])
    return bool(_REFUSAL.match(words))


def opens_other(lexicon: Lexicon, token: Token, start: int, end: int) -> bool:
    """Whether the word after a comma opens another saying that runs to the end."""
    if token.lower_ in {"according", "citing", "adding"}:
        return token.right_edge.i >= end - 4
    if token.tag_ == "VBG" and token.lemma_ in lexicon.telling and token.right_edge.i >= end - 4:
        return True
    if token.lower_ in {"a", "an"} and token.i + 1 < end:  # ", a claim the ministry rejects"
        following = token.nbor()
        if following.lemma_ in lexicon.nouns and following.right_edge.i >= end - 4:
            return True
    return _opens_clause(lexicon, token, start, end)


def _opens_clause(lexicon: Lexicon, token: Token, start: int, end: int) -> bool:
    for host in (token, *token.ancestors):
        if host.left_edge.i != token.i or host.i < start:
            break
        if host.right_edge.i < end - 4:
            continue
        if host.dep_ == "relcl" and _is_other_saying(lexicon, host):
            return True
        if host.dep_ in {"advcl", "xcomp"} and _contrasts(lexicon, host):
            return True
        if any(child.dep_ == "relcl" and _is_other_saying(lexicon, child) for child in host.rights):
            return True
    return False


def _is_other_saying(lexicon: Lexicon, clause: Token) -> bool:
    """A relative clause that somebody else says: "which she said added days"."""
    subject = own_subject(clause)
    is_gap = subject is not None and subject.tag_ not in {"WP", "WDT"}
    if subject is not None and subject.pos_ == "PRON" and clause.lemma_ != "say":
        return False
    return is_gap and (
        clause.lemma_ in lexicon.telling or lexicon.verbs.get(clause.lemma_) == "deny"
    )


def _contrasts(lexicon: Lexicon, clause: Token) -> bool:
    """An adverbial clause that sets another's saying against this one, or goes on to the next."""
    marks = {child.lower_ for child in clause.lefts if child.dep_ == "mark"}
    if marks & _CONTRAST:
        return clause.lemma_ in lexicon.verbs and clause.lemma_ != "register"
    return clause.lemma_ in lexicon.telling and clause.tag_ == "VBG" and not marks


def is_hoisted(lexicon: Lexicon, verb: Token, conj: Token) -> bool:
    """Whether `conj`, parsed as part of the content, is coordinated with the cue `verb`.

    "said it had not been consulted and threatened strikes": no subject of its own, the cue's
    tense, and not that of the clause it was attached to.
    """
    head = conj.head
    if own_subject(conj) is not None or conj.lemma_ not in lexicon.verbs:
        return False
    if conj.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in head.children):
        return any(child.dep_ == "dobj" for child in conj.children)
    if conj.tag_ != verb.tag_:
        return False
    return head.tag_ != verb.tag_ or any(child.dep_ == "aux" for child in head.children)


def is_rival(lexicon: Lexicon, verb: Token, conj: Token) -> bool:
    """Whether `conj`, parsed as content, is another's saying: ", and Tokyo said ..."."""
    subject = own_subject(conj)
    named = subject is not None and subject.pos_ != "PRON" and subject.i < conj.i
    return named and conj.lemma_ in lexicon.telling and conj.tag_ == verb.tag_


def with_quotes(page: Page, start: int, end: int, floor: int) -> list[Range] | None:
    """Trim a range and let it take in whole the quotations that it cuts, down to `floor`."""
    start, end = page.trim(start, end)
    if start >= end:
        return None
    first, last = page.quote_of(start), page.quote_of(end - 1)
    if first is not None:
        start = max(floor, first.start)
    if last is not None:
        end = max(end, last.end)
    before = page.quote_of(start - 1)
    if before is not None and before.start >= floor and before.end == start:
        start = before.start
    return [(start, end)]
