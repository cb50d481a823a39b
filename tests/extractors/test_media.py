"""What a response holds that is no web page."""

import gzip
import io
import zipfile
from datetime import UTC, datetime

import pytest

from extractors.articles import extract_article
from extractors.articles.media import foreign_media

FETCHED = datetime(2024, 5, 2, 12, tzinfo=UTC)
HTML = b"\n<!-- by the desk --><!DOCTYPE HTML><html><p>Two ferries collided.</p></html>"


def zipped(name: str, content: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)  # without the time of day
    return packed.getvalue()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"GIF89a", "an image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "an image"),
        (b"\x00\x00\x00\x20ftypavif", "an image"),
        (b"<?xml version='1.0'?>\n<!-- by hand -->\n<svg xmlns='...'>", "an image"),
        (b"ID3\x04\x00\x00", "audio"),
        (b"\xff\xfb\x90\x64", "audio"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "audio"),
        (b"\x00\x00\x00\x18ftypmp42", "a video"),
        (b"\x1aE\xdf\xa3", "a video"),
        (zipped("[Content_Types].xml"), "an office document"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.text"), "an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
        (b"{\\rtf1\\ansi", "an office document"),
        (zipped("photos/1.jpg"), "an archive"),
        (gzip.compress(HTML, mtime=0), "an archive"),
        (b' {"error": "not logged in"}', "JSON"),
        (b"[]", "JSON"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "a feed"),
    ],
)
def test_the_first_bytes_tell_what_it_is_whatever_the_header_says(body: bytes, said: str) -> None:
    assert foreign_media(body, "text/html; charset=utf-8") == said


@pytest.mark.parametrize(
    ("content_type", "said"),
    [
        ("application/pdf", "a PDF"),
        ("image/png", "an image"),
        ("Image/SVG+XML", "an image"),
        ("audio/mpeg", "audio"),
        ("video/mp4; codecs=avc1", "a video"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "an office document"),
        ("application/msword", "an office document"),
        ("application/zip", "an archive"),
        ("application/x-gzip", "an archive"),
        ("application/json", "JSON"),
        ("application/activity+json", "JSON"),
        ("text/css", "plain text"),
        ("text/javascript", "plain text"),
        ("application/javascript", "plain text"),
        ("application/octet-stream", "not a web page but application/octet-stream"),
        ("<script>", "not a web page but something else"),
    ],
)  # fmt: skip
def test_the_header_tells_where_the_bytes_do_not(content_type: str, said: str) -> None:
    assert foreign_media(b"x", content_type) == said
    assert foreign_media(HTML, content_type) is None


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/html", "text/plain", "application/xhtml+xml", "text/xml", "text/htm"],
)
@pytest.mark.parametrize("body", [b"<p>x</p>", b"[Analysis] Two ferries", b"ID3 is a car.", b"{"])
def test_what_may_be_a_web_page_is_read_as_one(body: bytes, content_type: str | None) -> None:
    assert foreign_media(body, content_type) is None


def test_hostile_beginnings_are_told_in_no_time() -> None:
    for part in (b"<!---->", b"<?x?>", b"<!--", b" ", b"[", b"{", b"<!DOCTYPE svg "):
        foreign_media(part * 400_000, "text/html")


def test_the_article_carries_what_it_is_instead() -> None:
    article = extract_article(b"%PDF-1.7", url="https://a.example/1", fetched_at=FETCHED)
    assert (article.page_class, article.text, article.note) == ("not_html", "", "a PDF")
