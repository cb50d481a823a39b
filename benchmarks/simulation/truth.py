"""What the made-up web showed, by its own log, against what the warehouse holds."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC
from pathlib import Path

import duckdb

from benchmarks.simulation.faults import current
from benchmarks.simulation.feeds import BEGIN, Feed, Shown, moment, title
from benchmarks.simulation.network import Asked
from benchmarks.simulation.pages import page_at
from benchmarks.simulation.web import Web

DOUBLES = Path(__file__).with_name("doubles.sql")
BLAMED = Path(__file__).with_name("blamed.sql")


@dataclass(slots=True)
class Findings:
    """The entries that the feeds published or began with, each in one of these, and what is wrong.

    `stored`: shown to us, and in the warehouse. `gaps`: fell out of its feed between two answers,
    and the later one is a possible gap in the warehouse; `unproven`: the same, of a feed that is
    not ordered by age, and marked so. `before` the first answer and `after` the last one, entries
    could not be had.

    `blamed`: polls that count against a feed while our own network was down.
    `lost`: shown to us, and not in the warehouse. `unreported_gaps`: fell out with no mark.
    `invented`: in the warehouse, and never shown. `doubled`: rows that stand for the same thing
    as another. `pages_lost`: texts of pages shown to us, and not in the warehouse. `fates_off`:
    URLs shown without exactly one fate, or fates of URLs never shown.
    """

    published: int = 0
    stored: int = 0
    gaps: int = 0
    unproven: int = 0
    before: int = 0
    after: int = 0
    lost: int = 0
    unreported_gaps: int = 0
    invented: int = 0
    doubled: int = 0
    pages_shown: int = 0
    pages_lost: int = 0
    urls: int = 0
    blamed: int = 0
    fates_off: int = 0

    def __iadd__(self, other: Findings) -> Findings:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


def check(web: Web, log: Sequence[Asked], home: Path) -> tuple[Findings, list[str]]:
    """Return what the warehouse of `home` made of what the log says it was shown.

    The second value are words on what is wrong, for people.
    """
    answered: dict[str, set[float]] = {}
    for asked in log:
        if asked.status == 200:
            answered.setdefault(asked.subject, set()).add(asked.now)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        found, words = Findings(), list[str]()
        stored, marks = _stored(con), _marks(con)
        urls: set[str] = set()
        for feed in web.feeds:
            answers = sorted(answered.get(feed.name, ()))
            shown = _shown(feed, answers)
            urls |= _linked(feed, shown)
            found += _entries(feed, answers, shown, stored.get(feed.url, Counter()), marks, words)
        found += _pages(web, answered, con, words)
        found += _fates(urls, con, words)
        found.doubled += _doubled(con, words)
        found.blamed = _blamed(web, con)
    return found, words


def _shown(feed: Feed, answers: Sequence[float]) -> list[Shown]:
    """Return what the feed showed in its answers, each entry in each of its versions once."""
    entries = (entry for now in answers for entry in feed.shown(now))
    return list({(entry.story.number, entry.version): entry for entry in entries}.values())


def _linked(feed: Feed, shown: Iterable[Shown]) -> set[str]:
    """Return the addresses of pages that the entries lead to."""
    paths = {feed.page_path(entry.story) for entry in shown}
    return {f"https://www.{feed.site}{path}" for path in paths if path is not None}


def _stored(con: duckdb.DuckDBPyConnection) -> dict[str, Counter[tuple[str, str]]]:
    """Return the stored entries by feed: identity and title."""
    rows = con.sql(
        "SELECT f.url, identity, i.title "
        "FROM ops.feed_items AS i JOIN ops.feeds AS f USING (feed_id)"
    )
    found: dict[str, Counter[tuple[str, str]]] = {}
    for url, identity, text in rows.fetchall():
        found.setdefault(url, Counter())[identity, text] += 1
    return found


def _marks(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, float], str]:
    """Return the continuity of each poll, by feed and moment."""
    rows = con.sql(
        "SELECT url, polled_at, continuity FROM ops.polls JOIN ops.feeds USING (feed_id)"
    )
    return {
        (url, (at.replace(tzinfo=UTC) - BEGIN).total_seconds()): mark
        for url, at, mark in rows.fetchall()
    }


def _entries(
    feed: Feed,
    answers: Sequence[float],
    shown: Sequence[Shown],
    stored: Counter[tuple[str, str]],
    marks: dict[tuple[str, float], str],
    words: list[str],
) -> Findings:
    there = [story for story in feed.pulse if story.at > 0] + [one.story for one in feed.shown(0)]
    found = Findings(published=len(there), doubled=stored.total() - len(stored))
    due = {(feed.guid(entry.story), title(feed, entry)) for entry in shown}
    found.lost = len(due - stored.keys())
    found.invented = len(stored.keys() - due)
    if found.lost or found.invented:
        words.append(f"{feed.name}: lost {sorted(due - stored.keys())[:3]}, "
                     f"invented {sorted(stored.keys() - due)[:3]}")  # fmt: skip
    numbers = {entry.story.number for entry in shown}
    found.stored = len(numbers)
    for story in there:
        if story.number not in numbers:
            place = bisect_left(answers, story.at)
            if place == len(answers):
                found.after += 1
            elif place == 0:
                found.before += 1
            else:
                _missed(feed, answers[place - 1], answers[place], marks, found, words)
    return found


def _missed(
    feed: Feed,
    since: float,
    until: float,
    marks: dict[tuple[str, float], str],
    found: Findings,
    words: list[str],
) -> None:
    mark = marks.get((feed.url, until))
    if mark == "possible_gap":
        found.gaps += 1
    elif mark == "unproven" and feed.order != "newest":
        found.unproven += 1
    else:
        found.unreported_gaps += 1
        words.append(f"{feed.name}: an entry fell out between {moment(since)} and {moment(until)} "
                     f"({mark}, {feed.order}, {feed.validation})")  # fmt: skip


def _pages(
    web: Web,
    answered: dict[str, set[float]],
    con: duckdb.DuckDBPyConnection,
    words: list[str],
) -> Findings:
    rows = con.sql(
        "SELECT title, article_text FROM core.article_revisions "
        "JOIN core.article_texts USING (revision_id)"
    )
    held = {f"<h1>{title}</h1><p>{text}</p>" for title, text in rows.fetchall()}
    shown = set()
    for path, moments in answered.items():
        name, _, number = path.rpartition("/")[2].rpartition("-")
        if path.startswith("/") and name in web.by_name and not path.endswith("!"):
            story = web.by_name[name].pulse[int(number)]
            shown |= {page_at("", path, story, "", now).markup for now in moments}
    texts = {text.partition("</time>")[2] for text in shown if "<p>" in text}
    lost = sorted(texts - held)
    words += [f"lost page: {text}" for text in lost[:5]]
    return Findings(pages_shown=len(texts), pages_lost=len(lost))


def _fates(shown: set[str], con: duckdb.DuckDBPyConnection, words: list[str]) -> Findings:
    rows = [url for (url,) in con.sql("SELECT canonical_url FROM ops.url_fates").fetchall()]
    off = shown ^ set(rows)
    words += [f"fate: {url}" for url in sorted(off)[:5]]
    return Findings(urls=len(shown), fates_off=len(off) + len(rows) - len(set(rows)))


def _doubled(con: duckdb.DuckDBPyConnection, words: list[str]) -> int:
    rows: list[tuple[str, int]] = con.sql(DOUBLES.read_text("utf-8")).fetchall()
    words += [f"doubled: {count} rows of {table}" for table, count in rows if count]
    return sum(count for _, count in rows)


def _blamed(web: Web, con: duckdb.DuckDBPyConnection) -> int:
    count = 0
    for at, failed in con.sql(BLAMED.read_text("utf-8")).fetchall():
        fault = current(web.own_faults, (at.replace(tzinfo=UTC) - BEGIN).total_seconds())
        count += failed if fault is not None and fault.kind == "offline" else 0
    return count
