"""What kind of page it is: an article, or one of the things that come instead of it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from extractors.articles.live_blog import is_live_blog
from extractors.articles.page import Page
from extractors.records import PageClass
from extractors.urls import is_home_page

MIN_CHARACTERS = 200
"""Below this a text is no article."""

SENTENCE_CHARACTERS = 60

WALL_CHARACTERS = 1500
"""Above this the page has its say, whatever its title or its banners look like."""

_CONSENT_URL = re.compile(
    r"://(?:consent|guce|cmp|privacy)[.\-]|/(?:consent|privacy-?gate|zustimmung)\b"
)
_MEDIA_URL = re.compile(
    r"/(?:videos?|audio|podcasts?|gallery|galleries|photos|bildergalerie|fotos|av)/"
)
_ARTICLE_TYPES = ("article", "news")


def classify(page: Page, title: str | None, text: str) -> PageClass:
    """Return the class of a page whose title and text are known.

    What comes instead of an article says so in few words: nothing above `WALL_CHARACTERS` is
    taken for a wall, an error or a consent page.
    """
    if len(text) < WALL_CHARACTERS:
        wall = _wall(page, title or "", text)
        if wall is not None:
            return wall
    if is_home_page(page.url):
        return "home_page"
    if is_live_blog(page):
        return "live_blog"
    if _is_media(page, text):
        return "media"
    if _is_index(page, text):
        return "index"
    return "article" if _prose(text) >= MIN_CHARACTERS else "too_short"


def _prose(text: str) -> int:
    """Return the characters in paragraphs of a sentence's length: menus and credits are no text."""
    lines = text.split("\n\n")
    return sum(len(line) for line in lines if _is_sentence(line))


def _is_sentence(line: str) -> bool:
    return len(line) >= SENTENCE_CHARACTERS or line.endswith(("。", "！", "？", "」"))


def _wall(page: Page, title: str, text: str) -> PageClass | None:
    """Return what stands before or instead of the article, if something does."""
    told = f"{title} {page.tree.findtext('.//title') or ''}"
    words = f"{told} {text[:WALL_CHARACTERS]}" if _says_little(page, text) else told
    if _says("blocked", words) and not page.linked_data.article:
        return "blocked"
    if _CONSENT_URL.search(page.url) or (_says("consent", words) and not page.linked_data.article):
        return "consent_page"
    if _says("error", words) and not page.linked_data.article and len(text) < 4 * MIN_CHARACTERS:
        return "error_page"
    return "paywalled" if _is_locked(page, text) else None


def _says_little(page: Page, text: str) -> bool:
    return len(text) < 4 * MIN_CHARACTERS and page.meta.get("og:type") not in _ARTICLE_TYPES


def _is_locked(page: Page, text: str) -> bool:
    locked = page.linked_data.is_locked or page.meta.get("article:content_tier") in (
        "locked",
        "metered",
    )
    return (locked or _says("paywall", text[-400:])) and len(text) < 4 * MIN_CHARACTERS


def _is_media(page: Page, text: str) -> bool:
    declared = page.linked_data.is_media or page.meta.get("og:type", "").startswith("video")
    return (declared or bool(_MEDIA_URL.search(page.url))) and len(text) < 3 * MIN_CHARACTERS


def _is_index(page: Page, text: str) -> bool:
    """Tell a list of articles: it calls itself one, or it is nothing else and has no long text."""
    if page.linked_data.article or page.meta.get("og:type") in _ARTICLE_TYPES:
        return False
    longest = max((len(paragraph) for paragraph in text.split("\n\n")), default=0)
    declared = page.linked_data.is_index and len(text) < WALL_CHARACTERS
    return declared or (page.meta.get("og:type") == "website" and longest < MIN_CHARACTERS)


def _says(kind: str, words: str) -> bool:
    return bool(_walls()[kind].search(words))


@cache
def _walls() -> dict[str, re.Pattern[str]]:
    source = resources.files("extractors").joinpath("lexicons", "walls.toml")
    lists = tomllib.loads(source.read_text("utf-8"))
    return {
        kind: re.compile("|".join(lists[kind]), re.IGNORECASE)
        for kind in ("blocked", "consent", "error", "paywall")
    }
