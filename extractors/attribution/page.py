"""A parsed text with what every rule asks of it: quotations, sentence and paragraph bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.attribution.quotes import Quote, find_quotes
from extractors.parse import Doc, Token, text_of
from extractors.text import paragraphs

Range = tuple[int, int]
_BOUNDS = "claimwire_bounds"
_PLACES = frozenset({"GPE", "LOC", "FAC"})
CLOSERS = frozenset({",", "”", "?", "!", "'", "—", "–", "-", "...", "…", "--"})


@dataclass(slots=True)
class Page:
    """`quote_at`, `sentence_at` and `paragraph_at` give each token's quotation (-1: none), the
    range of its sentence and the number of its paragraph; `names` holds the words (`orth`) used
    as names of no place within a sentence."""

    doc: Doc
    text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    quote_at: list[int] = field(default_factory=list)
    sentence_at: list[Range] = field(default_factory=list)
    paragraph_at: list[int] = field(default_factory=list)
    names: frozenset[int] = frozenset()

    @classmethod
    def of(cls, doc: Doc) -> Page:
        """Read the quotations and bounds of `doc`, once: they are kept with it, without the page,
        which would hold the document for ever."""
        bounds = doc.user_data.get(_BOUNDS)
        if bounds is None:
            bounds = doc.user_data[_BOUNDS] = _read(doc)
        return cls(doc, text_of(doc), *bounds)

    def quote_of(self, index: int) -> Quote | None:
        """The quotation that token `index` stands in."""
        number = self.quote_at[index] if 0 <= index < len(self.doc) else -1
        return self.quotes[number] if number >= 0 else None

    def is_speech(self, index: int) -> bool:
        """Whether token `index` stands within quoted words, not a quoted name."""
        quote = self.quote_of(index)
        return quote is not None and not quote.is_name

    def before(self, index: int) -> int:
        """The token before `index` that is no white space, in the same paragraph; else -1."""
        start, index = index, index - 1
        while index >= 0 and self.doc[index].is_space:
            index -= 1
        return index if index >= 0 and self.same_paragraph(index, start) else -1

    def after(self, index: int) -> int:
        """The token from `index` on that is no white space; the document's length at its end."""
        while index < len(self.doc) and self.doc[index].is_space:
            index += 1
        return index

    def character_before(self, index: int) -> str:
        """The last character before token `index` that is no white space, or nothing."""
        offset = self.doc[index].idx - 1
        while offset >= 0 and self.text[offset].isspace():
            offset -= 1
        return self.text[offset] if offset >= 0 else ""

    def same_paragraph(self, left: int, right: int) -> bool:
        """Whether two tokens stand in one paragraph."""
        last = len(self.doc) - 1
        return self.paragraph_at[min(left, last)] == self.paragraph_at[min(right, last)]

    def trim(self, start: int, end: int) -> Range:
        """Take white space and separating punctuation off both ends of a token range."""
        doc = self.doc
        while start < end and _is_edge(doc[start]):
            start += 1
        while start < end and _is_edge(doc[end - 1]):
            end -= 1
        return start, end


def _read(
    doc: Doc,
) -> tuple[list[Quote], list[int], list[Range], list[int], frozenset[int]]:
    """The fields of a page that are read off its document, in their order."""
    quotes = find_quotes(doc)
    quote_at = [-1] * len(doc)
    for number, quote in enumerate(quotes):
        quote_at[quote.start : quote.end] = [number] * (quote.end - quote.start)
    sentence_at: list[Range] = []
    for sentence in doc.sents:
        sentence_at += [(sentence.start, sentence.end)] * len(sentence)
    names = frozenset(t.orth for t in doc if _is_name(t, sentence_at[t.i][0]))
    return quotes, quote_at, sentence_at, _numbers(doc), names


def _is_name(token: Token, first: int) -> bool:
    return token.pos_ == "PROPN" and token.i != first and token.ent_type_ not in _PLACES


def _is_edge(token: Token) -> bool:
    return token.is_space or token.text in {",", ".", ";", ":", "-", "--", "—", "–", "!", "?", "…"}


def _numbers(doc: Doc) -> list[int]:
    numbers = []
    starts = [start for start, _ in paragraphs(text_of(doc))]
    number = 0
    for token in doc:
        while (
            number < len(starts)
            and token.idx + len(token) > starts[number]
            and not (token.is_space and token.idx < starts[number])
        ):
            number += 1
        numbers.append(number)
    return numbers
