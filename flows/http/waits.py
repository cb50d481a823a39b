"""What the headers of an answer say about when to come back (RFC 9110, 10.2.3; RFC 9111)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flows.http.exchange import Exchange

DAY_S = 86_400.0
_DIRECTIVE = re.compile(r"(?:^|,)\s*([a-z-]+)(?:\s*=\s*\"?([^\",]*)\"?)?", re.IGNORECASE)


def retry_after_s(exchange: Exchange) -> float | None:
    """Return the seconds that Retry-After asks for, from seconds or a date, at most a day."""
    value = (exchange.header("retry-after") or "").strip()
    if value.isdecimal():
        return min(float(value), DAY_S)
    moment = http_date(value)
    if moment is None:
        return None
    return min(max((moment - exchange.fetched_at).total_seconds(), 0.0), DAY_S)


def fresh_s(exchange: Exchange) -> float | None:
    """Return the seconds for which the answer calls itself fresh; 0 if it is not to be reused.

    Cache-Control wins over Expires; a malformed Expires means "already stale".
    """
    control = cache_control(exchange.header("cache-control") or "")
    if "no-store" in control or "no-cache" in control:
        return 0.0
    if (age := control.get("max-age") or "").isdecimal():
        return float(age)
    expires = exchange.header("expires")
    if expires is None:
        return None
    moment = http_date(expires)
    return max((moment - exchange.fetched_at).total_seconds(), 0.0) if moment else 0.0


def cache_control(value: str) -> dict[str, str | None]:
    """Return the directives of a Cache-Control header, names in lower case."""
    return {name.lower(): argument for name, argument in _DIRECTIVE.findall(value)}


def http_date(value: str) -> datetime | None:
    """Return the moment that an HTTP date names, or None if it is none."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
