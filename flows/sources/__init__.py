"""The feed list: a TOML file, OPML in and out, and finding the feeds of a site."""

from flows.sources.discovery import FoundFeed, discover, find_feed_links, probe
from flows.sources.feedlist import FeedSource, add_feeds, load_feeds, remove_feeds, save_feeds
from flows.sources.opml import read_opml, write_opml

__all__ = [
    "FeedSource",
    "FoundFeed",
    "add_feeds",
    "discover",
    "find_feed_links",
    "load_feeds",
    "probe",
    "read_opml",
    "remove_feeds",
    "save_feeds",
    "write_opml",
]
