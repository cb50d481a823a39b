"""An invented news site for the question which pages are one article: with the truth.

Every `Page` says which article it really shows. Articles are distinct, though many share titles,
some share walls for words; pages of one article are its editions, print views, old addresses.
Canonical addresses are right, missing, or hostile: the front page, a section, one article on all
pages, another site, each other's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from extractors.copies import copy_keys
from extractors.urls import canonicalize
from flows.ingest.sameness import Acquaintances, Identity, Sight, identify

HOST = "news.example.com"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
_TITLES = ["Daily briefing", "Letters", "Ferry collides in harbour", "Mayor resigns over bridge"]
_WORDS = ["harbour", "ferry", "mayor", "bridge", "storm", "budget", "union", "court", "school"]
_WALL = "We value your privacy and our partners store information on a device. " * 12


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a visit shows it, the number of its article, and whether it must merge with it.

    It need not where the article's own page names a wrong address, or looks like an edition.
    """

    sight: Sight
    article: int
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """What is known of an article."""

    canonical_url: str
    title: str | None
    text_sha256: str
    published_at: datetime | None
    copy_keys: tuple[int, ...]


def site(rng: Random, articles: int = 6) -> list[Page]:
    """Invent a site: each article at its own address, and pages beside it."""
    own = [_article(rng, number) for number in range(articles)]
    pages: list[Page] = []
    for page in own:
        misled = replace(page, sight=_misled(rng, page.sight, own))
        beside = [make(rng, page) for make in rng.sample(_BESIDE, rng.randint(0, 3))]
        is_plain = misled == page and "/amp/" not in page.sight.url
        pages += [misled, *(replace(one, is_twin=one.is_twin and is_plain) for one in beside)]
    return pages + _walls(rng, articles) if rng.random() < 0.5 else pages


def in_order(pages: Iterable[Page]) -> list[Page]:
    """Return pages in the order in which a run decides them."""
    return sorted(pages, key=lambda page: (page.sight.is_guest, page.sight.asked_url))


def settle(pages: Iterable[Page]) -> Iterator[tuple[Page, Identity | None]]:
    """Decide pages one after another, each with what the ones before taught."""
    known = Acquaintances[Version]({})
    for page in pages:
        identity = identify(page.sight, known)
        yield page, identity
        if identity is not None and known.get(identity.article_id) is None:
            known.add(identity.article_id, _version(page.sight, identity))


def _version(sight: Sight, identity: Identity) -> Version:
    return Version(
        identity.address, sight.title, sight.text_sha256, sight.published_at, sight.copy_keys
    )


def _article(rng: Random, number: int) -> Page:
    title = rng.choice([*_TITLES, f"{rng.choice(_TITLES)} {number}"])
    words = [f"{rng.choice(_WORDS)} {rng.randint(0, 9999)}" for _ in range(120)]
    text = rng.choice(["", "Here is what happened. " * 4]) + f"{number} {' '.join(words)}"
    paths = ["news/{}", "view.php?sid={}", "2026/{}/story", "a/{}.html", "amp/amp{}"]
    url = f"https://{HOST}/{rng.choice(paths).format(number)}"
    published = NEW_YEAR + timedelta(days=rng.choice([0, 0, 1, 2]))
    dated = rng.choice([published, published, None])
    return Page(_sight(url, title, text, dated), number)


def _sight(url: str, title: str, text: str, published_at: datetime | None) -> Sight:
    return Sight(
        asked_url=canonicalize(url),
        url=canonicalize(url),
        stated_url=canonicalize(url),
        title=title,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        character_count=len(text),
        published_at=published_at,
        copy_keys=copy_keys(text),
        announced="title",
    )


def _misled(rng: Random, sight: Sight, own: list[Page]) -> Sight:
    """Give an article's own page one of the canonical addresses that sites give by mistake."""
    favourite = own[0].sight.url
    others = [page.sight.url for page in own]
    wrong = [f"https://{HOST}/", f"https://{HOST}/news", "https://other.example/a", favourite]
    stated = rng.choice([sight.url, sight.url, *wrong, rng.choice(others)])
    return replace(sight, stated_url=canonicalize(stated))


def _at(sight: Sight, url: str, stated: str | None = None) -> Sight:
    url = canonicalize(url)
    return replace(sight, asked_url=url, url=url, stated_url=canonicalize(stated or url))


def _amp(rng: Random, page: Page) -> Page:
    url = page.sight.url
    if "?" in url:
        amp = f"{url}&amp=1"
    elif url.endswith(".html"):
        amp = url.replace(".html", ".amp.html")
    else:
        amp = rng.choice([f"{url}/amp", f"{url}?outputType=amp", f"{url}.amp"])
    return Page(_at(page.sight, amp, url), page.article, is_twin=True)


def _mobile(rng: Random, page: Page) -> Page:
    mobile = page.sight.url.replace("https://news", "https://m.news")
    stated = rng.choice([None, page.sight.url])
    return Page(_at(page.sight, mobile, stated), page.article, is_twin=True)


def _print(rng: Random, page: Page) -> Page:
    url = f"{page.sight.url}&print=1" if "?" in page.sight.url else f"{page.sight.url}/print"
    stated = rng.choice([None, page.sight.url])
    return Page(_at(page.sight, url, stated), page.article, is_twin=True)


def _trimmed(rng: Random, page: Page) -> Page:
    """Another extract of the article that names its address, as print views give."""
    sight = _at(page.sight, f"https://{HOST}/text/{page.article}", page.sight.url)
    return Page(replace(sight, text_sha256=f"trimmed {page.article}"), page.article, is_twin=True)


def _moved(rng: Random, page: Page) -> Page:
    """An old address that leads to the article."""
    sight = replace(page.sight, asked_url=f"https://old.example/?p={page.article}")
    return Page(sight, page.article, is_twin=True)


def _impostor(rng: Random, page: Page) -> Page:
    """Another article that pretends: the same title and address, other words."""
    number = 1000 + page.article
    text = " ".join(f"{rng.choice(_WORDS)} {rng.randint(10**4, 10**5)}" for _ in range(120))
    other = _sight(f"https://{HOST}/b/{number}", page.sight.title or "", text, None)
    return Page(replace(other, stated_url=page.sight.url), number)


def _next_day(rng: Random, page: Page) -> Page:
    """Another article of the same words, a day later: a form that is filled daily."""
    number = 2000 + page.article
    sight = _at(page.sight, f"https://{HOST}/daily/{number}", rng.choice([None, page.sight.url]))
    first = page.sight.published_at or NEW_YEAR
    shown = replace(sight, published_at=first + timedelta(days=1))
    if page.sight.published_at is None:
        shown = replace(shown, title="Another title")
    return Page(shown, number)


_BESIDE: list[Callable[[Random, Page], Page]] = [
    _amp, _mobile, _print, _trimmed, _moved, _impostor, _next_day,
]  # fmt: skip


def _walls(rng: Random, articles: int) -> list[Page]:
    """The same wall at the addresses of other articles, with or without a redirect to it."""
    wall = _sight(f"https://{HOST}/consent", "Your choices", _WALL, None)
    pages = []
    for number in range(3000, 3000 + articles):
        asked = f"https://{HOST}/news/{number}"
        shown = rng.choice([wall, _at(wall, asked), replace(wall, asked_url=asked)])
        pages.append(Page(replace(shown, asked_url=asked, announced=None), number))
    return pages
