"""Long and odd texts in time; the order of a batch and other processes change nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from benchmarks.hostile_texts import SHAPES
from extractors.parse.parser import LONGEST
from extractors.records import TextDocument
from tests.conftest import ROOT
from tests.extractors.claim_helpers import PUBLISHED, claim_parser, claims_of, parsed
from tests.extractors.test_claims import check_invariants
from tests.golden import documents

NAMED = [
    "one line", "open quotation", "right to left", "emoji", "control characters", "surrogates",
    "quotation paragraphs", "apostrophes in words", "digits", "lines of a word",
]  # fmt: skip


@pytest.mark.parametrize("shape", NAMED)
def test_a_hostile_shape_keeps_the_invariants(shape: str) -> None:
    text = SHAPES[shape](1_500)
    check_invariants(text, claims_of(text))


def test_every_shape_is_as_long_as_asked_for() -> None:
    for name, make in SHAPES.items():
        assert 1_000 < len(make(2_000)) <= 2_000, name


def test_a_sentence_without_end_is_cut() -> None:
    doc = parsed("the boats and the crews and " * 300)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST + 1


def test_lines_of_one_cue_are_read_in_time() -> None:
    """They were one sentence of a thousand words, and each cue looked through all of it."""
    claims_of("Ann said so.")
    begun = time.process_time()
    claims_of("said\n" * 1_000)
    assert time.process_time() - begun < 4


def test_names_and_bounds_are_kept_without_the_document() -> None:
    """A document that holds itself is freed late; batches of long texts would pile up."""
    import gc
    import weakref

    from extractors.attribution.page import Page
    from extractors.claimants.names import find_names

    doc = parsed("Ann Reyes said that it rained.")
    names, page = find_names(doc), Page.of(doc)
    assert find_names(doc) is names
    assert Page.of(doc).quote_at is page.quote_at
    gone = weakref.ref(doc)
    gc.disable()
    try:
        del doc, page
        assert gone() is None
    finally:
        gc.enable()


def test_the_order_of_a_batch_changes_nothing() -> None:
    listed = [*documents(), TextDocument("long", documents()[0].text * 8, PUBLISHED)]
    straight = list(claim_parser().parse_batch(listed))
    turned = list(claim_parser().parse_batch(listed[::-1]))
    assert turned[::-1] == straight


def test_other_processes_print_the_same_bytes() -> None:
    """Two processes at once, each with hashes of its own, and the texts in another order."""
    lines = [
        json.dumps({"doc": one.doc, "text": one.text, "published_at": str(one.published_at)})
        for one in documents()[:2]
    ]
    orders = (lines, lines[::-1])
    processes = [_parse(seed) for seed in ("1", "2")]
    printed = [
        process.communicate("\n".join(order).encode())[0]
        for process, order in zip(processes, orders, strict=True)
    ]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(printed[0].splitlines()) == sorted(printed[1].splitlines()) != []


def _parse(seed: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "parse", "--jsonl", "-"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
