"""Proper names in a parsed text, by their capitals: the model does not know invented or rare ones.

A name is a run of capitalised words, joined by particles ("van der", "y"), by "of" and "for" after
a word that heads a body's name ("University of Beira"), and by plural possessives ("Farmers'
Union"). Titles at its front are told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.claimants.words import gender_of_name, load_words
from extractors.gazetteer import (
    country_of,
    entity_of,
    is_demonym,
    is_stateless_place,
    place_country,
)
from extractors.parse import Doc, Token

_NAMES = "claimwire_names"
_PREFIXES = frozenset({"Co", "Pre", "Anti", "Non", "Multi"})
_JOINERS = frozenset({"of", "for", "on", "&", "and"})
_WORD = re.compile(r"[^\W\d_][\w.'&-]*$")
_TITLE_LINE = 0.6
_AGENTS = ("er", "or", "ist", "man", "woman", "ian", "eer", "ant", "mum", "dad")


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `[start, end)` of a name; from `front` with its titles and adjectives."""

    front: int
    start: int
    end: int
    text: str
    titles: tuple[str, ...]


def _is_capital(token: Token) -> bool:
    text = token.text
    return (
        text[0].isupper()
        and _WORD.match(text) is not None
        and text.lower() not in load_words().calendar
        and len(text.rstrip(".")) > 1
        and token.tag_ not in {"PRP", "PRP$", "DT", "WRB"}
    )


def _opens_sentence(doc: Doc, index: int) -> bool:
    """Whether the token's capital may be due to its place alone."""
    if index == 0 or doc[index].is_sent_start:
        return True
    before = doc[index - 1]
    return before.text in {"“", '"', "'", ":", "‘", "(", "—"} or before.is_space


def _inner_capitals(doc: Doc, start: int) -> Counter[str]:
    """How often each word from token `start` on is capitalised within a sentence."""
    inner = (t for t in doc[start:] if not _opens_sentence(doc, t.i))
    return Counter(t.text for t in inner if _is_capital(t))


def _is_title_line(tokens: list[Token]) -> bool:
    words = [t for t in tokens if t.is_alpha and len(t) > 3]
    return len(words) > 3 and sum(t.text[0].isupper() for t in words) > _TITLE_LINE * len(words)


class _Finder:
    """Finds the names of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.headline = self._shouting_headline()
        self.inner = _inner_capitals(doc, self.headline)
        self.lower = {t.text for t in doc if t.text.islower()}

    def _shouting_headline(self) -> int:
        """The end of a first line whose words are all capitalised, else 0."""
        first: list[Token] = []
        for token in self.doc:
            if "\n" in token.text:
                return len(first) if _is_title_line(first) else 0
            first.append(token)
        return 0

    def is_name_word(self, index: int) -> bool:
        token = self.doc[index]
        if not _is_capital(token):
            return False
        if index < self.headline:
            return not token.is_stop and (self.inner[token.text] > 0 or _known(token.text))
        return not _opens_sentence(self.doc, index) or self._named_at_start(token)

    def _named_at_start(self, token: Token) -> bool:
        if token.is_stop or token.tag_ in {"DT", "IN", "PRP", "PRP$", "WRB", "RB", "CC", "CD"}:
            return token.text.isupper() and len(token) > 1 and not token.is_stop
        if self.inner[token.text] or _known(token.text) or token.text[1:] != token.text[1:].lower():
            return True
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if after is not None and _known(f"{token.text} {after.text}"):
            return True  # "United Nations"
        followed = after is not None and (_is_capital(after) or after.text == "-")
        if followed or (after is not None and after.text == "'"):
            return not token.lower_.endswith(("ing", "ed")) and token.tag_ != "VB"
        is_set_off = after is not None and after.tag_ in {",", "VBD", "VBZ"}
        is_tagged = token.tag_ in {"NNP", "NNPS"} and (bool(token.ent_type_) or is_set_off)
        return is_tagged and token.lower_ not in self.lower

    def joins(self, index: int) -> int:
        """The index of the name word that goes on over joining words at `index`, else 0."""
        doc, token = self.doc, self.doc[index]
        if token.text == "-" and not token.whitespace_ and not doc[index - 1].whitespace_:
            is_prefix = doc[index - 1].text in _PREFIXES
            return self._next(index + 1) or (index + 1 if is_prefix else 0)
        if token.lower_ in load_words().particles and token.text.islower():
            return self._next(index + 1) or self._next(index + 2)
        if token.text == "'" and token.whitespace_ and doc[index - 1].text.endswith("s"):
            return self._next(index + 1)
        if token.tag_ == "POS" and self._goes_over_possessive(index):
            return self._next(index + 1)
        return 0

    def _goes_over_possessive(self, index: int) -> bool:
        """Whether "'s" is inside a name: "People's Party", "St Mary's Hospital"."""
        before = self.doc[index - 1].text
        after = self.doc[index + 1].lower_ if index + 1 < len(self.doc) else ""
        owned = after in load_words().owned and country_of(before) is None
        return owned or before in {"People", "Women", "Children", "Men"}

    def _next(self, index: int) -> int:
        inside = index < len(self.doc) and _is_capital(self.doc[index])
        return index if inside else 0

    def heads_body(self, start: int, index: int) -> bool:
        """Whether a body's name can go on at `index`: with "of"; with "and" unless it is whole."""
        word = self.doc[index - 1].lower_
        words = load_words()
        if self.doc[index].lower_ == "and" and word in words.endings and index - start > 1:
            return False
        return word in words.endings or word in words.name_heads

    def over_joiner(self, start: int, index: int) -> int:
        doc = self.doc
        if doc[index].text == "&":
            return self._next(index + 1)
        if doc[index].lower_ not in _JOINERS or not self.heads_body(start, index):
            has_of = any(t.lower_ in {"of", "for"} for t in doc[start:index])
            if not (doc[index].lower_ in {"and", "&", "on"} and has_of):
                return 0
        skip = index + 1
        if skip < len(doc) and doc[skip].lower_ == "the" and doc[index].lower_ != "and":
            skip += 1
        return self._next(skip)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Token ranges of names, titles included."""
        index = 0
        while index < len(self.doc):
            if not self.is_name_word(index):
                index += 1
                continue
            end = self._run_end(index)
            begin = self._person_behind(index, end)
            if begin:
                yield index, begin
            yield begin or index, end
            index = end

    def _person_behind(self, start: int, end: int) -> int:
        """Where a person's name begins right after what the office is of, else 0: "envoy to the
        United Nations Ana Reyes".
        """
        lead = [token.tag_ for token in self.doc[max(0, start - 2) : start]]
        if not {"IN", "TO"} & set(lead):
            return 0
        inner = range(start + 1, end - 1)
        splits = (i for i in inner if gender_of_name(self.doc[i].text))
        return next((i for i in splits if _names_a_seat(self.doc[start:i].text)), 0)

    def _goes_on(self, index: int) -> bool:
        """Whether the word at `index` belongs to the name before it."""
        if index < self.headline:
            return self.is_name_word(index)
        token, before = self.doc[index], self.doc[index - 1]
        is_suffix = token.text == "plc"
        return is_suffix or _is_capital(token) or _is_number_of_name(token, before)

    def _run_end(self, start: int) -> int:
        end = start + 1
        while end < len(self.doc):
            if self._goes_on(end):
                end += 1
                continue
            goes_on = self.joins(end) or self.over_joiner(start, end)
            if not goes_on:
                break
            end = goes_on + 1
        return end


def _is_number_of_name(token: Token, before: Token) -> bool:
    return token.text.isdigit() and before.text == "-"


def _known(text: str) -> bool:
    return country_of(text) is not None or entity_of(text) is not None


def _names_a_seat(text: str) -> bool:
    return _known(text) or place_country(text) is not None or is_stateless_place(text)


def _after_titles(doc: Doc, start: int, end: int) -> int:
    """The token where the name proper begins."""
    words = load_words()
    last = doc[end - 1].lower_
    if last in words.endings or entity_of(doc[start:end].text):
        return start
    begin = start
    for index in range(start, end - 1):
        if doc[index].lower_.rstrip(".") in words.titles and doc[index + 1].tag_ != "IN":
            begin = index + 1
    if begin == start and end - start > 2 and _is_role(doc[start].lower_, doc[start + 1].text):
        begin = start + 1
    while begin < end and doc[begin].text in {"-", "of", "for", "."}:
        begin += 1
    is_person = end - start > 2 and gender_of_name(doc[start + 1].text) is not None
    if begin == start and is_person and is_demonym(doc[start].text):
        return start + 1
    return begin if begin < end else start


def _is_role(word: str, given: str) -> bool:
    """Whether a capital word before a person's name says what he is: "Pastor", "Plumber"."""
    if word in load_words().persons:
        return True
    is_agent = word.endswith(_AGENTS) and gender_of_name(word) is None
    return is_agent and gender_of_name(given) is not None


def _is_office(doc: Doc, start: int, end: int) -> bool:
    """ "Israeli Defense Minister": an office with capitals and its state, and nobody's name."""
    is_title = doc[end - 1].lower_ in load_words().titles
    is_whole = end - start > 1 and all(token.text[0].isupper() for token in doc[start:end])
    return is_title and is_whole and is_demonym(doc[start].text)


def _is_bare_title(doc: Doc, index: int) -> bool:
    """ "Minister: ..." in a heading, "the Minister": nobody's name."""
    after = doc[index + 1].text if index + 1 < len(doc) else ""
    is_marked = after == ":" or (index > 0 and doc[index - 1].lower_ == "the")
    return is_marked and doc[index].lower_ in load_words().titles


def find_names(doc: Doc) -> list[Name]:
    """Return the proper names of `doc` in order, states and places included; looked for once."""
    found: list[Name] | None = doc.user_data.get(_NAMES)
    if found is None:
        found = doc.user_data[_NAMES] = _find(doc)
    return found


def _find(doc: Doc) -> list[Name]:
    found = []
    for start, end in _Finder(doc).runs():
        if end - start == 1 and doc[start].tag_ == "JJ" and not _known(doc[start].text):
            continue
        if (end - start == 1 and _is_bare_title(doc, start)) or _is_office(doc, start, end):
            continue
        begin = _after_titles(doc, start, end)
        titles = tuple(t.lower_.rstrip(".") for t in doc[start:begin])
        found.append(Name(start, begin, end, doc[begin:end].text, titles))
    return found
