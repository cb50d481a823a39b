"""HTML to article: text, title, authors and dates, each with the source that won."""

from __future__ import annotations

import re
from datetime import datetime
from importlib.metadata import version

from extractors.articles import body as texts
from extractors.articles import classes, dating, people, titles
from extractors.articles.asides import dateline, distinct
from extractors.articles.decoding import mojibake_ratio
from extractors.articles.free_share import free_share
from extractors.articles.live_blog import find_posts, is_live_blog, stated_posts
from extractors.articles.markup import plain_text
from extractors.articles.media import foreign_media
from extractors.articles.page import Page, read_page
from extractors.articles.trimming import trim
from extractors.dates import first_believable, stated_day
from extractors.language import detect_language
from extractors.records import Article, FeedItem, PageClass
from extractors.urls import canonicalize, is_stated_by, web_url

__all__ = ["VERSION", "article_from_item", "extract_article"]

VERSION = f"articles 3, trafilatura {version('trafilatura')}, htmldate {version('htmldate')}"
"""Names what made an `Article`: the same version and bytes give the same article."""


def extract_article(
    body: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    item: FeedItem | None = None,
) -> Article:
    """Extract the article that a fetched page holds.

    Args:
        body: the bytes of the page, after HTTP decompression.
        url: where they came from (after redirects).
        fetched_at: when; no date of the article lies after it.
        content_type: the HTTP header.
        item: the feed's entry for it, used where the page has less.

    Raises:
        PageError: the page is empty or cannot be read as HTML.
    """
    media = foreign_media(body, content_type)
    if media is not None:
        return _bare(url, "not_html", media)
    page = read_page(body, url=url, content_type=content_type)
    if page is None:
        return _bare(url, "not_html", "binary data")
    return _article(page, item, fetched_at)


def article_from_item(item: FeedItem, *, url: str, fetched_at: datetime) -> Article | None:
    """Make an article of a feed's entry alone, for a page that could not be had.

    Returns None when the feed does not carry the full text.
    """
    text = plain_text(item.content_html or "")
    if len(text) < classes.MIN_CHARACTERS:
        return None
    title = titles.clean(plain_text(item.title or "")) or None
    body, asides = trim(text, [title or ""])
    published = first_believable([item.published], ceiling=fetched_at)
    modified = first_believable([item.updated], ceiling=fetched_at)
    return Article(
        url=url,
        canonical_url=canonicalize(url),
        page_class="article",
        title=title,
        text=body,
        asides=distinct((*dateline(body), *asides)),
        authors=people.clean(item.authors),
        published=published,
        modified=modified,
        language=detect_language(text) or item.language,
        site_name=None,
        sources=dict.fromkeys(("text", "title", "published", "authors"), "feed"),
        extractor=VERSION,
        published_on=stated_day(published) if published else None,
        mojibake_ratio=mojibake_ratio(body),
    )


def _article(page: Page, item: FeedItem | None, fetched_at: datetime) -> Article:
    site = people.site_name(page)
    title = titles.choose_title(page, site[0] if site else None, _feed_title(item))
    stated = list(titles.stated_titles(page, _feed_title(item)).values())
    is_live = is_live_blog(page)
    posts = stated_posts(page, fetched_at) if is_live else []
    body = texts.article_text(page, item, [*stated, title[0] if title else ""], posts)
    authors = people.authors(page, item)
    published = dating.published(page, item, fetched_at, title[0] if title else None)
    modified = dating.modified(page, item, fetched_at)
    language, language_source = _language(page, item, body.text)
    won = {
        "text": body.source,
        "title": title and title[1],
        "authors": authors and authors[1],
        "published": published and published.source,
        "modified": modified and modified.source,
        "language": language_source,
        "site_name": site and site[1],
        "encoding": page.encoding,
    }
    return Article(
        url=page.url,
        canonical_url=_canonical(page),
        page_class=classes.classify(page, title[0] if title else None, body.text),
        title=title[0] if title else None,
        text=body.text,
        authors=authors[0] if authors else (),
        published=published,
        modified=modified,
        language=language,
        site_name=site[0] if site else None,
        sources={name: source for name, source in won.items() if source},
        extractor=VERSION,
        published_on=dating.published_on(page, published) if published else None,
        mojibake_ratio=mojibake_ratio(body.text),
        free_share=free_share(body.shown, language, page.linked_data, body.stated),
        asides=distinct((*dateline(body.text), *body.asides)),
        posts=find_posts(page, posts, body.text, fetched_at) if is_live else (),
    )


def _bare(url: str, page_class: PageClass, note: str) -> Article:
    """Return what is known of a response without reading it."""
    return Article(
        url=url,
        canonical_url=canonicalize(url),
        page_class=page_class,
        title=None,
        text="",
        authors=(),
        published=None,
        modified=None,
        language=None,
        site_name=None,
        sources={},
        extractor=VERSION,
        note=note,
    )


def _feed_title(item: FeedItem | None) -> str | None:
    return plain_text(item.title or "") or None if item else None


def _canonical(page: Page) -> str:
    """Return the address the page gives itself (rel=canonical, RFC 6596, else og:url), if it can
    be true, else the fetched one.
    """
    own = canonicalize(page.url)
    for stated in (page.link("canonical"), page.meta.get("og:url")):
        address = web_url(stated, base=page.url)
        if address is not None:
            return canonicalize(address) if is_stated_by(address, own) else own
    return own


def _language(page: Page, item: FeedItem | None, text: str) -> tuple[str | None, str | None]:
    detected = detect_language(text)
    if detected:
        return detected, "text"
    stated = (
        page.tree.get("lang") or page.meta.get("og:locale") or (item.language if item else None)
    )
    code = (stated or "").strip().lower().replace("_", "-").partition("-")[0]
    return (code, "stated") if re.fullmatch(r"[a-z]{2,3}", code) else (None, None)
