"""The made-up web: what it answers to a request at a moment. The same moment, the same answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cached_property
from typing import NamedTuple

from benchmarks.simulation.faults import Fault, current
from benchmarks.simulation.feeds import CONTENT_TYPES, Feed, moment, render
from benchmarks.simulation.pages import page_at
from extractors.records import stable_id

USUAL_S = 0.2
SLOW_S = 9.0
STALLED_S = 1000.0

Headers = tuple[tuple[str, str], ...]


class Reply(NamedTuple):
    """An answer: after `delay_s`, and of its body only the part before `cut_at`.

    `subject` is what was asked for, for the log: a feed's name, a page's path; with an exclamation
    mark where what follows is not the thing itself.
    """

    status: int
    body: bytes = b""
    headers: Headers = ()
    subject: str = "-"
    delay_s: float = USUAL_S
    cut_at: int | None = None


class BrokenError(Exception):
    """The connection breaks instead of an answer."""


@dataclass(frozen=True)
class Web:
    """Sites with feeds and pages, and the faults of their hosts and of our own network.

    They are looked at for `days`, every `slot_s` seconds.
    """

    days: float
    slot_s: float
    feeds: Sequence[Feed]
    host_faults: Mapping[str, Sequence[Fault]]
    own_faults: Sequence[Fault]

    @cached_property
    def routes(self) -> dict[tuple[str, str], Feed]:
        """The feeds by the host and path that answer for them, old and new."""
        old = {(feed.host, feed.path): feed for feed in self.feeds}
        return old | {(feed.new_host, feed.path): feed for feed in self.feeds}

    @cached_property
    def by_name(self) -> dict[str, Feed]:
        """The feeds by name."""
        return {feed.name: feed for feed in self.feeds}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The hosts by their made-up public addresses."""
        hosts = {host for host, _ in self.routes} | {f"www.{feed.site}" for feed in self.feeds}
        return {_address(number): host for number, host in enumerate(sorted(hosts))}

    @cached_property
    def hosts(self) -> dict[str, str]:
        """The addresses by host."""
        return {host: address for address, host in self.addresses.items()}

    def fault(self, host: str, now: float) -> str | None:
        """Return what keeps `host` from being reached as it should at `now`."""
        own = current(self.own_faults, now)
        if own is not None and (own.kind != "offline_half" or stable_id("half", host) % 2):
            return own.kind
        fault = current(self.host_faults.get(host, ()), now)
        return fault.kind if fault else None

    def is_closed(self, host: str, port: int, now: float) -> bool:
        """Tell whether nobody listens there: plain http was switched off, or the host was."""
        there = [feed for feed in self.feeds_at.get(host, ()) if feed.host == host]
        fortunes = [feed.fortune for feed in there]
        return any(
            (port == 80 and one.closed_at is not None and one.closed_at <= now)
            or (one.buried_at is not None and one.buried_at <= now)
            for one in fortunes
        )

    @cached_property
    def feeds_at(self) -> dict[str, list[Feed]]:
        """The feeds by host."""
        found: dict[str, list[Feed]] = {}
        for (host, _), feed in self.routes.items():
            found.setdefault(host, []).append(feed)
        return found

    def answer(self, host: str, path: str, asked: Mapping[str, str], now: float) -> Reply:
        """Return the answer of `host`; `asked` are the request's headers, names in lower case.

        Raises `BrokenError` where there is none.
        """
        reply = self._answer(host, path, asked, now)
        fault = current(self.host_faults.get(host, ()), now)
        kind = self.fault(host, now)
        if kind == "offline_pages" and not path.endswith(("/feed", "/robots.txt")):
            raise BrokenError
        if fault is None or kind != fault.kind:
            return reply
        return _spoilt(reply, fault, now)

    def _answer(self, host: str, path: str, asked: Mapping[str, str], now: float) -> Reply:
        path = path.partition("?")[0]
        if path == "/robots.txt":
            return _robots(host)
        feed = self.routes.get((host, path))
        return _feed(feed, host, asked, now) if feed else self._page(host, path, now)

    def _page(self, host: str, path: str, now: float) -> Reply:
        name, _, number = path.rpartition("/")[2].rpartition("-")
        owner = self.by_name.get(name)
        if owner is None:
            return Reply(404, b"nothing", subject=path)
        story = owner.pulse[int(number)]
        page = page_at(host, path, story, moment(story.at).isoformat(), now)
        headers = [("Content-Type", "text/html")]
        headers += [("Location", page.location)] if page.location else []
        return Reply(page.status, page.markup.encode(), tuple(headers), path)


def _feed(feed: Feed, host: str, asked: Mapping[str, str], now: float) -> Reply:
    fortune = feed.fortune
    if fortune.gone_at is not None and fortune.gone_at <= now:
        return Reply(fortune.gone_status, b"gone", subject=feed.name)
    if fortune.moved_at is not None and fortune.moved_at <= now and host == feed.host:
        location = ("Location", f"https://{feed.new_host}{feed.path}")
        return Reply(fortune.move_status, headers=(location,), subject=feed.name)
    entries = feed.shown(now)
    state = stable_id(*(f"{story.number}.{version}" for story, version in entries))
    headers = _validators(feed, state)
    if headers and headers[0][1] in (asked.get("if-none-match"), asked.get("if-modified-since")):
        return Reply(304, headers=headers, subject=feed.name)
    body = render(feed, entries)
    kind = ("Content-Type", CONTENT_TYPES[feed.format])
    return Reply(200, body, (*headers, kind), feed.name)


def _validators(feed: Feed, state: int) -> Headers:
    if feed.validation == "none":
        return ()
    if feed.validation == "modified":  # any date will do: it is compared, not read
        return (("Last-Modified", format_datetime(moment(state % 10**8), usegmt=True)),)
    return (("ETag", '"for-ever"' if feed.validation == "frozen" else f'W/"{state:x}"'),)


def _spoilt(reply: Reply, fault: Fault, now: float) -> Reply:
    """Return what a fault of the host makes of its answer."""
    is_feed = reply.subject.startswith("feed")
    rest = fault.end - now
    if fault.kind == "reset":
        raise BrokenError
    if fault.kind == "429" or (fault.kind == "503" and is_feed):
        by_date = int(fault.begin) % 2
        value = format_datetime(moment(fault.end), usegmt=True) if by_date else f"{int(rest) + 1}"
        retry = ("Retry-After", value)
        return Reply(int(fault.kind), b"busy", (retry,), reply.subject)
    if fault.kind == "500":
        return Reply(500, b"oops", subject=reply.subject)
    if fault.kind == "maintenance" and is_feed:
        page = b"<!doctype html><html><body><p>We are at work here.</p></body></html>"
        return Reply(200, page, (("Content-Type", "text/html"),), f"{reply.subject}!")
    if fault.kind == "cut" and is_feed and reply.body:
        return reply._replace(cut_at=len(reply.body) // 2, subject=f"{reply.subject}!")
    if fault.kind == "stalled":
        return reply._replace(delay_s=STALLED_S, subject=f"{reply.subject}!")
    return reply._replace(delay_s=SLOW_S) if fault.kind == "slow" else reply


def _robots(host: str) -> Reply:
    luck = stable_id("robots", host) % 10
    if luck > 4:
        return Reply(404, b"none", subject="robots.txt")
    delay = "Crawl-delay: 8\n" if luck == 0 else ""
    text = f"User-agent: *\n{delay}Disallow: /private/\n"
    return Reply(200, text.encode(), (("Content-Type", "text/plain"),), "robots.txt")


def _address(number: int) -> str:
    return f"8.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
