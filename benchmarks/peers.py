"""Extractors of articles behind one call: ours, and those of others that are installed.

Each is given the address and the bytes of a page, never the network, and gives what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import lxml.html
import trafilatura
from trafilatura.settings import Document
from trafilatura.utils import decode_file

from benchmarks.adapters.extraction import FETCHED_AT
from extractors.articles import extract_article

OURS = "claimwire"
PLAIN = "trafilatura"

_BLOCKS = (
    "address", "article", "blockquote", "br", "dd", "div", "dt", "figcaption", "h1", "h2", "h3",
    "h4", "h5", "h6", "li", "p", "pre", "section", "table", "td", "th", "tr", "ul", "ol",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor found on a page; `date` is ISO, a time may follow the day."""

    text: str = ""
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()


Extractor = Callable[[str, bytes], Extraction]
"""Gives what a page holds, by its URL and bytes; raises whatever the extractor raises."""


def _claimwire() -> Extractor:
    def extract(url: str, body: bytes) -> Extraction:
        article = extract_article(body, url=url, fetched_at=FETCHED_AT)
        day = article.published_on.isoformat() if article.published_on else None
        return Extraction(article.text, article.title, day, article.authors)

    return extract


def _trafilatura() -> Extractor:
    def extract(url: str, body: bytes) -> Extraction:
        found = trafilatura.bare_extraction(
            body, url=url, include_comments=False, with_metadata=True
        )
        if not isinstance(found, Document):
            return Extraction()
        authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
        return Extraction(found.text or "", found.title, found.date, authors)

    return extract


def _newspaper4k() -> Extractor:
    from newspaper import Article

    def extract(url: str, body: bytes) -> Extraction:
        article = Article(url, fetch_images=False)
        article.download(input_html=decode_file(body))
        article.parse()
        date = _iso(article.publish_date)
        return Extraction(article.text, article.title, date, tuple(article.authors))

    return extract


def _readability() -> Extractor:
    from readability import Document

    def extract(url: str, body: bytes) -> Extraction:
        document = Document(decode_file(body), url=url)
        return Extraction(_plain(document.summary()), document.short_title())

    return extract


def _goose3() -> Extractor:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def extract(url: str, body: bytes) -> Extraction:
        found = goose.extract(raw_html=decode_file(body))
        date = _iso(found.publish_datetime_utc) or _string(found.publish_date)
        title = _string(found.title)
        return Extraction(found.cleaned_text or "", title, date, tuple(_flat(found.authors)))

    return extract


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def extract(url: str, body: bytes) -> Extraction:
        tree = HTMLTree.parse(decode_file(body))
        return Extraction(extract_plain_text(tree, main_content=True, alt_texts=False), tree.title)

    return extract


EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    OURS: _claimwire,
    PLAIN: _trafilatura,
    "newspaper4k": _newspaper4k,
    "readability": _readability,
    "goose3": _goose3,
    "resiliparse": _resiliparse,
}
"""What makes each extractor; raises `ImportError` where it is not installed."""

NAME_AUTHORS = (OURS, PLAIN, "newspaper4k", "goose3")
"""Those that say who wrote an article."""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _string(value: object) -> str | None:
    """Return what is a string: goose3 passes on whatever JSON-LD holds in its place."""
    return value if isinstance(value, str) else None


def _flat(names: Iterable[object]) -> Iterator[str]:
    """Give the names of a list that may hold lists: JSON-LD as goose3 passes it on."""
    for name in names:
        if isinstance(name, list):
            yield from _flat(name)
        else:
            yield str(name)


def _plain(markup: str) -> str:
    """Return the text of HTML, a line a block."""
    tree = lxml.html.document_fromstring(markup)
    for element in tree.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
    return "".join(map(str, tree.itertext()))
