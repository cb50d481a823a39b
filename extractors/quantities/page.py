"""A parsed text together with its string, which spaCy would rebuild at every access."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.parse import Doc, Span, text_of


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed text: `text` is `doc.text`, taken once."""

    doc: Doc
    text: str

    @classmethod
    def of(cls, doc: Doc) -> Page:
        """Take the text of `doc`."""
        return cls(doc, text_of(doc))

    def words(self, span: tuple[int, int] | None) -> str:
        """Return the text of `span`, nothing for None."""
        return self.text[slice(*span)] if span else ""

    def tokens(self, start: int, end: int) -> Span | None:
        """Return the tokens that `[start, end)` touches, None where there are none."""
        return self.doc.char_span(start, end, alignment_mode="expand")
