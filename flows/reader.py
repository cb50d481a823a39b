"""What a worker does with a page: bytes to article to claims. No network, no clock, no Prefect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.articles import article_from_item, extract_article
from extractors.claims import VERSION, ClaimParser
from extractors.copies import copy_keys

from extractors.errors import ClaimwireError
from extractors.records import Article, TextDocument
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
        for page in pages:
            try:
                yield self._read(page)
            except MemoryError:
                raise
            except ClaimwireError as error:
                yield Reading(problem=error.problem)
            except Exception as error:
                yield Reading(problem=f"{type(error).__name__} while reading", detail=str(error))

    def _read(self, page: Page) -> Reading:
        article = _article(page)
        if article is None:
            return Reading(problem="The feed gives no text of the page")
        if article.page_class not in PARSED_CLASSES:
            return Reading(article)
        if not (article.language or "en").startswith("en"):
            return Reading(article, parser=f"none for {article.language}")
        document = TextDocument(
            doc=article.canonical_url,
            text=article.text,
            published_at=article.published.value if article.published else None,
            title=article.title,
            url=article.canonical_url,
            outlet=page.outlet,
        )
        claims = self._parser.parse(document)
        return Reading(article, claims, VERSION, copy_keys(article.text))


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
