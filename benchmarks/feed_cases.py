"""Score `parse_feed` on the case suites of three feed parsers, and read all archived feeds.

    python -m benchmarks.feed_cases --data DIR [--json] [--failures]

DIR holds any of `feedparser_tests`, `gofeed_testdata`, `reader_tests` (each with its own
expectations), `feed_history` (counted against its summary), and, to be read without surprise,
`mediacloud_rss`, `wikipedia_current_events` and the feed lists in `opml_awesome_rss`. Compared are
titles, links, ids and dates (to the second) of the feed and its entries, where an expectation names
them; what else a suite expects (sanitised HTML, media, iTunes fields) is not carried by our records
and not counted. How expectations are mapped is said at each suite.

`uncaught` counts what raised anything but a `ClaimwireError`, `over_2_s` what took more than two
seconds of CPU; exit status 1 where there is either.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.feed_suites import BASE_URL, Case, feedparser_cases, gofeed_cases, reader_cases
from extractors.errors import ClaimwireError
from extractors.feeds import parse_feed
from extractors.records import DateCandidate, FeedDocument, FeedItem
from flows.sources.opml import read_opml

LIMIT_S = 2.0

Read = TypeVar("Read")


@dataclass
class Tally:
    """How a suite went."""

    cases: int = 0
    expectations: int = 0
    right: int = 0
    refused: int = 0
    raised: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def is_sound(self) -> bool:
        """Whether every case was read, or refused, in time."""
        return not self.raised and not self.slow

    def read(self, name: str, read: Callable[[], Read]) -> Read | None:
        """Return what `read` gives; None where it refuses the case, or ends as it must not."""
        self.cases += 1
        begun = time.process_time()
        try:
            return read()
        except ClaimwireError:
            self.refused += 1
        except Exception as error:
            self.raised.append(f"{name}: {error!r}")
        finally:
            self._time(name, time.process_time() - begun)
        return None

    def _time(self, name: str, seconds: float) -> None:
        self.slowest = max(self.slowest, (seconds, name))
        if seconds > LIMIT_S:
            self.slow.append(f"{name}: {seconds:.1f} s")

    def to_dict(self) -> dict[str, object]:
        """Return the figures, JSON-ready."""
        share = round(self.right / self.expectations, 4) if self.expectations else None
        counts = {"cases": self.cases, "expectations": self.expectations, "right": self.right}
        ends = {"share": share, "refused": self.refused, "uncaught": len(self.raised)}
        seconds, name = self.slowest
        times = {"slowest_s": round(seconds, 3), "slowest": name, "over_2_s": len(self.slow)}
        return {**counts, **ends, **times}


def score(cases: Iterable[Case]) -> Tally:
    """Parse each case and compare."""
    tally = Tally()
    for case in cases:
        parse = partial(parse_feed, case.body, url=case.url, content_type=case.content_type)
        document = tally.read(case.name, parse)
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
            parse = partial(parse_feed, content.read(), url=BASE_URL)
            document = tally.read(member.name, parse)
            for item in document.items if document else ():
                versions[item.identity].add((item.title, item.summary))
    return versions


# ---------------------------------------------------------------- read without expectations


def feeds_tally(folder: Path) -> Tally:
    """Read the feeds that lie in a folder, or in its archives."""
    tally = Tally()
    for path in sorted(folder.glob("*.rss")):
        tally.read(path.name, partial(parse_feed, path.read_bytes(), url=BASE_URL))
    for path in sorted(folder.glob("*.tar.xz")):
        _versions(path, tally)
    return tally


def lists_tally(folder: Path) -> Tally:
    """Read feed lists."""
    tally = Tally()
    for path in sorted(folder.rglob("*.opml")):
        name = str(path.relative_to(folder))
        tally.read(name, partial(read_opml, path.read_bytes(), name))
    return tally


SUITES = {
    "feedparser_tests": lambda folder: score(feedparser_cases(folder)),
    "gofeed_testdata": lambda folder: score(gofeed_cases(folder)),
    "reader_tests": lambda folder: score(reader_cases(folder)),
    "feed_history": history_tally,
    "mediacloud_rss": feeds_tally,
    "wikipedia_current_events": feeds_tally,
    "opml_awesome_rss": lists_tally,
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
        for line in [*tally.raised, *tally.slow, *(tally.failures if options.failures else ())]:
            print(line, file=sys.stderr)
    figures = {name: tally.to_dict() for name, tally in tallies.items()}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(name, *(f"{key}={value}" for key, value in figure.items()))
    return 0 if all(tally.is_sound for tally in tallies.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
