"""Counts given without a verb of saying: answers, lists laid side by side, and whose a figure is.

"How many died? Nineteen, says the service."; "The service had 37 names on its list, the union 41.";
"26 people have died. That is the figure of the service."; "She wrote down ten numbers. They added
up to 38."; "The bus was found, police confirmed. Eleven bodies were recovered."
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractors.attribution.candidates import Candidate
from extractors.attribution.lexicon import Lexicon
from extractors.attribution.mentions import find_subject, mention
from extractors.attribution.page import Page, Range
from extractors.parse import Token

SHAPE = "count"
_LISTS = frozenset({"list", "register", "roll", "record", "tally", "book"})
_ENTRIES = frozenset({"name", "entry", "person", "people", "death", "case", "victim"})
_POINTERS = frozenset({"that", "this", "those", "these"})
_NUMBERS = frozenset({"number", "figure", "count", "tally", "list", "entry"})
_SUMS = {"add": "to", "come": "to", "amount": "to", "total": ""}
_DEAD = frozenset({"body", "corpse"})
_FINDS = frozenset({"recover", "find", "retrieve", "pull"})
_LONGEST_ANSWER = 8


def count_candidates(page: Page, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield a candidate for each of these constructions outside quoted speech."""
    for sentence in page.doc.sents:
        start, end = sentence.start, sentence.end
        if page.is_speech(start):
            continue
        for read in (_answer, _listed, _owned, _summed, _recovered):
            yield from read(page, lexicon, (start, end))


def _number(token: Token) -> bool:
    return token.like_num or token.text[:1].isdigit()


def _answer(page: Page, lexicon: Lexicon, sentence: Range) -> Iterator[Candidate]:
    """ "Nineteen, says X.", after a question of its paragraph."""
    start, end = page.after(sentence[0]), sentence[1]
    comma = next((t.i for t in page.doc[start:end] if t.text == ","), end)
    if not 0 < comma - start <= _LONGEST_ANSWER or comma + 1 >= end:
        return
    verb, words = page.doc[comma + 1], page.doc[start:comma]
    is_number = any(map(_number, words)) and not any(t.pos_ in {"VERB", "AUX"} for t in words)
    if not is_number or verb.lemma_ not in lexicon.verbs or not _is_asked(page, start):
        return
    who = next((c for c in verb.rights if c.dep_ in {"nsubj", "dobj"}), None)
    if who is not None:
        source = mention(page, who)
        yield Candidate(
            SHAPE, verb.i, (verb.i, verb.i + 1), verb.lemma_, lexicon.verbs[verb.lemma_], source,
            "subject", [(start, comma)], (verb.i, source[1]),
        )  # fmt: skip


def _is_asked(page: Page, index: int) -> bool:
    """Whether "How many ...?" stands before `index` in its paragraph."""
    asked = [t for t in page.doc[:index] if page.same_paragraph(t.i, index)]
    words = [t.lower_ for t in asked]
    return "?" in words and ("how", "many") in pairwise(words)


def _listed(page: Page, lexicon: Lexicon, sentence: Range) -> Iterator[Candidate]:
    """ "X had 37 names on its list", and of another in the same words, "Y 41"."""
    for verb in page.doc[slice(*sentence)]:
        counts = verb.lemma_ in lexicon.counting and verb.lemma_ not in lexicon.revising
        entries = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        if verb.pos_ not in {"VERB", "AUX"} or entries is None or not _counted(entries):
            continue
        shelf = _shelf(entries)
        source = find_subject(page, verb)
        if verb.lemma_ == "have" and shelf is not None and source.head is not None:
            who = mention(page, source.head)
            yield Candidate(
                SHAPE, verb.i, (verb.i, verb.i + 1), "have", "report", who, source.how,
                [(entries.left_edge.i, shelf.i + 1)], (who[0], verb.i + 1),
            )  # fmt: skip
        if counts or shelf is not None:
            yield from _gapped(page, verb, sentence[1])


def _counted(entries: Token) -> bool:
    return any(child.dep_ == "nummod" for child in entries.lefts)


def _shelf(entries: Token) -> Token | None:
    """The list that names stand on."""
    if entries.lemma_ not in _ENTRIES:
        return None
    on = next((c for c in entries.rights if c.lower_ in {"on", "in"}), None)
    shelf = next(iter(on.rights), None) if on is not None else None
    return shelf if shelf is not None and shelf.lemma_ in _LISTS else None


def _gapped(page: Page, verb: Token, end: int) -> Iterator[Candidate]:
    """ "..., Y 41.": a name and a number that close the sentence."""
    last = end - 1
    while last > verb.i and (page.doc[last].is_punct or page.doc[last].is_space):
        last -= 1
    comma = next((i for i in range(last, verb.i, -1) if page.doc[i].text in {",", ";"}), 0)
    words = page.doc[comma + 1 : last]
    names = [t for t in words if t.pos_ in {"PROPN", "NOUN"}]
    if not comma or not _number(page.doc[last]) or not names:
        return
    if all(t.pos_ in {"PROPN", "NOUN", "DET", "ADJ", "PART"} for t in words):
        who = (comma + 1, last)
        yield Candidate(
            SHAPE, last, None, None, None, who, "subject", [(last, last + 1)], (comma + 1, last + 1)
        )


def _owned(page: Page, lexicon: Lexicon, sentence: Range) -> Iterator[Candidate]:
    """ "That is the figure of X", or "X's figure": the sentence before is X's."""
    start = page.after(sentence[0])
    first = page.doc[start] if start < sentence[1] else None
    if first is None or first.lower_ not in _POINTERS or first.head.lemma_ != "be":
        return
    figure = next((c for c in first.head.rights if c.dep_ == "attr"), None)
    before = page.before(start)
    if figure is None or figure.lemma_ not in lexicon.tolls or before < 0:
        return
    holder = next((c for c in figure.lefts if c.dep_ == "poss"), None) or next(
        (g for c in figure.rights if c.lower_ in {"of", "from", "by"} for g in c.rights), None
    )
    said = page.trim(*page.sentence_at[before])
    if page.doc[said[0]].dep_ == "advmod" and page.doc[said[0] + 1].text == ",":
        said = page.trim(said[0] + 1, said[1])
    if holder is None or not any(map(_number, page.doc[slice(*said)])):
        return
    who = mention(page, holder)
    yield Candidate(
        SHAPE, figure.i, (figure.i, figure.i + 1), figure.lemma_, "report", who, "object", [said],
        (start, max(figure.i + 1, who[1])),
    )  # fmt: skip


def _summed(page: Page, lexicon: Lexicon, sentence: Range) -> Iterator[Candidate]:
    """ "They added up to 38": the numbers of whom the sentence before is about."""
    verb = next((t for t in page.doc[slice(*sentence)] if t.dep_ == "ROOT"), None)
    before = page.before(page.after(sentence[0]))
    if verb is None or verb.lemma_ not in _SUMS or before < 0:
        return
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    number = next((t for t in page.doc[verb.i : sentence[1]] if _number(t)), None)
    if subject is None or number is None or subject.lower_ not in {"they", "these", "those"}:
        return
    start, end = page.sentence_at[before]
    has_numbers = any(t.lemma_ in _NUMBERS and t.dep_ == "dobj" for t in page.doc[start:end])
    subjects = (t for t in page.doc[start:end] if t.dep_ == "nsubj")
    maker = next(subjects, None) if has_numbers else None
    if maker is not None:
        who = mention(page, maker)
        who = next((i for i in range(*who) if not _number(page.doc[i])), who[0]), who[1]
        yield Candidate(
            SHAPE, verb.i, None, None, None, who, "shared",
            [(subject.i, number.i + 1)], (subject.i, number.i + 1),
        )  # fmt: skip


def _recovered(page: Page, lexicon: Lexicon, sentence: Range) -> Iterator[Candidate]:
    """ "Eleven bodies were recovered": by those whose attribution closed the sentence before."""
    start, end = page.trim(*sentence)
    verb = next((t for t in page.doc[start:end] if t.dep_ == "ROOT"), None)
    before = page.before(start)
    if verb is None or verb.lemma_ not in _FINDS or before < 0:
        return
    bodies = next((c for c in verb.lefts if c.dep_ == "nsubjpass" and c.lemma_ in _DEAD), None)
    teller = _closing_teller(page, lexicon, page.sentence_at[before])
    if bodies is not None and _counted(bodies) and teller and page.same_paragraph(before, start):
        who = mention(page, teller)
        yield Candidate(
            SHAPE, verb.i, None, None, None, who, "shared", [(start, end)], (start, end)
        )  # fmt: skip


def _closing_teller(page: Page, lexicon: Lexicon, sentence: Range) -> Token | None:
    """The subject of "..., police confirmed on Friday.", where that closes a sentence."""
    verb = next((t for t in page.doc[slice(*sentence)] if t.dep_ == "ROOT"), None)
    if verb is None or verb.lemma_ not in lexicon.verbs:
        return None
    is_closing = any(c.dep_ == "ccomp" for c in verb.lefts)
    return next((c for c in verb.lefts if is_closing and c.dep_ == "nsubj"), None)
