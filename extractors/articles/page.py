"""A page, decoded and parsed once: its tree, its meta elements, its linked data."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from extractors.articles.linked_data import LinkedData, read_linked_data
from extractors.errors import PageError

MAX_BYTES = 10_000_000
"""What is read of a page; the rest is scripts and data, never an article."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Page:
    """An HTML page: `tree` is not to be changed, `url` is where it was fetched."""

    url: str
    tree: html.HtmlElement

    @cached_property
    def meta(self) -> dict[str, str]:
        """The first content of each `meta` name, property or itemprop, names in lower case."""
        found: dict[str, str] = {}
        for element in self.tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            for key in ("property", "name", "itemprop"):
                name = (element.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, content)
        return found

    @cached_property
    def linked_data(self) -> LinkedData:
        """What the page's JSON-LD says of the article."""
        scripts = self.tree.iterfind(".//script[@type='application/ld+json']")
        return read_linked_data([script.text or "" for script in scripts])

    def first(self, names: Sequence[str]) -> tuple[str, str] | None:
        """Return (name, content) of the first of the meta `names` that the page has."""
        return next(((name, self.meta[name]) for name in names if name in self.meta), None)

    def link(self, relation: str) -> str | None:
        """Return the address of the first `<link rel=relation>`."""
        for element in self.tree.iter("link"):
            if relation in (element.get("rel") or "").lower().split() and element.get("href"):
                return str(element.get("href")).strip()
        return None


def read_page(body: bytes, *, url: str, content_type: str | None) -> Page:
    """Decode and parse `body`.

    Raises:
        PageError: there is nothing in it, or nothing that can be parsed as HTML.
    """
    text = _UNREADABLE.sub(" ", decode(body[:MAX_BYTES], content_type))
    text = _DECLARATION.sub("", text)
    if not text.strip():
        raise PageError("The page is empty.", "Open its address in a browser to see if it moved.")
    try:
        tree = html.document_fromstring(text, parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageError("The page cannot be read as HTML.", "Check its address.") from error
    return Page(url, tree)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )


def decode(body: bytes, content_type: str | None) -> str:
    """Decode a page: byte order mark, then UTF-8 if it is that, then what is declared.

    Bytes beyond ASCII that form valid UTF-8 are, in practice, UTF-8, whatever a header says; the
    order after that is the WHATWG's (https://encoding.spec.whatwg.org/): header, then markup.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = [_CHARSET.search((content_type or "").encode()), _CHARSET.search(body[:4096])]
    for name in ["utf-8", *(match[1].decode() for match in declared if match), "windows-1252"]:
        try:
            return body.decode(_web_encoding(name))
        except (UnicodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")


def _web_encoding(name: str) -> str:
    """Read Latin-1 as Windows-1252 and GB2312 as GB18030, as browsers do."""
    folded = name.lower()
    if folded in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "windows-1252"
    return "gb18030" if folded in ("gb2312", "gbk") else folded
