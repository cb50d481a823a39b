"""Renders the sample site's feeds: RSS 2.0, Atom and JSON Feed, one dialect an outlet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from flows.demo.content import Outlet, Version

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


def render_feed(outlet: Outlet, versions: Sequence[Version], base: str) -> bytes:
    """Return the outlet's feed of `versions`, newest first, with links to the server `base`."""
    render = {"rss": _rss, "atom": _atom, "json": _json_feed}[outlet.feed_format]
    return render(outlet, versions, base).encode()


def _rss(outlet: Outlet, versions: Sequence[Version], base: str) -> str:
    """RSS 2.0 with HTML escaped into the description and guids that are no links."""
    items = "\n".join(_rss_item(version, base) for version in versions)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(outlet.name)}</title><link>{base}/</link>"
        f"<description>{escape(outlet.tagline)}</description><language>en-gb</language>"
        f"<ttl>15</ttl>\n{items}\n</channel></rss>\n"
    )


def _rss_item(version: Version, base: str) -> str:
    teaser = f'<p>{escape(version.summary, quote=False)}</p><a href="{version.path}">Read on</a>'
    return (
        f"<item><title>{escape(version.title)}</title><link>{escape(base + version.path)}</link>"
        f"<description>{escape(teaser)}</description>"
        f"<pubDate>{format_datetime(version.published, usegmt=True)}</pubDate>"
        f'<guid isPermaLink="false">courier-{version.number}</guid></item>'
    )


def _atom(outlet: Outlet, versions: Sequence[Version], base: str) -> str:
    """Atom whose links carry the parameters of a tracker."""
    entries = "\n".join(_atom_entry(version, base) for version in versions)
    updated = max((version.updated for version in versions), default=None)
    stamp = f"<updated>{updated.isoformat()}</updated>" if updated else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{escape(outlet.name)}'
        f'</title><id>tag:tribune.example,2025:all</id>{stamp}<link href="{base}/"/>'
        f'<link rel="self" href="{base}{outlet.feed_path}"/>\n{entries}\n</feed>\n'
    )


def _atom_entry(version: Version, base: str) -> str:
    link = f"{base}{version.path}?utm_source=atom&utm_medium=feed"
    return (
        f"<entry><title>{escape(version.title)}</title>"
        f"<id>tag:tribune.example,2025:{version.number}</id>"
        f'<link rel="alternate" type="text/html" href="{escape(link)}"/>'
        f"<published>{version.published.isoformat()}</published>"
        f"<updated>{version.updated.isoformat()}</updated>"
        f"<author><name>{escape(version.author)}</name></author>"
        f"<summary>{escape(version.summary)}</summary></entry>"
    )


def _json_feed(outlet: Outlet, versions: Sequence[Version], base: str) -> str:
    """JSON Feed 1.1 with the full text of each article."""
    items = [
        {
            "id": f"{base}{version.path}",
            "url": f"{base}{version.path}",
            "title": version.title,
            "summary": version.summary,
            "content_html": "".join(f"<p>{escape(text)}</p>" for text in version.paragraphs),
            "date_published": version.published.isoformat(),
            "date_modified": version.updated.isoformat(),
            "authors": [{"name": version.author}],
            "tags": [version.section],
        }
        for version in versions
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}{outlet.feed_path}",
        "language": "en",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
