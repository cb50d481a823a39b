"""Readers for tests: no model, and some that behave badly on the pages that tell them to."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from extractors.errors import ModelError
from extractors.records import Article, Claim, Claimant, ContentSpan, Cue, DateCandidate, Span
from extractors.records import Verification as Verified
from flows.reading import Page, Reading

PLAIN = "tests.flows.readers:PlainReader"
UNRULY = "tests.flows.readers:UnrulyReader"
NEWER = "tests.flows.readers:NewerReader"
BROKEN = "tests.flows.readers:BrokenReader"
KILLER = "tests.flows.readers:KillerReader"
FAILING = "tests.flows.readers:FailingReader"
DATING = "tests.flows.readers:DatingReader"

_SAID = re.compile(r"(?P<who>[A-Z]\w+) said (?P<what>[^.]+)\.")
_PUBLISHED = DateCandidate(datetime(2026, 1, 1, tzinfo=UTC), "day", True, "meta", "2026-01-01")


class PlainReader:
    """Reads `<h1>`, `<p>` and sentences of the form "Name said something."."""

    def read(self, pages: Sequence[Page]) -> Iterator[Reading]:
        for page in pages:
            yield self._read(page)

    def _read(self, page: Page) -> Reading:
        markup = page.body.decode(errors="replace") if page.body is not None else _feed_text(page)
        article = make_article(page.url, markup)
        if page.body is None:
            article = replace(article, sources={"text": "feed", "title": "feed"})
        claims = tuple(make_claim(article.text, found) for found in _SAID.finditer(article.text))
        return Reading(article, claims, "plain 1")


class NewerReader(PlainReader):
    """Reads as `PlainReader`, but finds fewer claims and keeps titles in capitals."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        assert reading.article
        article = replace(reading.article, title=(reading.article.title or "").upper())
        return replace(reading, article=article, claims=reading.claims[:1], parser="plain 2")


class UnrulyReader(PlainReader):
    """Hangs, dies, eats memory or fails where the page says so."""

    def _read(self, page: Page) -> Reading:
        body = page.body or b""
        if b"HANG" in body:
            time.sleep(3600)
        if b"DIE" in body:
            os._exit(77)
        if b"EAT" in body:
            _ = bytearray(8_000_000_000)
        return super()._read(page)


class BrokenReader:
    """Has no model."""

    def __init__(self) -> None:
        raise ModelError("The model is missing.", "Install it.")


def make_article(url: str, markup: str) -> Article:
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
        published=_PUBLISHED,
        modified=None,
        language="de" if "<html lang=de>" in markup else "en",
        site_name=None,
        sources={},
        extractor="plain 1",
    )


def make_claim(text: str, found: re.Match[str]) -> Claim:
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


def _feed_text(page: Page) -> str:
    return (page.item.content_html or "") if page.item else ""


class KillerReader(NewerReader):
    """Reads as `NewerReader`, and kills the process that asked at the page that says so."""

    def _read(self, page: Page) -> Reading:
        if b"KILL" in (page.body or b""):
            os.kill(os.getppid(), signal.SIGKILL)
        return super()._read(page)


class FailingReader(PlainReader):
    """Finds the article, and fails on its claims."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        return replace(reading, claims=(), parser="failed plain 2", problem="It failed.")


class DatingReader(PlainReader):
    """Reads as `PlainReader`, by newer rules for dates."""

    def _read(self, page: Page) -> Reading:
        reading = super()._read(page)
        assert reading.article
        hour = replace(_PUBLISHED, value=datetime(2026, 1, 1, 9, tzinfo=UTC), precision="hour")
        article = replace(reading.article, published=hour, extractor="plain 2")
        return replace(reading, article=article)
