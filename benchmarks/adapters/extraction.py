"""What `extractors.articles` makes of the pages of a set, in the scorer's format.

A set has `index.csv` with its pages (fundus), `evaldata.json` with `html.tar.xz` (trafilatura's
evaluation), or `html/` with labels in `txt/` and `metadata/` (newspaper4k's tests).
"""

from __future__ import annotations

import csv
import gzip
import json
import tarfile
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from extractors.articles import extract_article
from extractors.errors import PageError
from extractors.urls import web_url

FETCHED_AT = datetime(2027, 1, 1, tzinfo=UTC)
"""The sets do not say when their pages were fetched; all were before this."""

UNKNOWN_SITE = "https://unknown.invalid/news/"


def predict(corpus: Path) -> Iterator[dict[str, object]]:
    """Yield `{"id", "text", "title", "date"}` for each page of the set at `corpus`."""
    for name, url, body in read_pages(corpus):
        yield {"id": name, **_prediction(url, body)}


def _prediction(url: str, body: bytes) -> dict[str, object]:
    try:
        article = extract_article(body, url=url, fetched_at=FETCHED_AT)
    except PageError:
        return {"text": None, "title": None, "date": None}
    day = article.published_on.isoformat() if article.published_on else None
    return {"text": article.text, "title": article.title, "date": day}


def read_pages(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    """Give (id, URL, bytes) of each page of the set at `corpus`."""
    if (corpus / "index.csv").exists():
        return _fundus(corpus)
    if (corpus / "evaldata.json").exists():
        return _trafilatura(corpus)
    return _newspaper(corpus)


def _fundus(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    with (corpus / "index.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name = row["html"].removeprefix("pages/").removesuffix(".html.gz")
            yield name, row["url"], gzip.decompress((corpus / row["html"]).read_bytes())


def _trafilatura(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    records = json.loads((corpus / "evaldata.json").read_text("utf-8"))
    urls = {unicodedata.normalize("NFC", row["file"]): url for url, row in records.items()}
    names = {unicodedata.normalize("NFC", row["file"]): row["file"] for row in records.values()}
    with tarfile.open(corpus / "html.tar.xz") as archive:
        for member in archive:
            key = unicodedata.normalize("NFC", Path(member.name).name)
            content = archive.extractfile(member)
            if content is not None and key in urls:
                url = web_url(urls[key]) or f"{UNKNOWN_SITE}{names[key]}"
                yield names[key], url, content.read()


def _newspaper(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    for path in sorted((corpus / "html").glob("*.html")):
        labels = (corpus / "txt" / f"{path.stem}.txt", corpus / "metadata" / f"{path.stem}.json")
        if any(label.is_file() for label in labels):
            yield path.stem, f"{UNKNOWN_SITE}{path.stem}.html", path.read_bytes()
