"""Score `parse_feed` on the case suites of three feed parsers and on archived feeds.

    python -m benchmarks.feed_cases --data DIR [--json] [--failures]

DIR holds any of `feedparser_tests`, `gofeed_testdata`, `reader_tests` (each with its own
expectations) and `feed_history`. Compared are titles, links, ids and dates (to the second) of the
feed and its entries, where an expectation names them; what else a suite expects (sanitised HTML,
media, iTunes fields) is not carried by our records and not counted. How expectations are mapped is
said at each suite. Exit status 1 where a parse raised anything but `FeedError`.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.errors import FeedError
from extractors.feeds import parse_feed
from extractors.records import DateCandidate, FeedDocument, FeedItem
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


@dataclass
class Tally:
    """How a suite went."""

    cases: int = 0
    expectations: int = 0
    right: int = 0
    raised: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return the figures, JSON-ready."""
        share = round(self.right / self.expectations, 4) if self.expectations else None
        counts = {"cases": self.cases, "expectations": self.expectations, "right": self.right}
        return {**counts, "share": share, "uncaught": len(self.raised)}


def score(cases: Iterable[Case]) -> Tally:
    """Parse each case and compare."""
    tally = Tally()
    for case in cases:
        tally.cases += 1
        try:
            document = parse_feed(case.body, url=case.url, content_type=case.content_type)
        except FeedError:
            document = None
        except Exception as error:
            tally.raised.append(f"{case.name}: {error!r}")
            continue
        for place, name, value in case.expected:
            tally.expectations += 1
            found = _found(document, place, name)
            if _comparable(found) == _comparable(value):
                tally.right += 1
            else:
                tally.failures.append(f"{case.name}: {place} {name}: {value!r}, not {found!r}")
    return tally


def _comparable(value: object) -> object:
    """Leave out the `div` that wraps XHTML titles: some parsers keep it, others do not."""
    if isinstance(value, str) and value.startswith("<div>") and value.endswith("</div>"):
        return value.removeprefix("<div>").removesuffix("</div>")
    return value


def _found(document: FeedDocument | None, place: int | None, name: str) -> object:
    """Return a field of the parsed feed, in the form of the expectations."""
    if document is None:
        return None
    if place is None:
        values: dict[str, object] = {
            "title": document.title,
            "link": document.home_url,
            "updated": document.updated,
            "language": document.language,
        }
    elif name == "entries":
        return len(document.items)
    else:
        values = _item_fields(document.items[place]) if place < len(document.items) else {}
    value = values.get(name)
    return value.value.replace(microsecond=0) if isinstance(value, DateCandidate) else value


def _item_fields(item: FeedItem) -> dict[str, object]:
    return {
        "id": item.guid,
        "title": item.title,
        "link": item.url,
        "published": item.published,
        "updated": item.updated,
        "language": item.language,
    }


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


# ---------------------------------------------------------------- archived feeds


def history_tally(folder: Path) -> Tally:
    """Replay archived feeds: identities, and those seen with more than one (title, summary)."""
    tally = Tally()
    with (folder / "summary.csv").open(newline="", encoding="utf-8") as lines:
        gold = {row["feed"]: row for row in csv.DictReader(lines)}
    for feed, row in gold.items():
        versions = _versions(folder / f"{feed}.tar.xz", tally)
        changed = sum(len(seen) > 1 for seen in versions.values())
        for name, found in (("ids", len(versions)), ("changed_ids", changed)):
            tally.expectations += 1
            if found == int(row[name]):
                tally.right += 1
            else:
                tally.failures.append(f"{feed}: {name}: {row[name]}, not {found}")
    return tally


def _versions(path: Path, tally: Tally) -> dict[str, set[tuple[str | None, str | None]]]:
    versions: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            tally.cases += 1
            try:
                document = parse_feed(content.read(), url=BASE_URL)
            except FeedError:
                continue
            for item in document.items:
                versions[item.identity].add((item.title, item.summary))
    return versions


SUITES = {
    "feedparser_tests": lambda folder: score(feedparser_cases(folder)),
    "gofeed_testdata": lambda folder: score(gofeed_cases(folder)),
    "reader_tests": lambda folder: score(reader_cases(folder)),
    "feed_history": history_tally,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the suites that are there and print a table, or with --json one object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of the suites")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--failures", action="store_true", help="list them on standard error")
    options = parser.parse_args(arguments)
    tallies = {}
    for name, run in SUITES.items():
        if (options.data / name).is_dir():
            tallies[name] = run(options.data / name)
        else:
            print(f"{name}: not in {options.data}, skipped", file=sys.stderr)
    for tally in tallies.values():
        for line in [*tally.raised, *(tally.failures if options.failures else ())]:
            print(line, file=sys.stderr)
    figures = {name: tally.to_dict() for name, tally in tallies.items()}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(name, *(f"{key}={value}" for key, value in figure.items()))
    return 1 if any(tally.raised for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
