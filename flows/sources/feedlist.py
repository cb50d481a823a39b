"""`feeds.toml`: the feeds to poll, one table each.

[[feed]]
url = "https://www.example.org/rss"
outlet = "Example"
active = true                # optional, as all below
robots = true                # obey robots.txt for this feed's pages
min_interval_minutes = 30    # never poll more often than this
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from extractors.errors import FetchError, SettingsError
from flows.http import parse_url

_HEADER = "# The feeds to poll. Change it by hand, or with: claimwire feeds add, feeds remove.\n"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed that the user wants polled, and how."""

    url: str
    outlet: str
    active: bool = True
    robots: bool = True
    min_interval_minutes: int = 0


_TYPES: Mapping[str, tuple[type, str]] = {
    "url": (str, "text"),
    "outlet": (str, "text"),
    "active": (bool, "true or false"),
    "robots": (bool, "true or false"),
    "min_interval_minutes": (int, "a whole number"),
}


def load_feeds(path: Path) -> tuple[FeedSource, ...]:
    """Return the feeds listed in `path`; none if there is no such file.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or an entry cannot be used.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The feed list {path} cannot be read: {error}.", "Check its rights and encoding."
        ) from error
    try:
        listed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The feed list {path} is not TOML: {error}.", "Correct that line."
        ) from error
    return _feeds(listed, path)


def save_feeds(path: Path, feeds: Iterable[FeedSource]) -> None:
    """Write `feeds` to `path`, whole or not at all.

    Raises:
        SettingsError: the file cannot be written.
    """
    text = _HEADER + "".join(f"\n[[feed]]\n{_table(feed)}" for feed in feeds)
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


def merge(
    known: Iterable[FeedSource], more: Iterable[FeedSource]
) -> tuple[tuple[FeedSource, ...], tuple[FeedSource, ...]]:
    """Return `known` followed by what is new in `more`, and what was new, by URL."""
    kept = tuple(known)
    new = {feed.url: feed for feed in more}
    for feed in kept:
        new.pop(feed.url, None)
    return kept + tuple(new.values()), tuple(new.values())


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
