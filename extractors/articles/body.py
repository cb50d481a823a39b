"""The article's words: what trafilatura keeps of the page, or what publisher or feed state."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree
from trafilatura import bare_extraction

from extractors.articles.asides import page_asides
from extractors.articles.live_blog import Statement, joined, place_posts
from extractors.articles.markup import paragraphs, plain_text, without_markdown
from extractors.articles.page import Page
from extractors.articles.pruning import prune
from extractors.articles.standfirst import find_standfirst
from extractors.articles.stopwords import keep_stopwords
from extractors.articles.trimming import trim
from extractors.records import Aside, FeedItem
from extractors.text import title_key

_LONGER = 1.5
"""A text stated elsewhere replaces the page's when it is this much longer."""


class Body(NamedTuple):
    """An article's text, paragraphs split by blank lines, and where it was taken from.

    `shown` is what the page shows of it, `stated` what its linked data have for it, `asides` what
    was set apart from it.
    """

    text: str
    source: str
    shown: str
    stated: str
    asides: tuple[Aside, ...]


def article_text(
    page: Page, item: FeedItem | None, stated_titles: list[str], posts: Sequence[Statement] = ()
) -> Body:
    """Return the article's text: the page's, unless its data or the feed have a longer one.

    `posts` are those of a live blog: their text is taken, too, if the page's lacks most of them.
    """
    marked = page_asides(page)
    found, pruned = page_text(page)
    no_text = [one for one in marked if one.kind != "comment"]  # comments quote the text
    shown, trimmed = trim(found, stated_titles, no_text)
    stated = plain_text(without_markdown(str(page.linked_data.article.get("articleBody") or "")))
    rivals = {"json_ld": stated, "feed": plain_text(item.content_html or "") if item else ""}
    longer = (name for name, rival in rivals.items() if len(rival) > _LONGER * len(shown))
    source = next(longer, "trafilatura")
    if _are_missing(posts, rivals.get(source, shown)):
        source, rivals["posts"] = "posts", joined(posts)
    if source in rivals:
        text, trimmed = trim(rivals[source], stated_titles, no_text)
    else:
        keys = frozenset(title_key(title) for title in stated_titles)
        standfirst = find_standfirst(page, shown, keys) if shown else None
        text = shown = f"{standfirst}\n\n{shown}" if standfirst else shown
    return Body(text, source, shown, stated, (*marked, *pruned, *trimmed))


def _are_missing(posts: Sequence[Statement], text: str) -> bool:
    """Tell whether most posts are not in `text`, which has less than they have."""
    return len(joined(posts)) > len(text) and not place_posts(posts, text)


def page_text(page: Page) -> tuple[str, list[Aside]]:
    """Return the main text of the page, empty if there is none, and what was cut from among it."""
    keep_stopwords()
    tree = copy.deepcopy(page.tree)
    asides = prune(tree)
    etree.strip_elements(tree, "script", with_tail=False)  # or it reads linked data as the page
    document = bare_extraction(
        tree,
        url=page.url,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
    )
    return paragraphs(getattr(document, "text", None) or ""), asides
