"""Normalisation that keeps every length, paragraphs, sentences, segments."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import MAX_RUN, after_dateline, normalise, paragraphs, segments, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We won," he said. "Twice."', "“We won,” he said. “Twice.”"),
        ("''We won,'' he said.", "“ We won, ” he said."),
        ("«Da», he said.", "“Da”, he said."),
        ("It\u00a0cost\u20095\u202fkm.", "It cost 5 km."),
        ("the mayor’s ‘plan’", "the mayor's 'plan'"),
        ("one\r\ntwo\rthree\u2028four", "one \ntwo\nthree\nfour"),
        ("nul\x00 bell\x07 lone\ud800", "nul  bell  lone\ufffd"),
        ('a 6\'2" man said "no"', "a 6'2\" man said “no”"),
        ('he called it ("a "joke"") and left', "he called it (“a “joke””) and left"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_normalise_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_long_runs_are_blanked_and_long_urls_are_not() -> None:
    junk, url = "A" * MAX_RUN, "https://example.org/" + "a" * 100
    assert normalise(f"see {junk} there") == f"see {' ' * MAX_RUN} there"
    assert normalise(url) == url


def test_paragraphs() -> None:
    text = "  Title\n\nOne. Two.\nThree.\n \n\n wrapped line\ngoes on here.\n"
    found = [text[start:end] for start, end in paragraphs(text)]
    assert found == ["Title", "One. Two.", "Three.", "wrapped line\ngoes on here."]
    assert paragraphs("") == paragraphs(" \n\n ") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SOFIA (CPA) - Rain fell.", "Rain fell."),
        ("CASTERMERE, March 21 (Northline) — Rain fell.", "Rain fell."),
        ("Moscow (Reuters) -- Rain fell.", "Rain fell."),
        ("LONDON — Rain fell.", "Rain fell."),
        ("Rain fell - again.", "Rain fell - again."),
        ("NATO and the US - again.", "NATO and the US - again."),
    ],
)
def test_after_dateline(text: str, words: str) -> None:
    assert text[after_dateline(text, 0) :] == words


def test_capitals_take_no_time() -> None:
    text = "THE MINISTER SAID, ON MONDAY, THAT IT RAINED. " * 200
    start = time.process_time()
    after_dateline(text, 0)
    assert time.process_time() - start < 0.5


def test_sentences() -> None:
    text = 'Mr. Ode left at 5 p.m. on Jan. 3. "Why?" she asked. He paid $3.5 million.\n\nNew one'
    assert [text[start:end] for start, end in sentences(text)] == [
        "Mr. Ode left at 5 p.m. on Jan. 3.",
        '"Why?" she asked.',
        "He paid $3.5 million.",
        "New one",
    ]


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(5, 50))
def test_segments_cover_the_text(text: str, limit: int) -> None:
    pieces = segments(text, limit)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(end - start <= limit for start, end in pieces)


def test_segments_prefer_paragraphs() -> None:
    text = "a" * 60 + "\n\n" + "b" * 60
    assert segments(text, 100) == [(0, 62), (62, 122)]
