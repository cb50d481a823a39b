"""Which article a page is."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.twins import NEW_YEAR, Page, Version, in_order, settle, site
from extractors.copies import copy_keys
from flows.ingest.records import article_id
from flows.ingest.sameness import (
    Acquaintances,
    Identity,
    IdentityReason,
    Sight,
    identify,
)

pytestmark = pytest.mark.area("Identity")

A, B = "https://news.example.com/a/ferry-1", "https://news.example.com/a/mayor-2"
TEXT = " ".join(f"Sentence {n} tells of ferry {n * 7} and of pier {n * 3}." for n in range(40))


def sight(url: str = A, **changes: object) -> Sight:
    values: dict[str, object] = {
        "asked_url": url, "url": url, "stated_url": url, "title": "Ferry collides",
        "text_sha256": "same", "character_count": len(TEXT), "published_at": NEW_YEAR,
        "copy_keys": copy_keys(TEXT), "announced": "title",
    }  # fmt: skip
    return Sight(**{**values, **changes})  # type: ignore[arg-type]


KNOWN = Version(A, "Ferry collides", "same", NEW_YEAR, copy_keys(TEXT))


def decide(of: Sight, known: Version | None = KNOWN) -> Identity | None:
    held = {article_id(known.canonical_url): known} if known else {}
    return identify(of, Acquaintances[Version](held))


def reason_of(of: Sight, known: Version | None = KNOWN) -> IdentityReason | None:
    identity = decide(of, known)
    assert identity is not None
    assert (identity.reason in ("url", None)) or identity.article_id == article_id(A)
    return identity.reason


OTHER_WORDS: dict[str, object] = {"text_sha256": "other", "copy_keys": (1, 2)}


@pytest.mark.rule(
    "The same words make two addresses one article only on a page that is no wall",
    source="lemon24/reader: false positives are not acceptable",
)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "text"),
        ({"character_count": 499}, "url"),
        ({"announced": "text"}, "url"),
        ({"announced": None}, "url"),
        ({"title": "Mayor resigns"}, "url"),
        ({"title": None}, "url"),
        ({"text_sha256": "near"}, "url"),
        ({"published_at": NEW_YEAR + timedelta(days=1)}, "url"),
        ({"published_at": None}, "text"),
        ({"stated_url": A}, "canonical+text"),
        ({"stated_url": A, "character_count": 300}, "canonical+text"),
        ({"stated_url": A, "text_sha256": "near"}, "canonical+title"),
        ({"stated_url": A, **OTHER_WORDS}, "url"),
        ({"stated_url": A, "title": "Mayor resigns"}, "url"),
        ({"stated_url": A, "announced": None}, "url"),
        ({"stated_url": A, "published_at": NEW_YEAR + timedelta(days=1)}, "url"),
    ],
)
def test_another_address_is_the_article_if_its_words_are(
    changes: dict[str, object], reason: IdentityReason
) -> None:
    assert reason_of(sight(B, **changes)) == reason


def test_equal_words_of_another_publisher_are_another_article() -> None:
    assert reason_of(sight("https://paper.example.org/a/ferry-1")) == "url"
    elsewhere = sight("https://paper.example.org/a/ferry-1", stated_url=A)
    assert reason_of(elsewhere) == "url"


@pytest.mark.rule(
    "An AMP or mobile address needs a second signal", source="AMP HTML: rel=canonical; metadata-lib"
)
@pytest.mark.parametrize(
    "url",
    [f"{A}/amp", f"{A}.amp", f"{A}?outputType=amp", A.replace("news.", "m.news."),
     A.replace("news.", "amp.news.")],
)  # fmt: skip
def test_an_edition_needs_a_second_signal(url: str) -> None:
    strange = {"title": "Mayor resigns", **OTHER_WORDS}
    assert reason_of(sight(url, stated_url=A), None) == "edition"
    assert reason_of(sight(url, stated_url=A, **OTHER_WORDS)) == "edition"
    assert reason_of(sight(url)) == "edition"
    assert reason_of(sight(url, stated_url=A, **strange)) == "url"
    assert reason_of(sight(url, **OTHER_WORDS)) == "url"
    assert reason_of(sight(url), None) == "url"


@pytest.mark.parametrize("stated", ["https://news.example.com/", "https://news.example.com/a", B])
def test_a_page_that_names_what_is_not_known_as_itself_is_its_own(stated: str) -> None:
    assert reason_of(sight(A, stated_url=stated), None) == "url"


def test_a_redirect_is_believed_when_the_page_bears_out_the_entry() -> None:
    moved = sight(A, asked_url="https://feeds.example.org/~r/1")
    assert reason_of(moved, None) == "redirect"
    assert reason_of(replace(moved, announced="text"), None) == "redirect"
    assert decide(replace(moved, announced=None), None) is None
    assert reason_of(moved) == "redirect"


@pytest.mark.rule("Addresses that all lead to one page are not merged into it", source="own")
def test_a_redirect_to_what_is_known_by_other_words_is_not_that() -> None:
    moved = sight(A, asked_url=B, title="Mayor resigns", **OTHER_WORDS)
    identity = decide(moved)
    assert identity and identity.article_id == article_id(B)
    listed = decide(sight(A, asked_url=B, announced="text"))
    assert listed and listed.article_id == article_id(B)


@pytest.mark.rule("A redirect to a section is not the article", source="own")
def test_a_redirect_to_a_section_is_not_the_article() -> None:
    section = sight("https://news.example.com/a", asked_url=A, announced="text")
    assert decide(section, None) is None


def test_a_redirect_between_editions_or_schemes_is_none() -> None:
    assert reason_of(sight(A, asked_url=A.replace("https", "http")), None) == "url"
    assert reason_of(sight(A, asked_url=f"{A}/amp", announced=None), None) == "url"


@pytest.mark.rule("What was decided for an address stays decided", source="own")
def test_what_was_decided_stays_decided() -> None:
    before = article_id(A)
    changed = sight(B, article_id=before, title="Mayor resigns", **OTHER_WORDS)
    assert decide(changed) == Identity(before, A, None)
    assert decide(sight(A, article_id=article_id(B))) == Identity(article_id(B), A, None)


def test_an_article_is_known_again_behind_a_redirect_by_its_title() -> None:
    moved = sight(B, asked_url=A, article_id=article_id(A), announced=None)
    assert decide(moved) == Identity(article_id(A), A, None)
    assert decide(replace(moved, title="Your choices")) is None


@pytest.mark.rule("No two articles are ever one", source="own")
def test_an_article_whose_name_a_guest_of_other_words_took_stands_beside_it() -> None:
    mine = decide(sight(A, title="Mayor resigns", **OTHER_WORDS))
    assert mine is not None
    assert mine.address == A
    assert mine.article_id != article_id(A)


def shuffled(rng: Random, pages: list[Page]) -> list[Page]:
    return rng.sample(pages, len(pages))


@pytest.mark.rule("No two articles are ever one", source="own")
@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_no_two_articles_are_ever_one(seed: int) -> None:
    rng = Random(seed)
    pages = site(rng)
    for order in (in_order(pages), shuffled(rng, pages)):
        held: dict[int, int] = {}
        for page, identity in settle(order):
            if identity is not None:
                assert held.setdefault(identity.article_id, page.article) == page.article


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_twins_that_agree_are_one(seed: int) -> None:
    pages = in_order(site(Random(seed)))
    found = {page.sight.asked_url: identity for page, identity in settle(pages)}
    owners = {page.article: found[page.sight.asked_url] for page in pages if not page.is_twin}
    for page in pages:
        if page.is_twin:
            mine, its = found[page.sight.asked_url], owners[page.article]
            assert mine and its and mine.article_id == its.article_id, (page, mine)


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_the_order_of_arrival_decides_nothing(seed: int) -> None:
    rng = Random(seed)
    pages = site(rng)
    assert list(settle(in_order(pages))) == list(settle(in_order(shuffled(rng, pages))))
