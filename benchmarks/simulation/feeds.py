"""The made-up feeds: which stories each shows at a moment, and the document that shows them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal, NamedTuple

from benchmarks.simulation.faults import Fortune
from benchmarks.simulation.pulse import DAY_S, Pulse, Story
from extractors.records import stable_id

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)

Format = Literal["rss", "atom", "json"]
Order = Literal["newest", "pinned", "shuffled"]
Validation = Literal["etag", "modified", "none", "frozen"]
CONTENT_TYPES: dict[Format, str] = {
    "rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json",
}  # fmt: skip


class Shown(NamedTuple):
    """An entry as a feed shows it: the story, and how often it was edited."""

    story: Story
    version: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `window` entries of its stories, a share `linked` of which leads to a page.

    `owner` is the feed whose stories these are: its own name, or that of the site's main feed.
    `validation` "frozen" is a server whose ETag never changes and that answers 304 for ever.
    """

    name: str
    owner: str
    host: str
    site: str
    is_tls: bool
    format: Format
    window: int
    order: Order
    validation: Validation
    ttl_minutes: int | None
    linked: float
    tracker: str
    fortune: Fortune
    pulse: Pulse = field(repr=False)
    times: tuple[float, ...] = field(repr=False)

    @property
    def path(self) -> str:
        """The path of the feed, on its old host and on its new one."""
        return f"/{self.name}/feed"

    @property
    def url(self) -> str:
        """The address by which the feed is subscribed to."""
        return f"http{'s' if self.is_tls else ''}://{self.host}{self.path}"

    @property
    def new_host(self) -> str:
        """The host that the feed moves to."""
        return f"new.{self.site}"

    def guid(self, story: Story) -> str:
        """Return what tells the story from the feed's others."""
        return f"{self.name}:{story.number}"

    def page_path(self, story: Story) -> str | None:
        """Return the path of the story's page on the site, if it has one."""
        luck = stable_id("page", self.owner, story.number) / 2**63
        if luck >= self.linked:
            return None
        folder = "private" if luck < 0.03 * self.linked else "a"
        return f"/{folder}/{self.owner}-{story.number}"

    def shown(self, now: float) -> list[Shown]:
        """Return the entries that stand in the feed at `now`, in its order."""
        end = bisect_right(self.times, now)
        stories = list(reversed(self.pulse[max(0, end - self.window) : end]))
        if self.order == "pinned" and self.pulse[0] not in stories:
            stories = [self.pulse[0], *stories[:-1]]
        elif self.order == "shuffled":
            day = int(now // DAY_S)
            stories.sort(key=lambda story: stable_id(story.number, day))
        return [Shown(story, story.version(now)) for story in stories]


def moment(seconds: float) -> datetime:
    """Return the time of day of a second of the simulation."""
    return BEGIN + timedelta(seconds=seconds)


def title(feed: Feed, shown: Shown) -> str:
    """Return the title of an entry."""
    story, version = shown
    return f"Story {story.number} of {feed.name}" + (f", version {version + 1}" if version else "")


def render(feed: Feed, entries: Sequence[Shown]) -> bytes:
    """Return the document that shows these entries."""
    write = {"rss": _rss, "atom": _atom, "json": _json}[feed.format]
    return write(feed, entries).encode()


def _link(feed: Feed, story: Story) -> str | None:
    path = feed.page_path(story)
    return None if path is None else f"https://www.{feed.site}{path}{feed.tracker}"


def _rss(feed: Feed, entries: Sequence[Shown]) -> str:
    ttl = f"<ttl>{feed.ttl_minutes}</ttl>" if feed.ttl_minutes else ""
    items = []
    for entry in entries:
        link = _link(feed, entry.story)
        items.append(
            f'<item><guid isPermaLink="false">{feed.guid(entry.story)}</guid>'
            f"<title>{title(feed, entry)}</title>" + (f"<link>{link}</link>" if link else "")
            + f"<pubDate>{format_datetime(moment(entry.story.at))}</pubDate></item>"
        )  # fmt: skip
    head = f"<title>{feed.name}</title><link>https://www.{feed.site}/</link>{ttl}"
    return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def _atom(feed: Feed, entries: Sequence[Shown]) -> str:
    items = []
    for entry in entries:
        link = _link(feed, entry.story)
        items.append(
            f"<entry><id>{feed.guid(entry.story)}</id><title>{title(feed, entry)}</title>"
            + (f'<link href="{link}"/>' if link else "")
            + f"<published>{moment(entry.story.at).isoformat()}</published></entry>"
        )
    head = f'<title>{feed.name}</title><link href="https://www.{feed.site}/"/>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(items)}</feed>'


def _json(feed: Feed, entries: Sequence[Shown]) -> str:
    items = [
        {
            "id": feed.guid(entry.story), "url": _link(feed, entry.story),
            "title": title(feed, entry), "date_published": moment(entry.story.at).isoformat(),
        }
        for entry in entries
    ]  # fmt: skip
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.name}
    return json.dumps(head | {"home_page_url": f"https://www.{feed.site}/", "items": items})
