"""Posts of live blogs: found in linked data, microdata or markup, and placed in the text."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from extractors.articles.linked_data import MAX_LINE
from extractors.articles.live_blog import Statement, place_posts
from extractors.records import Article
from extractors.text import title_key
from tests.extractors.test_articles import extract

URL = "https://post.example.com/2024/05/01/storm-live-updates"
POSTS = [
    ("Bridge closed", "09:40", "The bridge over the Quill was closed by the county at half past "
     "nine. Nobody knows when it will open again, the county said."),
    ("Power is back", "08:15", "Power was back in most homes of the old town by eight, according "
     "to the works, which had sent forty people out in the night."),
    ("First trees down", "06:30", "Trees fell on three roads before dawn, and one man was hurt in "
     "his van, the fire brigade said on its own page."),
]  # fmt: skip
LEAD = "A storm has been crossing the county since the early morning, and we follow it here."


def moment(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2024, 5, 1, hour - 2, minute, tzinfo=UTC)


def wrapped(body: str, head: str = "", kind: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Storm</title>{head}"
        f"</head><body><main {kind}><article><h1>Storm crosses the county</h1><p>{LEAD}</p>{body}"
        f"</article></main></body></html>"
    ).encode()


def shown(tag: str = "div", attributes: str = "", stamp: str = "<time>{}</time>") -> str:
    return "".join(
        f"<{tag} {attributes}>{stamp.format(clock)}<h3>{title}</h3><p>{text}</p></{tag}>"
        for title, clock, text in POSTS
    )


def linked(posts: list[tuple[str, str, str]]) -> str:
    updates = [
        {"@type": "BlogPosting", "headline": title, "articleBody": text,
         "datePublished": f"2024-05-01T{clock}:00+02:00"}
        for title, clock, text in posts
    ]  # fmt: skip
    record = {"@type": "LiveBlogPosting", "headline": "Storm", "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'


def check(article: Article, expected: list[tuple[str, str, str]] = POSTS) -> None:
    assert article.page_class == "live_blog"
    found = [
        (post.title, post.published and post.published.value, article.text[post.start : post.end])
        for post in article.posts
    ]
    assert [(title, at) for title, at, _ in found] == [
        (title, moment(clock)) for title, clock, _ in expected
    ]
    for (_, _, words), (title, _, text) in zip(found, expected, strict=True):
        assert title_key(words) in (title_key(text), title_key(f"{title} {text}"))
    bounds = [bound for post in article.posts for bound in (post.start, post.end)]
    assert bounds == sorted(bounds)


def test_linked_data_tell_when_each_post_appeared() -> None:
    article = extract(wrapped(shown(), linked(POSTS)), url=URL)
    check(article)
    assert LEAD in article.text


def test_the_text_keeps_its_own_order() -> None:
    check(extract(wrapped(shown(), linked(POSTS[::-1])), url=URL))


def test_a_page_that_shows_no_post_has_those_of_its_linked_data() -> None:
    article = extract(wrapped("<div id='live'></div>", linked(POSTS)), url=URL)
    check(article)
    assert article.sources["text"] == "posts"


def test_microdata_tell_it() -> None:
    stamp = "<time itemprop='datePublished' datetime='2024-05-01T{}:00+02:00'>now</time>"
    post = "itemprop='liveBlogUpdate' itemscope itemtype='https://schema.org/BlogPosting'"
    kind = "itemscope itemtype='https://schema.org/LiveBlogPosting'"
    plain = "https://post.example.com/2024/05/01/storm"
    check(extract(wrapped(shown("section", post, stamp), kind=kind), url=plain))


@pytest.mark.parametrize("tag", ["div", "li", "article"])
def test_siblings_with_a_time_each_are_posts_of_a_live_page(tag: str) -> None:
    stamp = "<time datetime='2024-05-01T{0}:00+02:00'>{0}</time>"
    body = shown(tag, stamp=stamp)
    check(extract(wrapped(f"<ul>{body}</ul>" if tag == "li" else body), url=URL))


def test_other_pages_have_no_posts() -> None:
    stamp = "<time datetime='2024-05-01T{0}:00+02:00'>{0}</time>"
    article = extract(wrapped(shown(stamp=stamp)), url="https://post.example.com/2024/05/01/storm")
    assert article.page_class == "article"
    assert article.posts == ()


def test_no_post_is_dated_after_its_fetch() -> None:
    later = [("Bridge open", "09:00", POSTS[0][2].replace("closed", "opened"))]
    head = linked([*later, *POSTS]).replace("2024-05-01T09:00", "2031-05-01T09:00")
    body = shown() + f"<div><h3>Bridge open</h3><p>{later[0][2]}</p></div>"
    article = extract(wrapped(body, head), url=URL)
    assert [post.published is None for post in article.posts] == [False, False, False, True]


def test_a_list_of_the_titles_is_none_of_the_posts() -> None:
    listed = "".join(f"<li>{title}</li>" for title, _, _ in POSTS)
    body = f"<h2>Key events</h2><ul>{listed}</ul>{shown()}"
    check(extract(wrapped(body, linked(POSTS)), url=URL))


def test_posts_of_one_title_are_told_by_their_words() -> None:
    same = [("Update", clock, text) for _, clock, text in POSTS]
    body = "".join(f"<div><h3>{title}</h3><p>{text}</p></div>" for title, _, text in same)
    article = extract(wrapped(body, linked(same)), url=URL)
    assert [article.text[post.start : post.end] for post in article.posts] == [
        text for _, _, text in POSTS
    ]


def test_comments_with_times_are_no_posts() -> None:
    stamp = "<time datetime='2024-05-01T{0}:00+02:00'>{0}</time>"
    said = "I think that number {} is the silliest thing I have read about a storm for a long time."
    comments = "".join(
        f"<li>{stamp.format('11:00')}<p>{said.format(number)}</p></li>" for number in range(9)
    )
    page = wrapped(shown("section", stamp=stamp))
    page = page.replace(b"</main>", f"</main><ul class='comments'>{comments}</ul>".encode())
    article = extract(page, url=URL)
    assert LEAD in article.text
    assert [post.title for post in article.posts] in ([], [title for title, _, _ in POSTS])


def test_a_post_that_is_stated_twice_is_one() -> None:
    shown_posts = "".join(f"<div><h3>{t}</h3><p>{text}</p></div>" for t, _, text in POSTS[1:])
    article = extract(wrapped(shown_posts, linked(POSTS) * 3), url=URL)
    assert LEAD in article.text
    check(article, POSTS[1:])


def test_a_post_of_which_linked_data_have_the_beginning_alone_is_found() -> None:
    cut = [("", clock, f"{text[:70]}…") for _, clock, text in POSTS]
    article = extract(wrapped(shown(), linked(cut)), url=URL)
    words = [article.text[post.start : post.end] for post in article.posts]
    assert words == [text for _, _, text in POSTS]


def test_nested_posts_are_the_outermost() -> None:
    open_tag = "<div itemprop='liveBlogUpdate' itemtype='https://schema.org/BlogPosting'>"
    body = f"{open_tag * 200}<p>{POSTS[0][2] * 500}</p>{'</div>' * 200}"
    started = time.process_time()
    article = extract(wrapped(body), url=URL)
    assert len(article.posts) <= 1
    assert time.process_time() - started < 5


def test_titles_and_dates_are_cut_and_empty_posts_left_out() -> None:
    kind = "itemprop='liveBlogUpdate' itemtype='https://schema.org/BlogPosting'"
    long = f"<h3>{'Storm ' * 9000}</h3><time datetime='2024-05-01 10:00 {'x' * 9000}'>10</time>"
    posts = f"<div {kind}>{long}<p>{POSTS[0][2]}</p></div>" + f"<div {kind}></div>" * 400
    article = extract(wrapped(posts), url=URL)
    assert POSTS[0][2] in article.text
    assert all(len(post.title or "") <= MAX_LINE for post in article.posts)
    assert all(len(post.published.raw) <= MAX_LINE for post in article.posts if post.published)


@pytest.mark.parametrize("updates", ["x", 3, None, ["x"], [[]], {}, [{"articleBody": 3}]])
def test_strange_linked_data_do_no_harm(updates: object) -> None:
    record = {"@type": "LiveBlogPosting", "headline": "Storm", "liveBlogUpdate": updates}
    head = f'<script type="application/ld+json">{json.dumps(record)}</script>'
    assert LEAD in extract(wrapped(shown(), head), url=URL).text


def test_a_post_that_the_text_has_twice_is_one_piece() -> None:
    first, second = (Statement(None, f"{word} fell on the road before dawn", None) for word in "ab")
    text = "\n\n".join([first.text, second.text, first.text])
    (one, two) = place_posts([first, second], text)
    assert text[one.start : one.end] == first.text
    assert text[two.start : two.end] == second.text


def test_fewer_than_half_of_the_posts_are_none() -> None:
    posts = [Statement(None, f"{word} fell on the road before dawn", None) for word in "abc"]
    assert place_posts(posts, posts[0].text) == ()
    assert len(place_posts(posts, f"{posts[0].text}\n\n{posts[2].text}")) == 2


def test_many_lines_and_long_posts_take_no_long_time() -> None:
    posts = [Statement(None, " ".join(f"w{n}" for n in range(60_000)), None)] * 4
    text = "\n\n".join(f"a line that no post has {n}" for n in range(20_000))
    started = time.process_time()
    place_posts(posts, text)
    assert time.process_time() - started < 5
