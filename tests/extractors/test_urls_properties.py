"""What holds for any address at all."""

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.addresses import Address, address, another, junk, spelling
from extractors.urls import canonicalize, is_home_page, publisher_domain, registered_domain, url_key

pytestmark = pytest.mark.area("Identity")

SEEDS = [
    "https://example.com/a/b?c=d#e",
    "http://www.google.com/amp/s/news.example.com/a",
    "https://a-b.cdn.ampproject.org/c/s/a.b/c?d=1",
]
seeds = st.integers(0, 2**32)


def key_of(url: str) -> str | None:
    try:
        return url_key(url)
    except ValueError:
        return None


@pytest.mark.rule(
    "The canonical form of a canonical form is itself",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
@given(
    st.text() | st.text().map("https://example.com/{}".format) | st.text().map("http://{}/a".format)
)
@example("https://a.example/%%34%31")
@example("https://a.cdn.ampproject.org/c/s/www.google.com/amp/s/b.example/c")
@example("https://a.cdn.ampproject.org/c/s/b.%zz/c")
@example("https://a.example/%2541?b=%2541")
@example("https://a.example/;jsessionid=1;jsessionid=2/b")
def test_the_canonical_form_of_anything_is_its_own_or_there_is_none(text: str) -> None:
    try:
        canonical = canonicalize(text)
    except ValueError:
        return
    assert canonicalize(canonical) == canonical
    assert url_key(canonical) == url_key(text)


@given(seeds)
@settings(max_examples=200)
def test_damaged_addresses_are_refused_or_have_a_stable_form(seed: int) -> None:
    text = junk(Random(seed), SEEDS)
    for judge in (is_home_page, registered_domain, publisher_domain):
        judge(text)
    if (key := key_of(text)) is not None:
        assert key_of(canonicalize(text)) == key


@pytest.mark.rule(
    "Spellings of an address are one, two articles never",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
@given(seeds)
@settings(max_examples=200)
def test_all_spellings_of_an_address_are_one(seed: int) -> None:
    rng = Random(seed)
    page = address(rng)
    assert len({url_key(spelling(rng, page)) for _ in range(4)}) == 1


@pytest.mark.rule(
    "Spellings of an address are one, two articles never",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
@given(seeds)
@settings(max_examples=300)
def test_two_pages_never_have_one_key(seed: int) -> None:
    rng = Random(seed)
    page = address(rng)
    other = another(rng, page)
    if _same_by_order(page, other):
        return
    assert url_key(spelling(rng, page)) != url_key(spelling(rng, other))


def _same_by_order(page: Address, other: Address) -> bool:
    """Tell whether the two differ in nothing but the order of differently named parameters."""
    sorted_page = sorted(page.query, key=lambda pair: pair[0])
    sorted_other = sorted(other.query, key=lambda pair: pair[0])
    rest = (page.host, page.port, page.path) == (other.host, other.port, other.path)
    return rest and sorted_page == sorted_other


@pytest.mark.rule(
    "Spellings of an address are one, two articles never",
    source="RFC 3986, 6.2; courlan and metadata-lib strip parameters that name articles",
)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a?p=1&p=2", "/a?p=2&p=1"),
        ("/a//", "/a/"),
        ("/a%2Fb", "/a/b"),
        ("/a%3Fb", "/a?b"),
        ("/a?b%26c", "/a?b&c"),
        ("/a?b=c%2Bd", "/a?b=c+d"),
        ("/Story", "/story"),
        ("/#!/1", "/#!/2"),
        ("/a?pk_id=1", "/a?pk_id=2"),
        ("/a?mbid=1", "/a?mbid=2"),
        ("/a?ref=1", "/a?ref=2"),
    ],
)
def test_pages_that_others_took_for_one_are_two(one: str, other: str) -> None:
    assert url_key(f"https://example.com{one}") != url_key(f"https://example.com{other}")
