"""Which addresses are public, however they are written."""

from __future__ import annotations

import pytest

from extractors.errors import SettingsError
from flows.addresses import parse_address, parse_networks, why_blocked

pytestmark = pytest.mark.area("Safety")


@pytest.mark.rule(
    "No inner address may be connected to, mapped and tunnelled ones neither",
    source="RFC 6890 and the IANA registries; RFC 6598, RFC 6052, RFC 3056",
)
@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "a loopback"),
        ("127.255.255.254", "a loopback"),
        ("0.0.0.0", "an unspecified"),
        ("10.1.2.3", "a private"),
        ("172.16.0.1", "a private"),
        ("172.31.255.255", "a private"),
        ("192.168.1.1", "a private"),
        ("169.254.169.254", "a link-local"),
        ("100.64.0.1", "a shared (carrier-grade NAT)"),
        ("224.0.0.1", "a multicast"),
        ("255.255.255.255", "a reserved"),
        ("198.18.0.1", "a benchmarking"),
        ("192.0.2.1", "a documentation"),
        ("192.0.0.170", "a reserved"),
        ("192.88.99.1", "a reserved"),
        ("::1", "a loopback"),
        ("::", "an unspecified"),
        ("fe80::1%eth0", "a link-local"),
        ("fc00::1", "a private"),
        ("fd12:3456::1", "a private"),
        ("ff02::1", "a multicast"),
        ("2001:db8::1", "a documentation"),
        ("2001::1", "a reserved"),
        ("::127.0.0.1", "a reserved"),
        ("::ffff:127.0.0.1", "a loopback"),
        ("[::ffff:7f00:1]", "a loopback"),
        ("::ffff:169.254.169.254", "a link-local"),
        ("64:ff9b::7f00:1", "a loopback"),
        ("64:ff9b::a00:1", "a private"),
        ("64:ff9b:1::a00:1", "a reserved"),
        ("2002:7f00:1::", "a loopback"),
        ("2002:c0a8:101::1", "a private"),
        ("5f00::1", "a reserved"),
    ],
)
def test_inner_addresses_are_blocked(address: str, kind: str) -> None:
    assert why_blocked(parse_address(address)) == kind


@pytest.mark.rule(
    "Public addresses pass, mapped and tunnelled ones too",
    source="RFC 6890 and the IANA registries",
)
@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::1",
     "::ffff:1.1.1.1", "172.32.0.1", "100.128.0.1", "11.0.0.1"],
)  # fmt: skip
def test_public_addresses_pass(address: str) -> None:
    assert why_blocked(parse_address(address)) is None


@pytest.mark.rule(
    "Networks that the settings name may be connected to, no others",
    source="miniflux 3947, FreshRSS 8400: checked is what is connected to",
)
def test_named_networks_pass_and_no_others() -> None:
    allowed = parse_networks(["127.0.0.0/8", "fd00::/8"])
    assert why_blocked(parse_address("127.0.0.1"), allowed) is None
    assert why_blocked(parse_address("::ffff:127.0.0.1"), allowed) is None
    assert why_blocked(parse_address("fd00::1"), allowed) is None
    assert why_blocked(parse_address("10.0.0.1"), allowed) == "a private"


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(SettingsError, match="'home' is no network"):
        parse_networks(["home"])
