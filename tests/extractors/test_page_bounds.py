"""What a hostile page can cost, and what is no page though it says so."""

from __future__ import annotations

import gzip
import time
from random import Random

import pytest

from extractors.articles.decoding import decode
from extractors.articles.linked_data import MAX_LINE
from extractors.articles.page import MAX_BYTES, MAX_TAGS
from tests.extractors.test_articles import LONGER, PARAGRAPHS, extract, linked, page

pytestmark = pytest.mark.area("Safety")

NOISE = Random(1).randbytes(50_000)
HUGE = {
    "breaks": page() + b"<br>" * 200_000,
    "paragraphs": page() + b"<p>a b c</p>" * 100_000,
    "stray ends": page() + b"</p>" * 100_000,
    "links": page() + b'<a href="/b">a link</a> ' * 100_000,
    "separators in a title": page(title="a | b - " * 50_000),
    "separators in a meta element": page(
        f'<meta property="og:title" content="{"a | b " * 50_000}">'
    ),
    "separators in a headline": page(linked(headline="a | b - " * 50_000)),
    "authors": page(linked(author=[{"name": f"Ann {at}"} for at in range(50_000)])),
}


@pytest.mark.rule(
    "No page takes long to extract, however many elements, names or separators it holds",
    source="CWE-407: inefficient algorithmic complexity",
)
@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_are_cheap(name: str) -> None:
    begun = time.process_time()
    article = extract(HUGE[name])
    assert time.process_time() - begun < 20
    assert PARAGRAPHS[1][:60] in article.text
    assert len(article.title or "") <= MAX_LINE


def test_what_lies_beyond_the_tags_and_bytes_that_are_read_is_left_out() -> None:
    end = f"<p>{LONGER}</p>".encode()
    whole = page()
    assert LONGER in extract(whole.replace(b"</article>", end + b"</article>")).text
    for filler in (b"<br>" * MAX_TAGS, b"<!--" + b"x" * MAX_BYTES + b"-->"):
        text = extract(whole.replace(b"</article>", filler + end + b"</article>")).text
        assert LONGER not in text


@pytest.mark.rule(
    "Bytes that are no text are no article, whatever type they are sent with",
    source="MIME Sniffing, 7.1",
)
@pytest.mark.parametrize(
    "body",
    [NOISE, b"\n%PDF-1.4\n" + NOISE, page() + NOISE, gzip.compress(page())[10:], b"\0" * 999],
    ids=["noise", "pdf", "noise after a page", "deflated", "zeros"],
)
def test_binary_is_no_html(body: bytes) -> None:
    article = extract(body)
    assert (article.page_class, article.text) == ("not_html", "")


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    whole = page(text=["Größer als die Fähre war für viele nur die Überraschung. " * 6]).replace(
        b"<title>", b"<title>\xff"
    )
    assert "Größer als die Fähre" in extract(whole).text
    assert "Größer" in extract(whole[: whole.rindex(b"\xb6")]).text


@pytest.mark.rule(
    "UTF-16 is told by its zeros, not by what a page says", source="WHATWG Encoding; HTML, 13.2.3.2"
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_unmarked_utf_16(encoding: str) -> None:
    assert PARAGRAPHS[0] in extract(page().decode().encode(encoding)).text
    text = " größer <p>"  # markup that does not come first: the header tells
    assert decode(text.encode(encoding), f"text/html; charset={encoding}").text == text


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "idna", "punycode", "undefined", "utf-7"])
def test_encodings_that_a_page_cannot_have_are_not_believed(name: str) -> None:
    text = f'<meta charset="{name}">größer'
    assert decode(text.encode("cp1252"), None).text == text


def test_references_to_control_characters_in_a_title_do_no_harm() -> None:
    assert PARAGRAPHS[0] in extract(page(title="a &#1; b &#xfffe; c &#xd800;")).text
