"""Canonical URLs: one address for one article, without ever merging two.

Parsing follows the WHATWG URL standard (https://url.spec.whatwg.org/), as browsers do. What is
dropped: the fragment, user names and passwords, default ports and the tracking parameters listed
in `lexicons/trackers.toml`. What is kept: path, letter case, and every parameter not listed.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from urllib.parse import unquote_plus

import ada_url
import tldextract

_AMP_CACHE = re.compile(r"\.(cdn\.ampproject\.org|amp\.cloudflare\.com|bing-amp\.com)$")
_AMP_PATH = re.compile(r"^/(?:[cvi]|amp|wp)/(?:(s)/)?([^/?#]+\.[^/?#]+)(/.*)?$")
_GOOGLE_AMP = re.compile(r"^(?:www\.)?google\.[a-z.]+$")
_HOME_PATH = re.compile(
    r"^/*(?:[a-z]{2}(?:[-_][a-z]{2})?/*)?(?:(?:index|default|home)(?:\.\w+)?)?/*$"
)
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def canonicalize(url: str, *, base: str | None = None) -> str:
    """Return the canonical form of `url`, resolved against `base`.

    Raises:
        ValueError: it is no absolute http or https URL.
    """
    parsed = _parse(url, base)
    target = _behind_amp_cache(parsed)
    if target is not None:
        parsed = _parse(target, None)
    parsed.username = parsed.password = ""
    parsed.search = _without_trackers(parsed.search)
    if not parsed.hash.startswith("#!"):
        parsed.hash = ""
    return str(parsed.href)


def web_url(url: str | None, *, base: str | None = None) -> str | None:
    """Return `url`, as written when absolute, if it is an http or https URL, else None."""
    if not url or not url.strip():
        return None
    try:
        return url.strip() if _is_absolute(url) else str(_parse(url, base).href)
    except ValueError:
        return None


def _is_absolute(url: str) -> bool:
    return bool(re.match(r"\s*https?://", url, re.IGNORECASE)) and bool(_parse(url, None))


def url_key(url: str) -> str:
    """Return what two addresses of one page share: no scheme, no `www.`, query in name order.

    Raises:
        ValueError: as `canonicalize`.
    """
    parsed = _parse(canonicalize(url), None)
    host = parsed.host.removeprefix("www.")
    query = "&".join(sorted(_parameters(parsed.search)))
    path = parsed.pathname.rstrip("/")
    return f"{host}{path}{'?' if query else ''}{query}{parsed.hash}"


def registered_domain(url: str) -> str:
    """Return the domain a site's owner registered (`bbc.co.uk`), or the host if there is none.

    The public suffix list is the copy that tldextract carries; nothing is downloaded.
    """
    try:
        host = _parse(url, None).hostname
    except ValueError:
        host = url.strip().lower()
    return _SUFFIXES(host).top_domain_under_public_suffix or host


def is_home_page(url: str) -> bool:
    """Tell whether `url` is a site's front page (also of a language edition), not an article."""
    try:
        parsed = _parse(canonicalize(url), None)
    except ValueError:
        return False
    return not parsed.search and not parsed.hash and bool(_HOME_PATH.match(parsed.pathname.lower()))


def _parse(url: str, base: str | None) -> ada_url.URL:
    try:
        parsed = ada_url.URL(url.strip(), base) if base else ada_url.URL(url.strip())
    except (ValueError, UnicodeError) as error:
        raise ValueError(f"not an absolute URL: {url[:200]!r}") from error
    if parsed.protocol not in ("http:", "https:") or not parsed.hostname:
        raise ValueError(f"not an http or https URL: {url[:200]!r}")
    return parsed


def _behind_amp_cache(parsed: ada_url.URL) -> str | None:
    """Return the publisher's address that an AMP cache's address wraps."""
    cached = _AMP_CACHE.search(parsed.hostname) or (
        _GOOGLE_AMP.match(parsed.hostname) and parsed.pathname.startswith("/amp/")
    )
    match = _AMP_PATH.match(parsed.pathname) if cached else None
    if match is None:
        return None
    scheme = "https" if match[1] else "http"
    return f"{scheme}://{match[2]}{match[3] or '/'}{parsed.search}"


def _without_trackers(search: str) -> str:
    kept = [part for part in _parameters(search) if not _is_tracker(part.partition("=")[0])]
    return "&".join(kept)


def _parameters(search: str) -> list[str]:
    return [part for part in search.removeprefix("?").split("&") if part]


def _is_tracker(name: str) -> bool:
    names, prefixes = _trackers()
    folded = unquote_plus(name).casefold()
    return folded in names or folded.startswith(prefixes)


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    source = resources.files("extractors").joinpath("lexicons", "trackers.toml")
    lists = tomllib.loads(source.read_text("utf-8"))
    return frozenset(lists["names"]), tuple(lists["prefixes"])
