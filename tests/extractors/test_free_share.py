"""How much of an article its page shows."""

import json
from datetime import UTC, datetime

import pytest

from extractors.articles import extract_article
from extractors.articles.free_share import free_share
from extractors.articles.linked_data import LinkedData
from extractors.records import Article

FETCHED = datetime(2024, 5, 2, 12, tzinfo=UTC)
SHOWN = [
    "Two ferries collided in the inner harbour on Wednesday morning, the authority said, and "
    f"{count} passengers were taken to hospital in the course of the day."
    for count in ("eleven", "forty", "sixteen", "thirty")
]


def extract(shown: list[str] = SHOWN, **fields: object) -> Article:
    data = json.dumps({"@type": "NewsArticle", "headline": "Ferries", **fields})
    words = "".join(f"<p>{paragraph}</p>" for paragraph in shown)
    markup = (
        f'<html><script type="application/ld+json">{data}</script>'
        f"<article><h1>Ferries</h1>{words}</article></html>"
    )
    return extract_article(markup.encode(), url="https://a.example/news/1", fetched_at=FETCHED)


def test_the_stated_count_of_words_gives_the_share_that_is_free() -> None:
    count = len(" ".join(SHOWN).split())
    article = extract(isAccessibleForFree=False, wordCount=4 * count)
    assert article.free_share == pytest.approx(0.25)
    assert extract(wordCount=str(count)).free_share == 1.0


def test_a_longer_text_in_the_linked_data_is_the_whole() -> None:
    whole = "\n".join(SHOWN * 2)
    article = extract(SHOWN[:1], articleBody=whole)
    assert article.sources["text"] == "json_ld"
    assert article.free_share == pytest.approx(len(SHOWN[0]) / len(whole), abs=0.01)
    slightly = extract(SHOWN[:3], articleBody="\n".join(SHOWN))
    assert slightly.sources["text"] == "trafilatura"
    assert slightly.free_share == pytest.approx(0.75, abs=0.02)


def test_without_a_word_on_the_whole_there_is_no_share() -> None:
    assert extract().free_share is None
    assert extract(isAccessibleForFree=False).free_share is None
    assert extract(articleBody=SHOWN[0]).free_share is None


@pytest.mark.parametrize("count", [0, -5, None, "about 300", "³", "9" * 30, [900], 1e9])
def test_a_count_that_is_none_is_left_out(count: object) -> None:
    assert extract(wordCount=count).free_share is None


def test_the_lower_share_counts_and_none_is_above_one() -> None:
    data = LinkedData({"wordCount": 8}, frozenset())
    assert free_share("a b c d", "en", data, "a b c d e f g h i j") == pytest.approx(7 / 19)
    assert free_share("a b c d", "en", data, "") == 0.5
    assert free_share("a b c d e f g h i", "en", data, "") == 1.0
    assert free_share("", "en", data, "") == 0.0


def test_words_without_spaces_are_not_counted() -> None:
    data = LinkedData({"wordCount": 400}, frozenset())
    assert free_share("フェリーが衝突した", "ja", data, "") is None
