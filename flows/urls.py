"""Web addresses, read as browsers do (WHATWG URL standard, https://url.spec.whatwg.org/)."""

from __future__ import annotations

import ada_url

from extractors.errors import FetchError


def parse_url(url: str, base: str | None = None) -> ada_url.URL:
    """Return `url` (resolved against `base`) parsed, without user name and password.

    Raises:
        FetchError: `bad_url`, for what is no absolute http or https address.
    """
    try:
        parsed = ada_url.URL(url.strip(), base) if base else ada_url.URL(url.strip())
    except (ValueError, UnicodeError) as error:
        raise _bad_url(url) from error
    if parsed.protocol not in ("http:", "https:") or not parsed.hostname:
        raise _bad_url(url)
    parsed.username = parsed.password = ""
    return parsed


def host_of(url: str) -> str:
    """Return the host of `url`, without port, or `url` itself where it has none."""
    try:
        return str(ada_url.URL(url).hostname)
    except ValueError:
        return url


def _bad_url(url: str) -> FetchError:
    return FetchError(
        f"{url[:200]!r} is no http or https address.", "Give it whole, with https://.",
        reason="bad_url",
    )  # fmt: skip
