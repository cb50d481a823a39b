"""A stated figure as a document: a text of a fixed pattern, and the claim whose spans lie in it.

General Staff of Ukraine, 2022-02-25: 80 tanks destroyed, RU, cumulative.

“The words it was given in.”

Status: confirmed, by Oryx.

Source: Ministry of Defence, https://news.example/1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from extractors.imported.fields import StatedFigure
from extractors.records import (
    Article,
    Bound,
    Claim,
    Claimant,
    ContentSpan,
    DateCandidate,
    PlaceRef,
    Quantity,
    Span,
    TimeRef,
    Verification,
    stable_id,
)

IMPORTER = "claimwire-import-1"  # a new number reads files anew that were loaded before
_BOUNDS: dict[Bound, str] = {
    "approx": "about ", "at_least": "at least ", "more_than": "more than ", "at_most": "at most ",
    "less_than": "less than ",
}  # fmt: skip
_UNSPOKEN = ("count", "other", "money", "share")  # measures that add nothing to what is counted


@dataclass(frozen=True, slots=True)
class Document:
    """The article that a stated figure makes, and its one claim."""

    article: Article
    claim: Claim


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the fields stand in the text, as (start, end); None for one that is not given."""

    claimant: tuple[int, int]
    day: tuple[int, int]
    content: tuple[int, int]
    bound: tuple[int, int] | None
    number: tuple[int, int]
    place: tuple[int, int] | None
    quote: tuple[int, int] | None
    status: tuple[int, int] | None


class _Pen:
    """Writes a text piece by piece and says where each piece stands."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def maybe(self, before: str, words: str | None, after: str = "") -> tuple[int, int] | None:
        """Write `words` between two others, or nothing."""
        if not words:
            return None
        self.write(before)
        place = self.write(words)
        self.write(after)
        return place


def document_of(figure: StatedFigure, file_url: str) -> Document:
    """Return the document of a figure; one without an address of its own is at `file_url`."""
    text, places = _written(figure, figure.url or file_url)
    day = datetime.combine(figure.day, time(), UTC)
    date = DateCandidate(day, "day", False, "import", str(figure.day))
    article = Article(
        url=figure.url or file_url,
        canonical_url=figure.url or file_url,
        page_class="article",
        title=f"{figure.claimant}, {figure.day}",
        text=text,
        authors=(),
        published=date,
        modified=date,  # a corrected line states what was given on its day, not today
        language="en",
        site_name=figure.outlet,
        sources={"text": "import", "title": "import"},
        extractor=IMPORTER,
        published_on=figure.day,
    )
    return Document(article, _claim(figure, text, places))


def _written(figure: StatedFigure, url: str) -> tuple[str, _Places]:
    pen = _Pen()
    claimant = pen.write(figure.claimant)
    pen.write(", ")
    day = pen.write(str(figure.day))
    _, start = pen.write(": ")
    bound = pen.maybe("", _BOUNDS.get(figure.bound, "").strip(), " ")
    number = pen.write(figure.value)
    pen.maybe(" ", None if figure.unit in ("person", "item") else figure.unit)
    pen.maybe(" ", figure.counted)
    pen.maybe(" ", None if figure.measure in _UNSPOKEN else figure.measure.replace("_", " "))
    place = pen.maybe(", ", figure.place)
    pen.maybe(", ", figure.party)
    pen.maybe(", ", figure.scope)
    pen.maybe(", ", None if figure.change == "level" else figure.change)
    content = start, len(pen.text)
    pen.write(".")
    quote = pen.maybe("\n\n“", figure.quote, "”")
    said = None if figure.status == "not_stated" else f"{figure.status}, by {figure.verified_by}"
    status = pen.maybe("\n\nStatus: ", said, ".")
    pen.write(f"\n\nSource: {figure.outlet}, {url}")
    return pen.text, _Places(claimant, day, content, bound, number, place, quote, status)


def _claim(figure: StatedFigure, text: str, places: _Places) -> Claim:
    content = [ContentSpan(text[slice(*places.content)], *places.content, quoted=False)]
    if places.quote:
        content.append(ContentSpan(text[slice(*places.quote)], *places.quote, quoted=True))
    evidence = Span.of(text, *places.status) if places.status else None
    hedge = places.bound if figure.bound == "approx" else None
    return Claim(
        claim_id=f"{stable_id('record', text):016x}",
        kind="mixed" if places.quote else "indirect",
        cue=None,
        claimant=Claimant(
            Span.of(text, *places.claimant), figure.claimant, figure.claimant_type, figure.side,
            figure.wikidata_id, "explicit",
        ),
        relayed_by=(),
        content=tuple(content),
        quantities=(_quantity(figure, text, places),),
        times=(_time(figure, text, places),),
        places=_place(figure, text, places),
        hedges=(Span.of(text, *hedge),) if hedge else (),
        modality="asserted",
        polarity="affirmative",
        verification=Verification(figure.status, evidence, figure.verified_by),
        links=(),
        confidence=1.0,
        extractor=IMPORTER,
    )  # fmt: skip


def _quantity(figure: StatedFigure, text: str, places: _Places) -> Quantity:
    start, end = places.number
    start = places.bound[0] if places.bound else start
    has_low = figure.bound in ("exact", "at_least", "more_than", "range")
    has_high = figure.bound in ("exact", "at_most", "less_than", "range")
    return Quantity(
        text[start:end], start, end,
        value=None if figure.bound == "range" else figure.low,
        low=figure.low if has_low else None,
        high=figure.high if has_high else None,
        bound=figure.bound, unit=figure.unit, counted=figure.counted, measure=figure.measure,
        party=figure.party, change=figure.change, scope=figure.scope,
    )  # fmt: skip


def _time(figure: StatedFigure, text: str, places: _Places) -> TimeRef:
    words, after = text[slice(*places.day)], figure.day + timedelta(days=1)
    return TimeRef(words, *places.day, str(figure.day), str(after), "day", "as_of")


def _place(figure: StatedFigure, text: str, places: _Places) -> tuple[PlaceRef, ...]:
    if places.place is None or figure.place is None:
        return ()
    words = text[slice(*places.place)]
    return (PlaceRef(words, *places.place, name=figure.place, country=None, role="event"),)
