"""Pages that no newsroom writes: real ones gone wrong, and made ones that are dear to read.

Everything is made of a `Random`: the same one and the same real pages give the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

MB = 1_000_000
DEPTH = 100_000

_TYPES = ("text/html", "text/html; charset=utf-8", None, "text/html; charset=iso-8859-1")
_CHARSETS = ("utf-16", "utf-16le", "utf-32", "shift_jis", "gb18030", "iso-2022-jp", "idna",
             "punycode", "utf-7", "x-made-up", "unicode_escape", "windows-1251",
             "undefined")  # fmt: skip
_ENCODINGS = ("cp1252", "utf-16-le", "utf-16-be", "utf-16", "cp1251", "shift_jis", "gb18030",
              "utf-8", "koi8-r")  # fmt: skip
_DATES = (
    "99999-99-99",
    "0000-00-00",
    "-1",
    "2024-02-31T25:61:61Z",
    "9" * 5000,
    "1e999",
    "NaN",
    "Mon, 32 Foo 2024",
    "2024-05-01T10:00:00+99:99",
    "٢٠٢٤-٠٥-٠١",
    "12/12/12 " * 999,
)
_SENTENCE = b"The harbour master said on Tuesday that %d people were hurt on the ferry. "
_NESTED = (
    "div",
    "span",
    "blockquote",
    "table",
    "b",
    "ul><li",
    "table><tr><td",
    "p",
    "a",
    "section",
)
_HEADS = (
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"\xff\xd8\xff\xe0",
    b"",
    b"\n%PDF-1.4\n",
    b"<html><body><p>",
    b"\x00\x01",
)


@dataclass(frozen=True, slots=True)
class HostilePage:
    """A page as an answer would bring it, and the name of what was done to it."""

    kind: str
    body: bytes
    content_type: str | None


def make_page(seed: int, number: int, pages: Sequence[bytes]) -> HostilePage:
    """Make the page of a number; `pages` are real ones, at least one."""
    kind = _ORDER[number % len(_ORDER)]
    random = Random(f"{seed} {number}")
    body = KINDS[kind][1](random, random.choice(pages), random.choice(pages))
    return HostilePage(kind, body, random.choice(_TYPES))


def _within(page: bytes, what: bytes) -> bytes:
    """Put `what` into the body of a page, before its text."""
    start = page.find(b">", page.find(b"<body")) + 1
    return page[:start] + what + page[start:]


def _headed(page: bytes, what: bytes) -> bytes:
    start = page.find(b">", page.find(b"<head")) + 1
    return page[:start] + what + page[start:]


def _cut(random: Random, page: bytes, _: bytes) -> bytes:
    return page[: random.randint(0, len(page))]


def _beheaded(random: Random, page: bytes, _: bytes) -> bytes:
    return page[random.randint(0, len(page)) :]


def _nested(random: Random, page: bytes, _: bytes) -> bytes:
    tags = random.choice(_NESTED)
    word = random.choice((b"", b"word "))
    closed = "".join(f"</{tag}>" for tag in reversed(tags.split("><"))) * random.choice((0, DEPTH))
    return _within(page, (f"<{tags}>".encode() + word) * DEPTH + closed.encode())


def _paragraph(random: Random, page: bytes, _: bytes) -> bytes:
    size = 50 * MB // len(_SENTENCE)
    return _within(page, b"<p>" + b"".join(_SENTENCE % at for at in range(size)) + b"</p>")


def _article_of(size: int) -> Callable[[Random, bytes, bytes], bytes]:
    """Make pages of one paragraph of about `size` bytes, whatever else they hold."""

    def make(random: Random, page: bytes, _: bytes) -> bytes:
        text = b"".join(_SENTENCE % at for at in range(size // len(_SENTENCE)))
        return b"<html><title>Ferry</title><article><p>" + text + b"</p></article></html>"

    return make


def _attributes(random: Random, page: bytes, _: bytes) -> bytes:
    one = b'<p title="' + b"x" * (10 * MB) + b'">'
    many = b"<p " + b" ".join(b'a%d="b"' % at for at in range(900_000)) + b">"
    return _within(page, random.choice((one, many)))


def _links(random: Random, page: bytes, _: bytes) -> bytes:
    opening, item = random.choice(((b"", b""), (b"<p>", b""), (b"<ul>", b"<li>")))
    links = (item + b'<a href="/%d">link %d</a> ' % (at, at) for at in range(1_000_000))
    return _within(page, opening + b"".join(links))


def _linked_data(random: Random, page: bytes, _: bytes) -> bytes:
    story = b'{"@type":"NewsArticle","headline":"Ferry","datePublished":"2024-05-01"'
    contents = (
        b"[" + b",".join([story + b"}"] * 100_000) + b"]",
        story + b',"articleBody":"' + (_SENTENCE % 3) * 100_000 + b'"}',
        story
        + b',"author":['
        + b",".join(b'{"name":"Ann %d"}' % at for at in range(300_000))
        + b"]}",
        b"[" * 3 * MB,
        b'{"@graph":' * MB,
        story + b',"headline":' + b"9" * MB + b"}",
    )
    return _headed(
        page, b'<script type="application/ld+json">' + random.choice(contents) + b"</script>"
    )


def _metas(random: Random, page: bytes, _: bytes) -> bytes:
    value = random.choice((b"v", b"2024-05-01", b"Ann Bee"))
    return _headed(
        page, b"".join(b'<meta name="k%d" content="%b">' % (at, value) for at in range(300_000))
    )


def _long_line(random: Random, page: bytes, _: bytes) -> bytes:
    letter = random.choice(
        (b"x", b"1", b"(", b'"', "é".encode(), b"&", b"<", b" ", b"-", b"\n", b"\x00")
    )
    return _within(page, b"<p>" + letter * (10 * MB // len(letter)) + b"</p>")


def _entities(random: Random, page: bytes, _: bytes) -> bytes:
    word = random.choice(
        (b"&amp;", b"&#65;", b"&#99999999999;", b"&lt;b&gt;", b"&nosuch;", b"&#xD800;")
    )
    return _within(page, b"<p>" + word * (4 * MB // len(word)))


def _elements(random: Random, page: bytes, _: bytes) -> bytes:
    words = (b"<p>a b c d</p>", b"<br>", b"<div>a b</div>", b"<span>a</span> ", b"<h1>a b c</h1>",
             b"<tr><td>a<td>b", b"<li>a", b'<time class=published datetime="9-9-9">a</time>',
             b"</p>", b"<script>a()</script>", b"<b><i><u></b>a", b"<option>a",
             b"<html><body>")  # fmt: skip
    return _within(page, random.choice(words) * 300_000)


def _binary(random: Random, page: bytes, _: bytes) -> bytes:
    noise = random.randbytes(random.choice((100, 50_000, 2 * MB)))
    return random.choice(_HEADS) + noise


def _compressed(random: Random, page: bytes, _: bytes) -> bytes:
    packed = gzip.compress(page, 1, mtime=0)
    return packed[random.choice((0, 10)) :]


def _charset(random: Random, page: bytes, _: bytes) -> bytes:
    mark = f'<meta charset="{random.choice(_CHARSETS)}">'.encode()
    text = _headed(page, mark).decode("utf-8", "replace")
    coded = text.encode(random.choice(_ENCODINGS), "replace")
    return coded[random.choice((0, 0, 1)) :]


def _half_characters(random: Random, page: bytes, _: bytes) -> bytes:
    torn = random.choice((b"\xe2\x82", b"\xf0\x9f", b"\xed\xa0\x80", b"\xff\xfe", b"\xc3"))
    for _at in range(random.choice((1, 20, 2000))):
        at = random.randint(0, len(page))
        page = page[:at] + torn + page[at:]
    return page


def _scripts(random: Random, page: bytes, _: bytes) -> bytes:
    code = b'var a="<p>said</p>";' * random.choice((1_000, 500_000))
    opening = random.choice(
        (b"<script>", b"<style>", b"<!-- ", b"<![CDATA[", b"<textarea>", b"<noscript>")
    )
    closing = {b"<script>": b"</script>", b"<style>": b"</style>", b"<!-- ": b"-->"}.get(
        opening, b""
    )
    return _within(page, opening + code + random.choice((b"", closing)))


def _comments(random: Random, page: bytes, _: bytes) -> bytes:
    words = page.split(b" ")
    for _at in range(min(len(words), 200)):
        words.insert(
            random.randint(0, len(words)),
            random.choice((b"<!--", b"-->", b"<!", b"]]>", b"<script>")),
        )
    return b" ".join(words)


def _dates(random: Random, page: bytes, _: bytes) -> bytes:
    date = random.choice(_DATES).encode()
    meta = b'<meta property="article:published_time" content="%b"><meta name=date content="%b">'
    linked = (
        b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"%b"}</script>'
    )
    return _headed(
        page, meta % (date, date) + linked % date + b'<time datetime="%b">x</time>' % date
    )


def _flipped(random: Random, page: bytes, _: bytes) -> bytes:
    changed = bytearray(page)
    for _at in range(random.choice((1, 50, 5_000)) if page else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _repeated(random: Random, page: bytes, _: bytes) -> bytes:
    start = random.randint(0, len(page))
    end = min(len(page), start + random.choice((20, 1_000, 50_000)))
    times = random.choice((2, 20, 5 * MB // (end - start + 1)))
    return page[:start] + page[start:end] * times + page[end:]


def _spliced(random: Random, page: bytes, other: bytes) -> bytes:
    return page[: random.randint(0, len(page))] + other[random.randint(0, len(other)) :]


Maker = Callable[[Random, bytes, bytes], bytes]

KINDS: dict[str, tuple[int, Maker]] = {
    "cut": (30, _cut),
    "beheaded": (20, _beheaded),
    "flipped": (30, _flipped),
    "repeated": (12, _repeated),
    "spliced": (24, _spliced),
    "charset": (20, _charset),
    "half characters": (14, _half_characters),
    "dates": (12, _dates),
    "comments": (14, _comments),
    "binary": (14, _binary),
    "compressed": (6, _compressed),
    "nested": (10, _nested),
    "scripts": (8, _scripts),
    "entities": (3, _entities),
    "elements": (6, _elements),
    "long line": (4, _long_line),
    "linked data": (4, _linked_data),
    "metas": (1, _metas),
    "attributes": (2, _attributes),
    "links": (1, _links),
    "long text": (1, _article_of(900_000)),
    "50 MB paragraph": (1, _paragraph),
    "50 MB article": (1, _article_of(50 * MB)),
}
"""By name: how many of some 240 pages, and what makes one of a real page and another."""


def _spread() -> list[str]:
    """Return the names of the kinds, each as often as it says, the rare ones far apart."""
    total = sum(weight for weight, _ in KINDS.values())
    places = [
        ((at + 0.5) * total / weight, name)
        for name, (weight, _) in KINDS.items()
        for at in range(weight)
    ]
    return [name for _, name in sorted(places)]


_ORDER = _spread()


def kinds_of(count: int) -> list[str]:
    """Return the kinds of the first `count` pages."""
    return list(islice(cycle(_ORDER), count))
