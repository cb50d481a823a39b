"""The attribution network: pieces, windows, decoding, and that a window's answer is its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.attribution.candidates import Candidate
from extractors.attribution.finder import scored_groups
from extractors.attribution.network import read_page
from extractors.attribution.network.decoding import smooth
from extractors.attribution.network.model import load_network
from extractors.attribution.network.pieces import MAX_PIECES as MAX_OF_A_WORD
from extractors.attribution.network.pieces import UNKNOWN, cut_word
from extractors.attribution.network.words import CONTENT, CUE, MAX_PIECES, SOURCE, Words
from extractors.attribution.page import Page
from extractors.parse import Parser, load_parser

TEXT = (
    "The harbour master said on Friday that two barges had sunk off Brandmoor.\n\n"
    "“We saw nothing of it,” Ida Holm, a fisherwoman, told the Coast Ledger. “Nothing at all.”\n\n"
    "The company refuses to name the crews, but hopes to raise the barges by June."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def page_of(parser: Parser, text: str) -> tuple[Page, list[Candidate]]:
    page = Page.of(parser.parse(text))
    return page, [candidate for group in scored_groups(page) for candidate in group]


def words_of(parser: Parser, text: str) -> Words:
    return Words.of(*page_of(parser, text))


def test_pieces_of_a_word() -> None:
    assert len(cut_word("minister")) == 1
    assert cut_word("Ministère") == cut_word("ministere")
    assert cut_word("U.S.") == (*cut_word("u"), *cut_word("."), *cut_word("s"), *cut_word("."))
    assert cut_word("\u4e00\u1234"[1:]) == (UNKNOWN,)
    assert len(cut_word("x-" * 40)) == MAX_OF_A_WORD


@given(st.text(min_size=1, max_size=60))
def test_any_word_has_pieces(word: str) -> None:
    assert 1 <= len(cut_word(word)) <= MAX_OF_A_WORD


def test_words_know_what_the_rules_read(parser: Parser) -> None:
    page, candidates = page_of(parser, TEXT)
    words = Words.of(page, candidates)
    said = next(n for n, t in enumerate(words.tokens.tolist()) if page.doc[t].text == "said")
    assert words.scores[said] > 1
    reading = words.reading(said, (0, len(words.tokens)))
    roles = {
        role: " ".join(page.doc[int(words.tokens[n])].text for n in np.flatnonzero(reading == role))
        for role in (SOURCE, CUE, CONTENT)
    }
    assert roles[SOURCE] == "The harbour master"
    assert roles[CUE] == "said"
    assert roles[CONTENT] == "that two barges had sunk off Brandmoor"
    assert set(words.nearness(said, (0, len(words.tokens))).tolist()) == {0, 2}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n\n".join([TEXT] * 30),
        " ".join(["The mayor said that it rained."] * 200),
        "word " * 3000,
        "“a " * 700,
        "😀 é ‏שלום " * 500,
    ],
)
def test_windows_take_every_word_once(parser: Parser, text: str) -> None:
    words = words_of(parser, text)
    windows = list(words.windows())
    assert [start for start, _ in windows] == [0, *(end for _, end in windows[:-1])]
    assert windows[-1][1] == len(words.tokens)
    assert all(len(words.ids(window)[0]) <= MAX_PIECES for window in windows)


def test_windows_end_with_paragraphs(parser: Parser) -> None:
    words = words_of(parser, "\n\n".join([TEXT] * 12))
    for _, end in list(words.windows())[:-1]:
        assert words.paragraphs[end] != words.paragraphs[end - 1]


def test_a_text_without_words_has_no_windows(parser: Parser) -> None:
    page, candidates = page_of(parser, " \n \n")
    assert list(Words.of(page, candidates).windows()) == []
    assert list(read_page(page, candidates)) == []


def test_smoothing() -> None:
    logs = np.log(np.array([[[0.1, 0.9], [0.6, 0.4], [0.1, 0.9]]], dtype=np.float32))
    assert smooth(logs, 0.0).tolist() == [[1, 0, 1]]
    assert smooth(logs, 1.0).tolist() == [[1, 1, 1]]


def test_reads_who_says_what(parser: Parser) -> None:
    page, candidates = page_of(parser, TEXT)
    found = {page.doc[one.head].text: one for one in read_page(page, candidates)}
    said = found["said"]
    assert said.source is not None
    assert page.doc[slice(*said.source)].text == "The harbour master"
    assert page.doc[slice(*said.content[0])].text == "that two barges had sunk off Brandmoor"
    assert {"told", "hopes"} <= found.keys()


def test_a_window_is_read_on_its_own(parser: Parser) -> None:
    """What stands in other windows changes nothing, and the same page gives the same figures."""
    text = "\n\n".join([TEXT] * 12)
    words = words_of(parser, text)
    network = load_network()
    windows = list(words.windows())
    forth = [network.read(words, window).cues for window in windows]
    back = [network.read(words, window).cues for window in reversed(windows)]
    assert len(windows) > 1
    for one, other in zip(forth, reversed(back), strict=True):
        assert one.tobytes() == other.tobytes()
