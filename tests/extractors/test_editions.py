import pytest

from extractors.editions import edition_key
from extractors.urls import url_key

ORDINARY = "https://news.example.com/a/1.html?id=2"


@pytest.mark.parametrize(
    "url",
    [
        "https://m.news.example.com/a/1.html?id=2",
        "http://www.amp.news.example.com/a/1.html?id=2",
        "https://news.example.com/amp/a/1.html?id=2",
        "https://news.example.com/a/AMP/1.html?id=2",
        "https://news.example.com/a/1.amp.html?id=2",
        "https://news.example.com/a/1.html?id=2&amp",
        "https://news.example.com/a/1.html?amp=1&id=2",
        "https://news.example.com/a/1.html?outputType=amp&id=2",
    ],
)
def test_editions_share_the_key_of_the_ordinary_page(url: str) -> None:
    assert edition_key(url) == url_key(ORDINARY)
    assert url_key(url) != url_key(ORDINARY)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example.com/a/amplifiers",
        "https://news.example.com/a/guitar-amp",
        "https://news.example.com/a?amp=12",
        "https://m.example/a",
        "https://m.co.uk/a",
        "http://10.0.0.1/a",
    ],
)
def test_what_only_looks_like_an_edition_is_none(url: str) -> None:
    assert edition_key(url) == url_key(url)
