"""The feed list: a TOML file, OPML in and out. `discovery` finds the feeds of a site."""

from flows.sources.feedlist import FeedSource, add_feeds, load_feeds, remove_feeds, save_feeds
from flows.sources.opml import read_opml, write_opml

__all__ = [
    "FeedSource",
    "add_feeds",
    "load_feeds",
    "read_opml",
    "remove_feeds",
    "save_feeds",
    "write_opml",
]
