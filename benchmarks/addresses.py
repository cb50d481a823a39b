"""Invented web addresses with their truth: which of them name one page, and which must not.

An `Address` is what a page is; a spelling is one of the many ways to write it. Everything comes
from a seeded random generator, so that a property test and a fuzz of a hundred thousand inputs
draw from the same well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

_SAFE_IN_PATH = "!$&()*+,;=:@-._~"
_UNRESERVED = "abcXYZ019-._~"
_LETTERS = [*"abcdeXYZ0123456789-_~.", *"!$()*,:@", *" %/?#&=+é日\"'<>\\"]
_HOSTS = ["news.example.com", "example.co.uk", "a.blogspot.com", "bücher.example", "10.1.2.3"]
_NAMES = ["id", "sid", "cid", "p", "ref", "page", "story", "a b", "é", "Q", "q"]
_TRACKERS = ["utm_source=rss", "UTM_Medium=x", "fbclid=Iw0", "gclid=1", "mtm_kwd=a", "_ga=1.2"]


@dataclass(frozen=True, slots=True)
class Address:
    """A page's place: `port` is "" for the usual one, `query` in the order it is asked."""

    host: str
    port: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


def address(rng: Random) -> Address:
    """Invent an address."""
    path = tuple(_word(rng) for _ in range(rng.randint(1, 4)))
    query = tuple((rng.choice(_NAMES), _word(rng)) for _ in range(rng.choice([0, 0, 1, 3])))
    return Address(rng.choice(_HOSTS), rng.choice(["", "", ":8080"]), path, query)


def spelling(rng: Random, of: Address) -> str:
    """Write an address in one of its ways: case, defaults, trackers, encodings, fragments."""
    scheme, port = rng.choice(["http", "HTTPS"]), of.port
    if not port and rng.random() < 0.3:
        port = ":80" if scheme == "http" else ":443"
    host = "".join(rng.choice([letter, letter.upper()]) for letter in of.host)
    www = "www." if rng.random() < 0.3 and not of.host[0].isdigit() else ""
    path = "/".join(_encoded(rng, segment, _SAFE_IN_PATH) for segment in of.path)
    user = rng.choice(["", "", "me:secret@"])
    end = rng.choice(["", "", "/"]) + _query(rng, of) + rng.choice(["", "#top", "#"])
    return f"{rng.choice(['', ' '])}{scheme}://{user}{www}{host}{port}/{path}{end}"


def another(rng: Random, than: Address) -> Address:
    """Return an address that differs in one thing which can tell articles apart."""
    while (other := rng.choice(_CHANGES)(rng, than)) == than:
        pass
    return other


def junk(rng: Random, seeds: list[str]) -> str:
    """Return a damaged address: pieces of `seeds` cut, joined, repeated, with odd characters."""
    text = rng.choice(seeds)
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(text))
        piece = rng.choice([_odd(rng), rng.choice(seeds)[at : at + rng.randint(0, 9)], ""])
        text = text[:at] + piece + text[at + rng.randint(0, 3) :]
    return text


def _odd(rng: Random) -> str:
    odd = ["%", "%2", "%zz", "%2525", "%41", "\x00", "\t", "\\", "[", "]", "@", "//", "..", "/./"]
    odd += [":", ":99999", "?", "#", "#!", "\ud800", "\u202e", "．", "xn--", "&&", "%EF%BC%8E"]
    return rng.choice([*odd, chr(rng.randint(1, 0x2FFFF))])


def _word(rng: Random) -> str:
    letters = [rng.choice(_LETTERS) for _ in range(rng.randint(0, 6))]
    return rng.choice("abXY09") + "".join(letters) + rng.choice("abXY09")


def _encoded(rng: Random, text: str, safe: str) -> str:
    """Encode what must be, and some of what need not be, with digits of either case."""
    written = []
    for letter in text:
        code = quote(letter, safe=safe)
        if letter in _UNRESERVED and rng.random() < 0.2:
            code = f"%{ord(letter):02X}"
        written.append(rng.choice([code, code.lower()]) if code.startswith("%") else code)
    return "".join(written)


def _query(rng: Random, of: Address) -> str:
    """Write the query: differently named parameters in any order, trackers between them."""
    left = list(of.query)
    parts: list[str] = []
    while left:
        first: dict[str, str] = {}
        for name, value in left:
            first.setdefault(name, value)
        chosen = rng.choice(sorted(first.items()))
        left.remove(chosen)
        parts.append("=".join(_encoded(rng, word, "!$()*,:@/?-._~") for word in chosen))
    for tracker in rng.sample(_TRACKERS, rng.choice([0, 0, 1, 2])):
        parts.insert(rng.randint(0, len(parts)), tracker)
    return "?" + "&".join(parts) if parts or rng.random() < 0.1 else ""


def _other_host(rng: Random, of: Address) -> Address:
    hosts = [*_HOSTS, "m.example.co.uk", "news.example.org", "b.blogspot.com"]
    return dataclasses.replace(of, host=rng.choice(hosts))


def _other_port(rng: Random, of: Address) -> Address:
    return dataclasses.replace(of, port=rng.choice(["", ":8080", ":8443"]))


def _other_segment(rng: Random, of: Address) -> Address:
    at = rng.randrange(len(of.path))
    segment = of.path[at]
    cut = rng.randrange(len(segment))
    others = [segment.swapcase(), segment + _word(rng), segment[:cut] + "x" + segment[cut + 1 :]]
    return dataclasses.replace(of, path=(*of.path[:at], rng.choice(others), *of.path[at + 1 :]))


def _other_depth(rng: Random, of: Address) -> Address:
    longer = (*of.path, rng.choice(["amp", "print", _word(rng)]))
    return dataclasses.replace(of, path=rng.choice([longer, of.path[:-1] or longer]))


def _other_parameter(rng: Random, of: Address) -> Address:
    added = (rng.choice(_NAMES), _word(rng))
    at = rng.randint(0, len(of.query))
    return dataclasses.replace(of, query=(*of.query[:at], added, *of.query[at + 1 :]))


_CHANGES: list[Callable[[Random, Address], Address]] = [
    _other_host, _other_port, _other_segment, _other_depth, _other_parameter,
]  # fmt: skip
