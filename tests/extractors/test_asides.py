"""What stands beside a text is kept apart from it, by kind."""

from __future__ import annotations

import pytest

from extractors.articles.asides import MAX_ASIDES
from extractors.records import Article, Aside
from tests.extractors.test_articles import PARAGRAPHS, extract, feed_item, page

CAPTION = "The two ferries in the inner harbour of Port Quill on Wednesday morning."


def of_kind(article: Article, kind: str) -> list[str]:
    return [aside.text for aside in article.asides if aside.kind == kind]


@pytest.mark.parametrize(
    ("markup", "kind", "words"),
    [
        (f"<figure><figcaption>{CAPTION}</figcaption></figure>", "caption", CAPTION),
        (f"<div><p class='wp-caption-text'>{CAPTION}</p></div>", "caption", CAPTION),
        ("<p class='byline'>By <a href='/ada'>Ada Marsh</a></p>", "byline", "By Ada Marsh"),
        ("<p>Sign up for our newsletter</p>", "notice", "Sign up for our newsletter"),
        ("<p>Lea también: el puerto</p>", "related", "Lea también: el puerto"),
        ("<p><a href='/x'>How the old harbour was built</a></p>", "related",
         "How the old harbour was built"),
        ("<blockquote class='twitter-tweet'><p>Oh dear.</p></blockquote>", "embed", "Oh dear."),
        ("<blockquote><p>a noise like a falling crane</p></blockquote>", "quote",
         "a noise like a falling crane"),
        ("<div id='comment-7'><p>I saw it all from my window.</p></div>", "comment",
         "I saw it all from my window."),
    ],
)  # fmt: skip
def test_it_is_kept_by_kind_and_is_not_in_the_text(markup: str, kind: str, words: str) -> None:
    article = extract(page(body=f"<p>{PARAGRAPHS[0]}</p>{markup}"))
    assert of_kind(article, kind) == [words]
    assert words not in article.text.split("\n\n")
    assert PARAGRAPHS[1] in article.text


def test_a_caption_that_is_taken_for_text_is_set_apart() -> None:
    shown = f"<figcaption>{CAPTION}</figcaption><div><p>{CAPTION}</p></div>"
    article = extract(page(body=f"<p>{PARAGRAPHS[0]}</p>{shown}"))
    assert CAPTION not in article.text
    assert of_kind(article, "caption") == [CAPTION]


def test_what_follows_a_heading_of_other_stories_is_related() -> None:
    teaser = "Port Quill gets a new crane after eleven years of talks between the owners."
    article = extract(page(text=[*PARAGRAPHS, "Related stories", teaser]))
    assert teaser not in article.text
    assert teaser in of_kind(article, "related")


def test_a_dateline_is_marked_and_stays_in_the_text() -> None:
    first = f"PORT QUILL (AP) — {PARAGRAPHS[0]}"
    article = extract(page(text=[first, *PARAGRAPHS[1:]]))
    assert article.text.startswith("PORT QUILL (AP) — Two")
    assert of_kind(article, "dateline") == ["PORT QUILL (AP)"]


def test_a_dateline_after_a_standfirst_is_marked() -> None:
    first = f"PORT QUILL (AP) — {PARAGRAPHS[0]}"
    article = extract(page(text=[PARAGRAPHS[3], first, *PARAGRAPHS[1:3]]))
    assert of_kind(article, "dateline") == ["PORT QUILL (AP)"]


def test_a_comment_that_quotes_the_text_takes_nothing_from_it() -> None:
    said = f"<ul><li id='comment-9'>{PARAGRAPHS[1]}</li></ul>"
    article = extract(page().replace(b"</article>", f"</article>{said}".encode()))
    assert PARAGRAPHS[1] in article.text
    assert of_kind(article, "comment") == [PARAGRAPHS[1]]


def test_a_wrapper_hides_nothing_within_it() -> None:
    inner = "".join(f"<div id='comment-{n}'><b>Ann</b><p>Number {n}</p></div>" for n in range(3))
    byline = "<p class='byline'>By Ada Marsh</p>"
    wrapped = page(body=byline).replace(b"<body>", b"<body class='has-byline'>")
    wrapped = wrapped.replace(b"</main>", f"</main><div id='comment-list'>{inner}</div>".encode())
    article = extract(wrapped)
    assert of_kind(article, "byline") == ["By Ada Marsh"]
    assert of_kind(article, "comment") == [f"Ann Number {n}" for n in range(3)]


def test_menus_and_teasers_of_other_pages_are_no_asides() -> None:
    teaser = "<aside><figure><figcaption>A crane</figcaption></figure></aside>"
    linked = "<a href='/x'><figure><figcaption>A tug</figcaption></figure></a>"
    article = extract(page(body=teaser + linked))
    assert article.asides == ()


def test_each_is_kept_once_and_not_without_end() -> None:
    many = "".join(f"<figure><figcaption>Ferry {n % 300}</figcaption></figure>" for n in range(600))
    article = extract(page(body=many))
    assert len(article.asides) == MAX_ASIDES == len(set(article.asides))


def test_a_feed_text_has_asides_too() -> None:
    from extractors.articles import article_from_item
    from tests.extractors.test_articles import FETCHED, URL

    words = "".join(f"<p>{line}</p>" for line in [*PARAGRAPHS, "Photo: A. Marsh"])
    article = article_from_item(feed_item(content_html=words), url=URL, fetched_at=FETCHED)
    assert article is not None
    assert article.asides == (Aside("caption", "Photo: A. Marsh"),)
