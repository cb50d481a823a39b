"""What tells a feed's entries apart, whatever a feed does with its guids."""

import pytest

from extractors.feeds import parse_feed
from extractors.records import FeedItem

pytestmark = pytest.mark.area("Identity")


def entries(*lines: tuple[str | None, str | None, str]) -> tuple[FeedItem, ...]:
    """Parse a feed of entries given as (guid, link, title)."""
    items = "".join(
        f"<item>{f'<guid>{guid}</guid>' if guid else ''}{f'<link>{link}</link>' if link else ''}"
        f"<title>{title}</title></item>"
        for guid, link, title in lines
    )
    body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    return parse_feed(body.encode(), url="https://a.example/feed").items


def identities(*lines: tuple[str | None, str | None, str]) -> list[str]:
    return [item.identity for item in entries(*lines)]


@pytest.mark.rule(
    "An entry keeps its identity when another with its guid appears",
    source="miniflux 4197 and 797; FreshRSS 4487",
)
def test_an_entry_keeps_its_identity_when_another_with_its_guid_appears_before_it() -> None:
    old, older = ("g", "https://a.example/1", "1"), ("g", "https://a.example/2", "2")
    new = ("g", "https://a.example/3", "3")
    assert identities(new, old, older)[1:] == identities(old, older)


@pytest.mark.rule(
    "One bad guid leaves the other entries alone", source="miniflux 4197 and 797; FreshRSS 4487"
)
def test_one_bad_guid_among_many_entries_leaves_the_others_alone() -> None:
    fine = [(f"g{n}", f"https://a.example/{n}", f"{n}") for n in range(20)]
    bad = [("g0", f"https://a.example/b{n}", f"b{n}") for n in range(2)]
    found = identities(*fine, *bad)
    assert len(set(found)) == 22
    assert found[1:20] == [guid for guid, _, _ in fine[1:]]


@pytest.mark.rule("Entries that share a guid are told apart by their links", source="miniflux 4197")
def test_a_feed_that_gives_all_entries_one_guid_has_as_many_entries_as_links() -> None:
    found = identities(*[("the-site", f"https://a.example/{n}", f"{n}") for n in range(30)])
    assert len(set(found)) == 30


@pytest.mark.rule(
    "Links that differ in trackers alone are one", source="miniflux 4197 and 797; FreshRSS 4487"
)
def test_links_that_differ_in_trackers_alone_are_one_entry() -> None:
    spellings = ["http://a.example/1?utm_source=x", "https://www.a.example/1/?fbclid=9"]
    assert identities(*[("g", link, "1") for link in spellings]) == ["g"]


@pytest.mark.rule(
    "A link that is no address tells nothing apart", source="miniflux 4197 and 797; FreshRSS 4487"
)
def test_a_link_that_is_no_address_still_tells_nothing_apart_wrongly() -> None:
    assert identities(("g", "https://a.example:99999/1", "1"), ("g", None, "2")) == ["g", "g"]


@pytest.mark.rule(
    "An entry without a guid is known by its link, then by its title",
    source="miniflux: guid, link, title",
)
def test_entries_without_guid_and_link_are_told_apart_by_their_titles() -> None:
    assert len(set(identities((None, None, "One"), (None, None, "Two")))) == 2
