"""Renders the sample site's pages, each outlet with the untidiness of its own kind.

Northline is a plain page of today, the Courier a table layout in windows-1252 with unclosed tags
and curly quotation marks, the Tribune a page of nested boxes with JSON-LD, a newsletter box between
the paragraphs and comments below. The same version gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from importlib import resources
from string import Template

from flows.demo.content import Outlet, Version

_ADVERTISEMENT = '<div class="ad" aria-label="advertisement">Advertisement</div>'
_NEWSLETTER = (
    '<div class="c-promo"><h4>The Morning Tribune</h4><p>Sign up for our newsletter and get the '
    'news of the day before breakfast.</p><input type="email" placeholder="Your address"></div>'
)


def render_article(version: Version, base: str, related: Sequence[Version]) -> bytes:
    """Return the page of `version` on the server `base`, with links to `related` articles."""
    outlet = version.outlet
    fields = {
        "title": escape(_typography(version.title, outlet)),
        "summary": escape(version.summary),
        "author": escape(version.author),
        "section": version.section.capitalize(),
        "url": escape(base + version.path),
        "base": base,
        "number": version.number,
        "published_iso": version.published.isoformat(),
        "updated_iso": version.updated.isoformat(),
        "published_long": _long_time(version.published),
        "updated_note": _updated_note(version),
        "json_ld": _json_ld(version, base),
        "body": _BODIES[outlet.key](version),
        "related": "\n".join(map(_link, related)),
    }
    page = _template(outlet.key).substitute(fields)
    return page.encode(outlet.charset, "xmlcharrefreplace")


def render_home(outlet: Outlet, versions: Sequence[Version]) -> bytes:
    """Return an outlet's home page: a list of links."""
    links = "\n".join(map(_link, versions))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="{outlet.charset}">'
        f"<title>{escape(outlet.name)}</title></head><body><h1>{escape(outlet.name)}</h1>"
        f"<p>{escape(outlet.tagline)}</p><ul>\n{links}\n</ul></body></html>\n"
    )
    return page.encode(outlet.charset, "xmlcharrefreplace")


def _northline(version: Version) -> str:
    dateline = (
        f'<span class="dateline">{escape(version.dateline)}, {_day(version.published)} '
        "(Northline) &mdash;</span> "
    )
    blocks = [f"<p>{escape(paragraph)}</p>" for paragraph in version.paragraphs]
    blocks[0] = blocks[0].replace("<p>", f"<p>{dateline}", 1)
    blocks.insert(min(3, len(blocks)), _ADVERTISEMENT)
    return "\n".join(blocks)


def _courier(version: Version) -> str:
    paragraphs = [escape(_curly(text), quote=False) for text in version.paragraphs]
    first, *rest = paragraphs
    lead = f"<B>{first}</B>"
    return "\n".join([lead, *(f"<P>{text}" for text in rest)])


def _tribune(version: Version) -> str:
    blocks = []
    for text in version.paragraphs:
        if text.startswith("## "):
            blocks.append(f'<h2 class="c-sub">{escape(text.removeprefix("## "))}</h2>')
        else:
            marked = escape(_curly(text)).replace(
                "Skarn Ridge", '<a href="/topic/skarn-ridge">Skarn Ridge</a>', 1
            )
            blocks.append(f'<div class="c-par"><p>{marked}</p></div>')
    blocks.insert(min(2, len(blocks)), _NEWSLETTER)
    return "\n".join(blocks)


_BODIES = {"northline": _northline, "courier": _courier, "tribune": _tribune}


@cache
def _template(key: str) -> Template:
    return Template(
        resources.files(__package__).joinpath("templates", f"{key}.html").read_text("utf-8")
    )


def _typography(text: str, outlet: Outlet) -> str:
    return text if outlet.key == "northline" else _curly(text)


def _curly(text: str) -> str:
    """Return `text` with typographic quotation marks and apostrophes."""
    opened = re.sub(r'(^|[\s(])"', "\\1\N{LEFT DOUBLE QUOTATION MARK}", text)
    closed = opened.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
    return closed.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def _link(version: Version) -> str:
    return f'<li><a href="{escape(version.path)}">{escape(version.title)}</a></li>'


def _day(time: datetime) -> str:
    return f"{time:%B} {time.day}"


def _long_time(time: datetime) -> str:
    return f"{time:%A}, {time.day} {time:%B %Y}, {time:%H:%M} UTC"


def _updated_note(version: Version) -> str:
    if version.updated == version.published:
        return ""
    return f'<span class="c-date">Updated {_long_time(version.updated)}</span>'


def _json_ld(version: Version, base: str) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": version.title,
        "datePublished": version.published.isoformat(),
        "dateModified": version.updated.isoformat(),
        "author": {"@type": "Person", "name": version.author},
        "publisher": {"@type": "Organization", "name": version.outlet.name},
        "mainEntityOfPage": base + version.path,
        "isAccessibleForFree": True,
    }
    return json.dumps(record).replace("</", "<\\/")
