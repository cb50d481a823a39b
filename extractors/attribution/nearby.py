"""Noun phrases beside a word, read from parts of speech alone, where the tree gives none."""

from __future__ import annotations

from extractors.attribution.page import Page, Range
from extractors.parse import Token

PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON", "ADP", "ADV", "X", "SYM"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "ADJ"})
_MAX_SOURCE = 14


def phrase_before(page: Page, index: int) -> Range | None:
    """The noun phrase that ends right before token `index`, back to the comma that opens it.

    "its president, Deirdre Dunphy, said" is one phrase: role, comma, name, comma.
    """
    end = index
    while end and (page.doc[end - 1].text == "," or page.doc[end - 1].pos_ == "ADV"):
        end -= 1
    start = _phrase_start(page, end)
    if end - start == 1 and start and page.doc[start].like_num and page.doc[start - 1].text == ",":
        end = start - 1  # "Ana Reyes, 44, said"
        start = _phrase_start(page, end)
    if start == end or not _is_nominal(page.doc[end - 1]):
        return None
    return named(page, (start, end)) if end - start <= _MAX_SOURCE else None


def listed(page: Page, who: Range, end: int) -> Range:
    """The list of names before token `end` that a mention is part of: "Mali, Niger, and Chad"."""
    doc, floor = page.doc, page.sentence_at[end - 1][0]
    while end > floor and doc[end - 1].pos_ == "ADV":
        end -= 1
    start = end
    while start > floor and _is_of_list(doc[start - 1]):
        start -= 1
    words = [token.lower_ for token in doc[start:end]]
    is_list = "," in words and "and" in words and words.index(",") < words.index("and")
    if not is_list or words[0] in {",", "and"} or not who[0] < end or who[1] <= start:
        return who
    before = doc[start - 1] if start > floor else None
    opens = before is None or before.pos_ == "SCONJ" or before.ent_type_ == "DATE"
    return (start, end) if opens else who


def _is_of_list(token: Token) -> bool:
    is_name = token.pos_ == "PROPN" and token.ent_type_ != "DATE"
    return is_name or token.lower_ in {",", "and", "the"}


def named(page: Page, phrase: Range) -> Range:
    """Join a role with the name after its comma; of a name and the role after it, give the name."""
    start, end = phrase
    if start < 2 or page.doc[start - 1].text != ",":
        return phrase
    first = _phrase_start(page, start - 1)
    if first >= start - 1 or not _opens(page, first):
        return phrase
    if _is_name(page, start, end) and _is_role(page, first, start - 1):
        return first, end
    if _is_role(page, start, end) and _is_person(page, first, start - 1):
        return first, start - 1
    return phrase


def is_apposition(page: Page, phrase: Range, following: Range) -> bool:
    """Whether a role is followed by its name, or a person's name by a role, between commas."""
    words = page.doc[following[0] : following[1]]
    if not words or any(token.pos_ not in PHRASE for token in words):
        return False
    if _is_role(page, *phrase) and _is_name(page, *following):
        return len(words) > 1 and words[-1].ent_type_ not in {"GPE", "LOC", "FAC"}
    return _is_person(page, *phrase) and _is_role(page, *following)


def phrase_after(page: Page, index: int) -> Range | None:
    """The noun phrase that follows token `index`, up to the first mark."""
    end = index + 1
    while end < page.sentence_at[index][1] and _is_phrasal(page.doc[end]):
        end += 1
    return (index + 1, end) if end > index + 1 and _is_nominal(page.doc[end - 1]) else None


def _phrase_start(page: Page, end: int) -> int:
    start = end
    floor = page.sentence_at[max(0, end - 1)][0]
    while start > floor and _is_phrasal(page.doc[start - 1]) and not page.is_speech(start - 1):
        start -= 1
    return start


def _opens(page: Page, index: int) -> bool:
    """Whether a phrase at `index` follows a mark or opens its sentence."""
    if index == page.sentence_at[index][0]:
        return True
    return page.doc[index - 1].text == "," or page.is_speech(index - 1)


def _is_name(page: Page, start: int, end: int) -> bool:
    words = page.doc[start:end]
    return all(token.pos_ == "PROPN" for token in words) or (
        words[-1].pos_ == "PROPN" and words[-1].ent_type_ == "PERSON"
    )


def _is_person(page: Page, start: int, end: int) -> bool:
    """Whether a phrase is nothing but a name of two words or more, or of a known person."""
    words = page.doc[start:end]
    is_name = all(token.pos_ == "PROPN" for token in words)
    return is_name and (len(words) > 1 or words[0].ent_type_ == "PERSON")


def _is_role(page: Page, start: int, end: int) -> bool:
    """Whether a phrase describes somebody: a common noun, opened by a determiner or possessive."""
    words = page.doc[start:end]
    return any(token.pos_ == "NOUN" for token in words) and (
        words[0].pos_ in {"DET", "PRON"} or any(token.tag_ == "POS" for token in words)
    )


def _is_phrasal(token: Token) -> bool:
    if token.i and token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_:
        return True
    if token.i + 1 < len(token.doc) and not token.whitespace_ and token.nbor().text == "-":
        return True
    return token.pos_ in PHRASE or (token.is_alpha and token.pos_ == "PUNCT")


def _is_nominal(token: Token) -> bool:
    return token.pos_ in _NOMINAL or (token.is_alpha and token.pos_ == "PUNCT")
