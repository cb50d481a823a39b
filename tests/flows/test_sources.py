"""Feed lists in TOML and OPML, and finding feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from extractors.errors import FeedError, FetchError, SettingsError
from flows.http import Client, HttpPolicy
from flows.sources import (
    FeedSource,
    add_feeds,
    load_feeds,
    read_opml,
    remove_feeds,
    save_feeds,
    write_opml,
)
from flows.sources.discovery import discover, find_feed_links, probe
from tests.web import NO_TRUST, FakeClock, Reply, Web, serving

RSS = (
    '<rss version="2.0"><channel><title>News</title><item><guid>1</guid><title>One</title>'
    "<link>https://news.example/1</link></item></channel></rss>"
)
FEEDS = (
    FeedSource("https://a.example/rss", 'The "A" — ä\\n'),
    FeedSource("https://b.example/rss", "B", active=False, robots=False, min_interval_minutes=30),
)

# ---------------------------------------------------------------- TOML


def test_the_list_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feeds.toml"
    save_feeds(path, FEEDS)
    assert load_feeds(path) == FEEDS
    assert "active" not in path.read_text("utf-8").split("b.example")[0]
    assert [file.name for file in path.parent.iterdir()] == ["feeds.toml"]


def test_no_list_is_an_empty_list(tmp_path: Path) -> None:
    assert load_feeds(tmp_path / "feeds.toml") == ()


def test_the_outlet_defaults_to_the_host(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nurl = "https://www.a.example/rss"\n')
    assert load_feeds(path) == (FeedSource("https://www.a.example/rss", "www.a.example"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feed]]\nurl = https://a.example", "line 2"),
        ('[[feed]]\nurl = "a.example"', "feed 1 has no usable url"),
        ('[[feed]]\noutlet = "A"', "feed 1 has no usable url"),
        ("[[feed]]\nurl = 1", "'url' of feed 1 must be text"),
        ('[[feed]]\nurl = "http://a.example"\nactive = "yes"', "must be true or false"),
        ('[[feed]]\nurl = "http://a.example"\nmin_interval_minutes = true', "whole number"),
        ('[[feed]]\nurl = "http://a.example"\nactiv = true', "unknown key 'activ'"),
        ('[[feed]]\nurl = "http://a.example"\n' * 2, "twice"),
        ('[feeds]\nurl = "http://a.example"', "tables only"),
        ('feed = ["http://a.example"]', "is no table"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(SettingsError, match=words) as caught:
        load_feeds(path)
    assert caught.value.exit_code == 2
    assert str(path) in caught.value.problem


def test_a_list_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        save_feeds(tmp_path / "file" / "feeds.toml", FEEDS)


def test_adding_keeps_what_a_hand_wrote(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('# mine\n\n# the first\n[[feed]]\nurl = "https://a.example/rss"  # good\n')
    more = (FeedSource("https://a.example/rss", "Other"), FeedSource("https://c.example/", "C"))
    assert add_feeds(path, (*more, more[1])) == (more[1],)
    assert add_feeds(path, more) == ()
    assert path.read_text().startswith("# mine\n\n# the first\n")
    assert "# good" in path.read_text()
    assert [feed.outlet for feed in load_feeds(path)] == ["a.example", "C"]


def test_adding_to_no_list_makes_one(tmp_path: Path) -> None:
    assert add_feeds(tmp_path / "feeds.toml", FEEDS) == FEEDS
    assert load_feeds(tmp_path / "feeds.toml") == FEEDS


def test_removing_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    tables = [f'# about {name}\n[[feed]]\nurl = "https://{name}.example/"\n' for name in "abc"]
    path.write_text("# mine\n\n" + "".join(tables))
    remove_feeds(path, ["https://b.example/"])
    assert path.read_text() == "# mine\n\n" + tables[0] + tables[2]
    remove_feeds(path, ["https://a.example/", "https://c.example/"])
    assert path.read_text() == "# mine\n\n"
    assert load_feeds(path) == ()


def test_a_list_written_in_another_way_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('feed = [{url = "https://a.example/"}, {url = "https://b.example/"}]')
    add_feeds(path, FEEDS[:1])
    remove_feeds(path, ["https://b.example/"])
    assert [feed.url for feed in load_feeds(path)] == ["https://a.example/", FEEDS[0].url]


# ---------------------------------------------------------------- OPML

OPML = """<?xml version="1.0"?>
<opml version="1.0"><head><title>mine</title></head><body>
  <outline text="World">
    <outline text="Deep"><outline text="B" xmlUrl="https://b.example/feed?x=1&amp;y=2"/></outline>
    <outline title="A news" text="A" type="rss" xmlUrl=" https://a.example/rss "/>
  </outline>
  <outline text="A again" xmlurl="https://a.example/rss"/>
  <outline text="" XMLURL="https://c.example/"/>
  <outline text="a link" type="link" url="https://d.example/"/>
</body></opml>
"""


def test_nested_outlines_are_read_in_order() -> None:
    assert read_opml(OPML.encode()) == (
        FeedSource("https://b.example/feed?x=1&y=2", "B"),
        FeedSource("https://a.example/rss", "A news"),
        FeedSource("https://c.example/", "c.example"),
    )


def test_ampersands_that_nobody_escaped_are_forgiven() -> None:
    body = (
        b'<opml><body><outline text="A & B &amp; C" xmlUrl="https://a.example/?a=1&b=2&amp;c=3"/>'
    )
    (feed,) = read_opml(body + b"</body></opml>")
    assert (feed.outlet, feed.url) == ("A & B & C", "https://a.example/?a=1&b=2&c=3")


def test_opml_goes_out_and_comes_back() -> None:
    back = read_opml(write_opml(FEEDS))
    assert [(feed.url, feed.outlet) for feed in back] == [(f.url, f.outlet) for f in FEEDS]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no well-formed XML"),
        (b"   ", "no well-formed XML"),
        (b"<opml>\n<body>\n<outline xmlUrl='http://a.example/'>\n</body></opml>", r"\(line 4\)"),
        (b"<html><body/></html>", "no OPML: line 1 has <html>"),
        (b"<opml><body/></opml>", "lists no feeds"),
        (b"<opml>\n<body>\n<outline xmlUrl='feed.xml'/></body></opml>", "line 3"),
        (b"\xff\xfe\x00garbage", "no well-formed XML"),
    ],
)
def test_broken_opml_is_told_with_its_line(body: bytes, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        read_opml(body, "mine.opml")
    assert caught.value.problem.startswith("mine.opml")
    assert caught.value.exit_code == 2


def test_opml_cannot_read_the_disk(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://secret.example/")
    body = (
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<opml><body><outline xmlUrl="https://a.example/" text="a"/>'
        '<outline text="&x;">&x;</outline></body></opml>'
    )
    try:
        feeds = read_opml(body.encode())
    except SettingsError as error:
        assert "secret.example" not in str(error)
    else:
        assert "secret" not in repr(feeds)


def test_opml_cannot_blow_up() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f'<!DOCTYPE opml [{entities}]><opml><body><outline text="&i;"/></body></opml>'
    with pytest.raises(SettingsError):
        read_opml(body.encode())


# ---------------------------------------------------------------- finding

PAGE = """<html><head><base href="/de/">
<link rel="stylesheet" href="style.css">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="Alternate" type="application/rss+xml; charset=utf-8" href="rss.xml">
<link rel="alternate" type="application/atom+xml" href="//b.example/atom#x">
<link rel="alternate" type="application/rss+xml" href="ftp://b.example/">
</head><body><a href="/world/feed/">RSS</a> <a href="rss.xml">again</a><a>none</a></body></html>"""


def test_the_links_of_a_page_are_found() -> None:
    assert find_feed_links(PAGE.encode(), "https://a.example/x") == [
        "https://a.example/de/rss.xml",
        "https://b.example/atom#x",
        "https://a.example/world/feed/",
    ]


@pytest.mark.parametrize("body", [b"", b"  ", b"\x00\xff", b"<!-- -->", b"plain text"])
def test_what_is_no_page_offers_nothing(body: bytes) -> None:
    assert find_feed_links(body, "https://a.example/") == []


def with_web(story: Callable[[Web, Client], Awaitable[None]]) -> None:
    async def main() -> None:
        policy = HttpPolicy(allowed_networks=("127.0.0.0/8",), min_spacing_s=0)
        async with serving() as web, Client(policy, clock=FakeClock(), tls=NO_TRUST) as client:
            await story(web, client)

    asyncio.run(main())


def test_a_feed_is_found_where_the_page_says() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/"] = Reply(
            200,
            '<link rel="alternate" type="application/rss+xml" href="/broken">'
            '<link rel="alternate" type="application/rss+xml" href="/moved">'
            '<link rel="alternate" type="application/rss+xml" href="/news">',
        )
        web.routes["/broken"] = Reply(200, "<html>")
        web.routes["/moved"] = Reply(301, "", {"Location": "/news"})
        web.routes["/news"] = Reply(200, RSS)
        found = await discover(client, web.url("/"))
        assert [(feed.url, feed.document.title) for feed in found] == [(web.url("/news"), "News")]

    with_web(story)


def test_a_feed_is_found_in_the_usual_place() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/"] = Reply(200, "<html><body>welcome</body></html>")
        web.routes["/rss.xml"] = Reply(200, RSS)
        assert [feed.url for feed in await discover(client, web.url("/"))] == [web.url("/rss.xml")]
        assert [feed.url for feed in await discover(client, web.url("/rss.xml"))] == [
            web.url("/rss.xml")
        ]

    with_web(story)


def test_a_site_without_feeds_is_told() -> None:
    async def story(web: Web, client: Client) -> None:
        web.routes["/"] = Reply(200, "<html><body>welcome</body></html>")
        with pytest.raises(FeedError, match="page without a feed"):
            await discover(client, web.url("/"))
        with pytest.raises(FeedError, match="HTML"):
            await probe(client, web.url("/"))
        with pytest.raises(FetchError, match="status 404"):
            await probe(client, web.url("/none"))
        with pytest.raises(FetchError, match="status 404"):
            await discover(client, web.url("/none"))

    with_web(story)
