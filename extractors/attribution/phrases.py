"""Attributions without a verb: "according to X", noun cues, colons after names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.attribution.bounds import opens_other
from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import mention
from extractors.attribution.nearby import is_apposition
from extractors.attribution.page import Page, Range
from extractors.attribution.verbs import is_verb
from extractors.parse import Token

_MAX_NAME = 8
_DASHES = frozenset({"-", "–", "—"})
_STAMP = re.compile(r"\d{1,2}[:.]\d\d$")


def phrase_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for every "according to X" and its like outside quoted speech."""
    words = [token.lower_ for token in page.doc]
    firsts = {phrase[0] for phrase in lexicon.phrases}
    for index, word in enumerate(words):
        if word not in firsts or page.is_speech(index):
            continue
        for phrase in lexicon.phrases:
            end = index + len(phrase)
            if tuple(words[index:end]) == phrase and (
                found := _read_phrase(page, lexicon, index, end)
            ):
                yield found


def _read_phrase(page: Page, lexicon: Lexicon, start: int, end: int) -> Candidate | None:
    head = _phrase_object(page, end)
    if head is None:
        return None
    who = mention(page, head)
    who = (max(who[0], end), who[1])
    clause = start, _phrase_end(page, head, who)
    if _is_initial(page, who[0]):
        who = who[0], min(_before_day(page, who[0], clause[1]), clause[1])
        who = _without_role(page, who)
    content = around(page, lexicon, clause)
    if not content or who[0] >= who[1]:
        return None
    lemma = page.doc[start:end].text.lower()
    return Candidate(
        "phrase", start, (start, end), lemma, "according_to", who, "object", content, clause
    )


def _phrase_object(page: Page, end: int) -> Token | None:
    """The noun that the phrase's last word governs."""
    last = page.doc[end - 1]
    head = next((child for child in last.rights if child.dep_ in {"pobj", "pcomp"}), None)
    if head is None and end < len(page.doc):
        head = page.doc[end]
        while head.head.i > head.i and head.dep_ in {"det", "compound", "amod", "poss", "nmod"}:
            head = head.head
    return (
        head if head is not None and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} else None
    )


def _phrase_end(page: Page, head: Token, who: Range) -> int:
    """Where the phrase ends: at the comma that closes it, else with its mention."""
    limit = page.sentence_at[who[0]][1]
    if _is_initial(page, who[0]):
        commas = [i for i in range(head.i, limit) if page.doc[i].text == ","]
        if len(commas) > 1 and is_apposition(page, (who[0], commas[0]), (commas[0] + 1, commas[1])):
            return commas[1]
        return commas[0] if commas else who[1]
    return max(who[1], min(head.right_edge.i + 1, limit))


def _before_day(page: Page, start: int, end: int) -> int:
    """The end of a mention without a participle that dates it ("figures released on Friday")."""
    for token in page.doc[start:end]:
        if token.dep_ == "acl" and page.doc[token.right_edge.i].ent_type_ in {"DATE", "TIME"}:
            return token.i
        if token.dep_ == "relcl":
            return token.left_edge.i
    return end


def _without_role(page: Page, who: Range) -> Range:
    """A mention up to its comma when what follows is a role, whole when it is a name."""
    comma = next((i for i in range(*who) if page.doc[i].text == ","), None)
    if comma is None or page.doc[who[1] - 1].pos_ == "PROPN":
        return who
    return who[0], comma


def _is_initial(page: Page, index: int) -> bool:
    """Whether little stands before `index` in its sentence."""
    return index - page.sentence_at[index][0] <= 4


def around(page: Page, lexicon: Lexicon, clause: Range) -> list[Range]:
    """The sentence without the phrase: what precedes it, what follows it, or both."""
    doc = page.doc
    start, end = page.sentence_at[clause[0]]
    following = clause[1] + 1
    if following < end and opens_other(lexicon, doc[following], clause[1], end):
        end = following
    left, right = page.trim(start, clause[0]), page.trim(clause[1], end)
    if left[0] < left[1] and page.is_speech(left[1] - 1):
        left = (page.quote_of(left[1] - 1).start, left[1])  # type: ignore[union-attr]
    has_left = any(token.pos_ in {"VERB", "AUX"} for token in doc[left[0] : left[1]])
    has_right = (right[0] < right[1] and doc[clause[1]].text in {",", "—", "–"}) or not has_left
    if not has_left:
        left = _short_lead(page, left)
    elif has_right and not _goes_on(page, left, right):
        right = (right[0], right[0])
    if not has_right:
        right = (right[0], right[0])
    return [piece for piece in (left, right) if piece[0] < piece[1]]


def _short_lead(page: Page, left: Range) -> Range:
    """A subject or adverbial before the phrase is content; a conjunction is not."""
    words = [token for token in page.doc[left[0] : left[1]] if not token.is_punct]
    if not words or all(token.pos_ in {"CCONJ", "ADV", "SCONJ"} for token in words):
        return left[0], left[0]
    return left


def _goes_on(page: Page, left: Range, right: Range) -> bool:
    """Whether the words after the phrase continue those before it."""
    return any(
        left[0] <= ancestor.i < left[1] or token.i == ancestor.i
        for token in page.doc[right[0] : right[1]]
        if token.dep_ not in {"relcl", "appos", "punct"}
        for ancestor in (token.head,)
    )


def noun_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for nouns with a that-clause: "rumours that ...", "its reply was that"."""
    for token in page.doc:
        is_noun = token.pos_ == "NOUN" and token.lemma_ in lexicon.nouns and not is_verb(token)
        if is_noun and not page.is_speech(token.i):
            found = _read_noun(page, lexicon, token)
            if found is not None:
                yield found


def _read_noun(page: Page, lexicon: Lexicon, noun: Token) -> Candidate | None:
    clause = _that_clause(noun)
    if clause is None:
        return None
    content = page.trim(clause.left_edge.i, clause.right_edge.i + 1)
    if content[0] >= content[1] or content[0] <= noun.i:
        return None
    holder = owner(noun)
    who = mention(page, holder) if holder is not None else None
    if who is not None and page.doc[who[1] - 1].tag_ == "POS":
        who = (who[0], who[1] - 1)
    if who is not None and who[1] > content[0]:
        who = (who[0], content[0])
    return Candidate(
        "noun", noun.i, (noun.i, noun.i + 1), noun.lemma_, lexicon.nouns[noun.lemma_], who,
        "object" if holder is not None else "none", [content],
        (noun.left_edge.i, noun.i + 1),
    )  # fmt: skip


def _that_clause(noun: Token) -> Token | None:
    """A that-clause on the noun, or the predicate of a copula whose subject it is."""
    hosts = [noun]
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        hosts.append(noun.head)
    for host in hosts:
        for child in host.rights:
            if child.dep_ in {"acl", "ccomp", "relcl"} and any(
                mark.dep_ == "mark" and mark.lower_ == "that" for mark in child.lefts
            ):
                return child
    return None


def owner(noun: Token) -> Token | None:
    """Whose the noun is: its possessive, its of- or by-phrase, or the subject that makes it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "by", "from"}:
            return next(iter(child.rights), None)
    if noun.dep_ == "dobj":
        return next((c for c in noun.head.lefts if c.dep_ == "nsubj"), None)
    return None


def colon_candidates(page: Page) -> Iterator[Candidate]:
    """Yield a candidate for paragraphs and headlines of the form "Name: words"."""
    for start, end in _paragraphs(page):
        while start < end and _STAMP.match(page.doc[start].text):
            start += 1
        colon = next(
            (i for i in range(start, min(end, start + _MAX_NAME)) if page.doc[i].text == ":"), None
        )
        if colon is None or not _is_name(page, start, colon):
            continue
        content = page.trim(colon + 1, end)
        if content[0] < content[1]:
            content = (content[0], end if page.is_speech(content[1] - 1) else content[1])
            yield Candidate(
                "colon", colon, None, None, None, (start, colon), "subject", [content],
                (start, colon + 1),
            )  # fmt: skip


def dash_candidates(page: Page) -> Iterator[Candidate]:
    """Yield a candidate for headlines that end in their source: "Toll hits 30 - officials"."""
    for start, end in _paragraphs(page):
        end = page.trim(start, end)[1]
        if end == start or page.doc[end - 1].text in {".", "!", "?"}:
            continue
        dash = next((i for i in range(end - 1, start, -1) if page.doc[i].text in _DASHES), None)
        if dash is None or not start + 2 < dash < end - 1 or end - dash > _MAX_NAME // 2:
            continue
        if page.doc[dash].whitespace_ and page.doc[dash - 1].whitespace_:
            yield Candidate(
                "colon", dash, None, None, None, (dash + 1, end), "subject",
                [page.trim(start, dash)], (dash, end),
            )  # fmt: skip


def _paragraphs(page: Page) -> Iterator[Range]:
    """The token ranges of the paragraphs."""
    start = 0
    for index in range(1, len(page.doc) + 1):
        if index == len(page.doc) or page.paragraph_at[index] != page.paragraph_at[start]:
            yield page.after(start), index
            start = index


def _is_name(page: Page, start: int, end: int) -> bool:
    """Whether tokens name a speaker: capitals throughout and no verb."""
    words = [token for token in page.doc[start:end] if token.is_alpha]
    return bool(words) and all(
        token.text[0].isupper() and token.pos_ not in {"VERB", "AUX"} for token in words
    )
