"""What a worker does with a feed: bytes to entries. No network, no clock, no Prefect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.errors import FeedError
from extractors.feeds import parse_feed
from flows.reading import FeedPage, FeedReading


class FeedReader:
    """Parses feeds one by one."""

    def read(self, feeds: Sequence[FeedPage]) -> Iterator[FeedReading]:
        """Yield what each feed says, in their order; what is no feed gives an error."""
        return map(read_feed, feeds)


def read_feed(feed: FeedPage) -> FeedReading:
    """Return what a feed says, or why it is none."""
    try:
        return parse_feed(feed.body, url=feed.url, content_type=feed.content_type)
    except FeedError as error:
        return error
