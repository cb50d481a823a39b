"""`feeds.toml`: the feeds to poll, one table each.

[[feed]]
url = "https://www.example.org/rss"
outlet = "Example"
active = true                # optional, as all below
robots = true                # obey robots.txt for this feed's pages
min_interval_minutes = 30    # never poll more often than this
verify_tls = true            # refuse its host when it cannot prove who it is
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractors.errors import FetchError, SettingsError
from flows.urls import parse_url

_HEADER = "# The feeds to poll. Change it by hand, or with: claimwire feeds add, feeds remove.\n"
_TABLE = re.compile(r"\s*\[\[\s*feed\s*\]\]")


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed that the user wants polled, and how."""

    url: str
    outlet: str
    active: bool = True
    robots: bool = True
    min_interval_minutes: int = 0
    verify_tls: bool = True


_TYPES: Mapping[str, tuple[type, str]] = {
    "url": (str, "text"),
    "outlet": (str, "text"),
    "active": (bool, "true or false"),
    "robots": (bool, "true or false"),
    "min_interval_minutes": (int, "a whole number"),
    "verify_tls": (bool, "true or false"),
}


def load_feeds(path: Path) -> tuple[FeedSource, ...]:
    """Return the feeds listed in `path`; none if there is no such file.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or an entry cannot be used.
    """
    return _parsed(_text(path), path)


def save_feeds(path: Path, feeds: Iterable[FeedSource]) -> None:
    """Write `feeds` to `path`, whole or not at all; what else stood there is lost.

    Raises:
        SettingsError: the file cannot be written.
    """
    _write(path, _HEADER + _tables(feeds))


def add_feeds(path: Path, more: Iterable[FeedSource]) -> tuple[FeedSource, ...]:
    """Add to the list at `path` what is new in `more`, by URL, and return what was new.

    Raises:
        SettingsError: the list cannot be used or written.
    """
    known = load_feeds(path)
    new = {feed.url: feed for feed in more}
    for feed in known:
        new.pop(feed.url, None)
    added = tuple(new.values())
    if added:
        _edit(path, (_text(path) or _HEADER) + _tables(added), known + added)
    return added


def remove_feeds(path: Path, urls: Collection[str]) -> None:
    """Take the feeds at `urls` off the list at `path`.

    Raises:
        SettingsError: the list cannot be used or written.
    """
    known = load_feeds(path)
    head, *tables = _blocks(_text(path))
    pairs = zip(known, tables, strict=False)
    kept = [table for feed, table in pairs if feed.url not in urls]
    _edit(path, "".join([head, *kept]), tuple(feed for feed in known if feed.url not in urls))


def _edit(path: Path, text: str, expected: tuple[FeedSource, ...]) -> None:
    """Write the list as edited by hand would be, or anew where that cannot be done."""
    try:
        is_right = _parsed(text, path) == expected
    except SettingsError:
        is_right = False
    _write(path, text) if is_right else save_feeds(path, expected)


def _blocks(text: str) -> list[str]:
    """Return what stands before the first table, and each table with the comment right above."""
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _TABLE.match(line)]
    for place, start in enumerate(starts):
        while start and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts[place] = start
    edges = [0, *starts, len(lines)]
    return ["".join(lines[a:b]) for a, b in pairwise(edges)]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The feed list {path} cannot be read: {error}.", "Check its rights and encoding."
        ) from error


@lru_cache(1)  # a server's runs ask for the same list again and again
def _parsed(text: str, path: Path) -> tuple[FeedSource, ...]:
    try:
        listed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The feed list {path} is not TOML: {error}.", "Correct that line."
        ) from error
    return _feeds(listed, path)


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(
            f"The feed list {path} cannot be written: {error.strerror}.",
            "Check the rights of its folder and the space on that disk.",
        ) from error


def _feeds(listed: dict[str, Any], path: Path) -> tuple[FeedSource, ...]:
    entries = listed.pop("feed", [])
    if listed or not isinstance(entries, list):
        raise _unusable(
            path, "it may hold [[feed]] tables only", "See: claimwire feeds add --help."
        )
    feeds = tuple(_feed(entry, number, path) for number, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for feed in feeds:
        if feed.url in seen:
            raise _unusable(path, f"{feed.url} stands in it twice", "Remove one of the two.")
        seen.add(feed.url)
    return feeds


def _feed(entry: object, number: int, path: Path) -> FeedSource:
    where = f"feed {number}"
    if not isinstance(entry, dict):
        raise _unusable(path, f"{where} is no table", "Write [[feed]] above its lines.")
    for key, value in entry.items():
        if key not in _TYPES:
            raise _unusable(path, f"{where} has an unknown key '{key}'", "Remove it.")
        kind, name = _TYPES[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _unusable(path, f"'{key}' of {where} must be {name}", "Correct it.")
    try:
        url = parse_url(entry.get("url", ""))
    except FetchError as error:
        raise _unusable(path, f"{where} has no usable url", error.remedy) from error
    return FeedSource(**{"outlet": url.hostname, **entry})


def _tables(feeds: Iterable[FeedSource]) -> str:
    return "".join(f"\n[[feed]]\n{_table(feed)}" for feed in feeds)


def _table(feed: FeedSource) -> str:
    """Return the lines of one feed; what is as by default is left out."""
    lines = [f"url = {_toml(feed.url)}", f"outlet = {_toml(feed.outlet)}"]
    for option in fields(feed)[2:]:
        value = getattr(feed, option.name)
        if value != option.default:
            lines.append(f"{option.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: str | bool | int) -> str:
    """Return a TOML value; TOML's basic strings and JSON's share their escapes."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _unusable(path: Path, why: str, remedy: str) -> SettingsError:
    return SettingsError(f"The feed list {path} cannot be used: {why}.", remedy)
