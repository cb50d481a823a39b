"""What a hostile or broken feed can cost, and what is read of one beyond all measure."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from extractors.errors import FeedError
from extractors.feeds.bounds import MAX_LINE, MAX_NAME
from tests.extractors.test_feeds import items_only, parse

pytestmark = pytest.mark.area("Safety")

HEAD = '<rss version="2.0"><channel><title>x</title><item><title>a</title>'
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
    "<rss><channel><title>&a9;</title></channel></rss>",
    "file entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    "<rss><channel><title>&e;</title><item/></channel></rss>",
    "open comments": HEAD + "<!--" * 50_000,
    "open elements": HEAD + "<a>" * 50_000,
    "open quotes": HEAD + '<a b="' * 20_000,
    "angle brackets": HEAD + "<" * 100_000,
    "ampersands": HEAD + "&" * 100_000,
    "huge references": HEAD + "<title>" + "&#99999999999;" * 1_000,
    "one huge tag": HEAD + "<a " + " ".join(f'b{at}=""' for at in range(50_000)),
    "declarations": HEAD + "<!" * 50_000,
}


@pytest.mark.rule(
    "XML bombs stay small, and outer entities are never fetched",
    source="CWE-776 and CWE-611; lemon24/reader 212",
)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_harmless_and_cheap(name: str) -> None:
    begun = time.process_time()
    try:
        feed = parse(HOSTILE[name])
    except FeedError:
        feed = None
    assert time.process_time() - begun < 2
    assert feed is None or len(feed.title or "") < 1000


TAIL = "</item></channel></rss>"
GEOMETRY = '<p:line xmlns:p="http://www.georss.org/georss">'
LINK = '&lt;a href="/x"&gt;'
LARGE = {
    "an author": f"{HEAD}<author>{'a' * 25_000}</author>{TAIL}",
    "categories": HEAD + "".join(f"<category>{at}</category>" for at in range(15_000)) + TAIL,
    "namespaces": HEAD + "".join(f'<n{at}:b xmlns:n{at}="{at}"/>' for at in range(15_000)) + TAIL,
    "links in a title": f"{HEAD}<title>{LINK * 140_000}</title>{TAIL}",
    "references": HEAD + "<description>" + "&lt;" * 4_000_000 + "</description>" + TAIL,
    "elements": HEAD + "<a/>" * 1_000_000 + TAIL,
    "elements before the entries": HEAD.replace("<item>", "<a/>" * 1_000_000 + "<item>") + TAIL,
    "an attribute": f'{HEAD}<a b="{"x" * 10_000_000}"/>{TAIL}',
    "dates": (HEAD + f"<pubDate>{'2 a ' * 5_000}</pubDate></item><item>" * 500) + TAIL,
    "a geometry": f"{HEAD}{GEOMETRY}{'1 ' * 2_000_000}</p:line>{TAIL}",
    "entities": "<!DOCTYPE x [" + '<!ENTITY a "b">' * 300_000 + "]>" + HEAD + TAIL,
    "blank lines": '<?xml version="1.0"?>' + "\n" * 1_000_000 + HEAD + TAIL,
    "comments before the root": "<!-- a -->" * 1_900 + "<x/>",
    "blanks in ttl": HEAD + ("<ttl>" + " " * 10_000) * 15,
    "blanks in hours": f"{HEAD}<skipHours><hour>{' ' * 100_000}<hour/></hour></skipHours>{TAIL}",
}


@pytest.mark.rule("No feed costs more than two seconds, however it is built", source="CWE-407")
@pytest.mark.parametrize("name", LARGE)
def test_what_is_beyond_the_bounds_is_cheap(name: str) -> None:
    begun = time.process_time()
    with suppress(FeedError):
        parse(LARGE[name])
    assert time.process_time() - begun < 2


@pytest.mark.rule("Nesting that no feed has is refused", source="CWE-674")
def test_nesting_that_no_feed_has_is_refused() -> None:
    with pytest.raises(FeedError, match="nested too deeply"):
        items_only("<item>" + "<a>" * 300 + "</a>" * 300 + "</item>")


@pytest.mark.rule("Overlong fields of a feed are shortened, and that is said", source="ours")
def test_overlong_fields_are_shortened_and_said() -> None:
    words = "a" * (MAX_LINE + 1)
    feed = items_only(
        f"<item><title>{words}</title><guid>{words}</guid><link>https://a.example/1</link></item>"
        f"<item><guid>2</guid><author>{words}</author></item><item><guid>3</guid></item>"
    )
    first, second, _ = feed.items
    assert first.title == words[:MAX_LINE]
    assert (first.guid, first.identity, first.identity_reason) == (
        None,
        "https://a.example/1",
        "url",
    )
    assert second.authors == (words[:MAX_NAME],)
    assert feed.warnings == ("2 entries have overlong fields, which were shortened",)


@pytest.mark.rule("Entries beyond the bounds are left out, and that is said", source="ours")
def test_entries_that_would_cost_too_much_are_left_out_and_said() -> None:
    many = "<a/>" * 30_000
    feed = items_only(f"<item><guid>1</guid></item><item><guid>2</guid>{many}{many}</item>")
    assert [item.guid for item in feed.items] == ["1"]
    assert feed.warnings == ("1 entries beyond the first 1 were left out",)


def test_markup_in_cdata_costs_nothing() -> None:
    many = f"<![CDATA[{'<item><br>' * 100_000}]]>"
    feed = items_only(f"<item><guid>1</guid><description>{many}</description></item>")
    assert (len(feed.items), feed.warnings) == (1, ())


def test_half_a_surrogate_pair_is_no_text() -> None:
    feed = parse(r'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "\ud800"}]}')
    assert feed.items[0].identity == "?"


@pytest.mark.parametrize("encoding", ["idna", "hex", "punycode", "undefined"])
def test_codecs_that_are_no_encodings_do_no_harm(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<guid>1</guid>{TAIL}'
    with suppress(FeedError):
        assert parse(text).items[0].guid == "1"
