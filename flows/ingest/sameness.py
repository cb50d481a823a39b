"""Which article a page is: pure, and explained.

A wrong merge loses an article; a missed one costs a row, and copies are counted once anyway. So an
address is an article of its own unless signals that hardly err together say otherwise:

| reason | the article | signals |
|---|---|---|
| `url` | of the page's own address | nothing says otherwise |
| `redirect` | of the address it leads to | the page bears out the feed's entry |
| `edition` | whose AMP or mobile edition it is | address, and rel=canonical or the same words |
| `canonical+text` | of rel=canonical or og:url | which is known, with the same words |
| `canonical+title` | of rel=canonical or og:url | which is known, with nearly the same words |
| `text` | with the same words at another address | same publisher, long text |

The same words are an equal title and an equal text (nearly: one that shares a key of near copies),
not dated half a day apart, on a page with the title that its entry announced: walls and templates
show equal words at the addresses of different articles, and some sites name one canonical address
on every page (RFC 6596 lets it be a preference, not a fact). A page reached by a redirect that
bears out nothing, a wall or a section, is no article.

What was decided for an address stays decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Literal, Protocol, Self, TypeVar

from extractors.announcing import Announced, announced
from extractors.editions import edition_key
from extractors.records import Article, stable_id
from extractors.text import title_key
from extractors.urls import canonicalize, is_stated_by, publisher_domain, url_key
from flows.ingest.records import Candidate, article_id

IdentityReason = Literal["url", "redirect", "edition", "canonical+text", "canonical+title", "text"]

LONG_TEXT = 500
"""Characters from which an equal text without any other link between two pages counts."""

DATED_APART = timedelta(hours=12)
"""A daily form (the weather, a crossword) has the same words each day."""


class Acquaintance(Protocol):
    """What tells an article known: the words of its newest version, and the address naming it."""

    @property
    def canonical_url(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def text_sha256(self) -> str: ...  # noqa: D102
    @property
    def published_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def copy_keys(self) -> tuple[int, ...]: ...  # noqa: D102


K = TypeVar("K", bound=Acquaintance)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a visit shows of a page's identity; addresses are canonical.

    `url` answered when `asked_url` was asked for; `stated_url` is the page's own word. `article_id`
    is what was decided for the asked address before.
    """

    asked_url: str
    url: str
    stated_url: str
    title: str | None
    text_sha256: str
    character_count: int
    published_at: datetime | None
    copy_keys: tuple[int, ...]
    announced: Announced | None
    article_id: int | None = None

    @classmethod
    def of(cls, candidate: Candidate, article: Article, copy_keys: tuple[int, ...]) -> Self:
        """Take from an article what tells which it is."""
        return cls(
            asked_url=candidate.canonical_url,
            url=canonicalize(article.url),
            stated_url=canonicalize(article.canonical_url),
            title=article.title,
            text_sha256=article.text_sha256,
            character_count=len(article.text),
            published_at=article.published.value if article.published else None,
            copy_keys=copy_keys,
            announced=announced(candidate.item, article),
            article_id=candidate.prior_article_id,
        )

    @property
    def is_guest(self) -> bool:
        """Whether anything about the page points to another address than the one asked for."""
        keys = {url_key(self.asked_url), url_key(self.url), url_key(self.stated_url)}
        return len(keys | {edition_key(self.url)}) > 1

    @property
    def possible_ids(self) -> set[int]:
        """The ids of the articles that the page may turn out to be, those found by words aside."""
        addresses = (self.asked_url, self.url, self.stated_url)
        ids = {article_id(address) for address in addresses} | {_edition_id(self.url)}
        return ids | ({self.article_id} if self.article_id is not None else set())


@dataclass(frozen=True, slots=True)
class Identity:
    """The article that a page is, the address that names it, and why; no reason: as before."""

    article_id: int
    address: str
    reason: IdentityReason | None


class Acquaintances(Generic[K]):
    """The articles known, by id and by their words."""

    def __init__(self, known: Mapping[int, K]) -> None:
        self._by_id: dict[int, K] = {}
        self._by_words: dict[tuple[str, str, str], list[int]] = {}
        for identity in sorted(known):
            self.add(identity, known[identity])

    def add(self, identity: int, newest: K) -> None:
        """Take note of an article, or of its newer version."""
        self._by_id[identity] = newest
        named = self._by_words.setdefault(_words(newest.canonical_url, newest), [])
        if identity not in named:
            named.append(identity)

    def get(self, identity: int | None) -> K | None:
        """Return what is known of an article."""
        return None if identity is None else self._by_id.get(identity)

    def twins(self, sight: Sight) -> Sequence[int]:
        """Return the articles of the same publisher with the same title and text."""
        return self._by_words.get(_words(sight.url, sight), ())


def identify(sight: Sight, known: Acquaintances[K]) -> Identity | None:
    """Return the article that a page is; None for a page that stands in another's place."""
    is_moved = edition_key(sight.url) != edition_key(sight.asked_url)
    if is_moved and not _is_believed(sight, known):
        return None
    if sight.article_id is not None:
        before = known.get(sight.article_id)
        return Identity(sight.article_id, before.canonical_url if before else sight.url, None)
    newest = known.get(article_id(sight.url))
    if newest is None:
        reason: IdentityReason = "redirect" if is_moved else "url"
        own = Identity(article_id(sight.url), sight.url, reason)
        return _edition(sight, known) or _stated(sight, known) or _twin(sight, known) or own
    if not is_moved:
        return _beside(sight.url, sight, known)
    if sight.announced == "title" and _resembles(sight, newest):
        return Identity(article_id(sight.url), newest.canonical_url, "redirect")
    return _beside(sight.asked_url, sight, known)


def _is_believed(sight: Sight, known: Acquaintances[K]) -> bool:
    """Tell whether a redirect led to the article: the page bears out what is known of it.

    A page further up, a section, bears out in its text all that it lists.
    """
    if sight.announced == "text":
        return not sight.asked_url.startswith(f"{sight.url.rstrip('/')}/")
    before = known.get(sight.article_id)
    return sight.announced == "title" or (before is not None and _same_title(sight, before))


def _beside(address: str, sight: Sight, known: Acquaintances[K]) -> Identity:
    """Return the article at an address, beside one of other words that took its name as a guest."""
    identity = article_id(address)
    newest = known.get(identity)
    if newest is not None and not _resembles(sight, newest):
        identity = stable_id("article", url_key(address), "beside")
    return Identity(identity, address, "url")


def _edition(sight: Sight, known: Acquaintances[K]) -> Identity | None:
    if _states_another(sight) and edition_key(sight.stated_url) == edition_key(sight.url):
        target = article_id(sight.stated_url)
        newest = known.get(target)
        is_free = newest is None or _resembles(sight, newest)
        return Identity(target, sight.stated_url, "edition") if is_free else None
    target = _edition_id(sight.url)
    newest = known.get(target)
    if newest is None or not _is_same(sight, newest):
        return None
    return Identity(target, newest.canonical_url, "edition")


def _stated(sight: Sight, known: Acquaintances[K]) -> Identity | None:
    target = article_id(sight.stated_url)
    newest = known.get(target) if _states_another(sight) else None
    if newest is None or not _is_same(sight, newest):
        return None
    is_equal = sight.text_sha256 == newest.text_sha256
    return Identity(
        target, newest.canonical_url, "canonical+text" if is_equal else "canonical+title"
    )


def _twin(sight: Sight, known: Acquaintances[K]) -> Identity | None:
    if sight.character_count < LONG_TEXT:
        return None
    for target in known.twins(sight):
        newest = known.get(target)
        if newest is not None and _is_same(sight, newest):
            return Identity(target, newest.canonical_url, "text")
    return None


def _edition_id(url: str) -> int:
    return stable_id("article", edition_key(url))


def _states_another(sight: Sight) -> bool:
    is_other = url_key(sight.stated_url) != url_key(sight.url)
    return is_other and is_stated_by(sight.stated_url, sight.url)


def _is_same(sight: Sight, newest: Acquaintance) -> bool:
    """Tell whether page and article have the same words, on a page that is no wall."""
    has_words = _same_title(sight, newest) and _near_text(sight, newest)
    return has_words and sight.announced == "title" and _dated_alike(sight, newest)


def _resembles(sight: Sight, newest: Acquaintance) -> bool:
    return _same_title(sight, newest) or _near_text(sight, newest)


def _same_title(sight: Sight, newest: Acquaintance) -> bool:
    return bool(sight.title) and title_key(sight.title or "") == title_key(newest.title or "")


def _near_text(sight: Sight, newest: Acquaintance) -> bool:
    is_equal = sight.text_sha256 == newest.text_sha256
    return is_equal or not set(sight.copy_keys).isdisjoint(newest.copy_keys)


def _dated_alike(sight: Sight, newest: Acquaintance) -> bool:
    if sight.published_at is None or newest.published_at is None:
        return True
    return abs(sight.published_at - newest.published_at) < DATED_APART


def _words(url: str, of: Sight | Acquaintance) -> tuple[str, str, str]:
    return publisher_domain(url), title_key(of.title or ""), of.text_sha256
