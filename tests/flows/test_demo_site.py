from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import feedparser
import pytest

from flows.demo.content import load_outlets, load_versions
from flows.demo.server import SampleSite, serve_site


@pytest.fixture
def site() -> Iterator[SampleSite]:
    with serve_site(fixed_ports=False) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named)) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def links(site: SampleSite) -> list[str]:
    found: list[str] = []
    for _, url in site.feeds:
        _, _, body = get(url)
        if url.endswith(".json"):
            found += [item["url"] for item in json.loads(body)["items"]]
        else:
            found += [entry.link for entry in feedparser.parse(body).entries]
    return found


def test_every_article_is_in_a_feed_and_every_link_leads_to_a_page(site: SampleSite) -> None:
    found = links(site)
    assert len(found) == len({(v.outlet.key, v.slug) for v in load_versions()}) == len(set(found))
    assert 35 <= len(found) <= 45
    assert {get(url)[0] for url in found} == {200}


def test_the_feeds_are_wellformed(site: SampleSite) -> None:
    formats = {feedparser.parse(get(url)[2]).version for _, url in site.feeds[1:]}
    assert formats == {"rss20", "atom10"}
    assert json.loads(get(site.feeds[0][1])[2])["version"].startswith("https://jsonfeed.org/")


def test_pages_are_the_same_bytes_every_time(site: SampleSite) -> None:
    url = links(site)[0]
    assert get(url)[2] == get(url)[2]


def test_conditional_requests_and_compression(site: SampleSite) -> None:
    url = site.feeds[1][1]
    status, headers, plain = get(url)
    assert status == 200
    assert get(url, If_None_Match=headers["ETag"])[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert gzip.decompress(get(url, Accept_Encoding="gzip")[2]) == plain


def test_robots_keep_the_service_pages_apart(site: SampleSite) -> None:
    status, _, body = get(site.bases["courier"] + "/robots.txt")
    assert status == 200
    assert b"Disallow: /service/" in body
    assert sum("/service/" in url for url in links(site)) == 2


def test_what_is_not_there_is_not_found(site: SampleSite) -> None:
    assert get(site.bases["tribune"] + "/2025/03/01/nothing.html")[0] == 404
    assert get(site.bases["courier"] + "/article.php?id=1")[0] == 404


def test_an_article_changes_under_its_url() -> None:
    with serve_site(datetime(2025, 3, 5, 12, tzinfo=UTC), fixed_ports=False) as site:
        url = next(url for url in links(site) if "skarn-ridge-mine-collapse" in url)
        before = get(url)[2].decode()
        site.as_of = datetime(2025, 3, 6, tzinfo=UTC)
        after = get(url)[2].decode()
    assert "Three miners have died" in before
    assert "Four miners have died" in after


def test_nothing_is_shown_before_its_time() -> None:
    with serve_site(datetime(2025, 3, 5, tzinfo=UTC), fixed_ports=False) as site:
        assert len(links(site)) == 1


def test_two_sites_at_once_take_other_ports() -> None:
    with serve_site() as first, serve_site() as second:
        assert not set(first.bases.values()) & set(second.bases.values())


def test_the_courier_writes_its_own_charset(site: SampleSite) -> None:
    url = next(url for url in links(site) if "article.php" in url)
    _, headers, body = get(url)
    assert headers["Content-Type"] == "text/html"
    assert "\N{RIGHT SINGLE QUOTATION MARK}" in body.decode("windows-1252")


def test_copies_run_the_wire_text() -> None:
    versions = {(v.outlet.key, v.slug): v for v in load_versions()}
    wire = versions["northline", "official"].paragraphs
    assert versions["tribune", "official"].paragraphs == wire[:-1]
    assert versions["courier", "official"].paragraphs[:-1] == wire
    assert set(load_outlets()) == {"northline", "courier", "tribune"}
