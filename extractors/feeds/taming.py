"""Makes hostile or damaged markup cheap to parse, before a feed parser sees it.

feedparser falls back to a tolerant parser in Python when XML is malformed; on comments that are
never closed its time grows with the square of their number (100 s for 400 kB). And deeply nested
elements cost it more the deeper they are. Feeds have neither.
"""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

from extractors.errors import FeedError

MAX_DEPTH = 200
"""Elements within elements; real feeds with inline XHTML stay below 50."""

MAX_DAMAGED_BYTES = 1_500_000
"""What is read of a malformed feed: the tolerant parser takes about a second for it."""

MAX_DAMAGED_TAGS = 60_000

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(r"""^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["'][^"']*["']""")
_BARE_AMPERSAND = re.compile(rb"&(?![#\w]{1,32};)")
_HUGE_REFERENCE = re.compile(rb"&#[xX]?[0-9a-fA-F]{7,};")
_HALVES = re.compile(rb"(?:&#(?:[xX]0{0,8}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,8}5[5-7]\d{3});)+")
_NUMBER = re.compile(rb"&#([xX]?)(\w+);")
_HUGE_TAG = re.compile(rb"<[^!<>][^<>]{20000,}>?")
_PAIRS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"), (b"<!", b">"))


def narrowed(body: bytes) -> bytes:
    """Return UTF-16 and UTF-32 as UTF-8, without the declaration of an encoding; else `body`."""
    for start, encoding in _WIDE:
        if body.startswith(start):
            text = body.decode(encoding, "replace").removeprefix("\ufeff")
            return _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "replace")
    return body


def tamed(body: bytes) -> tuple[bytes, list[str]]:
    """Return markup that can be parsed in a time proportional to its length, and warnings.

    Well-formed markup is returned as it is.

    Raises:
        FeedError: elements are nested too deeply for a feed.
    """
    if _is_well_formed(body):
        return body, []
    kept, warnings = _shortened(body)
    kept = _HALVES.sub(_joined, kept)
    kept = _HUGE_TAG.sub(b"", _HUGE_REFERENCE.sub(b"&#xFFFD;", kept))
    if kept.count(b"&") > MAX_DAMAGED_TAGS:
        kept = _BARE_AMPERSAND.sub(b"", kept)
    for opener, closer in _PAIRS:
        last = kept.rfind(closer) + 1
        kept = kept[:last] + kept[last:].replace(opener, b"&lt;" + opener[1:])
    return kept, warnings


def _joined(halves: re.Match[bytes]) -> bytes:
    """Return the characters whose halves are referred to, as some publishers write emoji.

    XML knows no such references, and one of them would spoil the whole feed.
    """
    codes = [int(number, 16 if sign else 10) for sign, number in _NUMBER.findall(halves[0])]
    halved = "".join(map(chr, codes)).encode("utf-16", "surrogatepass")
    whole = halved.decode("utf-16", "replace")
    return "".join(f"&#{ord(character)};" for character in whole).encode()


def _shortened(body: bytes) -> tuple[bytes, list[str]]:
    end = len(body)
    if body.count(b"<") > MAX_DAMAGED_TAGS:
        tags = re.finditer(b"<", body)
        end = next(tag.start() for at, tag in enumerate(tags) if at == MAX_DAMAGED_TAGS)
    end = min(end, MAX_DAMAGED_BYTES)
    if end == len(body):
        return body, []
    return body[:end], [f"the feed is malformed, only its first {end} bytes were read"]


def _is_well_formed(body: bytes) -> bool:
    parser = expat.ParserCreate()
    depth = 0

    def enter(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(attributes) > MAX_DEPTH:
            raise FeedError("The feed's elements are nested too deeply.", "Tell its publisher.")

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True
