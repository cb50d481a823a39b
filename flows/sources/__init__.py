"""The feed list: a TOML file, OPML in and out, and finding the feeds of a site."""

from flows.sources.discovery import FoundFeed, discover, find_feed_links, probe
from flows.sources.feedlist import FeedSource, load_feeds, merge, save_feeds
from flows.sources.opml import read_opml, write_opml

__all__ = [
    "FeedSource",
    "FoundFeed",
    "discover",
    "find_feed_links",
    "load_feeds",
    "merge",
    "probe",
    "read_opml",
    "save_feeds",
    "write_opml",
]
