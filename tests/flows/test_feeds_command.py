"""`claimwire feeds ...`, as typed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.sources import load_feeds
from tests.web import Reply, Web, gzip_bomb, web_in_thread

RSS = (
    '<rss version="2.0"><channel><title>The News</title><item><guid>1</guid><title>One</title>'
    "<pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate></item></channel></rss>"
)
OPML = (
    "<opml version='1.0'><body><outline text='A' xmlUrl='https://a.example/rss'/>"
    "<outline text='B' xmlUrl='https://b.example/rss'/></body></opml>"
)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with web_in_thread() as web:
        web.routes["/our-feed"] = Reply(200, RSS)
        web.routes["/"] = Reply(
            200, '<link rel="alternate" type="application/rss+xml" href="/our-feed">', {}
        )
        web.routes["/page"] = Reply(200, "<html><body>A page.</body></html>")
        web.routes["/empty"] = Reply(200, "")
        web.routes["/huge"] = Reply(200, "", length=200_000_000)
        web.routes["/bomb"] = Reply(200, gzip_bomb(50), {"Content-Encoding": "gzip"})
        web.routes["/inside"] = Reply(302, "", {"Location": "http://127.200.0.1/"})
        web.routes["/cut"] = Reply(200, RSS[:-40])
        web.routes["/latin"] = Reply(
            200,
            RSS.replace("News", "Néws").encode("latin-1"),
            {"Content-Type": "text/xml; charset=utf-8"},
        )
        web.routes["/moved"] = Reply(301, "", {"Location": "/our-feed"})
        web.routes["/away"] = Reply(302, "", {"Location": "/our-feed"})
        web.routes["/gz"] = Reply(200, gzip.compress(RSS.encode()), {"Content-Encoding": "gzip"})
        yield web


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMWIRE_HOME", str(tmp_path))
    monkeypatch.setenv("CLAIMWIRE_ALLOWED_NETWORKS", "127.0.0.0/9")
    monkeypatch.setenv("CLAIMWIRE_SITE_INTERVAL_S", "0")
    return tmp_path


def feeds(home: Path) -> list[tuple[str, str]]:
    return [(feed.url, feed.outlet) for feed in load_feeds(home / "feeds.toml")]


def test_a_feed_is_added_under_its_own_name(home: Path, web: Web, capsys: Capture) -> None:
    assert main(["feeds", "add", web.url("/our-feed")]) == 0
    assert feeds(home) == [(web.url("/our-feed"), "The News")]
    out = capsys.readouterr()
    assert out.out == f"url\toutlet\tis_active\n{web.url('/our-feed')}\tThe News\ttrue\n"
    assert out.err == "Added 1 feed.\n"
    assert main(["feeds", "add", web.url("/our-feed"), "--outlet", "Other"]) == 0
    assert capsys.readouterr().err == "Added 0 feeds; 1 known already.\n"


@pytest.mark.parametrize(
    ("path", "kept"), [("/moved", "/our-feed"), ("/away", "/away"), ("/gz", "/gz")]
)
def test_only_a_permanent_move_is_taken_over(home: Path, web: Web, path: str, kept: str) -> None:
    assert main(["feeds", "add", web.url(path), "--outlet", "N"]) == 0
    assert feeds(home) == [(web.url(kept), "N")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/page", "HTML page, not a feed"),
        ("/empty", "response is empty"),
        ("/huge", "larger than the limit"),
        ("/bomb", "larger than the limit"),
        ("/inside", "a loopback address, which may not be connected to"),
        ("/none", "answered with status 404"),
        ("http://127.0.0.1:1/", "refuses connections"),
        ("http://nowhere.invalid/", "does not resolve"),
        ("ftp://a.example/", "is no http or https address"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(
    home: Path, web: Web, capsys: Capture, path: str, words: str
) -> None:
    url = web.url(path) if path.startswith("/") else path
    assert main(["feeds", "add", url]) == 1
    out = capsys.readouterr()
    assert words in out.err and out.out == "" and "Traceback" not in out.err
    assert feeds(home) == []


@pytest.mark.parametrize(
    ("path", "name", "words"),
    [
        ("/cut", "The News", "breaks off inside its last entry"),
        ("/latin", "The Néws", "declared character encoding is wrong"),
    ],
)
def test_a_damaged_feed_is_a_feed(
    home: Path, web: Web, capsys: Capture, path: str, name: str, words: str
) -> None:
    assert main(["feeds", "add", web.url(path)]) == 0
    assert feeds(home) == [(web.url(path), name)]
    assert words in capsys.readouterr().err
    assert main(["feeds", "check", web.url(path)]) == 0
    assert words in capsys.readouterr().out


def test_opml_comes_in_and_goes_out(home: Path, capsys: Capture) -> None:
    (home / "mine.opml").write_text(OPML)
    assert main(["feeds", "add", str(home / "mine.opml")]) == 0
    expected = [("https://a.example/rss", "A"), ("https://b.example/rss", "B")]
    assert feeds(home) == expected
    capsys.readouterr()
    assert main(["feeds", "export", "--opml"]) == 0
    (home / "back.opml").write_text(capsys.readouterr().out)
    (home / "feeds.toml").unlink()
    assert main(["feeds", "add", str(home / "back.opml")]) == 0
    assert feeds(home) == expected
    assert main(["feeds", "export", str(home / "there.opml")]) == 0
    assert (home / "there.opml").read_bytes() == (home / "back.opml").read_bytes()
    assert main(["feeds", "export", str(home / "no" / "where.opml")]) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<opml>\n<body>\n<outline", "line 3"), (b"", "no well-formed XML"), (None, "no file")],
)
def test_a_broken_opml_is_told(home: Path, capsys: Capture, body: bytes | None, words: str) -> None:
    if body is not None:
        (home / "mine.opml").write_bytes(body)
    assert main(["feeds", "add", str(home / "mine.opml")]) == 2
    assert words in capsys.readouterr().err


def test_feeds_are_discovered(home: Path, web: Web, capsys: Capture) -> None:
    assert main(["--json", "feeds", "discover", web.url("/")]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["url"] == web.url("/our-feed") and found["items"] == 1
    assert found["newest"].startswith("2024-01-01T10:00:00")
    assert main(["feeds", "discover", web.url("/page")]) == 1


def test_feeds_are_listed_and_removed(home: Path, capsys: Capture) -> None:
    assert main(["feeds", "list"]) == 0
    assert "There are no feeds yet." in capsys.readouterr().err
    (home / "mine.opml").write_text(OPML)
    main(["feeds", "add", str(home / "mine.opml")])
    capsys.readouterr()
    assert main(["feeds", "list", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "https://a.example/rss,A,true"
    assert main(["feeds", "remove", "https://a.example/rs"]) == 2
    assert "Did you mean 'https://a.example/rss'?" in capsys.readouterr().err
    assert main(["feeds", "remove", "https://a.example/rss", "b"]) == 0
    assert feeds(home) == []


@pytest.mark.parametrize(
    ("paths", "code"), [(["/our-feed", "/gz"], 0), (["/our-feed", "/none"], 3), (["/none"], 1)]
)
def test_a_check_tells_which_feeds_answer(
    home: Path, web: Web, capsys: Capture, paths: list[str], code: int
) -> None:
    assert main(["--json", "feeds", "check", *map(web.url, paths)]) == code
    rows = json.loads(capsys.readouterr().out)
    assert [row["is_ok"] for row in rows] == [path != "/none" for path in paths]


def test_a_broken_list_is_told(home: Path, capsys: Capture) -> None:
    (home / "feeds.toml").write_text("[[feed]]\nurl = nothing\n")
    assert main(["feeds", "list"]) == 2
    assert "line 2" in capsys.readouterr().err
