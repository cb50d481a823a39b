from dataclasses import replace

import pytest

from extractors.announcing import announced
from extractors.records import Article, FeedItem

ITEM = FeedItem("1", "guid", "1", None, None, None, None, (), None, None, "en", ())
PAGE = Article(
    "https://a.example/1", "https://a.example/1", "article", "Two hurt as boats crash",
    "The ferry and a tug collided in the harbour.", (), None, None, "en", None, {}, "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Two hurt as boats crash", None, "title"),
        ("&lt;b&gt;TWO HURT&lt;/b&gt; as boats crash!", None, "title"),
        ("Boats crash: 2 hurt", None, "title"),
        ("Ferry collides with tug in harbour", None, None),
        ("Ferry and tug collided in harbour", None, "text"),
        (None, "A ferry collided in the harbour", "text"),
        ("Ferry", None, None),
        ("Mayor resigns over harbour budget", None, None),
        (None, None, None),
    ],
)
def test_a_page_bears_out_its_entry_by_title_or_text(
    title: str | None, summary: str | None, expected: str | None
) -> None:
    assert announced(replace(ITEM, title=title, summary=summary), PAGE) == expected


def test_a_title_of_one_word_is_borne_out_by_itself() -> None:
    assert announced(replace(ITEM, title="速報"), replace(PAGE, title="速報")) == "title"


def test_what_came_from_the_feed_bears_out_nothing() -> None:
    item = replace(ITEM, title="Two hurt as boats crash")
    fed = replace(PAGE, sources={"title": "feed", "text": "feed"})
    assert announced(item, fed) is None
    assert announced(None, PAGE) is None
