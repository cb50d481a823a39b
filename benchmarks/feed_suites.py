"""The case suites of three feed parsers, each with its own way to say what it expects."""

from __future__ import annotations

import ast
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.urls import web_url

BASE_URL = "http://127.0.0.1:8097/feed"
"""The address of a case that names none."""

READER_BASE = "http://example.com/feeds/"


@dataclass(frozen=True)
class Case:
    """A feed and what is expected of it: (place, field, value), place None for the feed itself."""

    name: str
    body: bytes
    expected: tuple[tuple[int | None, str, object], ...] = ()
    url: str = BASE_URL
    content_type: str | None = None


# ---------------------------------------------------------------- feedparser


_NAMES = {
    "title": "title", "link": "link", "id": "id", "guid": "id", "language": "language",
    "published_parsed": "published", "updated_parsed": "updated", "modified_parsed": "updated",
    "issued_parsed": "published", "created_parsed": "published", "date_parsed": "updated",
}  # fmt: skip


def feedparser_cases(folder: Path) -> Iterator[Case]:
    """Cases with a Python expression on feedparser's result in a comment.

    Of an expression those comparisons count that are joined by `and`, compare for equality with a
    literal, and name a title, link, id or date. Under `sanitize/` titles are not compared: they are
    expected with dangerous markup taken out, ours are kept as published. The header
    Content-Language is not among what `parse_feed` is told, so nothing is expected of it.
    """
    with tarfile.open(folder / "tests.tar.xz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield _feedparser_case(member.name, content.read())


def _feedparser_case(name: str, body: bytes) -> Case:
    text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    text = text.replace("\x00", "")
    headers = dict(re.findall(r"Header:\s*([\w-]+):\s*(.*?)\s*\n", text))
    folded = {key.lower(): value for key, value in headers.items()}
    stated = re.search(r"Expect:\s*(.*?)\s*-->", text, re.DOTALL)
    untold = "sanitize/" in name or "content-language" in folded
    expected = [] if untold else list(_comparisons(stated[1] if stated else ""))
    url = web_url(folded.get("content-location"), base=BASE_URL) or BASE_URL
    return Case(name, body, tuple(expected), url, folded.get("content-type"))


def _comparisons(expression: str) -> Iterator[tuple[int | None, str, object]]:
    try:
        tree = ast.parse(
            expression.encode("latin-1", "replace").decode("utf-8", "replace"), mode="eval"
        )
    except SyntaxError:
        return
    parts = tree.body.values if isinstance(tree.body, ast.BoolOp) else [tree.body]
    if isinstance(tree.body, ast.BoolOp) and not isinstance(tree.body.op, ast.And):
        return
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
            path = re.fullmatch(
                r"(?:feed|entries\[(\d+)\])(?:\.(\w+)|\['(\w+)'\])", ast.unparse(part.left)
            )
            if path and (name := _NAMES.get(path[2] or path[3])):
                yield from _expectation(path[1], name, part.comparators[0])


def _expectation(
    place: str | None, name: str, node: ast.expr
) -> Iterator[tuple[int | None, str, object]]:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return
    if isinstance(value, tuple):
        value = _utc(value[:6])
    if place is None and name in ("id", "published"):
        return  # of the feed itself we carry neither
    yield (int(place) if place else None), name, _text(value)


def _text(value: object) -> object:
    """Map an expected empty text to none; our texts are stripped."""
    return value.strip() or None if isinstance(value, str) else value


# ---------------------------------------------------------------- gofeed


def gofeed_cases(folder: Path) -> Iterator[Case]:
    """Cases with a JSON file of gofeed's own models.

    Atom's `links` are compared by the first alternate link, RSS's `guid` by its value. An item's
    link that gofeed takes from an extension is not expected of the RSS model.
    """
    files = {}
    with tarfile.open(folder / "testdata.tar.xz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                files[member.name] = content.read()
    for name, body in sorted(files.items()):
        stem, _, kind = name.rpartition(".")
        gold = files.get(f"{stem}.json") if kind == "xml" else files.get(f"{stem}_expected.json")
        if kind == "xml" or gold is not None:
            yield Case(name, body, tuple(_gofeed_expected(gold)))


def _gofeed_expected(gold: bytes | None) -> Iterator[tuple[int | None, str, object]]:
    record = json.loads(gold) if gold else {}
    if not isinstance(record, dict):
        return
    yield from ((None, name, value) for name, value in _gofeed_fields(record) if name == "title")
    for place, entry in enumerate(record.get("items") or record.get("entries") or []):
        yield from ((place, name, value) for name, value in _gofeed_fields(entry))


def _gofeed_fields(record: dict[str, Any]) -> Iterator[tuple[str, object]]:
    guid = record.get("guid") or record.get("id")
    plain = {
        "title": record.get("title"),
        "link": record.get("link") or record.get("url"),
        "id": guid.get("value") if isinstance(guid, dict) else guid,
    }
    dates = {
        "published": record.get("publishedParsed") or record.get("pubDateParsed"),
        "updated": record.get("updatedParsed"),
    }
    yield from ((name, _text(value)) for name, value in plain.items() if value)
    for name, value in dates.items():
        if value:
            yield name, datetime.fromisoformat(value).replace(microsecond=0)


# ---------------------------------------------------------------- reader


def reader_cases(folder: Path) -> Iterator[Case]:
    """Cases with the expected `FeedData` and `EntryData` as Python source, which is not run.

    An expected link that is no web address (`urn:`) is expected to be none.
    """
    data = folder / "data"
    for path in sorted(data.iterdir()):
        if path.suffix in (".rss", ".atom", ".json"):
            side = data / f"{path.name}.py"
            source = side.read_text("utf-8") if side.is_file() else ""
            url = f"{READER_BASE}{path.name}"
            yield Case(path.name, path.read_bytes(), tuple(_reader_expected(source)), url)


def _reader_expected(source: str) -> Iterator[tuple[int | None, str, object]]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [(ast.unparse(call.func), call) for call in calls]
    for name, call in named:
        if name == "FeedData":
            yield from _reader_fields(call, None, ("title", "link", "updated"))
    entries = sorted((call for name, call in named if name == "EntryData"), key=lambda c: c.lineno)
    for place, call in enumerate(entries):
        yield from _reader_fields(call, place, ("id", "title", "link", "published", "updated"))


def _reader_fields(
    call: ast.Call, place: int | None, names: tuple[str, ...]
) -> Iterator[tuple[int | None, str, object]]:
    for keyword in call.keywords:
        if keyword.arg in names:
            value = _reader_value(keyword.value)
            if keyword.arg == "link" and str(value).startswith(("urn:", "source:")):
                value = None
            yield place, keyword.arg, value


def _reader_value(node: ast.expr) -> object:
    if isinstance(node, ast.JoinedStr):
        parts = (
            part.value if isinstance(part, ast.Constant) else READER_BASE for part in node.values
        )
        return "".join(map(str, parts))
    if isinstance(node, ast.Call):
        return _utc(ast.literal_eval(part) for part in node.args)
    return ast.literal_eval(node)


def _utc(parts: Iterable[int]) -> datetime:
    year, month, day, *time = parts
    hour, minute, second = (*time, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
