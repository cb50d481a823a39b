"""What a worker does with a page: bytes to article to claims. No network, no clock, no Prefect."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from extractors.articles import article_from_item, extract_article
from extractors.claims import ClaimParser
from extractors.copies import copy_keys
from extractors.dates import stated_day
from extractors.errors import ClaimwireError, TextError
from extractors.records import Article, Claim, DateCandidate, Span, TextDocument
from flows.reading import Page, Reading

PARSED_CLASSES = "article", "live_blog"


class Reader:
    """Reads pages one by one, so that a reading depends on nothing but its page.

    Raises `ModelError` when the language model cannot be loaded.
    """

    def __init__(self) -> None:
        self._parser = ClaimParser()

    def read(self, pages: Sequence[Page]) -> Iterator[Reading]:
        """Yield a reading for each page, in their order; a page that fails is a reading too."""
        return map(self._read, pages)

    def _read(self, page: Page) -> Reading:
        try:
            article = _article(page)
        except MemoryError:
            raise
        except Exception as error:
            return Reading(problem=_problem(error), detail=_detail(error))
        if article is None:
            return Reading(problem="The feed gives no text of the page")
        if article.page_class not in PARSED_CLASSES:
            return Reading(article)
        return self._parse(article, page.outlet)

    def _parse(self, article: Article, outlet: str) -> Reading:
        """Return the article with its claims; it is kept without them when they cannot be found."""
        keys = copy_keys(article.text)
        if not (article.language or "en").startswith("en"):
            return Reading(article, (), f"none for {article.language}", keys)
        version = self._parser.version
        try:
            claims = self._parser.parse(_document(article, outlet))
            check_spans(article.text, claims)
        except MemoryError:
            raise
        except Exception as error:
            return Reading(article, (), f"failed {version}", keys, _problem(error), _detail(error))
        return Reading(article, claims, version, keys)


def check_spans(text: str, claims: Sequence[Claim]) -> None:
    """Check that every span of the claims is cut out of `text`.

    Raises:
        TextError: one is not.
    """
    for span in _spans(claims):
        if text[span.start : span.end] != span.text:
            raise TextError(
                f"The {type(span).__name__} at {span.start} to {span.end} is not the text there."
            )


def _spans(thing: object) -> Iterator[Span]:
    """Yield all spans in a record, at any depth."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from _spans(part)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from _spans(getattr(thing, field.name))


def _document(article: Article, outlet: str) -> TextDocument:
    return TextDocument(
        doc=article.canonical_url,
        text=article.text,
        published_at=_published_at(article),
        title=article.title,
        url=article.canonical_url,
        outlet=outlet,
        parts=tuple(
            (post.start, post.end, _on(post.published, stated_day(post.published)))
            for post in article.posts
            if post.published is not None
        ),
    )


def _published_at(article: Article) -> datetime | None:
    """Return the moment of publication on the newsroom's day."""
    return _on(article.published, article.published_on) if article.published else None


def _on(moment: DateCandidate, day: date | None) -> datetime:
    """Return `moment`, moved to the day that it was for readers: "today" is that."""
    return moment.value + (day - moment.value.date()) if day else moment.value


def _problem(error: Exception) -> str:
    if isinstance(error, ClaimwireError):
        return error.problem
    return f"{type(error).__name__} while reading"


def _detail(error: Exception) -> str | None:
    """Return where an error of ours came from; an expected one needs no more words."""
    if isinstance(error, ClaimwireError):
        return None
    return "".join(traceback.format_exception(error)[-2:]).strip()


def _article(page: Page) -> Article | None:
    if page.body is not None:
        return extract_article(
            page.body,
            url=page.url,
            fetched_at=page.fetched_at,
            content_type=page.content_type,
            item=page.item,
        )
    if page.item is None:
        return None
    return article_from_item(page.item, url=page.url, fetched_at=page.fetched_at)
