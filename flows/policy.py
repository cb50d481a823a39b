"""The client's policy by the settings."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from functools import cache

import httpcore2

from flows.http import HttpPolicy, user_agent
from flows.settings import Settings
from flows.sources import FeedSource
from flows.urls import host_of


@cache
def trusted() -> ssl.SSLContext:
    """Return the certificates that are trusted; reading them takes longer than many a run."""
    return httpcore2.default_ssl_context()


def http_policy(settings: Settings, sources: Iterable[FeedSource] = ()) -> HttpPolicy:
    """Return how servers are asked, given the feeds that may have wishes of their own."""
    return HttpPolicy(
        user_agent=settings.user_agent or user_agent(settings.contact),
        allowed_networks=settings.allowed_networks,
        bridge_hosts=frozenset(settings.bridge_hosts),
        unverified_hosts=frozenset(host_of(one.url) for one in sources if not one.verify_tls),
        min_spacing_s=settings.site_interval_s,
        max_per_site=settings.site_connections,
        max_connections=settings.connections,
        connect_timeout_s=settings.connect_timeout_s,
        read_timeout_s=settings.read_timeout_s,
        total_timeout_s=settings.fetch_timeout_s,
        max_raw_bytes=settings.max_body_bytes,
        max_body_bytes=settings.max_body_bytes,
        max_redirects=settings.max_redirects,
    )
