"""One run over everything that a feed can do wrong: each is told, and the good feed is loaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import cli
from tests.flows.newsroom import FLAGS, make_home, rows
from tests.web import Reply, gzip_bomb, web_in_thread

pytestmark = pytest.mark.area("Safety")

ENTRY = "<item><guid>{0}</guid><title>News {0}</title><link>{1}</link></item>"
PAGE = "<html><h1>Ferry sinks</h1><p>Berg said twelve people died.</p></html>"
MEGABYTE = bytes(1_000_000)
BAD = {
    "/page": "not a feed",
    "/huge": "larger than",
    "/bomb": "larger than",
    "/inside": "loopback",
    "/empty": "empty",
}


def channel(*entries: str) -> str:
    return f'<rss version="2.0"><channel><title>T</title>{"".join(entries)}</channel></rss>'


@dataclass(frozen=True)
class Result:
    home: Path
    code: int
    base: str

    def ask(self, query: str) -> list[tuple[object, ...]]:
        return rows(make_home(self.home, []), query)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Result]:
    home = tmp_path_factory.mktemp("bad") / "home"
    with web_in_thread() as web, pytest.MonkeyPatch.context() as patch:
        latin = channel(ENTRY.format("é", web.url("/p4"))).encode("latin-1")
        cut = channel(ENTRY.format(2, web.url("/p2")), ENTRY.format(3, web.url("/p3")))[:-45]
        web.routes |= {
            "/good": Reply(200, channel(ENTRY.format(1, web.url("/p1")))),
            "/cut": Reply(200, cut),
            "/latin": Reply(200, latin, {"Content-Type": "text/xml; charset=utf-8"}),
            "/page": Reply(200, PAGE),
            "/huge": Reply(200, [MEGABYTE] * 200),
            "/bomb": Reply(200, gzip_bomb(200), {"Content-Encoding": "gzip"}),
            "/inside": Reply(302, "", {"Location": "http://127.200.0.1/"}),
            "/empty": Reply(200, ""),
        }
        for number in range(1, 5):  # the same text in all places would be a wall
            web.routes[f"/p{number}"] = Reply(200, PAGE.replace("died", f"died at pier {number}"))
        feeds = [web.url(path) for path in ("/good", "/cut", "/latin", *BAD)]
        feeds += ["http://127.0.0.1:1/refused", "http://nowhere.invalid/feed"]
        make_home(home, feeds)
        for key, value in (FLAGS | {"allowed_networks": "127.0.0.0/9"}).items():
            patch.setenv(f"CLAIMWIRE_{key.upper()}", value)
        code = cli.main(["run", "--home", str(home), "--set", "max_body_bytes=2000000"])
        yield Result(home, code, web.base)


def test_some_feeds_failed(result: Result) -> None:
    assert result.code == 3


@pytest.mark.area("Fates and health")
@pytest.mark.rule(
    "Whatever a feed does wrong is told in a sentence",
    source="miniflux 1628, NewsBlur 706: nobody says that a source broke",
)
@pytest.mark.parametrize(
    ("feed", "words"),
    [*BAD.items(), ("/refused", "refuse"), ("/feed", "does not resolve")],
)
def test_each_is_told_in_a_sentence(result: Result, feed: str, words: str) -> None:
    (found,) = result.ask(f"SELECT problem FROM feed_health WHERE url LIKE '%{feed}'")
    assert words in str(found[0])


@pytest.mark.rule("A bad feed keeps no other from being loaded", source="miniflux 3334")
def test_the_others_are_loaded(result: Result) -> None:
    titles = {str(title) for (title,) in result.ask("SELECT title FROM ops.feed_items")}
    assert {"News 1", "News 2", "News é"} <= titles
    assert result.ask("SELECT count(*) FROM claims WHERE claimant = 'Berg'") != [(0,)]


@pytest.mark.area("Archive")
@pytest.mark.rule(
    "Every answer is in the archive before anything follows from it",
    source="archive first: what is not kept is not used",
)
def test_every_answer_is_in_the_archive(result: Result) -> None:
    paths = {str(url).removeprefix(result.base) for (url,) in result.ask(
        "SELECT url FROM ops.fetches WHERE archive_file IS NOT NULL"
    )}  # fmt: skip
    assert {"/good", "/cut", "/latin", *BAD} - {"/inside"} <= paths  # its last hop gave none


@pytest.mark.parametrize("damage", ["cut", "torn", "other", "empty"])
def test_a_damaged_warehouse_is_told_and_left_alone(
    result: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    for name in ("warehouse.duckdb", "warehouse.work.duckdb", "feeds.toml"):
        shutil.copy(result.home / name, tmp_path)
    whole = (tmp_path / "warehouse.duckdb").read_bytes()
    torn = bytearray(whole)
    for at in range(20_000, len(torn), 4096):
        torn[at : at + 64] = b"\xff" * 64
    bodies = {"cut": whole[:100_000], "torn": bytes(torn), "other": b"x" * 50_000, "empty": b""}
    for name in ("warehouse.duckdb", "warehouse.work.duckdb"):
        (tmp_path / name).write_bytes(bodies[damage])
    assert cli.main(["claims", "--home", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "is not a readable warehouse file" in said
    assert "Something failed" not in said
    assert (tmp_path / "warehouse.duckdb").read_bytes() == bodies[damage]


def test_a_home_below_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    for command in (["init"], ["run"], ["serve"], ["feeds", "add", "http://127.0.0.1:1/"]):
        assert cli.main([*command, "--home", os.fspath(tmp_path / "file" / "home")]) == 2
        assert "Something failed" not in capsys.readouterr().err
