import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import FeedError
from extractors.feeds import parse_feed
from extractors.feeds.bounds import MAX_ITEMS
from extractors.feeds.cadence import read_cadence
from extractors.records import FeedDocument

pytestmark = pytest.mark.area("Identity")

URL = "https://news.example.com/feeds/all.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>The Harbour Post</title><link>https://news.example.com/</link>
<language>en-gb</language><ttl>30</ttl>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<skipHours><hour>2</hour><hour>3</hour><hour>24</hour></skipHours>
<skipDays><day>Sunday</day><day>Saturday</day></skipDays>
<atom:link rel="hub" href="https://hub.example.com/"/>
<atom:link rel="self" href="/feeds/all.xml"/>
<item><title>Ferry &amp;amp; tug collide</title><link>/2024/05/ferry</link>
<guid isPermaLink="false">ferry-1</guid><pubDate>Wed, 01 May 2024 09:30:00 EDT</pubDate>
<author>desk@example.com (Ada Quill)</author><category>Harbour</category>
<description>Two hurt.</description>
<content:encoded>&lt;p&gt;Two people were hurt.&lt;/p&gt;</content:encoded></item>
<item><title>Second</title><link>https://news.example.com/2024/05/second</link></item>
<item><title>Only a title</title><description>First words</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafen</title>
<link href="https://hafen.example/"/><updated>2024-05-01T10:00:00Z</updated>
<entry><id>tag:hafen.example,2024:1</id><title>Eins</title>
<link href="https://hafen.example/1"/><published>2024-05-01T08:00:00+02:00</published>
<updated>2024-05-01T10:00:00Z</updated><author><name>Jo Kai</name></author></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example/"><title>A</title><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link>
<dc:date>2024-05-01T08:00:00Z</dc:date></item></rdf:RDF>"""

CDF = """<CHANNEL HREF="https://c.example/"><TITLE>Old channel</TITLE>
<ITEM HREF="https://c.example/1"><TITLE>One</TITLE></ITEM></CHANNEL>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "J",
    "home_page_url": "https://j.example/",
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "authors": [{"name": "The desk"}],
    "items": [
        {"id": 7, "url": "/7", "content_text": "Words", "date_published": "2024-05-01T08:00:00Z"},
        {
            "id": "8",
            "external_url": "https://x.example/8",
            "tags": ["a", 3],
            "authors": [{"name": "B"}],
        },
        "junk",
    ],
}


def parse(text: str, **options: str) -> FeedDocument:
    return parse_feed(text.encode(), url=URL, **options)


def items_only(items: str) -> FeedDocument:
    return parse(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')


def test_rss_in_full() -> None:
    feed = parse(RSS)
    assert (feed.format, feed.title, feed.language) == ("rss20", "The Harbour Post", "en-gb")
    assert feed.home_url == "https://news.example.com/"
    assert feed.hub_url == "https://hub.example.com/"
    assert feed.self_url == "https://news.example.com/feeds/all.xml"
    assert feed.warnings == ()
    first = feed.items[0]
    assert (first.identity, first.identity_reason) == ("ferry-1", "guid")
    assert first.url == "https://news.example.com/2024/05/ferry"
    assert (first.title, first.summary) == ("Ferry &amp; tug collide", "Two hurt.")
    assert first.content_html == "<p>Two people were hurt.</p>"
    assert (first.authors, first.categories) == (("Ada Quill",), ("Harbour",))
    assert first.published is not None
    assert first.published.value == datetime(2024, 5, 1, 13, 30, tzinfo=UTC)


@pytest.mark.area("Cadence")
@pytest.mark.rule(
    "ttl, sy:, skipHours and skipDays are read whole", source="RSS 2.0; RSS 1.0 syndication module"
)
def test_cadence() -> None:
    cadence = parse(RSS).cadence
    assert (cadence.ttl_minutes, cadence.update_minutes) == (30, 30)
    assert (cadence.skip_hours, cadence.skip_days) == ((0, 2, 3), ("saturday", "sunday"))


@pytest.mark.area("Cadence")
@pytest.mark.rule(
    "A wish that makes no sense is no wish",
    source="RSS 2.0 (ttl, skipHours, skipDays), RSS 1.0 syndication module, RFC 9111, 5.2 and 5.3",
)
@pytest.mark.parametrize(
    ("markup", "ttl", "update"),
    [
        ("<ttl>-5</ttl>", None, None),
        ("<ttl>soon</ttl>", None, None),
        ("<!-- <ttl>9</ttl> --><ttl> 15 </ttl>", 15, None),
        ("<sy:updatePeriod>dayly</sy:updatePeriod>", None, 1440),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None, None),
        ("<skipHours><hour>30</hour></skipHours>", None, None),
    ],
)
def test_cadence_that_makes_no_sense_is_left_out(
    markup: str, ttl: int | None, update: int | None
) -> None:
    cadence = read_cadence(markup)
    assert (cadence.ttl_minutes, cadence.update_minutes) == (ttl, update)
    assert cadence.skip_hours == ()


@pytest.mark.rule(
    "An entry without a guid is known by its link, then by its title",
    source="miniflux: guid, link, title",
)
def test_identity_falls_back_to_link_then_title() -> None:
    reasons = [(item.identity_reason, item.identity) for item in parse(RSS).items]
    assert reasons[1] == ("url", "https://news.example.com/2024/05/second")
    assert reasons[2][0] == "content"
    edited = parse(RSS.replace("First words", "Other words"))
    assert edited.items[2].identity == reasons[2][1]
    assert edited.items[2].summary == "Other words"


@pytest.mark.rule("Entries that share a guid are told apart by their links", source="miniflux 4197")
def test_shared_guids_are_told_apart_by_their_links() -> None:
    feed = items_only(
        "<item><guid>g</guid><link>https://a.example/1</link><title>1</title></item>"
        "<item><guid>g</guid><link>https://a.example/2</link><title>2</title></item>"
        "<item><guid>g</guid><link>https://a.example/1</link><title>1</title></item>"
    )
    assert [item.identity for item in feed.items] == [
        "g a.example/1",
        "g a.example/2",
    ]


@pytest.mark.rule("One entry in two wordings has two versions", source="FreshRSS 798")
def test_one_entry_listed_in_other_words_has_two_versions() -> None:
    feed = items_only(
        "<item><guid>g</guid><title>Old</title></item><item><guid>g</guid><title>New</title></item>"
    )
    assert [(item.identity, item.title) for item in feed.items] == [("g", "Old"), ("g", "New")]


@pytest.mark.rule("guids are kept as written", source="RSS 2.0: guid")
def test_guids_are_kept_as_written() -> None:
    feed = items_only("<item><guid>12345</guid><title>x</title><link>/a</link></item>")
    assert (feed.items[0].guid, feed.items[0].url) == ("12345", "https://news.example.com/a")


def test_atom() -> None:
    feed = parse(ATOM)
    assert (feed.format, feed.title, feed.language) == ("atom10", "Hafen", "de")
    assert feed.updated is not None
    entry = feed.items[0]
    assert (entry.guid, entry.language, entry.authors) == (
        "tag:hafen.example,2024:1",
        "de",
        ("Jo Kai",),
    )
    assert entry.published is not None
    assert entry.published.value == datetime(2024, 5, 1, 6, tzinfo=UTC)
    assert entry.updated is not None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15+00:00"),
        ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17+00:00"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00+00:00"),
        ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00+00:00"),
        ("2003-365", None),
        ("2004 mmm", None),
        ("25", None),
        ("2004-05-25 오후 11:23:17" + " " * 300 + "x", None),
    ],
)
def test_rare_dates_are_read_by_what_they_say_alone(written: str, read: str | None) -> None:
    """Neither today's date nor the machine's zone fills in what is missing."""
    feed = f"<rss version='2.0'><channel><item><pubDate>{written}</pubDate></item></channel></rss>"
    (item,) = parse_feed(feed.encode(), url="https://e.example/").items
    assert (item.published.value.isoformat() if item.published else None) == read


def test_rdf_items_are_published_on_their_dublin_core_date() -> None:
    feed = parse(RDF)
    assert feed.format == "rss10"
    assert feed.items[0].published is not None
    assert feed.items[0].published.value == datetime(2024, 5, 1, 8, tzinfo=UTC)


def test_cdf() -> None:
    feed = parse(CDF)
    assert (feed.format, feed.title) == ("cdf", "Old channel")
    assert feed.items[0].url == "https://c.example/1"


def test_json_feed() -> None:
    feed = parse(json.dumps(JSON))
    assert (feed.format, feed.title, feed.hub_url) == ("json11", "J", "https://hub.example/")
    first, second = feed.items
    assert (first.identity, first.url) == ("7", "https://news.example.com/7")
    assert (first.content_html, first.authors) == ("Words", ("The desk",))
    assert (second.url, second.authors, second.categories) == (
        "https://x.example/8",
        ("B",),
        ("a", "3"),
    )
    assert feed.warnings == ("1 entries are no JSON objects and were left out",)


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "What is no feed says what it is",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<!DOCTYPE html><html><head><title>Hi</title></head><body/></html>", "HTML page"),
        (
            b"<?xml version='1.0'?>\n<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>",
            "HTML page",
        ),
        (b"<opml version='2.0'><body/></opml>", "no feed that we know"),
        (b"plain words", "no feed that we know"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no feed that we know"),
        (b'{"version": ', "broken JSON"),
        (b'{"items": []}', "no JSON Feed"),
        (b"{" * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, problem: str) -> None:
    with pytest.raises(FeedError, match=problem) as caught:
        parse_feed(body, url=URL)
    assert caught.value.remedy


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "A damaged feed is read as far as it goes, and it is said",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
def test_truncated_feed_gives_what_it_has() -> None:
    feed = parse(RSS[: RSS.index("Only a title")])
    assert [item.identity for item in feed.items[:2]] == [
        "ferry-1",
        "https://news.example.com/2024/05/second",
    ]
    assert any("malformed XML" in warning for warning in feed.warnings)
    assert any("breaks off inside its last entry" in warning for warning in feed.warnings)


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "What a server encodes or names wrongly is read as it is",
    source="RFC 7303, 3; WHATWG Encoding Standard",
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-8-sig", "windows-1252"])
def test_encodings(encoding: str) -> None:
    text = RSS.replace("Second", "Zweite Fähre – “ok”").replace(
        'encoding="utf-8"', f'encoding="{encoding}"'
    )
    feed = parse_feed(text.encode(encoding), url=URL)
    assert feed.items[1].title == "Zweite Fähre – “ok”"


@pytest.mark.area("HTTP")
@pytest.mark.rule(
    "What a server encodes or names wrongly is read as it is",
    source="RFC 7303, 3; WHATWG Encoding Standard",
)
def test_a_wrong_charset_in_the_header_is_not_believed() -> None:
    text = RSS.replace("Second", "Fähre")
    feed = parse(text, content_type="application/rss+xml; charset=ISO-8859-1")
    assert feed.items[1].title == "Fähre"
    bare = text.replace('<?xml version="1.0" encoding="utf-8"?>', "").encode("latin-1")
    feed = parse_feed(bare, url=URL, content_type="text/xml; charset=ISO-8859-1")
    assert feed.items[1].title == "Fähre"


def test_relative_links_in_titles_are_resolved() -> None:
    feed = items_only('<item><title>&lt;a href="/x"&gt;x&lt;/a&gt;</title></item>')
    assert feed.items[0].title == '<a href="https://news.example.com/x">x</a>'


@pytest.mark.area("Safety")
@pytest.mark.rule("Links that are no web addresses are none", source="RFC 9110, 4.2")
def test_links_that_cannot_be_fetched_are_none() -> None:
    feed = items_only("<item><guid>1</guid><link>urn:isbn:1</link></item>")
    assert feed.items[0].url is None


@pytest.mark.area("Safety")
@pytest.mark.rule(
    "Entries beyond the cap are left out, and it is said",
    source="newsboat PR 3428, sockethub 1133: caps on what is decoded, not only on what is sent",
)
def test_entries_beyond_the_cap_are_left_out_and_said() -> None:
    feed = items_only("<item><guid>%d</guid></item>" * 3 % (1, 2, 3))
    assert len(feed.items) == 3
    many = "".join(f"<item><guid>{at}</guid></item>" for at in range(MAX_ITEMS + 5))
    feed = items_only(many)
    assert len(feed.items) == MAX_ITEMS
    assert feed.warnings == (f"5 entries beyond the first {MAX_ITEMS} were left out",)


def test_suites_of_other_parsers(shared_dir: Path) -> None:
    from benchmarks.feed_cases import SUITES

    figures = {
        name: SUITES[name](shared_dir / "data" / name)
        for name in ("feedparser_tests", "gofeed_testdata", "reader_tests")
    }
    assert not [line for tally in figures.values() for line in tally.raised]
    expected = sum(tally.expectations for tally in figures.values())
    assert sum(tally.right for tally in figures.values()) >= 0.98 * expected


@pytest.mark.rule("Half a character spoils no feed", source="XML 1.0, 4.1: no such references")
@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("&#55357;&#56832;", "\U0001f600"),
        ("&#xD83D;&#xDE00;", "\U0001f600"),
        ("&#xD83D;", "\ufffd"),
        ("&#55205;", "\ud7a5"),
    ],
)
def test_references_to_half_a_character_are_joined(reference: str, text: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>Oh {reference}</title></item></channel></rss>"
    document = parse_feed(body.encode(), url="https://a.example/feed")
    assert document.items[0].title == f"Oh {text}"
