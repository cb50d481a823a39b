"""The bytes of a page as text."""

from __future__ import annotations

import codecs
import re

_HEAD_BYTES = 4096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP_STARTS = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_LATIN = frozenset(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
_OF_PYTHON = frozenset(
    ("idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape",
     "raw_unicode_escape", "utf-7", "utf7", "utf_7", "undefined")
)  # fmt: skip
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_UNREADABLE = 0.01
"""Share of characters; pages that were damaged on their way have less than a thousandth."""


def decode(body: bytes, content_type: str | None) -> str:
    """Decode a page: byte order mark, then UTF-8 if it is that, then what is declared.

    Bytes beyond ASCII that form valid UTF-8 are, in practice, UTF-8, whatever a header says and
    however many were damaged on their way; the order after that is the WHATWG's
    (https://encoding.spec.whatwg.org/): header, then markup.
    """
    for mark, encoding in (*_BOMS, *_MARKUP_STARTS):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = [_CHARSET.search((content_type or "").encode()), _CHARSET.search(body[:_HEAD_BYTES])]
    names = [match[1].decode() for match in declared if match]
    for name in [*filter(_is_wide, names), "utf-8"] if b"\x00" in body[:_HEAD_BYTES] else ["utf-8"]:
        text = _decoded(body, name)
        if text is not None:
            return text
    text = body.decode("utf-8", "replace")
    if _is_mostly_whole(text):
        return text
    narrow = [name for name in names if not _is_wide(name)]
    found = (_decoded(body, name) for name in [*narrow, "windows-1252"])
    return next((other for other in found if other is not None), text)


def readable(text: str) -> str | None:
    """Return `text` with a space for each character that no markup may hold.

    Returns None when there are so many that it is no text: an image, an archive, noise.
    """
    plain, count = _UNREADABLE.subn(" ", text)
    return plain if count <= _MOST_UNREADABLE * len(text) else None


def _decoded(body: bytes, name: str) -> str | None:
    """Decode as browsers do, which read Latin-1 as Windows-1252 and GB2312 as GB18030."""
    folded = name.lower()
    if folded in _OF_PYTHON:
        return None
    if folded in _LATIN:
        folded = "windows-1252"
    if folded in ("gb2312", "gbk"):
        folded = "gb18030"
    try:
        return body.decode(folded)
    except (UnicodeError, LookupError):
        return None


def _is_wide(name: str) -> bool:
    """Tell an encoding in which markup is full of zeros; declared without them it is a mistake."""
    return name.lower().startswith(("utf-16", "utf16", "utf-32", "utf32", "ucs-2"))


def _is_mostly_whole(text: str) -> bool:
    """Tell UTF-8 with some damage: other encodings hardly ever form its sequences."""
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken
