"""The article's title: stated several times on a page, seldom twice alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extractors.articles.page import Page
from extractors.text import title_key
from extractors.urls import registered_domain

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»›«:/-]|::|//)\s+|\s*[|│]\s*")
_WORDS = re.compile(r"\w+")
_SOFT_HYPHENS = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACE_BEFORE_COLON = re.compile(r"(?<=\w) : (?=\w)")
_DATED = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{2,4}$")
_MIN_WORDS = 2

_SAME_TITLE = 0.6
"""A heading with this share of its words in another title is that title as readers see it."""

_RELATED = 0.3
_HEADING_WORDS = 4
"""A heading that repeats no title may be one if it has so many words: "Menu" is none."""


def choose_title(
    page: Page, site_name: str | None, feed_title: str | None
) -> tuple[str, str] | None:
    """Return the title without the site's name, and where it stood.

    The headline in JSON-LD is the newsroom's own, unless the page's `title` element repeats it:
    then it was written for search engines, and Open Graph has what readers are shown. Without
    JSON-LD, the heading on the page is preferred to Open Graph where both are one title, but for
    a heading with a kicker before it.
    """
    stated = stated_titles(page, feed_title)
    names = _site_names(page, site_name) | _headed_names(stated)
    if _flat(stated.get("h1", "")) in names or not _may_be_title(stated):
        stated.pop("h1", None)
    titles = {
        source: without_site(text, names, [*stated.values()]) for source, text in stated.items()
    }
    if not titles:
        return None
    source = _most_trusted({name: title_key(text) for name, text in titles.items()})
    return titles[source], source


def _most_trusted(keys: dict[str, str]) -> str:
    """Return the source of the title, of keys by source in order of trust."""
    first = next(iter(keys))
    if first == "json_ld":
        is_for_search = "meta:og:title" in keys and keys[first] == keys.get("title")
        return "meta:og:title" if is_for_search else first
    heading = keys.get("h1", "")
    is_same = f" {heading}".endswith(f" {keys[first]}")  # or the same behind a kicker
    return "h1" if _share(heading, [keys[first]]) >= _SAME_TITLE and not is_same else first


def stated_titles(page: Page, feed_title: str | None) -> dict[str, str]:
    """Return the titles that the page and its feed state, by source, in order of trust."""
    titles = {source: clean(text) for source, text in _stated(page, feed_title)}
    others = [text for source, text in titles.items() if text and source != "h1"]
    titles["h1"] = _heading(page, others)
    return {source: text for source, text in titles.items() if text}


def clean(text: str) -> str:
    """Return `text` on one line, without soft hyphens or a space before a colon."""
    return _SPACE_BEFORE_COLON.sub(": ", " ".join(_SOFT_HYPHENS.sub("", text).split()))


def without_site(title: str, names: Collection[str], others: Sequence[str] = ()) -> str:
    """Cut what is not the title: the site's name at either end, a date or what no other title has
    at its end.

    `names` are those of the site, as `title_key` without spaces; `others` all titles of the page.
    """
    while (ends := list(_SEPARATOR.finditer(title))) and _leaves_words(title[: ends[-1].start()]):
        rest, tail = title[: ends[-1].start()].rstrip(), title[ends[-1].end() :]
        if not _is_site(tail, rest, names, others):
            break
        title = rest
    while (begin := _SEPARATOR.search(title)) and _leaves_words(title[begin.end() :]):
        if _flat(title[: begin.start()]) not in names:
            break
        title = title[begin.end() :]
    return title


def _leaves_words(rest: str) -> bool:
    return len(_WORDS.findall(rest)) >= _MIN_WORDS


def _is_site(tail: str, rest: str, names: Collection[str], others: Sequence[str]) -> bool:
    key = _flat(tail)
    if _DATED.match(tail) or not key or key in names:
        return True
    return any(title_key(other) == title_key(rest) for other in others)


def _stated(page: Page, feed_title: str | None) -> Iterator[tuple[str, str]]:
    """Give (source, title) in order of trust; the heading is not read yet."""
    yield "json_ld", page.linked_data.text("headline") or ""
    for name in ("og:title", "twitter:title"):
        yield f"meta:{name}", page.meta.get(name, "")
    yield "feed", feed_title or ""
    yield "h1", ""
    yield "title", page.tree.findtext(".//head/title") or page.tree.findtext(".//title") or ""


def _heading(page: Page, titles: Sequence[str]) -> str:
    """Return the top heading that is most like one of the titles, the first of equals."""
    headings = (clean(" ".join(heading.itertext())) for heading in page.tree.iter("h1"))
    return max(filter(None, headings), key=lambda text: _share(text, titles), default="")


def _may_be_title(stated: dict[str, str]) -> bool:
    """Tell the heading of the article from those of menus."""
    heading = stated.get("h1", "")
    others = [text for source, text in stated.items() if source not in ("h1", "title")]
    is_related = _share(heading, others or [stated.get("title", "")]) >= _RELATED
    return is_related or len(_words(heading)) >= _HEADING_WORDS or stated.keys() == {"h1"}


def _headed_names(stated: dict[str, str]) -> set[str]:
    """Return the heading if it is the site's name: a short part of the `title` element, not first.

    Old weblogs have their own name for a heading, and the article's after it in `title`.
    """
    first, *parts = _SEPARATOR.split(stated.get("title", ""))
    heading = stated.get("h1", "")
    is_part = _flat(heading) in map(_flat, parts)
    return {_flat(heading)} if is_part and len(_words(heading)) <= len(_words(first)) else set()


def _site_names(page: Page, site_name: str | None) -> set[str]:
    domain = registered_domain(page.url)
    names = [site_name or "", domain, domain.partition(".")[0], page.meta.get("og:site_name", "")]
    names += page.linked_data.names("publisher")
    return {_flat(name) for name in names if name}


def _share(text: str, titles: Sequence[str]) -> float:
    """Return which share of the words of `text` stands in one of the titles, at most."""
    words = _words(text)
    return max((len(words & _words(title)) / len(words) for title in titles if words), default=0.0)


def _words(text: str) -> set[str]:
    return set(title_key(text).split())


def _flat(text: str) -> str:
    return title_key(text).replace(" ", "")
