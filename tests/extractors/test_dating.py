"""Which of a page's many dates is the day of publication."""

from datetime import UTC, datetime

import pytest

from extractors.articles import extract_article
from extractors.records import Article

pytestmark = pytest.mark.area("Fates and health")

WORDS = "Two ferries collided in the inner harbour of Port Quill, the port authority said. " * 3
TITLE = "Ferries collide in Port Quill"


def extract(body: str, *, head: str = "", path: str = "/ferries") -> Article:
    markup = f"<html><head><title>{TITLE} - Post</title>{head}</head><body>{body}</body></html>"
    return extract_article(
        markup.encode(),
        url=f"https://post.example{path}",
        fetched_at=datetime(2024, 6, 1, tzinfo=UTC),
    )


def day(article: Article) -> str | None:
    return article.published_on.isoformat() if article.published_on else None


def told(before: str = "", heading: str = TITLE, after: str = "") -> str:
    return f"<div>{before}</div><h1>{heading}</h1><div>{after}</div><p>{WORDS}</p>"


def linked(name: str, value: str) -> str:
    record = f'{{"@type": "NewsArticle", "{name}": "{value}"}}'
    return f'<script type="application/ld+json">{record}</script>'


@pytest.mark.parametrize(
    "body",
    [
        told(after="By Ann Lee, May 3, 2024"),
        told(before="Harbour | 3 May 2024 | 14:05"),
        told(after="3. Mai 2024, zuletzt geändert 7. Mai 2024"),
        "<h2>Ferries collide in Port Quill</h2><h2>1 May 2024</h2>" + told(after="3 May 2024"),
        "<h3>Tugs on strike</h3>2 May 2024" + "<li>Other news</li>" * 20 + told(after="3 May 2024"),
        told(before="<script>'2 May 2024'</script>", after="3 May 2024"),
    ],
)
def test_the_date_beside_the_headline_is_that_of_the_article(body: str) -> None:
    article = extract(body)
    assert (day(article), article.sources["published"]) == ("2024-05-03", "dateline")


@pytest.mark.parametrize(
    "body",
    [
        told(after="<p>" + "The port lies in the north of the county. " * 4 + "</p>3 May 2024"),
        told(before="3 May 2024" + " Weather and tides of the coast" * 5),
        told(heading=f"{TITLE} of 3 May 2024").replace("<h1>", "<h4>").replace("</h1>", "</h4>"),
    ],
)
def test_a_date_far_from_the_headline_is_not(body: str) -> None:
    assert extract(body).sources.get("published") != "dateline"


def test_a_date_within_the_title_is_that_of_an_event() -> None:
    title = "Concert in Port Quill on 9 May 2024"
    head = f"<meta property='og:title' content='{title}'>"
    article = extract(told(heading=title, after="3 May 2024"), head=head)
    assert day(article) == "2024-05-03"


def test_a_date_within_the_heading_but_not_the_title_is_that_of_the_article() -> None:
    head = f"<meta property='og:title' content='{TITLE}'>" + linked("headline", TITLE)
    article = extract(told(heading=f"{TITLE} 03.05.2024 ·"), head=head)
    assert (day(article), article.sources["published"]) == ("2024-05-03", "dateline")


def test_a_time_element_makes_the_date_beside_the_headline_exact() -> None:
    other = "<time datetime='2024-05-01T10:00:00Z'></time>"
    own = "<time class=published datetime='2024-05-03T14:05:00+02:00'></time>"
    article = extract(told(after=f"3 May 2024</div>{other}{own}<div>"))
    assert article.published is not None
    assert (article.published.source, article.published.precision) == ("time", "second")
    assert article.published.value == datetime(2024, 5, 3, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (
            "<meta property='article:published_time' content='2024-05-03'>",
            "meta:article:published_time",
        ),
        ("<meta name='date' content='2024-05-01'>", "dateline"),
        ("<meta name='datePublished' content='2024'>", "dateline"),
    ],
)
def test_what_says_no_more_than_date_counts_less_than_what_readers_see(
    head: str, source: str
) -> None:
    older = linked("datePublished", "2023-01-01") if "article:" in head else ""
    article = extract(told(after="3 May 2024"), head=head + older)
    assert (day(article), article.sources["published"]) == ("2024-05-03", source)


@pytest.mark.parametrize(
    ("moment", "body", "path", "expected"),
    [
        ("2024-05-04T02:25:54Z", "", "/2024/05/03/ferries", "2024-05-03"),
        ("2024-05-04T13:25:54Z", "", "/2024/05/03/ferries", "2024-05-04"),
        ("2024-05-02T23:11:59Z", "", "/2024/05/03/ferries", "2024-05-03"),
        ("2024-05-02T08:11:59Z", "", "/2024/05/03/ferries", "2024-05-02"),
        ("2024-05-04T02:25:54Z", "", "/2024/05/04/ferries", "2024-05-04"),
        ("2024-05-04T02:25:54Z", "", "/2024/05/02/ferries", "2024-05-04"),
        ("2024-05-04T03:37:37Z", "2024-05-03T23:37:37-04:00", "/f", "2024-05-03"),
        ("2024-05-04T03:37:37Z", "2024-05-03T22:00:00-04:00", "/f", "2024-05-04"),
        ("2024-05-04T05:30:59Z", "2024-05-03 23:30:59", "/f", "2024-05-03"),
        ("2024-05-04T00:53:29Z", "3 de mayo de 2024", "/f", "2024-05-03"),
        ("2024-05-03T21:25:54-05:00", "", "/2024/05/04/ferries", "2024-05-03"),
    ],
)
def test_the_day_of_publication_is_that_of_the_newsroom(
    moment: str, body: str, path: str, expected: str
) -> None:
    head = f"<meta property='article:published_time' content='{moment}'>"
    shown = f"<time datetime='{body}'></time>" if body else ""
    assert day(extract(told(after=shown), head=head, path=path)) == expected
