"""A small news site on loopback for tests of whole runs, and homes that poll it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.sax.saxutils import escape

import duckdb

from flows.settings import Settings, resolve
from flows.sources import FeedSource, save_feeds
from tests.empty import lay_empty
from tests.flows.readers import PLAIN


@dataclass(frozen=True)
class Item:
    """An entry of a feed; `path` is also its guid unless it has one."""

    path: str
    title: str
    summary: str = ""
    content: str = ""
    guid: str = ""


@dataclass
class Newsroom:
    """What the site serves, and where it leads elsewhere, by path; `asked` lists the requests."""

    base: str
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    on_request: Callable[[int], object] | None = None

    def put(self, path: str, body: str | bytes, status: int = 200, kind: str = "text/html") -> None:
        self.pages[path] = (status, kind, body.encode() if isinstance(body, str) else body)

    def story(self, path: str, title: str, *paragraphs: str, head: str = "") -> None:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        self.put(path, f"<html>{head}<h1>{title}</h1>{text}</html>")

    def redirect(self, path: str, to: str) -> None:
        self.put(path, "", status=301)
        self.moved[path] = self.base + to

    def feed(self, path: str, items: Sequence[Item]) -> str:
        entries = "".join(_entry(self.base, item) for item in items)
        markup = f'<rss version="2.0" xmlns:content="{_CONTENT}"><channel><title>T</title>{entries}'
        self.put(path, markup + "</channel></rss>", kind="application/rss+xml")
        return self.base + path

    def pages_asked(self) -> list[str]:
        return sorted(path for path in self.asked if "feed" not in path and "robots" not in path)


_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def _entry(base: str, item: Item) -> str:
    content = f"<content:encoded>{escape(item.content)}</content:encoded>" if item.content else ""
    return (
        f"<item><title>{escape(item.title)}</title><link>{escape(base + item.path)}</link>"
        f"<guid>{escape(item.guid or item.path)}</guid>"
        f"<description>{escape(item.summary)}</description>{content}</item>"
    )


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            room.asked.append(self.path)
            if room.on_request:
                room.on_request(len(room.asked))
            status, kind, body = room.pages.get(self.path, (404, "text/plain", b"nothing"))
            self.send_response(status)
            if self.path in room.moved:
                self.send_header("Location", room.moved[self.path])
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # killed runs hang up
    room = Newsroom(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield room
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


FLAGS = {
    "site_interval_s": "0", "site_connections": "8", "allowed_networks": "127.0.0.0/8",
    "workers": "1", "reader": PLAIN,
}  # fmt: skip


def make_home(folder: Path, feeds: Sequence[str], **flags: str) -> Settings:
    """Return the settings of a home that polls these feeds, its warehouse empty."""
    folder.mkdir(exist_ok=True)
    save_feeds(
        folder / "feeds.toml", [FeedSource(url, f"Outlet {n}") for n, url in enumerate(feeds)]
    )
    settings = resolve({"home": str(folder), **FLAGS, **flags}, {}).settings
    lay_empty(settings.work_path)
    return settings


def rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    """Ask the published warehouse."""
    with duckdb.connect(str(settings.published_path), read_only=True) as con:
        return con.sql(query).fetchall()


def fates(settings: Settings) -> dict[str, str]:
    """Return the fate of each URL, by path."""
    found = rows(settings, "SELECT canonical_url, fate FROM ops.url_fates")
    return {"/" + url.partition("//")[2].partition("/")[2]: fate for url, fate in found}
