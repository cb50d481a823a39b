"""Which network addresses a public web address may lead to.

A feed list, a page and a redirect are other people's words: none of them may make this machine
talk to itself, to its network or to a cloud's metadata service. The rules work on the address that
is about to be connected to, after name resolution, so the spelling of a host (decimal, hex, mapped,
a name that resolves to an inner address, another answer the second time) makes no difference.

Sources: the IANA special-purpose registries (RFC 6890, RFC 8190), RFC 6598 (shared address space),
RFC 6052 (NAT64), RFC 3056 (6to4). Written out as a table because the answers of the `ipaddress`
module differ between Python releases.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from extractors.errors import SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_SPECIAL: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "an unspecified"),
        ("10.0.0.0/8", "a private"),
        ("100.64.0.0/10", "a shared (carrier-grade NAT)"),
        ("127.0.0.0/8", "a loopback"),
        ("169.254.0.0/16", "a link-local"),
        ("172.16.0.0/12", "a private"),
        ("192.0.0.0/24", "a reserved"),
        ("192.0.2.0/24", "a documentation"),
        ("192.88.99.0/24", "a reserved"),
        ("192.168.0.0/16", "a private"),
        ("198.18.0.0/15", "a benchmarking"),
        ("198.51.100.0/24", "a documentation"),
        ("203.0.113.0/24", "a documentation"),
        ("224.0.0.0/4", "a multicast"),
        ("240.0.0.0/4", "a reserved"),
        ("::/128", "an unspecified"),
        ("::1/128", "a loopback"),
        ("fe80::/10", "a link-local"),
        ("fc00::/7", "a private"),
        ("ff00::/8", "a multicast"),
        ("2001::/23", "a reserved"),
        ("2001:db8::/32", "a documentation"),
        ("3fff::/20", "a documentation"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_MAPPED = IPv6Network("::ffff:0:0/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")


def parse_networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that `names` ("127.0.0.0/8", "::1") stand for.

    Raises:
        SettingsError: a name is no network.
    """
    return tuple(map(_network, names))


def _network(name: str) -> Network:
    try:
        return ip_network(name, strict=False)
    except ValueError as error:
        raise SettingsError(f"{name!r} is no network.", "Write it as 127.0.0.0/8.") from error


def parse_address(text: str) -> Address:
    """Return the address that `text` spells, without zone and brackets.

    Raises:
        ValueError: it spells none.
    """
    return ip_address(text.strip("[]").partition("%")[0])


def why_blocked(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """Return the kind of inner address that `address` is ("a loopback"), or None if it is public.

    `allowed` are networks that the user named as fit to be connected to.
    """
    inner = embedded(address)
    if any(inner in network for network in allowed):
        return None
    for network, kind in _SPECIAL:
        if inner in network:
            return kind
    if isinstance(inner, IPv6Address) and inner not in _GLOBAL_V6:
        return "a reserved"
    return None


def embedded(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 `address` leads to, or `address` itself."""
    if not isinstance(address, IPv6Address):
        return address
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return address
