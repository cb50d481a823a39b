import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.articles import article_from_item, extract_article
from extractors.articles.titles import without_site
from extractors.articles.trimming import boilerplate_kind, trim
from extractors.dates import parse_date, stated_day
from extractors.errors import PageError
from extractors.records import Article, FeedItem
from extractors.text import title_key

URL = "https://post.example.com/2024/05/01/ferry"
FETCHED = datetime(2024, 5, 2, 12, tzinfo=UTC)

PARAGRAPHS = [
    "Two ferries collided in the inner harbour of Port Quill on Wednesday morning, and eleven "
    "passengers were taken to hospital, the port authority said.",
    "“We heard a noise like a falling crane,” said Ada Marsh, who runs a kiosk on the quay and "
    "who called the coast guard at half past six.",
    "The operator of both ships, Quill Lines, said that it had opened an inquiry and that the "
    "captains had been suspended while the inquiry went on.",
    "Traffic in the harbour was stopped for three hours, and some forty lorries waited at the "
    "terminal until the afternoon before the pilots allowed them on board.",
]
LONGER = "Nobody knew on Thursday when the ships would sail, " * 6 + "the owners said."
DESCRIPTION = (
    "Eleven people are in hospital after a collision that nobody in the port can explain yet."
)


def linked(**fields: object) -> str:
    record = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'


def page(head: str = "", body: str = "", *, text: list[str] = PARAGRAPHS, title: str = "") -> bytes:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title or 'Ferries collide in Port Quill | The Harbour Post'}</title>{head}</head>"
        f"<body><nav><ul><li><a href='/a'>Home</a></li><li><a href='/b'>World</a></li></ul></nav>"
        f"<main><article><h1>Ferries collide in Port Quill</h1>{body}{words}</article></main>"
        f"<footer><p>We use cookies. © The Harbour Post</p></footer></body></html>"
    ).encode()


def extract(body: bytes, *, url: str = URL, item: FeedItem | None = None) -> Article:
    return extract_article(body, url=url, fetched_at=FETCHED, item=item)


def feed_item(**changes: object) -> FeedItem:
    fields: dict[str, object] = {
        "identity": "1",
        "identity_reason": "guid",
        "guid": "1",
        "url": URL,
        "title": "Ferries &amp; tugs",
        "summary": None,
        "content_html": None,
        "authors": (),
        "published": parse_date("2024-05-01T06:00:00Z", "feed.published"),
        "updated": None,
        "language": "en",
        "categories": (),
    }
    return FeedItem(**(fields | changes))  # type: ignore[arg-type]


def test_text_is_the_articles_paragraphs() -> None:
    article = extract(page())
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.page_class, article.language) == ("article", "en")
    assert article.sources["text"] == "trafilatura"
    assert extract(page()) == article


def test_title_is_without_the_sites_name() -> None:
    head = '<meta property="og:title" content="Ferries collide in Port Quill - The Harbour Post">'
    article = extract(page(head + '<meta property="og:site_name" content="The Harbour Post">'))
    assert article.title == "Ferries collide in Port Quill"
    assert (article.site_name, article.sources["title"]) == ("The Harbour Post", "meta:og:title")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Rates rise again | Post", "Rates rise again"),
        ("Rates rise again — post.example", "Rates rise again"),
        ("Rates rise again | Economy | Post", "Rates rise again | Economy"),
        ("Rates rise again | 28.04.2023", "Rates rise again"),
        ("War - what comes next", "War - what comes next"),
        ("Post | Post", "Post | Post"),
        ("Post » Rates rise again", "Rates rise again"),
        ("Post - Rates rise again | Post", "Rates rise again"),
        ("Post: rates rise again", "Post: rates rise again"),
    ],
)
def test_only_the_sites_name_is_cut(title: str, expected: str) -> None:
    assert without_site(title, ["post", "postexample"]) == expected


@pytest.mark.parametrize(
    ("open_graph", "heading", "element", "expected"),
    [
        (
            "Harbour: Ferries collide",
            "Ferries collide",
            "Harbour: Ferries collide",
            "Ferries collide",
        ),
        (
            "Ferries collide in fog",
            "Ferries collide in thick fog",
            "Fog",
            "Ferries collide in thick fog",
        ),
        ("Ferries collide", "Harbour Ferries collide", "Ferries collide", "Ferries collide"),
        ("Ferries collide", "Menu", "Ferries collide | Post", "Ferries collide"),
        ("Ferries collide", "All the news from the coast", "Ferries", "Ferries collide"),
        ("", "The Quill Log", "Two ferries collide | The Quill Log", "Two ferries collide"),
        ("", "Ferries collide in Port Quill", "The Quill Log", "Ferries collide in Port Quill"),
        ("", "Menu", "Two ferries collide", "Two ferries collide"),
    ],
)
def test_the_heading_is_the_title_where_it_is_one(
    open_graph: str, heading: str, element: str, expected: str
) -> None:
    head = f"<title>{element}</title><meta property='og:title' content='{open_graph}'>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = extract(f"<html><head>{head}</head><h1>{heading}</h1>{body}</html>".encode())
    assert article.title == expected


def test_linked_data_gives_dates_and_authors() -> None:
    data = linked(
        headline="Ferries collide",
        datePublished="2024-05-01T08:30:00+02:00",
        dateModified="2024-05-01T11:00:00Z",
        author=[{"@type": "Person", "name": "Jo Kai"}, {"name": "By Ada Quill and Max Oar"}],
        publisher={"name": "The Harbour Post"},
    )
    article = extract(page(data))
    assert article.authors == ("Jo Kai", "Ada Quill", "Max Oar")
    assert article.published is not None
    assert article.published.value == datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
    assert article.modified is not None
    assert article.sources["published"] == "json_ld.datePublished"
    assert article.site_name == "The Harbour Post"


def test_broken_linked_data_is_as_good_as_none() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    assert extract(page(broken)).text == "\n\n".join(PARAGRAPHS)


def test_no_date_lies_after_the_fetch() -> None:
    head = '<meta property="article:published_time" content="2099-01-01T00:00:00Z">'
    article = extract(page(head))
    assert article.published is not None
    assert article.published.source == "url"
    assert (article.published.precision, article.published.value.day) == ("day", 1)


def test_the_feed_helps_where_the_page_has_less() -> None:
    full = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    item = feed_item(content_html=full, authors=("Desk",))
    article = extract(page(text=["Log in to go on."], title="x"), url=URL[:31] + "/f", item=item)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.sources["text"] == "feed"
    assert article.authors == ("Desk",)
    assert article.published == item.published


def test_an_article_of_the_feed_alone() -> None:
    full = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = article_from_item(feed_item(content_html=full), url=URL, fetched_at=FETCHED)
    assert article is not None
    assert (article.title, article.text) == ("Ferries & tugs", "\n\n".join(PARAGRAPHS))
    assert article_from_item(feed_item(), url=URL, fetched_at=FETCHED) is None


def test_the_standfirst_is_part_of_the_text_when_it_is_shown() -> None:
    head = f'<meta name="description" content="{DESCRIPTION}">'
    shown = extract(page(head, f"<div class='x'><span>{DESCRIPTION}</span></div>"))
    assert shown.text.startswith(DESCRIPTION)
    assert DESCRIPTION not in extract(page(head)).text


def test_what_is_not_the_articles_own_is_left_out() -> None:
    extra = (
        "<p><a href='/x'>Read more about ships and the people who sail them</a></p>"
        "<ul><li><a href='/1'>A storm is coming to the islands</a></li>"
        "<li><a href='/2'>The price of fish rises again</a></li></ul>"
        "<blockquote class='twitter-tweet'><p>My boat! — Sailor (@sailor) May 1</p></blockquote>"
        "<p>Advertisement</p>"
    )
    article = extract(page(body=f"<p>{PARAGRAPHS[0]}</p>{extra}", text=PARAGRAPHS[1:]))
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_trimming_drops_titles_pull_quotes_and_what_follows_the_end() -> None:
    quote = "We heard a noise like a falling crane"
    lines = [
        "Harbour Ferries collide",
        *PARAGRAPHS[:3],
        quote,
        PARAGRAPHS[3],
        "Related articles",
        "Fish",
    ]
    assert trim("\n\n".join(lines), ["Ferries collide"]).text == "\n\n".join(PARAGRAPHS)


def test_a_list_of_other_stories_is_cut_and_a_list_with_a_link_in_it_is_not() -> None:
    link = "<a href='/{0}'>Storm closes the harbour of Quill for {0} days</a>"
    stories = "".join(f"<li><b>Harbour:</b> {link.format(n)}</li>" for n in (2, 3))
    facts = "<li>Forty people were taken to <a href='/h'>hospital</a>, the mayor said.</li>" * 2
    text = extract(page(body=f"<ul>{stories}</ul><ul>{facts}</ul>")).text
    assert "Storm closes" not in text
    assert "Forty people were taken to hospital, the mayor said." in text


@pytest.mark.parametrize(
    "line",
    [
        "Read more: A storm is coming",
        "Foto: dpa",
        "Lesen Sie auch: Sturm",
        "3 min read",
        "***",
        "Von Nina Magoley",
        "By Ada Quill and Max Oar",
        ">> Alle Termine im Überblick",
        "Wie hat Ihnen dieser Artikel gefallen?",
    ],
)
def test_boilerplate(line: str) -> None:
    assert boilerplate_kind(line)


@pytest.mark.parametrize(
    "line",
    [
        "“Read more books,” the minister said on Tuesday.",
        "Russia lost 383,000 troops, the ministry said.",
        "He did not give any figures.",
        "Reuters could not verify the report.",
        "The information cannot be independently verified.",
        "By Tuesday Forty Had Died.",
        "By then he was gone",
        "Provision of aid has stopped, the United Nations said.",
        "Von der Leyen widerspricht.",
        "LEE: We will vote on it tomorrow, and I expect it to pass.",
        "The flood contributed to the loss, and the report of the county says so in two places.",
    ],
)
def test_sentences_are_no_boilerplate(line: str) -> None:
    assert boilerplate_kind(line) is None


@pytest.mark.parametrize(
    ("body", "url", "expected"),
    [
        (page(), "https://post.example.com/", "home_page"),
        (page(), "https://post.example.com/live/ferry", "live_blog"),
        (page(text=["Short."]), URL, "too_short"),
        (page(text=["Checking your browser."], title="Just a moment..."), URL, "blocked"),
        (
            page(text=["We value your privacy. Accept all cookies."], title="Consent"),
            URL,
            "consent_page",
        ),
        (page(text=["Sorry."], title="404 - Page not found"), URL, "error_page"),
        (page(linked(isAccessibleForFree=False), text=PARAGRAPHS[:1]), URL, "paywalled"),
        (
            page('<meta property="og:type" content="video.other">', text=PARAGRAPHS[:1]),
            URL,
            "media",
        ),
        (page('<meta property="og:type" content="website">', text=["One.", "Two."]), URL, "index"),
        (page(linked(isAccessibleForFree=False), text=[*PARAGRAPHS, LONGER]), URL, "article"),
        (b"%PDF-1.7 ...", URL, "not_html"),
    ],
)
def test_page_classes(body: bytes, url: str, expected: str) -> None:
    assert extract(body, url=url).page_class == expected


@pytest.mark.parametrize("body", [b"", b"  \n", b"<?xml version='1.0'?>"])
def test_an_empty_page_is_an_error(body: bytes) -> None:
    with pytest.raises(PageError):
        extract(body)


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (
            "/2024/05/01/ferry-collision?utm_source=x",
            "https://post.example.com/2024/05/01/ferry-collision",
        ),
        ("https://elsewhere.example.org/a", URL),
        ("https://post.example.com/", URL),
        ("javascript:void(0)", URL),
    ],
)
def test_canonical_addresses_are_believed_within_their_site(canonical: str, expected: str) -> None:
    assert extract(page(f'<link rel="canonical" href="{canonical}">')).canonical_url == expected


def test_open_graph_gives_the_address_where_no_link_does() -> None:
    shared = '<meta property="og:url" content="https://post.example.com/b">'
    assert extract(page(shared)).canonical_url == "https://post.example.com/b"
    stated = '<link rel="canonical" href="https://post.example.com/c">'
    assert extract(page(shared + stated)).canonical_url == "https://post.example.com/c"


def test_damaged_pages_do_not_raise() -> None:
    whole = page(linked(datePublished="2024-05-01"))
    for end in range(50, len(whole), 97):
        extract(whole[:end])
    extract(b"<div>" * 30_000 + b"x")
    extract(b"\x00\x01<html>\xff\xfe<p>x" * 100)


def test_real_pages_never_raise_and_have_their_titles_and_dates(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "readability_news_pages" / "pages"
    titles, dates = [], []
    for source in sorted(folder.glob("*/source.html")):
        expected = json.loads(source.with_name("expected-metadata.json").read_text("utf-8"))
        article = extract_article(
            source.read_bytes(),
            url="https://unknown.invalid/news/a",
            fetched_at=datetime(2027, 1, 1, tzinfo=UTC),
        )
        assert article.title
        titles.append(title_key(expected["title"]) == title_key(article.title))
        if stated := parse_date(expected.get("publishedTime"), "expected"):
            dates.append(stated_day(stated) == article.published_on)
    assert sum(titles) >= 33
    assert sum(dates) >= 10
    assert (len(titles), len(dates)) == (39, 11)


def test_linked_data_in_markdown_are_words_in_paragraphs() -> None:
    lines = [f"{line} [More](https://x.example/a_b) _there_." for line in PARAGRAPHS * 2]
    written = "\n\n".join(["+++dropcap", *lines, "[#image: /photos/6]", "{: .small}"])
    article = extract(page(linked(articleBody=f"{written} &amp; so on.")))
    assert article.sources["text"] == "json_ld"
    assert article.text.split("\n\n")[:4] == [f"{line} More there." for line in PARAGRAPHS]
    assert "[" not in article.text and "+++" not in article.text and "{" not in article.text


def test_marks_that_are_no_markdown_stay() -> None:
    written = "\n".join(f"{line} See snake_case_names and 2 * 3 * 4 [sic]." for line in PARAGRAPHS)
    article = extract(page(linked(articleBody=f"{written}\n{LONGER}\n{LONGER} &amp; more")))
    assert article.sources["text"] == "json_ld"
    assert "See snake_case_names and 2 * 3 * 4 [sic]." in article.text.split("\n\n")[0]
