"""The article's title: stated several times on a page, seldom twice alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.articles.page import Page
from extractors.text import title_key
from extractors.urls import registered_domain

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»:/-]|::)\s+|\s*\|\s*")
_WORDS = re.compile(r"\w+")
_SOFT_HYPHENS = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACE_BEFORE_COLON = re.compile(r"(?<=\w) : (?=\w)")
_DATED = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{2,4}$")
_MIN_WORDS = 2


def choose_title(
    page: Page, site_name: str | None, feed_title: str | None
) -> tuple[str, str] | None:
    """Return the title without the site's name, and where it stood.

    The headline in JSON-LD is the newsroom's own, unless the page's `title` element repeats it:
    then it was written for search engines, and Open Graph has what readers are shown.
    """
    stated = stated_titles(page, feed_title)
    names, all_stated = _site_names(page, site_name), list(stated.values())
    titles = {source: without_site(text, names, all_stated) for source, text in stated.items()}
    if not titles:
        return None
    keys = {source: title_key(text) for source, text in titles.items()}
    source = next(iter(titles))
    if source == "json_ld" and "meta:og:title" in titles and keys[source] == keys.get("title"):
        source = "meta:og:title"
    return titles[source], source


def stated_titles(page: Page, feed_title: str | None) -> dict[str, str]:
    """Return the titles that the page and its feed state, by source, in order of trust."""
    titles = {source: clean(text) for source, text in _stated(page, feed_title)}
    return {source: text for source, text in titles.items() if text}


def clean(text: str) -> str:
    """Return `text` on one line, without soft hyphens or a space before a colon."""
    return _SPACE_BEFORE_COLON.sub(": ", " ".join(_SOFT_HYPHENS.sub("", text).split()))


def without_site(title: str, names: Sequence[str], others: Sequence[str] = ()) -> str:
    """Cut what is not the title from its end: the site's name, a date, what no other title has."""
    while True:
        ends = [match for match in _SEPARATOR.finditer(title)]
        if not ends:
            return title
        rest, tail = title[: ends[-1].start()].rstrip(), title[ends[-1].end() :]
        if len(_WORDS.findall(rest)) < _MIN_WORDS or not _is_site(tail, rest, names, others):
            return title
        title = rest


def _is_site(tail: str, rest: str, names: Sequence[str], others: Sequence[str]) -> bool:
    key = title_key(tail).replace(" ", "")
    if _DATED.match(tail) or not key or key in names:
        return True
    return any(title_key(other) == title_key(rest) for other in others)


def _stated(page: Page, feed_title: str | None) -> Iterator[tuple[str, str]]:
    """Give (source, title) in order of trust."""
    yield "json_ld", page.linked_data.text("headline") or ""
    for name in ("og:title", "twitter:title"):
        yield f"meta:{name}", page.meta.get(name, "")
    yield "feed", feed_title or ""
    headings = (" ".join(heading.itertext()) for heading in page.tree.iter("h1"))
    yield "h1", next((text for text in headings if text.strip()), "")
    yield "title", page.tree.findtext(".//head/title") or page.tree.findtext(".//title") or ""


def _site_names(page: Page, site_name: str | None) -> list[str]:
    domain = registered_domain(page.url)
    names = [site_name or "", domain, domain.partition(".")[0], page.meta.get("og:site_name", "")]
    names += page.linked_data.names("publisher")
    return [title_key(name).replace(" ", "") for name in names if name]
