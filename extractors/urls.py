"""Canonical URLs: one address for one article, without ever merging two.

Parsing follows the WHATWG URL standard (https://url.spec.whatwg.org/), as browsers do: scheme and
host in lower case, IDNA, default ports left out, dot segments resolved. What else is normalised:

| rule | source |
|---|---|
| fragments are dropped, but `#!` is kept: it names a page of a site that scripts draw | RFC 3986 3.5; Google's former AJAX crawling scheme |
| percent-encoded unreserved characters are decoded, hex digits are capitals | RFC 3986 6.2.2 |
| user names and passwords are dropped | they say who asks |
| listed tracking parameters and `;jsessionid` are dropped | `lexicons/trackers.toml`; Java Servlet 7.1.3 |
| an AMP cache's address becomes the publisher's | https://developers.google.com/amp/cache/overview |

Path, letter case, every other parameter and the order of parameters are kept. Two addresses are
compared by `url_key`, which besides takes http and https, `www.`, a slash at the end and the order
of differently named parameters for one and the same.
"""  # noqa: E501

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

import ada_url

from extractors.trackers import parameters, without_trackers

_AMP_CACHE = re.compile(r"\.(cdn\.ampproject\.org|amp\.cloudflare\.com|bing-amp\.com)$")
_AMP_PATH = re.compile(r"^/(?:[cvi]|amp|wp)/(?:(s)/)?([^/?#]+\.[^/?#]+)(/.*)?$")
_GOOGLE_AMP = re.compile(r"^(?:www\.)?google\.[a-z.]+$")
_HOME_PATH = re.compile(
    r"^/*(?:[a-z]{2}(?:[-_][a-z]{2})?/*)?(?:(?:index|default|home)(?:\.\w+)?)?/*$"
)
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ABSOLUTE = re.compile(r"\s*https?://", re.IGNORECASE)
_PORT = re.compile(r":\d*$")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_REMEMBERED = 16384  # addresses of entries, asked for several times in a row and at every poll


@lru_cache(_REMEMBERED)
def canonicalize(url: str) -> str:
    """Return the canonical form of `url`.

    Raises:
        ValueError: it is no absolute http or https URL.
    """
    parts = _out_of_amp_cache(_split(url))
    query = without_trackers(f"?{parts.query}", _hostname(parts), _registered)
    canonical = parts._replace(
        netloc=_host_and_port(parts),
        path=_decoded(_SESSION.sub("", parts.path)),
        query=_decoded(query),
        fragment=parts.fragment if parts.fragment.startswith("!") else "",
    ).geturl()
    # What was taken out of a path may leave dot segments behind.
    return _split(canonical).geturl()


def web_url(url: str | None, *, base: str | None = None) -> str | None:
    """Return `url`, as written when absolute, if it is an http or https URL, else None."""
    if not url or not url.strip():
        return None
    is_absolute = _ABSOLUTE.match(url)
    try:
        _split(url, None if is_absolute else base)
    except ValueError:
        return None
    return url.strip() if is_absolute else str(ada_url.URL(url.strip(), base).href)


@lru_cache(_REMEMBERED)
def url_key(url: str) -> str:
    """Return what two addresses of one page share: no scheme, no `www.`, query in name order.

    Parameters of one name keep their order among themselves: `a=1&a=2` is not `a=2&a=1`.

    Raises:
        ValueError: as `canonicalize`.
    """
    parts = _split(canonicalize(url))
    host = parts.netloc.removeprefix("www.")
    listed = parameters(f"?{parts.query}")
    query = "&".join(sorted(listed, key=lambda part: part.partition("=")[0]))
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.removesuffix('/')}{'?' if query else ''}{query}{fragment}"


def registered_domain(url: str) -> str:
    """Return the domain a site's owner registered (`bbc.co.uk`), or the host if there is none.

    The public suffix list is the copy that tldextract carries; nothing is downloaded.
    """
    return _registered(_host(url))


def publisher_domain(url: str) -> str:
    """Return the registered domain, or the sub-domain that a host of other people's sites lends.

    `a.blogspot.com` and `b.blogspot.com` are two publishers: the private part of the public suffix
    list names such hosts (https://publicsuffix.org/list/).
    """
    host = _host(url)
    found = _suffixes()(host, include_psl_private_domains=True)
    return found.top_domain_under_public_suffix or host


def is_stated_by(stated: str, url: str) -> bool:
    """Tell whether a page at `url` can truly have the address that it states for itself.

    It counts only within the same publisher, and not when it names the front page: both are common
    faults, and believing them would merge articles.
    """
    return publisher_domain(stated) == publisher_domain(url) and not is_home_page(stated)


def is_home_page(url: str) -> bool:
    """Tell whether `url` is a site's front page (also of a language edition), not an article."""
    try:
        parts = _split(canonicalize(url))
    except ValueError:
        return False
    return not parts.query and not parts.fragment and bool(_HOME_PATH.match(parts.path.lower()))


@lru_cache(_REMEMBERED)
def _split(url: str, base: str | None = None) -> SplitResult:
    """Return the parts of a web address in the form that browsers give it."""
    try:
        parts = urlsplit(ada_url.URL(url.strip(), base).href)
    except (ValueError, UnicodeError) as error:
        raise ValueError(f"not an absolute URL: {url[:200]!r}") from error
    if parts.scheme not in ("http", "https") or not _hostname(parts):
        raise ValueError(f"not an http or https URL: {url[:200]!r}")
    return parts


def _host_and_port(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _hostname(parts: SplitResult) -> str:
    return _PORT.sub("", _host_and_port(parts))


def _host(url: str) -> str:
    try:
        return _hostname(_split(url))
    except ValueError:
        return url.strip().lower()


@lru_cache(_REMEMBERED)
def _registered(host: str) -> str:
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> Any:
    """Return the public suffixes; they take a fifth of a second, and few addresses need them."""
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def _out_of_amp_cache(parts: SplitResult) -> SplitResult:
    """Return the publisher's address that an AMP cache's address wraps, or the address itself."""
    while (target := _behind_amp_cache(parts)) is not None:
        try:
            parts = _split(target)
        except ValueError:
            break
    return parts


def _behind_amp_cache(parts: SplitResult) -> str | None:
    host = _hostname(parts)
    cached = _AMP_CACHE.search(host) or (_GOOGLE_AMP.match(host) and parts.path.startswith("/amp/"))
    match = _AMP_PATH.match(parts.path) if cached else None
    if match is None:
        return None
    wrapped = parts._replace(scheme="https" if match[1] else "http", netloc=match[2])
    return wrapped._replace(path=match[3] or "/").geturl()


def _decoded(part: str) -> str:
    """Decode unreserved characters and write hex digits in capitals.

    A part with a stray percent sign is left alone: decoding could make it mean another thing.
    """
    return part if _STRAY_PERCENT.search(part) else _ENCODED.sub(_decoded_one, part)


def _decoded_one(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()
