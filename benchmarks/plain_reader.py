"""A reader without a model, for benchmarks and tests: quick, and the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from extractors.records import Article, Claim, Claimant, ContentSpan, Cue, DateCandidate, Span
from extractors.records import Verification as Verified
from flows.reading import Page, Reading

_SAID = re.compile(r"(?P<who>[A-Z]\w+) said (?P<what>[^.]+)\.")
_TIME = re.compile(r'<time datetime="(.*?)">')
PUBLISHED = DateCandidate(datetime(2026, 1, 1, tzinfo=UTC), "day", True, "meta", "2026-01-01")


class PlainReader:
    """Reads `<h1>`, `<time>`, `<p>` and sentences of the form "Name said something."."""

    def read(self, pages: Sequence[Page]) -> Iterator[Reading]:
        """Yield a reading for each page."""
        for page in pages:
            yield self._read(page)

    def _read(self, page: Page) -> Reading:
        markup = page.body.decode(errors="replace") if page.body is not None else _feed_text(page)
        article = make_article(page.url, markup)
        if page.body is None:
            article = replace(article, sources={"text": "feed", "title": "feed"})
        claims = tuple(make_claim(article.text, found) for found in _SAID.finditer(article.text))
        return Reading(article, claims, "plain 1")


def make_article(url: str, markup: str) -> Article:
    """Return what stands in the markup; without a `<time>`, it is of 1 January 2026."""
    title = re.search(r"<h1>(.*?)</h1>", markup, re.DOTALL)
    canonical = re.search(r'<link rel="canonical" href="(.*?)">', markup)
    text = "\n\n".join(re.findall(r"<p>(.*?)</p>", markup, re.DOTALL))
    return Article(
        url=url,
        canonical_url=canonical[1] if canonical else url,
        page_class="article" if text else "too_short",
        title=title[1] if title else None,
        text=text,
        authors=(),
        published=_published(markup),
        modified=None,
        language="de" if "<html lang=de>" in markup else "en",
        site_name=None,
        sources={},
        extractor="plain 1",
    )


def make_claim(text: str, found: re.Match[str]) -> Claim:
    """Return the claim of a sentence that `found` matched in `text`."""
    start, end = found.span("who")
    said = found.start() + found[0].index("said")
    mention = Span.of(text, start, end)
    return Claim(
        claim_id=f"c{found.start()}",
        kind="indirect",
        cue=Cue("said", said, said + 4, "say", "say"),
        claimant=Claimant(mention, found["who"], "person", None, None, "name"),
        relayed_by=(),
        content=(ContentSpan(found["what"], *found.span("what"), False),),
        quantities=(),
        times=(),
        places=(),
        hedges=(),
        modality="asserted",
        polarity="affirmative",
        verification=Verified("not_stated", None, None),
        links=(),
        confidence=0.5,
        extractor="plain 1",
    )


def _published(markup: str) -> DateCandidate:
    found = _TIME.search(markup)
    if found is None:
        return PUBLISHED
    return DateCandidate(datetime.fromisoformat(found[1]), "second", True, "meta", found[1])


def _feed_text(page: Page) -> str:
    return (page.item.content_html or "") if page.item else ""
