"""Walls that were read as articles: one short text in the place of several articles of a site.

A wall that no list of phrases knows gives itself away: the same words stand at the addresses of
different articles, under titles that no entry of a feed announced. Where all these addresses lead
to one by redirects, `flows.ingest.sameness` finds the same.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.editions import edition_key
from extractors.records import Article, FeedItem
from extractors.urls import registered_domain
from flows.ingest.records import Visit
from flows.ingest.sameness import Sight

LEAST_PAGES = 3

WALL_CHARACTERS = 1500
"""As in `extractors.articles.classes`, whose import would cost every run half a second."""


class Walls:
    """The texts of a run that may be walls, and in the place of which pages they stood."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], set[str]] = {}
        self._texts: dict[int, tuple[str, str]] = {}

    def note(self, place: int, visit: Visit, sight: Sight) -> None:
        """Take note of a visit that showed an article, by its place among the visits."""
        article = visit.reading.article if visit.reading else None
        if article is None or not _is_strange(visit.candidate.item, article, sight):
            return
        text = registered_domain(sight.asked_url), sight.text_sha256
        self._texts[place] = text
        self._pages.setdefault(text, set()).add(edition_key(sight.asked_url))

    def unmask(self, place: int, visit: Visit) -> Visit:
        """Return the visit as it is, or as one to a blocked page if it showed a wall."""
        pages = self._pages.get(self._texts.get(place, ("", "")), ())
        if len(pages) < LEAST_PAGES or visit.reading is None or visit.reading.article is None:
            return visit
        note = f"the same text as {len(pages) - 1} other pages of the site"
        wall = replace(visit.reading.article, page_class="blocked", note=note)
        return replace(visit, reading=replace(visit.reading, article=wall))


def _is_strange(item: FeedItem | None, article: Article, sight: Sight) -> bool:
    """Tell whether a page has a short text of its own that the title announced has no part in."""
    is_announced = item is not None and bool(item.title or item.summary)
    is_moved = edition_key(sight.url) != edition_key(sight.asked_url)
    is_short = 0 < sight.character_count < WALL_CHARACTERS
    is_own = article.sources.get("text") != "feed"
    return is_announced and sight.announced != "title" and is_short and is_own and not is_moved
