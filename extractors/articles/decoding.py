"""Bytes to text: which encoding fits, and how much of a text was damaged by one that does not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# A script may name its own, which is not the page's.
_META_CHARSET = re.compile(b"<meta[^>]*?" + _CHARSET.pattern, re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_PYTHON = frozenset(
    ("idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape",
     "raw_unicode_escape", "utf-7", "utf7", "utf_7", "undefined")
)  # fmt: skip
_SAMPLE_BYTES = 2048
_MANY_NULS, _FEW_NULS = 0.6, 0.1

# How Windows-1252 shows the bytes 80 to BF, which follow the first of a character in UTF-8.
_FOLLOWING = "\x80-\xbf\ufffd" + "".join(
    re.escape(bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0)
)
# First bytes of Latin, Greek, Cyrillic and Arabic letters; then of punctuation, kana, full width
# forms and emoji. Others stand before such characters in good text, too ("Spaß“", "arrivé…»").
_MOJIBAKE = (
    f"(?:[Â-ÅÎ-ÑØÙ]|â[{_FOLLOWING}]|ã[\x80-\x83€‚ƒ\ufffd]|ï[¬»-½]|ð[Ÿ\x9f][{_FOLLOWING}])"
    f"[{_FOLLOWING}]"
)
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
_IS_CONTROL = re.compile(_CONTROL)
# In the text of an article a space stands for the no-break space of the page.
_GARBLED = re.compile(f"{_MOJIBAKE}|[ÂÃ](?= )|\ufffd")
_DAMAGED = re.compile(f"{_MOJIBAKE}|\ufffd|{_CONTROL}")
_MOST_COUNTED = 10_000
"""Places of damage that are counted in a page: more of them tell no more of its encoding."""


class Decoded(NamedTuple):
    """A page as text, and the encoding that it was read in, with the evidence for it."""

    text: str
    encoding: str


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Decode a page in the encoding that its bytes fit.

    A byte order mark decides, or NULs in every other byte. Bytes beyond ASCII that form valid UTF-8
    are, in practice, UTF-8, whatever a header says. Else the encoding that leaves least damage
    wins, of equals the first of: UTF-8, that of the header, that of the markup, Windows-1252 (the
    order of the WHATWG, https://encoding.spec.whatwg.org/).
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            name = encoding.removesuffix("-sig")
            return Decoded(body.decode(encoding, "replace"), f"{name} (byte order mark)")
    wide = _utf16_order(body)
    if wide is not None:
        return Decoded(body.decode(wide, "replace"), f"{wide} (NUL bytes)")
    return _plain_utf8(body) or min(
        _candidates(body, content_type),
        key=lambda one: _count(_DAMAGED, one.text, most=_MOST_COUNTED),
    )


def mojibake_ratio(text: str) -> float:
    """Return the share, 0 to 1, of characters lost in decoding, or garbled by a wrong one.

    Those are U+FFFD, and what UTF-8 looks like when it is read as Windows-1252 ("Ã¤", "â€™").
    """
    return _count(_GARBLED, text) / len(text) if text else 0.0


def _count(damage: re.Pattern[str], text: str, *, most: int | None = None) -> int:
    return sum(len(match[0]) for match in islice(damage.finditer(text), most))


def _plain_utf8(body: bytes) -> Decoded | None:
    """Return the page if it is UTF-8 for sure; ASCII with control characters may be another."""
    try:
        text = body.decode()
    except UnicodeError:
        return None
    is_plain = not (text.isascii() and _IS_CONTROL.search(text))
    return Decoded(text, "utf-8") if is_plain else None


def _candidates(body: bytes, content_type: str | None) -> Iterator[Decoded]:
    header = _CHARSET.search((content_type or "").encode())
    markup = _META_CHARSET.search(body[:4096])
    declared = [_web_encoding(found[1]) for found in (header, markup) if found]
    if markup and declared[-1].startswith("utf-16"):
        declared.pop()  # it could not be read as ASCII
    for name in ("utf-8", *declared, "windows-1252"):
        if name in _OF_PYTHON:
            continue
        try:
            text = body.decode(name, "replace")
        except (UnicodeError, LookupError):
            continue
        evidence = "declared" if name in declared else "guessed"
        yield Decoded(text, name if name == "utf-8" else f"{name} ({evidence})")


def _web_encoding(label: bytes) -> str:
    """Read Latin-1 as Windows-1252 and GB2312 as GB18030, as browsers do."""
    folded = label.decode().lower()
    if folded in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "windows-1252"
    if folded in ("utf-16", "utf16"):
        return "utf-16-le"
    return "gb18030" if folded in ("gb2312", "gbk") else folded


def _utf16_order(body: bytes) -> str | None:
    """Return the UTF-16 in which every other byte of a page is NUL, as in all ASCII markup."""
    sample = body[:_SAMPLE_BYTES]
    if len(sample) < 2:
        return None
    even, odd = (sample[start::2].count(0) / len(sample[start::2]) for start in (0, 1))
    if even <= _FEW_NULS and odd >= _MANY_NULS:
        return "utf-16-le"
    return "utf-16-be" if odd <= _FEW_NULS and even >= _MANY_NULS else None
