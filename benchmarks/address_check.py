"""What must hold of every address: one canonical form, and no two articles under one key."""

from __future__ import annotations

import dataclasses
import re
from random import Random
from string import ascii_lowercase, digits

from benchmarks.addresses import Address, address, another, spelling
from extractors.errors import ClaimwireError
from extractors.urls import canonicalize, is_home_page, registered_domain, url_key, web_url
from flows.urls import parse_url

_PARAMETER = re.compile(r"([?&](?:id|p|sid|cid|story|article|page)=)([^&#]*)")
_PATH = re.compile(r"(https?://[^/?#]+/)([^?#]*)")


def check_address(data: bytes, random: Random) -> None:
    """Canonicalise an address, and tell it from another article's beside it.

    Raises:
        AssertionError: a promise is not kept.
    """
    text = data.decode("utf-8", "surrogateescape")
    web_url(text)
    web_url(text, base="https://news.example/a")
    registered_domain(text)
    is_home_page(text)
    try:
        parse_url(text)
    except ClaimwireError:
        return
    canonical = canonicalize(text)
    assert canonical.isascii(), f"{canonical!r} is not ASCII"
    assert canonicalize(canonical) == canonical, f"{canonical!r} has another canonical form"
    assert url_key(canonical) == url_key(text), f"{text!r} has two keys"
    other = neighbour(canonical, random)
    assert other is None or url_key(other) != url_key(canonical), f"{canonical} is one with {other}"
    _check_invented(random)


def _check_invented(random: Random) -> None:
    """Write an invented address in two ways, and another one beside it."""
    place = address(random)
    first, second = spelling(random, place), spelling(random, place)
    assert url_key(first) == url_key(second), f"{first} is not one with {second}"
    beside = another(random, place)
    if _in_order(beside) != _in_order(place):
        other = spelling(random, beside)
        assert url_key(first) != url_key(other), f"{first} is one with {other}"


def _in_order(place: Address) -> Address:
    """Return the address with its differently named parameters in the order of their names."""
    return dataclasses.replace(place, query=tuple(sorted(place.query, key=lambda pair: pair[0])))


def neighbour(url: str, random: Random) -> str | None:
    """Return the address of another article: another word, number, letter case or host."""
    change = random.choice((_another_parameter, _another_word, _another_case, _another_host))
    changed = change(url, random)
    return None if changed == url or web_url(changed) is None else changed


def _another_parameter(url: str, random: Random) -> str:
    return _PARAMETER.sub(lambda found: found[1] + _changed(found[2], random), url, count=1)


def _another_word(url: str, random: Random) -> str:
    """Change a letter or digit of the path."""
    found = _PATH.match(url)
    if found is None:
        return url
    places = [at for at in range(*found.span(2)) if _is_plain(url, at)]
    if not places:
        return url
    at = random.choice(places)
    return url[:at] + _other(url[at], random) + url[at + 1 :]


def _is_plain(url: str, at: int) -> bool:
    """Tell whether a letter stands for itself, being no part of an escape."""
    return url[at] in ascii_lowercase + digits and "%" not in url[max(0, at - 2) : at]


def _another_case(url: str, random: Random) -> str:
    found = _PATH.match(url)
    if found is None or "%" in found[2]:
        return url
    return found[1] + found[2].swapcase() + url[found.end() :]


def _another_host(url: str, random: Random) -> str:
    return re.sub(r"^(https?://)", rf"\g<1>{random.choice(ascii_lowercase)}x.", url)


def _changed(value: str, random: Random) -> str:
    return value + random.choice(digits)


def _other(letter: str, random: Random) -> str:
    return random.choice([other for other in ascii_lowercase + digits if other != letter])
