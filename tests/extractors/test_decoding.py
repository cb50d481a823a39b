"""Which encoding a page is read in, and what a wrong one leaves behind."""

from datetime import UTC, datetime

import pytest

from extractors.articles import extract_article
from extractors.articles.decoding import decode, mojibake_ratio

FETCHED = datetime(2024, 5, 2, 12, tzinfo=UTC)
PROSE = "„Größer“, sagte sie – und lächelte. «Déjà vu…» Spaß“ muss sein"
KANA = "フェリーが衝突した"


@pytest.mark.parametrize(
    ("body", "content_type", "text", "encoding"),
    [
        (b"plain", None, "plain", "utf-8"),
        ("größer".encode(), "text/html; charset=iso-8859-1", "größer", "utf-8"),
        ("größer".encode("utf-8-sig"), None, "größer", "utf-8 (byte order mark)"),
        ("größer".encode("utf-16"), None, "größer", "utf-16 (byte order mark)"),
        ("größer “x”".encode("cp1252"), "text/html; charset=ISO-8859-1", "größer “x”",
         "windows-1252 (declared)"),
        ("größer “x”".encode("cp1252"), None, "größer “x”", "windows-1252 (guessed)"),
        ("мир".encode("koi8-r"), "text/html; charset=koi8-r", "мир", "koi8-r (declared)"),
        (KANA.encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", KANA,
         "iso-2022-jp (declared)"),
        # without a byte order mark
        (PROSE.encode("utf-16-le"), None, PROSE, "utf-16-le (NUL bytes)"),
        (PROSE.encode("utf-16-be"), "text/html; charset=utf-8", PROSE, "utf-16-be (NUL bytes)"),
        ("мир и труд".encode("utf-16-le"), "text/html; charset=utf-16", "мир и труд",
         "utf-16-le (declared)"),
        # a declaration that the bytes belie
        (PROSE.encode("cp1252"), "text/html; charset=utf-8", PROSE, "windows-1252 (guessed)"),
        (PROSE.encode("cp1252"), "text/html; charset=shift_jis", PROSE, "windows-1252 (guessed)"),
        (PROSE.encode("cp1252"), "text/html; charset=iso-8859-15", PROSE,
         "windows-1252 (guessed)"),
        (PROSE.encode("cp1252"), "text/html; charset=no-such", PROSE, "windows-1252 (guessed)"),
        (PROSE.encode("cp1252"), "text/html; charset=idna", PROSE, "windows-1252 (guessed)"),
        (PROSE.encode(), "text/html; charset=utf-16", PROSE, "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_that_fits_wins(
    body: bytes, content_type: str | None, text: str, encoding: str
) -> None:
    assert decode(body, content_type) == (text, encoding)


def test_markup_that_can_be_read_is_not_in_the_utf_16_it_declares() -> None:
    body = f'<meta charset="utf-16">{PROSE}'.encode("cp1252")
    assert decode(body, None) == (body.decode("cp1252"), "windows-1252 (guessed)")


@pytest.mark.parametrize("damage", [b"\xff", b"\xc3", b"\x00"])
def test_one_byte_that_is_damaged_does_not_garble_the_others(damage: bytes) -> None:
    text, encoding = decode(PROSE.encode() + damage + b".", "text/html; charset=iso-8859-1")
    assert text.startswith(PROSE)
    assert encoding == "utf-8"


@pytest.mark.parametrize("text", ["", PROSE, KANA, "2 × 5 = 10, 3 ½", "Ö” É…» à—", "MANHÃ.”"])
def test_good_text_is_not_garbled(text: str) -> None:
    assert mojibake_ratio(text) == 0


@pytest.mark.parametrize(
    "text", ["größer", "“Naïve”", "–", "мир", "€", "Ελλάδα", "😀", "。", "ščř", "مرحبا", "\u00a0"]
)
def test_what_is_read_in_the_wrong_encoding_is_garbled(text: str) -> None:
    wide = [letter for letter in text if not letter.isascii()]
    wrong = text.encode().decode("cp1252", "replace")
    garbled = sum(len(letter.encode()) for letter in wide)
    assert mojibake_ratio(wrong) == pytest.approx(garbled / len(wrong))
    assert mojibake_ratio(text.encode().decode("latin-1")) > 0


def test_letters_lost_count_and_a_space_stands_for_one_that_does_not_break() -> None:
    assert mojibake_ratio("gr\ufffd\ufffder") == pytest.approx(2 / 6)
    assert mojibake_ratio("10Â km") == pytest.approx(1 / 6)


def test_the_article_tells_its_encoding_and_its_damage() -> None:
    sentence = "Die Fähre fährt heute nicht, sagte die Hafenbehörde am späten Abend. " * 5
    markup = f"<html><title>Fähre</title><article><p>{sentence}</p></article></html>"
    clean, damaged = (
        extract_article(text.encode(), url="https://a.example/news/1", fetched_at=FETCHED)
        for text in (markup, markup.encode().decode("cp1252"))
    )
    assert (clean.sources["encoding"], clean.mojibake_ratio) == ("utf-8", 0)
    assert damaged.sources["encoding"] == "utf-8"
    assert damaged.mojibake_ratio == pytest.approx(8 / 73, abs=0.01)


def test_the_encoding_of_a_script_is_not_that_of_the_page() -> None:
    script = b'<script src="/a.js" charset="utf-16"></script><script charset=koi8-r></script>'
    body = script + '<meta charset="windows-1251"><p>Привет, мир'.encode("windows-1251")
    assert decode(body, None).text.endswith("Привет, мир")
