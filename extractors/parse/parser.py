"""Parsed documents whose offsets are those of the text handed in.

A text is one `Doc`, however long: long ones are cut into segments (`SEGMENT` characters, at
paragraphs where there are any), parsed piece by piece and merged, so time and memory grow with
length and no more. `doc.text` is the *normalised* text: as long as the original, offset for
offset, but not equal to it; cut the words of a span from the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.parse.embedding import embed_words_once
from extractors.parse.entities import recognise_at_once
from extractors.parse.forms import remember_forms
from extractors.parse.model import MODEL, load_model
from extractors.text import after_dateline, normalise, paragraphs, segments

SEGMENT = 10_000
BATCH = 1
"""Segments parsed at once: several take no less time, and up to 35 MB each."""

LONGEST = 200
"""Tokens of a sentence without a full stop, at most: the rules set words of a sentence against each
other. The longest run in 131 news texts had 96."""

TEXT = "claimwire_text"


@Language.component("claimwire_paragraphs")
def start_paragraphs(doc: Doc) -> Doc:
    """Force a sentence start at every paragraph and after datelines, none at white space.

    Measured on PolNeAR: three points of F1 over whole attributions. A run of `LONGEST` tokens
    without a full stop is cut, too.
    """
    text = doc.text
    starts = iter(_forced_starts(text))
    start = next(starts, len(text))
    stop = 0
    before: Token | None = None
    for token in doc:
        if token.idx + len(token) > start:
            token.is_sent_start = True
            start, stop = next(starts, len(text)), token.i
        elif token.is_space:
            token.is_sent_start = False
        elif token.i - stop >= LONGEST:
            token.is_sent_start = True
            stop = token.i
        elif before is not None and _ends_at_hour(before, token):
            token.is_sent_start = True
        if token.text in _STOPS:
            stop = token.i
        before = token
    return doc


def _ends_at_hour(hour: Token, token: Token) -> bool:
    """ "... by 6 p.m. Turnout stood at ...": the stop of an hour ends a sentence before a capital
    that is no day, month or zone."""
    return (
        hour.lower_ in {"a.m.", "p.m."}
        and token.is_title
        and not token.text.startswith(_AFTER_HOUR)
    )


def _forced_starts(text: str) -> Iterator[int]:
    """Where paragraphs start, but for the first, and where the words after a dateline do."""
    for number, (start, _) in enumerate(paragraphs(text)):
        if number:
            yield start
        words = after_dateline(text, start)
        if words > start:
            yield words


_STOPS = frozenset({".", "!", "?", "...", "…"})
_AFTER_HOUR = (
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Eastern", "Central", "Pacific", "Moscow",
)  # fmt: skip


class Parser:
    """A loaded pipeline; `name` is the model's name and version."""

    def __init__(self, nlp: Language) -> None:
        if "claimwire_paragraphs" not in nlp.pipe_names:
            nlp.add_pipe("claimwire_paragraphs", first=True)
            embed_words_once(nlp)
            remember_forms(nlp)
            recognise_at_once(nlp)
        self._nlp = nlp
        self.name = f"{nlp.lang}_{nlp.meta['name']}-{nlp.meta['version']}"

    def parse(self, text: str) -> Doc:
        """Parse one text."""
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse texts; one document a text, in their order."""
        pieces = (
            (plain[start:end], number)
            for number, plain in enumerate(map(normalise, texts))
            for start, end in segments(plain, SEGMENT)
        )
        parsed = self._nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)
        for _, group in groupby(parsed, key=lambda pair: pair[1]):
            yield _merge([_without_tensor(doc) for doc, _ in group])


def _without_tensor(doc: Doc) -> Doc:
    """Drop the vectors: nobody reads them, and they are most of a document's memory."""
    doc.tensor = np.zeros((0,), dtype="float32")
    return doc


def _merge(docs: list[Doc]) -> Doc:
    """Put the segments of one text together again."""
    if len(docs) == 1:
        return docs[0]
    merged = Doc.from_docs(docs, ensure_whitespace=False)
    assert merged is not None  # only an empty list gives None
    return merged


def text_of(doc: Doc) -> str:
    """Return `doc.text`, put together once: spaCy joins all tokens anew at every access."""
    text = doc.user_data.get(TEXT)
    if text is None:
        text = doc.user_data[TEXT] = doc.text
    return str(text)


def load_parser(model: str = MODEL) -> Parser:
    """Load the default model, verified, or another spaCy model by name or path.

    Raises:
        ModelError: it is missing, unreadable or not the official one.
    """
    return Parser(load_model(model))
