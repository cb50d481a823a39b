"""Text in, claims out: the one place that calls all the others.

`ClaimParser` loads the language model once; parsing is a pure function of the document.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

from extractors.attribution import Opinion, find_attributions, second_opinions
from extractors.claimants import Speaker, Speech, outlet_claimant, resolve_claimants
from extractors.claimants.context import StateContext
from extractors.claimants.names import find_names
from extractors.confidence import Weights, confidence, load_weights
from extractors.drafting import merge_drafts
from extractors.drafts import Draft
from extractors.errors import TextError
from extractors.explanation import Explanation, explanations
from extractors.parse import MODEL, Doc, load_parser, text_of
from extractors.places import PlaceFinder
from extractors.quantities import FigureReader
from extractors.quantities import Speaker as FigureSpeaker
from extractors.records import Claim, ContentSpan, Cue, Quantity, TextDocument, TimeRef, stable_id
from extractors.stance import find_hedges, modality_of, polarity_of
from extractors.text import Offsets, paragraphs
from extractors.times import TimeReader
from extractors.verification import Entry, find_statements, reaction, relate

RULES = "claimwire-rules-2"
VERSION = f"{RULES}+{MODEL}"
MAX_CHARACTERS = 1_000_000
_HEADING = 80


class ClaimParser:
    """Finds the claims of texts; loading takes about a second and some 300 MB.

    `weights` turn scores into confidence; the fitted ones unless others are given.

    Raises:
        ModelError: the model is missing or not the pinned one.
    """

    def __init__(self, model: str = MODEL, weights: Weights | None = None) -> None:
        self._parser = load_parser(model)
        self._weights = weights or load_weights()
        self.version = f"{RULES}+{self._parser.name}"

    def parse(self, document: TextDocument) -> tuple[Claim, ...]:
        """Return the claims of one document in the order of its text.

        Every span is cut from `document.text`: `text[span.start:span.end] == span.text`.

        Raises:
            TextError: the text is longer than `MAX_CHARACTERS`.
        """
        return next(self.parse_batch([document]))

    def explain(self, document: TextDocument) -> tuple[list[Explanation], list[Opinion]]:
        """Return the claims of one document with what read them, and what else may be one.

        The claims are those of `parse`; the second reading, a network's, changes none of them.

        Raises:
            TextError: the text is longer than `MAX_CHARACTERS`.
        """
        doc = self._parser.parse(check_text(document))
        reading = _Reading(document, doc, self.version, self._weights)
        return explanations(reading.claims(), reading.drafts, second_opinions(doc))

    def parse_batch(self, documents: Iterable[TextDocument]) -> Iterator[tuple[Claim, ...]]:
        """Yield the claims of each document, in their order.

        Raises:
            TextError: a text is longer than `MAX_CHARACTERS`.
        """
        for_text, for_claims = tee(documents)
        docs = self._parser.pipe(check_text(document) for document in for_text)
        for document, doc in zip(for_claims, docs, strict=True):
            yield _Reading(document, doc, self.version, self._weights).claims()


def check_text(document: TextDocument) -> str:
    """Return the text if it can be parsed.

    Raises:
        TextError: it is longer than `MAX_CHARACTERS`.
    """
    if len(document.text) > MAX_CHARACTERS:
        raise TextError(
            f"The text of {document.doc!r} has {len(document.text):,} characters;"
            f" at most {MAX_CHARACTERS:,} are read.",
            "Split it, or check that it is one article.",
        )
    return document.text


class _Reading:
    """One document while its claims are put together."""

    def __init__(self, document: TextDocument, doc: Doc, version: str, weights: Weights) -> None:
        self.document, self.doc, self.text = document, doc, document.text
        self.version, self.weights = version, weights
        self.figures = FigureReader(doc, self.text)
        self.times = TimeReader(doc, document.published_at, self.text, document.parts)
        names = find_names(doc)
        self.places = PlaceFinder(doc, self.text, names, StateContext(doc, names))
        self.paragraphs = paragraphs(text_of(doc))
        self.starts = [start for start, _ in self.paragraphs]
        self.drafts: list[Draft] = []
        self.sha = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def claims(self) -> tuple[Claim, ...]:
        statements = find_statements(self.doc, self.document.outlet)
        self.drafts = drafts = merge_drafts(self.text, find_attributions(self.doc), statements)
        speakers = self._speakers(drafts)
        entries = [
            self._entry(draft, speaker, number)
            for number, (draft, speaker) in enumerate(zip(drafts, speakers, strict=True))
        ]
        relate(entries)
        return tuple(
            self._claim(entry, speaker) for entry, speaker in zip(entries, speakers, strict=True)
        )

    def _speakers(self, drafts: Sequence[Draft]) -> list[Speaker]:
        speeches = [
            Speech(d.mention, d.relays, tuple((s, e) for s, e, _ in d.content), d.position)
            for d in drafts
            if d.kind != "status_statement"
        ]
        found = iter(resolve_claimants(self.doc, self.text, speeches))
        outlet = self.document.outlet
        return [
            Speaker(outlet_claimant(self.text, outlet, draft.mention), (), ())
            if draft.kind == "status_statement"
            else next(found)
            for draft in drafts
        ]

    def _entry(self, draft: Draft, speaker: Speaker, number: int) -> Entry:
        start = draft.content[0][0]
        paragraph = bisect_right(self.starts, start)
        number_of = stable_id(self.sha, self.version, draft.kind, draft.cue, draft.content)
        return Entry(
            claim_id=f"{number_of:016x}",
            draft=draft,
            claimant=speaker.claimant,
            relays=speaker.relays,
            quantities=self._quantities(draft, speaker),
            text=self.text,
            paragraph=paragraph,
            is_title=paragraph == 1 and self._is_heading(1),
            is_heading=self._is_heading(paragraph),
        )

    def _is_heading(self, paragraph: int) -> bool:
        """Whether a paragraph is a headline or a subheading: no full stop, and text after it."""
        if not 0 < paragraph < len(self.paragraphs):
            return False
        start, end = self.paragraphs[paragraph - 1]
        is_open = self.text[start:end][-1] not in '.!?"”:'
        return is_open and (paragraph == 1 or end - start <= _HEADING)

    def _quantities(self, draft: Draft, speaker: Speaker) -> tuple[Quantity, ...]:
        if draft.kind in {"non_disclosure", "status_statement"}:
            return ()
        who = speaker.claimant
        figures = FigureSpeaker(who.name, who.entity_type, who.side)
        return tuple(
            quantity
            for start, end, _ in draft.content
            for quantity in self.figures.read(start, end, figures)
        )

    def _times(self, draft: Draft, quantities: Sequence[Quantity]) -> tuple[TimeRef, ...]:
        return tuple(
            self.times.read(
                content=_spans(draft),
                clause=draft.clause,
                cue=draft.cue,
                figures=[(quantity.start, quantity.end) for quantity in quantities],
                cue_class=draft.cue_class,
            )
        )

    def _claim(self, entry: Entry, speaker: Speaker) -> Claim:
        draft, text = entry.draft, self.text
        spans = _spans(draft)
        barred = [*spans, *((draft.mention,) if draft.mention else ()), *draft.relays]
        is_said = entry.is_said
        return Claim(
            claim_id=entry.claim_id,
            kind=draft.kind,
            cue=_cue(text, draft),
            claimant=entry.claimant,
            relayed_by=speaker.relays,
            content=tuple(
                ContentSpan(text[start:end], start, end, quoted)
                for start, end, quoted in draft.content
            ),
            quantities=entry.quantities,
            times=self._times(draft, entry.quantities),
            places=self.places.find(spans, draft.clause, barred) if is_said else (),
            hedges=find_hedges(self.doc, text, spans) if is_said else (),
            modality=modality_of(self.doc, draft),
            polarity=polarity_of(self.doc, draft, denies=reaction(entry) == "denied"),
            verification=entry.relations.verification,
            links=tuple(entry.relations.links),
            confidence=confidence(draft.score, entry.claimant.method, self.weights),
            extractor=self.version,
        )


def _spans(draft: Draft) -> list[Offsets]:
    return [(start, end) for start, end, _ in draft.content]


def _cue(text: str, draft: Draft) -> Cue | None:
    if draft.cue is None:
        return None
    start, end = draft.cue
    return Cue(text[start:end], start, end, draft.lemma or "", draft.cue_class or "other")


__all__ = ["MAX_CHARACTERS", "VERSION", "ClaimParser", "check_text"]
