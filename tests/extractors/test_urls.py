import pytest

from extractors.urls import (
    canonicalize,
    is_home_page,
    is_stated_by,
    publisher_domain,
    registered_domain,
    url_key,
    web_url,
)

pytestmark = pytest.mark.area("Identity")


@pytest.mark.rule(
    "Addresses have one canonical form; only known trackers are dropped",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com/a???q=1", "https://example.com/a???q=1"),
        ("HTTP://News.Example.COM:80/A/b?x=1#top", "http://news.example.com/A/b?x=1"),
        ("https://example.com/a?utm_source=rss&id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?UTM_Medium=x&fbclid=y", "https://example.com/a"),
        ("https://example.com/view.php?sid=101", "https://example.com/view.php?sid=101"),
        (
            "https://example.com/view.php?cid=3&gallery=2",
            "https://example.com/view.php?cid=3&gallery=2",
        ),
        ("https://example.com/?b=2&a=1", "https://example.com/?b=2&a=1"),
        ("https://example.com/#!/story/9", "https://example.com/#!/story/9"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/ä ö", "https://example.com/%C3%A4%20%C3%B6"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        (
            "https://news-example-com.cdn.ampproject.org/c/s/news.example.com/a/b?amp_js_v=1",
            "https://news.example.com/a/b",
        ),
        ("https://www.google.com/amp/s/news.example.com/a", "https://news.example.com/a"),
        (
            "https://x.cdn.ampproject.org/c/s/www.google.com/amp/s/news.example.com/a#!b",
            "https://news.example.com/a#!b",
        ),
        ("https://example.com/%7Euser/%c3%a4?q=%41%2f", "https://example.com/~user/%C3%A4?q=A%2F"),
        ("https://example.com/100%/%41", "https://example.com/100%/%41"),
        ("https://example.com/a;jsessionid=0F?id=1", "https://example.com/a?id=1"),
        ("https://example.com/a?ref=example.com&x=1", "https://example.com/a?x=1"),
        ("https://news.example.com/a?ref=example.com", "https://news.example.com/a"),
        ("https://example.com/a?ref=17", "https://example.com/a?ref=17"),
        ("https://www.nytimes.com/a?smid=tw", "https://www.nytimes.com/a"),
        ("https://example.com/a?smid=1", "https://example.com/a?smid=1"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonicalize(url) == canonical
    assert canonicalize(canonical) == canonical


def test_relative_addresses_need_a_base() -> None:
    assert web_url("../b", base="https://example.com/x/y/a") == "https://example.com/x/b"
    with pytest.raises(ValueError, match="not an absolute URL"):
        canonicalize("../b")


@pytest.mark.area("Safety")
@pytest.mark.rule("Links that are no web addresses are none", source="RFC 9110, 4.2")
@pytest.mark.parametrize("url", ["", "javascript:void(0)", "mailto:a@b.c", "ftp://example.com/a"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert web_url(url) is None
    with pytest.raises(ValueError, match="URL"):
        canonicalize(url)


def test_web_url_keeps_absolute_addresses_as_written() -> None:
    assert web_url(" https://Example.com/A ") == "https://Example.com/A"
    assert web_url("/a", base="https://example.com/feed") == "https://example.com/a"


@pytest.mark.rule(
    "Spellings of an address are one, two articles never",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
def test_url_key_joins_spellings_but_not_articles() -> None:
    same = ["http://www.example.com/a/?b=2&a=1", "https://example.com/a?a=1&b=2&utm_source=x"]
    assert len({url_key(url) for url in same}) == 1
    assert url_key("https://example.com/a?id=1") != url_key("https://example.com/a?id=2")


@pytest.mark.area("Politeness")
@pytest.mark.rule(
    "A site is a registered domain, by the public suffix list", source="publicsuffix.org"
)
@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.news.example.co.uk/a", "example.co.uk"),
        ("http://127.0.0.1:8080/a", "127.0.0.1"),
        ("http://localhost/a", "localhost"),
        ("Example.org", "example.org"),
    ],
)
def test_registered_domain(url: str, domain: str) -> None:
    assert registered_domain(url) == domain


@pytest.mark.rule(
    "Sites that a host lends out are publishers of their own",
    source="FreshRSS 8925; publicsuffix.org, private part",
)
def test_sites_that_a_host_lends_to_others_are_publishers_of_their_own() -> None:
    assert publisher_domain("https://a.blogspot.com/x") == "a.blogspot.com"
    assert publisher_domain("https://news.example.co.uk/x") == "example.co.uk"
    assert publisher_domain("http://127.0.0.1:8080/x") == "127.0.0.1"


@pytest.mark.rule(
    "rel=canonical counts within the site and not at the front page", source="RFC 6596, 3"
)
@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://example.com/b", True),
        ("https://news.example.com/b", True),
        ("https://example.org/b", False),
        ("https://example.com/", False),
        ("https://example.com/index.html", False),
    ],
)
def test_a_page_has_its_address_within_its_site_and_not_at_the_front(
    stated: str, expected: bool
) -> None:
    assert is_stated_by(stated, "https://example.com/a") is expected


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "A front page is no article", source="Media Cloud story-indexer: a fate of its own"
)
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com", True),
        ("https://example.com/index.html", True),
        ("https://example.com/en/", True),
        ("https://example.com/?utm_source=rss", True),
        ("https://example.com/?p=123", False),
        ("https://example.com/news/a", False),
        ("nonsense", False),
    ],
)
def test_home_pages(url: str, expected: bool) -> None:
    assert is_home_page(url) is expected
