"""What a response holds that is no web page: told by its first bytes, then by its Content-Type."""

from __future__ import annotations

import json
import re

_HEAD_BYTES = 2048
_PROLOG = rb"\A(?:\xef\xbb\xbf)?\s*(?:(?><\?.*?\?>|<!--.*?-->)\s*)*"
_WEB_PAGE = re.compile(_PROLOG + rb"(?:<!doctype\s+html|<html)\b", re.IGNORECASE | re.DOTALL)
_WEB_TYPES = re.compile(r"text/(?:plain|x?html?)|html|xml|\A\s*\Z", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"\A\s*([\w.+-]{1,60}/[\w.+-]{1,60})")

_FIRST_BYTES = [
    (re.compile(pattern, re.DOTALL), note)
    for pattern, note in (
        (rb"\A\s{0,16}%PDF", "a PDF"),
        (
            rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|II\*\x00|MM\x00\*|\x00\x00\x01\x00)",
            "an image",
        ),
        (rb"\A.{4}ftyp(?:avi[fs]|hei[cfsx]|mif1)", "an image"),
        (_PROLOG + rb"(?:<!DOCTYPE svg\b[^>]*>\s*)?<svg\b", "an image"),
        (
            rb"\A(?:ID3[\x02-\x04]\x00|\xff[\xfb\xf3\xf2]|OggS|fLaC|RIFF.{4}WAVE|.{4}ftypM4A)",
            "audio",
        ),
        (rb"\A(?:.{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI |FLV\x01)", "a video"),
        (
            rb"\APK\x03\x04.*(?:\[Content_Types\]\.xml|application/vnd\.oasis\.)"
            rb"|\A\xd0\xcf\x11\xe0\xa1\xb1|\A\{\\rtf",
            "an office document",
        ),
        (rb"\A(?:PK[\x03\x05]|\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh\d1AY|\xfd7zXZ)", "an archive"),
        (_PROLOG + rb"<(?:rss|feed|rdf:RDF)\b", "a feed"),
    )
]
_DECLARED = [
    (re.compile(pattern), note)
    for pattern, note in (
        (r"/(?:x-)?pdf\Z", "a PDF"),
        (r"\Aimage/", "an image"),
        (r"\Aaudio/", "audio"),
        (r"\Avideo/", "a video"),
        (r"/(?:msword|rtf|vnd\.(?:ms-|openxmlformats|oasis))", "an office document"),
        (r"[/+](?:x-)?(?:zip|gzip|tar|7z|rar|vnd\.rar|bzip2?|xz|zstd)\b", "an archive"),
        (r"[/+]json\Z", "JSON"),
        (r"\Atext/|/(?:x-)?(?:java|ecma)script\Z", "plain text"),
    )
]


def foreign_media(body: bytes, content_type: str | None) -> str | None:
    """Return what a response holds, in words such as "a PDF"; None for what is read as a web page.

    Servers name types wrongly, so the header decides only where the bytes do not. Text that is
    declared as `text/plain` may be an article and is read as one.
    """
    head = body[:_HEAD_BYTES]
    if _WEB_PAGE.match(head):
        return None
    found = next((note for magic, note in _FIRST_BYTES if magic.match(head)), None)
    if found is not None:
        return found
    return "JSON" if _is_json(body) else _declared(content_type or "")


def _declared(content_type: str) -> str | None:
    kind = content_type.partition(";")[0].strip().lower()
    found = next((note for pattern, note in _DECLARED if pattern.search(kind)), None)
    if _WEB_TYPES.search(kind) and found in (None, "plain text"):
        return None
    named = _MEDIA_TYPE.match(kind)
    return found or f"not a web page but {named[1] if named else 'something else'}"


def _is_json(body: bytes) -> bool:
    if body.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
