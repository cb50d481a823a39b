"""What the client may do: limits, manners and the networks it may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flows import __version__

PRODUCT = "claimwire"
MIB = 1024 * 1024


def user_agent(contact: str = "") -> str:
    """Return this client's honest name and how to reach whoever runs it (RFC 9110, 10.1.5)."""
    about = f"self-hosted news reader; +{contact}" if contact else "self-hosted news reader"
    return f"{PRODUCT}/{__version__} ({about})"


@dataclass(frozen=True, slots=True)
class HttpPolicy:
    """Limits and manners of the client.

    Spacing: requests to one site (registered domain) start at least `min_spacing_s` apart, and at
    most `max_per_site` of them are under way at once. A wait that a site asks for is served within
    a run when it is at most `patience_s`; beyond that the site rests. What would have to queue for
    longer than `max_queue_s` is left for a later run, so that no site makes a run endless.

    Sizes: 16 MiB holds every page that news crawlers report (99.99 % are below 10 MB).
    `allowed_networks` names inner networks that may be connected to after all.
    `bridge_hosts` serve feeds of many sites: a 429 there rests nobody but the feed that got it.
    `unverified_hosts` are believed whatever certificate they show.
    """

    user_agent: str = user_agent()
    allowed_networks: tuple[str, ...] = ()
    bridge_hosts: frozenset[str] = frozenset()
    unverified_hosts: frozenset[str] = frozenset()
    min_spacing_s: float = 5.0
    max_per_site: int = 2
    max_connections: int = 64
    patience_s: float = 60.0
    max_queue_s: float = 900.0
    max_crawl_delay_s: float = 120.0
    host_down_s: float = 600.0
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 20.0
    total_timeout_s: float = 60.0
    max_raw_bytes: int = 16 * MIB
    max_body_bytes: int = 16 * MIB
    max_header_bytes: int = 64 * 1024
    max_redirects: int = 10
